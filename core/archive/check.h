// Holds an archive's files against what is expected of them: there, of the right size, with the right
// hash, and no others. Changes nothing. Blocks on disk for as long as it takes: on a thread of its own.
// Beside a running engine a file may have been removed since its row was read: before a missing one is
// told, its row is to be looked at again.
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
    // The next portion of what is expected; empty: that was all.
    std::function<Result<QVector<Expected>>()> next;
    // Which of these relative paths have a row, to find unknown files; none: they are not looked for.
    std::function<Result<QSet<QString>>(const QStringList &)> known;
    qint64 before = 0; // unknown files: only those that arrived before this (UTC ms); 0: all
    std::function<void(const Problem &)> problem;
    std::function<bool(const CheckProgress &)> progress; // at most every file or MiB; false: stop
};

// Unavailable: the archive's disk is not there, or went meanwhile. Cancelled: progress said stop.
Result<CheckProgress> runCheck(FileSystem &files, const Check &check);

// Of a whole file. stepped: bytes since the last call; false: stop (Cancelled).
Result<QByteArray> hashFile(FileSystem &files, const QString &path,
                            const std::function<bool(qint64)> &stepped);

} // namespace gatehouse::archive
