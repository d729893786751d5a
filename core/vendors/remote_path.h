// A path prepared for reading: slashes normalized, bytes that are not UTF-8 as letters, the suffix of an
// unfinished upload removed, cut to its last 4,096 characters; plus data that rules out most brands' forms
// without trying their patterns. Values: any thread.
#pragma once

#include <QString>

namespace gatehouse::vendors
{

struct RemotePath {
    explicit RemotePath(const QString &written);

    QString text;            // no leading slash; a trailing one if it is a folder
    QString lower;           // the same in lower case, for needles and words; as long as text
    int nameAt = 0;          // start of the last component
    int nameEnd = 0;         // its end without the extension
    int maxDigits = 0;       // the longest run of ASCII digits
    bool inProgress = false; // it had a temporary suffix
};

} // namespace gatehouse::vendors
