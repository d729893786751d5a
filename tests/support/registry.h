// One executable per module, many test classes: each file registers its class with GATEHOUSE_TEST.
//   test_base                     runs all
//   test_base PosixFileSystemTest runs one class; further arguments go to Qt Test
#pragma once

#include <QObject>
#include <functional>
#include <memory>

namespace gatehouse::tests
{

using Factory = std::function<std::unique_ptr<QObject>()>;

bool registerTest(const char *name, Factory factory);
int runAll(int argc, char **argv);

} // namespace gatehouse::tests

#define GATEHOUSE_TEST(Class)                                                                                \
    static const bool registered_##Class =                                                                   \
        gatehouse::tests::registerTest(#Class, [] { return std::unique_ptr<QObject>(new Class); });
