// What an archive took in and gave up, one JSON object a line, one file per month and storage thread:
// <root>/journal/YYYY-MM-<n>.jsonl. Repair reads it when the catalog is lost or older. What no repair needs
// any more goes once its month is long over (journal_compaction.h).
//   {"add":id,"account","camera","source","received":ISO,"bytes","sha256":hex,"path","peer","cut"[,"restored"]}
//   {"remove":id,"path","reason","at":ISO}      {"rename":id,"source","at":ISO}
// JournalWriter: one storage thread each.
#pragma once

#include "archive/archive.h"

#include <QSet>
#include <mutex>
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
// Whose line it is, without understanding the rest of it; invalid: nobody's.
ItemId itemInLine(QByteArrayView line);

// The files that an open archive's writers append to: compaction leaves them alone, whatever month the PC's
// clock says it is. Held while a file is replaced, so that none is begun then.
struct JournalsInUse {
    std::mutex mutex;
    QSet<QString> paths; // absolute
};

class JournalWriter
{
public:
    JournalWriter(FileSystem &files, const Clock &clock, QString folder, int number, JournalsInUse &inUse);
    // All lines are on the disk when this returns; on an error none of them stays.
    Result<void> append(const QByteArray &lines);

private:
    void use(const QString &path);

    FileSystem &m_files;
    const Clock &m_clock;
    const QString m_folder;
    const int m_number;
    JournalsInUse &m_inUse;
    QString m_path;  // in use
    QString m_sound; // the file whose end and whose folder entry are known to be good
};

} // namespace gatehouse::archive
