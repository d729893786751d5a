// The log of an archive's arrivals and deletions: one JSON object per line, one file per month and storage
// thread, <root>/journal/YYYY-MM-<n>.jsonl. Repair reads it if the catalog is lost or outdated. Lines that no
// repair needs any more are dropped long after their month (journal_compaction.h).
//   {"add":id,"account","camera","source","received":ISO,"bytes","sha256":hex,"path","peer","cut"
//    [,"modified":ISO][,"restored"]}
//   {"remove":id,"path","reason","at":ISO[,"duration":ms]}      {"rename":id,"source","at":ISO}
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
    QString restored; // the fault of the file that it replaced; empty: it replaced none
};

struct JournalRemove {
    ItemId item;
    QString relativePath;
    QString reason;
    qint64 at = 0;                       // UTC ms
    std::optional<qint64> duration = {}; // ms; none: unknown, as in every line of earlier versions
};

struct JournalRename {
    ItemId item;
    QString sourcePath;
    qint64 at = 0; // UTC ms
};

using JournalEntry = std::variant<JournalAdd, JournalRemove, JournalRename>;

QByteArray toLine(const JournalEntry &entry); // including its line feed
// Invalid: not an entry (torn by a crash, or from a later version).
Result<JournalEntry> fromLine(const QByteArray &line);
// The item of a line, without parsing the rest; invalid: none.
ItemId itemInLine(QByteArrayView line);

// The files that an open archive's writers append to: compaction skips them, whatever month the PC's clock
// shows. Locked while a file is replaced, so that no writer opens one meanwhile.
struct JournalsInUse {
    std::mutex mutex;
    QSet<QString> paths; // absolute
};

class JournalWriter
{
public:
    JournalWriter(FileSystem &files, const Clock &clock, QString folder, int number, JournalsInUse &inUse);
    // All lines are on disk on return; after an error, none of them is.
    Result<void> append(const QByteArray &lines);

private:
    void use(const QString &path);

    FileSystem &m_files;
    const Clock &m_clock;
    const QString m_folder;
    const int m_number;
    JournalsInUse &m_inUse;
    QString m_path;  // being written
    QString m_sound; // the file whose end and directory entry are known to be durable
};

} // namespace gatehouse::archive
