#include "support/registry.h"

#include <QApplication>

int main(int argc, char **argv)
{
    const QApplication app(argc, argv);
    return gatehouse::tests::runAll(argc, argv);
}
