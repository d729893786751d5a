#include "support/registry.h"

#include <QTest>
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
    QByteArray only;
    if (argc > 1 && tests().count(argv[1]) != 0) {
        only = argv[1];
        arguments.erase(arguments.begin() + 1);
    }
    // A crash ends the program: Qt's handler can be entered again and again, and its log fills the disk.
    static char noCrashHandler[] = "-nocrashhandler";
    arguments.push_back(noCrashHandler);
    int failed = 0;
    for (const auto &[name, make] : tests()) {
        if (!only.isEmpty() && name != only)
            continue;
        const auto test = make();
        failed += QTest::qExec(test.get(), int(arguments.size()), arguments.data());
    }
    return failed == 0 ? 0 : 1;
}

} // namespace gatehouse::tests
