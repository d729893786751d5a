// Where things lie below an archive's root, and names that every file system takes (also the FAT of
// the stick that goes to the police). Pure; any thread.
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

// At most 200 bytes of UTF-8; never empty, never a separator, a control or direction character, a
// leading dot or a character or name that Windows reserves.
QString safeFolderName(const QString &name);
QString safeFileName(const QString &sourcePath); // of its last part; a short extension survives the cut

// "<camera>/<YYYY-MM-DD>"
QString folderFor(const Placement &placement);
// "<HHMMSS>-<item id>-<name>"; from the second attempt on "-<attempt>" follows the id.
QString fileNameFor(const Placement &placement, int attempt);

// What a path below the root says on its own, where the journal says nothing.
struct ArchivedPath {
    ItemId item;
    QString cameraFolder;
    QString name;
    qint64 received = 0; // UTC ms, to the second
};
std::optional<ArchivedPath> parseArchivedPath(const QString &relativePath);

} // namespace gatehouse::archive
