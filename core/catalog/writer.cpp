#include "catalog/writer.h"

#include "catalog/operations/recovered.h"
#include "catalog/operations/salvaged_whole.h"
#include "catalog/tables/schema.h"
#include "catalog/tables/write_context.h"

namespace gatehouse::catalog
{

namespace
{

Result<ItemId> lastItemId(db::Connection &db)
{
    ItemId last;
    {
        db::Statement row = db.query(R"(
            SELECT max(coalesce((SELECT max(id) FROM item), 0),
                coalesce((SELECT max(item) FROM deletion), 0),
                coalesce((SELECT max(item) FROM garbage), 0)))");
        if (row.step())
            last = row.id<ItemId>(0);
    }
    if (auto error = db.takeError())
        return tl::unexpected(*error);
    return last;
}

WriteContext contextOf(db::Connection &db, const WriterOptions &options, const Clock &clock, ItemIds &ids)
{
    WriteContext context{db, options, clock, ids};
    context.hasRecovered = anyRecovered(db);
    context.hasSalvaged = anySalvaged(db);
    return context;
}

} // namespace

struct Writer::Private final : db::CommitObserver {
    Changes changes;
    ItemIds ids;
    WriteContext context;
    ChangeSet burst; // the changes of its operations
    db::WriterThread thread;

    Private(std::unique_ptr<db::Connection> connection, const WriterOptions &options, const Clock &clock,
            ItemId last)
        : ids(clock, last), context(contextOf(*connection, options, clock, ids)),
          thread(std::move(connection), "catalog", this)
    {
    }

    void jobFinished(bool kept) override
    {
        if (kept)
            burst.take(context.changes);
        context.changes = {};
    }

    void committed() override
    {
        if (!burst.isEmpty())
            QMetaObject::invokeMethod(
                &changes, [this, set = std::exchange(burst, {})] { set.emitFrom(changes); },
                Qt::QueuedConnection);
    }

    void rolledBack() override
    {
        burst = {};
        context.changes = {};
    }

    void damageFound(const Error &error) override
    {
        QMetaObject::invokeMethod(
            &changes, [this, text = error.text] { Q_EMIT changes.damageFound(text); }, Qt::QueuedConnection);
    }
};

Writer::Writer(std::unique_ptr<Private> priv) : d(std::move(priv)) {}
Writer::~Writer() = default;

Result<std::unique_ptr<Writer>> Writer::open(const WriterOptions &options, const Clock &clock)
{
    auto connection = db::Connection::open({options.databasePath, false, 5000, 16'384, options.vfs});
    if (!connection)
        return tl::unexpected(connection.error());
    if (auto done = migrateCatalog(**connection); !done)
        return tl::unexpected(done.error());
    const Result<ItemId> last = lastItemId(**connection);
    if (!last)
        return tl::unexpected(last.error());
    return std::unique_ptr<Writer>(
        new Writer(std::make_unique<Private>(std::move(*connection), options, clock, *last)));
}

void Writer::addParticipant(ItemParticipant participant)
{
    d->thread.submit([this, participant = std::move(participant)](db::Connection &) -> Result<void> {
        d->context.participants.push_back(participant);
        return {};
    });
}

Changes &Writer::changes()
{
    return d->changes;
}

ItemIds &Writer::ids()
{
    return d->ids;
}

db::WriterThread &Writer::thread()
{
    return d->thread;
}

WriteContext &Writer::context()
{
    return d->context;
}

} // namespace gatehouse::catalog
