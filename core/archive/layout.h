// The layout below an archive's root, with names that every file system accepts (even FAT on the stick that
// goes to the police). Pure; any thread.
// Day folders and times in names are UTC: they never repeat or change with the PC's zone.
#pragma once

#include "archive/archive.h"

#include <optional>

namespace gatehouse::archive
{

inline const QString kIdFileName = QStringLiteral("gatehouse-archive.json");
inline const QString kIncomingName = QStringLiteral("incoming");
inline const QString kJournalName = QStringLiteral("journal");
inline const QString kPartSuffix = QStringLiteral(".part");

// At most 200 bytes of UTF-8; never empty, no separators, control or direction characters, no leading dot,
// nothing that Windows reserves.
QString safeFolderName(const QString &name);
QString safeFileName(const QString &sourcePath); // of its last component; keeps a short extension

// "<camera>/<YYYY-MM-DD>"
QString folderFor(const Placement &placement);
// "<HHMMSS>-<item id>-<name>"; from the second attempt on, "-<attempt>" follows the id.
QString fileNameFor(const Placement &placement, int attempt);

// What a path below the root reveals on its own, without the journal.
struct ArchivedPath {
    ItemId item;
    QString cameraFolder;
    QString name;
    qint64 received = 0; // UTC ms, to the second
};
std::optional<ArchivedPath> parseArchivedPath(const QString &relativePath);

} // namespace gatehouse::archive
