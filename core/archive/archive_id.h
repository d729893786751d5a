// The identity file of an archive's root, which proves that the right disk is mounted there. Blocks on disk:
// storage threads, or whichever thread opens the archive.
#pragma once

#include "base/clock.h"
#include "base/file_system.h"

#include <QByteArray>

namespace gatehouse::archive
{

struct ArchiveId {
    QString id;
    qint64 made = 0; // UTC ms
    QByteArray raw;  // the file's bytes
};

// Unavailable: the folder or its identity file is missing or unreadable; the text names the folder and what
// to do.
Result<ArchiveId> readArchiveId(FileSystem &files, const QString &root);
// First use: creates the folder and its parents as needed. Invalid: it contains something else.
Result<ArchiveId> makeArchiveId(FileSystem &files, const Clock &clock, const QString &root);
// Its archive was never opened, so it has no recordings.
bool hasOnlyArchiveId(FileSystem &files, const QString &root);

} // namespace gatehouse::archive
