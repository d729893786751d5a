// Locates the test data and the built program. The real cameras' files are not part of the project: tests
// that need them skip with a message if they are missing.
#pragma once

#include <QString>

namespace gatehouse::tests
{

// Absolute path of a real input, or empty if the folder is missing.
QString sharedData(const QString &name = {});
// The gatehouse binary of this build.
QString program();
// True with GATEHOUSE_LONG=1: full fuzz, full kill runs, soak.
bool isLongRun();

} // namespace gatehouse::tests

#define GATEHOUSE_NEEDS_DATA()                                                                               \
    do {                                                                                                     \
        if (gatehouse::tests::sharedData().isEmpty())                                                        \
            QSKIP("the real cameras' files are not on this machine");                                        \
    } while (false)
