#include "support/registry.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTest>
#include <cstdio>
#include <map>

namespace gatehouse::tests
{

namespace
{
std::map<QByteArray, Factory> &tests()
{
    static std::map<QByteArray, Factory> all; // filled before main by the files' registrations
    return all;
}
} // namespace

bool registerTest(const char *name, Factory factory)
{
    return tests().emplace(name, std::move(factory)).second;
}

int runAll(int argc, char **argv)
{
    std::vector<char *> arguments(argv, argv + argc);
    if (argc > 1 && tests().count(argv[1]) != 0) {
        const auto test = tests()[argv[1]]();
        arguments.erase(arguments.begin() + 1);
        // A crash must end the program: Qt's handler can be re-entered endlessly, and its log fills the disk.
        static char noCrashHandler[] = "-nocrashhandler";
        arguments.push_back(noCrashHandler);
        return QTest::qExec(test.get(), int(arguments.size()), arguments.data()) == 0 ? 0 : 1;
    }
    // One process per class: a crash ends only one class, and if one is skipped as a whole, Qt would skip all
    // that follow.
    int failed = 0;
    for (const auto &[name, make] : tests()) {
        const QStringList forwarded = QCoreApplication::arguments().mid(1);
        const int exit = QProcess::execute(QCoreApplication::applicationFilePath(),
                                           QStringList{QString::fromLatin1(name)} + forwarded);
        failed += exit != 0;
        if (exit < 0 || exit > 1)
            std::fprintf(stderr, "FAIL!  : %s crashed\n", name.constData());
    }
    return failed == 0 ? 0 : 1;
}

} // namespace gatehouse::tests
