// A path prepared for the rules: slashes normalized, the suffix of an unfinished upload removed, cut to its
// last 4,096 characters; plus data that rules out most rules without trying their patterns.
// Values: any thread.
#pragma once

#include <QString>

namespace gatehouse::vendors
{

struct RemotePath {
    explicit RemotePath(const QString &written);

    QString text;            // no leading slash; a trailing one if it is a folder
    QString lower;           // the same in lower case, for needles
    qsizetype nameAt = 0;    // start of the last component
    int maxDigits = 0;       // the longest run of ASCII digits
    bool inProgress = false; // it had a temporary suffix
};

} // namespace gatehouse::vendors
