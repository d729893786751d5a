// Finds the parts of a path that identify a camera: folders and prefixes that are neither dates nor words
// every camera uses ("snap", "record"). Pure: any thread.
#pragma once

#include "vendors/rule.h"

namespace gatehouse::vendors
{

struct FolderNames {
    QString key;   // all distinctive folders, joined with "/"
    QString label; // without serial numbers if something better exists
};

// The folders before the match or, if the pattern does not say where the brand's own part begins
// (`anyPlace`), all folders of the path.
FolderNames distinctiveFolders(const RemotePath &path, const QRegularExpressionMatch &match, bool anyPlace,
                               const Vocabulary &vocabulary);
// "Patio" of "Patio_2025-03-01.jpg"; empty for "snapshot_2025-03-01.jpg".
QString distinctivePrefix(const RemotePath &path, const Vocabulary &vocabulary);
// A hostile path must not make a name of thousands of characters.
QString bounded(const QString &text, qsizetype length);

} // namespace gatehouse::vendors
