#include "catalog/operations/archives.h"

#include "catalog/tables/write_context.h"

namespace gatehouse::catalog
{

Result<QVector<ArchiveFolder>> ReadArchives::run(WriteContext &context) const
{
    QVector<ArchiveFolder> out;
    db::Statement row = context.db.query(R"(
        SELECT uuid, root FROM archive
        ORDER BY uuid = (SELECT value FROM meta WHERE key = 'archive') DESC, root <> '' DESC,
            id DESC)");
    while (row.step())
        out.append({row.text(0), row.text(1)});
    return out;
}

Result<void> AddArchive::run(WriteContext &context) const
{
    context.db.run("INSERT INTO archive(uuid, root) VALUES(?,?) ON CONFLICT DO NOTHING", id, root);
    return {};
}

Result<void> SetArchive::run(WriteContext &context) const
{
    {
        // Every start submits this: a known archive is not written again, because a full disk has no space
        // for it.
        db::Statement known = context.db.query(R"(
            SELECT 1 FROM archive a
                JOIN meta m ON m.key = 'archive' AND m.value = a.uuid
            WHERE a.uuid = ? AND a.root = ?)",
                                               id, root);
        if (known.step())
            return {};
    }
    context.db.run(R"(
        INSERT INTO archive(uuid, root) VALUES(?,?)
        ON CONFLICT DO UPDATE SET root = excluded.root)",
                   id, root);
    context.db.run("INSERT OR REPLACE INTO meta(key, value) VALUES('archive', ?)", id);
    return {};
}

} // namespace gatehouse::catalog
