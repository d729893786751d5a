#include "support/registry.h"

#include <QCoreApplication>

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    return gatehouse::tests::runAll(argc, argv);
}
