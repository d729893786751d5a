// Verifies an archive's files against expectations: present, with the right size and hash, and no others.
// Changes nothing. Blocks on disk for a long time: run it on a dedicated thread. While an engine is running,
// a file may have been deleted since its row was read: reread the row before reporting a missing file.
#pragma once

#include "base/file_system.h"
#include "base/ids.h"

#include <QByteArray>
#include <QSet>
#include <QStringList>
#include <QVector>
#include <functional>

namespace gatehouse::archive
{

struct Expected {
    ItemId item;
    QString relativePath;
    qint64 bytes = 0;
    QByteArray sha256;
};

struct Problem {
    enum class Kind { Missing, WrongSize, WrongHash, Unreadable, Unknown };
    Kind kind = Kind::Missing;
    ItemId item; // none for unknown files
    QString relativePath;
    QString text; // a sentence
};

struct CheckProgress {
    qint64 files = 0;
    qint64 bytes = 0; // read; 0 with quick
    qint64 problems = 0;
};

struct Check {
    QString root;
    bool quick = false; // sizes only
    // The next batch of expected files; empty: end.
    std::function<Result<QVector<Expected>>()> next;
    // Which of these relative paths have a row, to find unknown files; none: do not look for them.
    std::function<Result<QSet<QString>>(const QStringList &)> known;
    qint64 before = 0; // unknown files: only those that arrived before this (UTC ms); 0: all
    std::function<void(const Problem &)> problem;
    std::function<bool(const CheckProgress &)> progress; // at most once per file or MiB; false: stop
};

// Unavailable: the archive's disk is missing, or disappeared meanwhile. Cancelled: stopped by `progress`.
Result<CheckProgress> runCheck(FileSystem &files, const Check &check);

// Hashes a whole file. stepped: bytes since the last call; false: stop (Cancelled).
Result<QByteArray> hashFile(FileSystem &files, const QString &path,
                            const std::function<bool(qint64)> &stepped);

} // namespace gatehouse::archive
