#include "catalog/types/file_list.h"

#include "base/messages.h"
#include "db/connection.h"

namespace gatehouse::catalog
{

FileList::FileList(std::unique_ptr<db::Connection> connection) : m_connection(std::move(connection)) {}
FileList::~FileList() = default;

Result<std::unique_ptr<FileList>> FileList::open(const QString &databasePath)
{
    auto connection = db::Connection::open({databasePath, true});
    if (!connection)
        return tl::unexpected(connection.error());
    return std::unique_ptr<FileList>(new FileList(std::move(*connection)));
}

Result<void> FileList::verify(Verify what, const std::function<bool()> &stop)
{
    m_connection->stopWhen(stop);
    QString found;
    {
        db::Statement row = m_connection->query(what == Verify::Pages ? "PRAGMA quick_check(1)"
                                                                      : "PRAGMA integrity_check(1)");
        if (row.step())
            found = row.text(0);
    }
    m_connection->stopWhen({});
    if (auto error = m_connection->takeError())
        return tl::unexpected(*error);
    if (found == QLatin1String("ok"))
        return {};
    return fail(ErrorKind::Corrupt, Messages::tr("The catalog is damaged. Run \"gatehouse check --repair\"."),
                found);
}

Result<QVector<ExpectedFile>> FileList::next(ItemId after, int limit)
{
    QVector<ExpectedFile> out;
    {
        db::Statement row = m_connection->query(R"(
            SELECT i.id, a.uuid, d.relative_path, i.bytes, d.sha256
            FROM item i
                JOIN item_detail d ON d.id = i.id
                JOIN archive a ON a.id = d.archive
            WHERE i.id > ?
            ORDER BY i.id LIMIT ?)",
                                                after.value, limit); // an unset id would be bound as NULL
        while (row.step())
            out.append({row.id<ItemId>(0), row.text(1), row.text(2), row.integer(3), row.blob(4)});
    }
    if (auto error = m_connection->takeError())
        return tl::unexpected(*error);
    return out;
}

Result<std::optional<ExpectedFile>> FileList::fileOf(ItemId item)
{
    const auto found = next(ItemId{item.value - 1}, 1);
    if (!found)
        return tl::unexpected(found.error());
    return found->isEmpty() || found->first().item != item ? std::nullopt : std::optional(found->first());
}

Result<QSet<QString>> FileList::pathsOf(const QVector<ItemId> &items)
{
    QSet<QString> out;
    for (const ItemId item : items) {
        db::Statement row = m_connection->query(R"(
            SELECT relative_path FROM item_detail
            WHERE id = ?1
            UNION ALL SELECT relative_path FROM garbage
            WHERE item = ?1)",
                                                item);
        while (row.step())
            out.insert(row.text(0));
    }
    if (auto error = m_connection->takeError())
        return tl::unexpected(*error);
    return out;
}

Result<std::optional<Sender>> FileList::senderInto(const QString &cameraFolder, ItemId item)
{
    std::optional<Sender> out;
    const QString below = cameraFolder + QLatin1Char('/');
    // Folders need no index: this many rows include every camera that is sending.
    for (const char *near : {R"(
             SELECT account, origin, relative_path FROM item_detail
             WHERE id < ?
             ORDER BY id DESC LIMIT 20000)",
                             R"(
              SELECT account, origin, relative_path FROM item_detail
              WHERE id > ?
              ORDER BY id LIMIT 20000)"}) {
        db::Statement row = m_connection->query(near, item.value);
        while (!out && row.step()) {
            if (!row.text(2).startsWith(below))
                continue;
            db::Statement camera =
                m_connection->query("SELECT key FROM camera WHERE id = ?", row.id<CameraId>(1));
            out = Sender{row.id<AccountId>(0), camera.step() ? camera.text(0) : QString()};
        }
    }
    if (auto error = m_connection->takeError())
        return tl::unexpected(*error);
    return out;
}

Result<qint64> FileList::newestArrival()
{
    qint64 newest = 0;
    {
        db::Statement row = m_connection->query("SELECT received FROM item ORDER BY id DESC LIMIT 1");
        if (row.step())
            newest = row.integer(0);
    }
    if (auto error = m_connection->takeError())
        return tl::unexpected(*error);
    return newest;
}

} // namespace gatehouse::catalog
