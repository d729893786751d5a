// The identity file of an archive's root: proves that the right disk is mounted there.
// Blocks on disk: storage threads, or whoever opens the archive.
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

// Unavailable: the folder or its identity file is missing, or it can't be read; the text says which
// folder and what to do.
Result<ArchiveId> readArchiveId(FileSystem &files, const QString &root);
// First use: makes the folder (and those above it) where missing. Invalid: it holds something else.
Result<ArchiveId> makeArchiveId(FileSystem &files, const Clock &clock, const QString &root);

} // namespace gatehouse::archive
