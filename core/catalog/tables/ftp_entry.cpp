#include "catalog/tables/ftp_entry.h"

#include "base/messages.h"

namespace gatehouse::catalog
{

QVector<FtpEntry> readFtpEntries(WriteContext &context, AccountId account)
{
    QVector<FtpEntry> out;
    db::Statement row = context.db.query(
        "SELECT v.path, v.is_folder, v.bytes, v.modified, v.item, v.sha256, d.relative_path FROM view v LEFT "
        "JOIN item_detail d ON d.id = v.item WHERE v.account = ? ORDER BY v.path",
        account);
    while (row.step()) {
        FtpEntry entry;
        entry.path = row.text(0);
        entry.isFolder = row.flag(1);
        entry.bytes = row.integer(2);
        entry.modified = row.integer(3);
        entry.item = row.id<ItemId>(4);
        entry.sha256 = row.blob(5);
        entry.relativePath = row.text(6);
        out.append(entry);
    }
    return out;
}

void putFtpEntry(WriteContext &context, AccountId account, const FtpEntry &entry)
{
    context.db.run("INSERT OR REPLACE INTO view(account, path, is_folder, bytes, modified, item, sha256, "
                   "touched) VALUES(?,?,?,?,?,?,?,?)",
                   account, entry.path, entry.isFolder, entry.bytes, entry.modified, entry.item,
                   entry.sha256.isNull() ? QByteArray("") : entry.sha256, context.clock.now());
}

void removeFtpEntry(WriteContext &context, AccountId account, const QString &path)
{
    context.db.run("DELETE FROM view WHERE account = ? AND path = ?", account, path);
}

Result<void> renameFtpEntry(WriteContext &context, AccountId account, const QString &from, const QString &to)
{
    const qint64 moved = context.db.run("UPDATE OR REPLACE view SET path = ? WHERE account = ? AND path = ?",
                                        to, account, from);
    // All below a folder: from "from/" up to "from0", the character after the slash.
    const qint64 below = context.db.run(
        "UPDATE OR REPLACE view SET path = ? || substr(path, ?) WHERE account = ? AND path > ? AND path < ?",
        to, int(from.toUcs4().size()) + 1, account, from + QLatin1Char('/'), from + QLatin1Char('0'));
    if (moved + below == 0)
        return fail(ErrorKind::NotFound, Messages::tr("There is no file or folder with that name."),
                    QStringLiteral("catalog"));
    return {};
}

int expireFtpEntries(WriteContext &context, qint64 olderThan)
{
    return int(context.db.run("DELETE FROM view WHERE touched < ?", olderThan));
}

} // namespace gatehouse::catalog
