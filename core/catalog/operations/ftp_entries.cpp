#include "catalog/operations/ftp_entries.h"

#include "catalog/tables/write_context.h"

namespace gatehouse::catalog
{

Result<QVector<FtpEntry>> ReadFtpEntries::run(WriteContext &context) const
{
    QVector<FtpEntry> out;
    db::Statement row = context.db.query(R"(
        SELECT v.path, v.is_folder, v.bytes, v.modified, v.item, v.sha256,
            CASE WHEN a.uuid = coalesce((SELECT value FROM meta WHERE key = 'archive'), a.uuid)
                THEN d.relative_path END
        FROM view v
            LEFT JOIN item_detail d ON d.id = v.item
            LEFT JOIN archive a ON a.id = d.archive
        WHERE v.account = ?
        ORDER BY v.path)",
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

Result<void> PutFtpEntry::run(WriteContext &context) const
{
    context.db.run(R"(
        INSERT OR REPLACE INTO view(account, path, is_folder, bytes, modified, item, sha256,
            touched)
        VALUES(?,?,?,?,?,?,?,?))",
                   account, entry.path, entry.isFolder, entry.bytes, entry.modified, entry.item,
                   entry.sha256.isNull() ? QByteArray("") : entry.sha256, context.clock.now());
    return {};
}

Result<void> RemoveFtpEntry::run(WriteContext &context) const
{
    context.db.run("DELETE FROM view WHERE account = ? AND path = ?", account, path);
    return {};
}

Result<void> MoveFtpEntries::run(WriteContext &context) const
{
    for (const FtpMove &move : moves) {
        const qint64 moved =
            context.db.run("UPDATE OR REPLACE view SET path = ? WHERE account = ? AND path = ?", move.to,
                           account, move.from);
        // Empty files, tests and the folders above a file have no row: the replaced entry goes all the same.
        if (moved == 0)
            context.db.run("DELETE FROM view WHERE account = ? AND path = ?", account, move.to);
    }
    return {};
}

Result<int> ExpireFtpEntries::run(WriteContext &context) const
{
    return int(context.db.run("DELETE FROM view WHERE touched < ?", olderThan));
}

} // namespace gatehouse::catalog
