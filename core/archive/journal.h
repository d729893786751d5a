// What an archive took in and gave up, one JSON object a line, one file per month and storage thread:
// <root>/journal/YYYY-MM-<n>.jsonl. Repair reads it when the catalog is lost or older.
//   {"add":id,"account","camera","source","received":ISO,"bytes","sha256":hex,"path","peer","cut"[,"restored"]}
//   {"remove":id,"path","reason","at":ISO}      {"rename":id,"source","at":ISO}
// JournalWriter: one storage thread each.
#pragma once

#include "archive/archive.h"

#include <variant>

namespace gatehouse::archive
{

struct JournalAdd {
    Placement placement;
    QString relativePath;
    qint64 bytes = 0;
    QByteArray sha256;
    QString restored; // what was wrong with the file that it took the place of; empty: it is the first
};

struct JournalRemove {
    ItemId item;
    QString relativePath;
    QString reason;
    qint64 at = 0; // UTC ms
};

struct JournalRename {
    ItemId item;
    QString sourcePath;
    qint64 at = 0; // UTC ms
};

using JournalEntry = std::variant<JournalAdd, JournalRemove, JournalRename>;

QByteArray toLine(const JournalEntry &entry); // with its line feed
// Invalid: no entry (torn by a crash, or of a later version).
Result<JournalEntry> fromLine(const QByteArray &line);

class JournalWriter
{
public:
    JournalWriter(Files &files, const Clock &clock, QString folder, int number);
    // All lines are on the disk when this returns; on an error none of them stays.
    Result<void> append(const QByteArray &lines);

private:
    Files &m_files;
    const Clock &m_clock;
    const QString m_folder;
    const int m_number;
    QString m_sound; // the file whose end and whose folder entry are known to be good
};

} // namespace gatehouse::archive
