// A path as the rules look at it: slashes straightened, an unfinished upload's suffix taken off, cut to
// its last 4,096 characters; with what lets most rules be passed over without trying their pattern.
// Values: any thread.
#pragma once

#include <QString>

namespace gatehouse::vendors
{

struct RemotePath {
    explicit RemotePath(const QString &written);

    QString text;            // no leading slash; ends with one when a folder was meant
    QString lower;           // the same in lower case, for needles
    qsizetype nameAt = 0;    // where the last part begins
    int maxDigits = 0;       // the longest run of ASCII digits
    bool inProgress = false; // it had a temporary suffix
};

} // namespace gatehouse::vendors
