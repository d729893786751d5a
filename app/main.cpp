#include <QCoreApplication>
#include <QTextStream>

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    QTextStream(stdout) << "Gatehouse " << GATEHOUSE_VERSION << '\n';
    return 0;
}
