#include "catalog/writer.h"

#include "catalog/operations/add_item.h"
#include "catalog/operations/camera_commands.h"
#include "catalog/operations/item_removal.h"
#include "catalog/operations/partial_uploads.h"
#include "catalog/operations/review_commands.h"
#include "catalog/operations/salvaged_whole.h"
#include "catalog/operations/state_restore.h"
#include "catalog/tables/ftp_entry.h"
#include "catalog/tables/item_table.h"
#include "catalog/tables/schema.h"
#include "catalog/types/deletion.h"
#include "catalog/types/item_value.h"
#include "catalog/writer_thread.h"

#include <QPromise>

namespace gatehouse::catalog
{

namespace
{

template<typename T>
class Task final : public Command
{
public:
    explicit Task(std::function<Result<T>(WriteContext &)> body) : m_body(std::move(body))
    {
        m_promise.start();
    }
    [[nodiscard]] QFuture<Result<T>> future() const { return m_promise.future(); }

    bool carryOut(WriteContext &context) override
    {
        m_answer = m_body(context);
        return m_answer.has_value();
    }
    [[nodiscard]] const Error *error() const override { return m_answer ? nullptr : &m_answer.error(); }
    void failWith(const Error &error) override { m_answer = tl::unexpected(error); }
    void settle() override
    {
        m_promise.addResult(std::move(m_answer));
        m_promise.finish();
    }

private:
    std::function<Result<T>(WriteContext &)> m_body;
    Result<T> m_answer = fail(ErrorKind::Cancelled, QString());
    QPromise<Result<T>> m_promise;
};

Result<ItemId> lastItemId(db::Connection &db)
{
    ItemId last;
    {
        db::Statement row = db.query("SELECT max(coalesce((SELECT max(id) FROM item), 0), coalesce((SELECT "
                                     "max(item) FROM deletion), 0), coalesce((SELECT max(item) FROM "
                                     "garbage), 0))");
        if (row.step())
            last = row.id<ItemId>(0);
    }
    if (auto error = db.takeError())
        return tl::unexpected(*error);
    return last;
}

} // namespace

struct Writer::Private {
    Changes changes;
    ItemIds ids;
    WriterThread thread;

    Private(std::unique_ptr<db::Connection> connection, const WriterOptions &options, const Clock &clock,
            ItemId last)
        : ids(clock, last),
          thread(
              std::move(connection), options, clock, ids,
              [this](ChangeSet set) {
                  QMetaObject::invokeMethod(
                      &changes, [this, set = std::move(set)] { set.emitFrom(changes); },
                      Qt::QueuedConnection);
              },
              [this](const QString &text) {
                  QMetaObject::invokeMethod(
                      &changes, [this, text] { Q_EMIT changes.damageFound(text); }, Qt::QueuedConnection);
              })
    {
    }

    template<typename T>
    QFuture<Result<T>> ask(std::function<Result<T>(WriteContext &)> body)
    {
        auto task = std::make_unique<Task<T>>(std::move(body));
        QFuture<Result<T>> future = task->future();
        thread.push(std::move(task));
        return future;
    }

    // For what may wait for the next commit.
    template<typename T>
    QFuture<Result<T>> askUnhurried(std::function<Result<T>(WriteContext &)> body)
    {
        auto task = std::make_unique<Task<T>>(std::move(body));
        QFuture<Result<T>> future = task->future();
        thread.pushUnhurried(std::move(task));
        return future;
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

Changes &Writer::changes()
{
    return d->changes;
}

ItemId Writer::nextItemId()
{
    return d->ids.next();
}

void Writer::passItemId(ItemId item)
{
    d->ids.passed(item);
}

bool Writer::isOfThisRun(ItemId item) const
{
    return d->ids.isOfThisRun(item);
}

QFuture<Result<Added>> Writer::addItem(NewItem item)
{
    return d->ask<Added>([item = std::move(item)](WriteContext &s) { return catalog::addItem(s, item); });
}

QFuture<Result<void>> Writer::setExamined(Examined found)
{
    return d->askUnhurried<void>(
        [found = std::move(found)](WriteContext &s) { return catalog::setExamined(s, found); });
}

QFuture<Result<void>> Writer::supersede(PartialUpload pair)
{
    return d->ask<void>([pair](WriteContext &s) { return catalog::supersede(s, pair); });
}

QFuture<Result<void>> Writer::fileRestored(ItemId item, QString archive)
{
    return d->ask<void>([item, archive = std::move(archive)](WriteContext &s) {
        return catalog::fileRestored(s, item, archive);
    });
}

QFuture<Result<Added>> Writer::reviseItem(ItemId item, NewItem update, ItemId same)
{
    return d->ask<Added>([item, update = std::move(update), same](WriteContext &s) {
        return catalog::reviseItem(s, item, update, same);
    });
}

QFuture<Result<QVector<FtpEntry>>> Writer::ftpEntries(AccountId account)
{
    return d->ask<QVector<FtpEntry>>([account](WriteContext &s) { return readFtpEntries(s, account); });
}

QFuture<Result<void>> Writer::putFtpEntry(AccountId account, FtpEntry entry)
{
    return d->ask<void>([account, entry = std::move(entry)](WriteContext &s) -> Result<void> {
        catalog::putFtpEntry(s, account, entry);
        return {};
    });
}

QFuture<Result<void>> Writer::removeFtpEntry(AccountId account, QString path)
{
    return d->ask<void>([account, path = std::move(path)](WriteContext &s) -> Result<void> {
        catalog::removeFtpEntry(s, account, path);
        return {};
    });
}

QFuture<Result<void>> Writer::moveFtpEntries(AccountId account, QVector<FtpMove> moves)
{
    return d->ask<void>([account, moves = std::move(moves)](WriteContext &s) -> Result<void> {
        catalog::moveFtpEntries(s, account, moves);
        return {};
    });
}

QFuture<Result<int>> Writer::expireFtpEntries(qint64 olderThan)
{
    return d->ask<int>([olderThan](WriteContext &s) { return catalog::expireFtpEntries(s, olderThan); });
}

QFuture<Result<Account>> Writer::account(QString user)
{
    return d->ask<Account>([user = std::move(user)](WriteContext &s) { return accountOf(s, user); });
}

QFuture<Result<Camera>> Writer::addCamera(QString name, Account account)
{
    return d->ask<Camera>([name = std::move(name), account = std::move(account)](WriteContext &s) {
        return catalog::addCamera(s, name, account);
    });
}

QFuture<Result<void>> Writer::setAccountSecret(AccountId account, QByteArray salt, QByteArray hash,
                                               int iterations)
{
    return d->ask<void>(
        [account, salt = std::move(salt), hash = std::move(hash), iterations](WriteContext &s) {
            return catalog::setAccountSecret(s, account, salt, hash, iterations);
        });
}

QFuture<Result<void>> Writer::renameCamera(CameraId camera, QString name)
{
    return d->ask<void>(
        [camera, name = std::move(name)](WriteContext &s) { return catalog::renameCamera(s, camera, name); });
}

QFuture<Result<void>> Writer::setCameraZone(CameraId camera, QByteArray zone)
{
    return d->ask<void>([camera, zone = std::move(zone)](WriteContext &s) {
        return catalog::setCameraZone(s, camera, zone);
    });
}

QFuture<Result<void>> Writer::setCameraOffset(CameraId camera, qint64 offset, bool fixed)
{
    return d->ask<void>([camera, offset, fixed](WriteContext &s) {
        return catalog::setCameraOffset(s, camera, offset, fixed);
    });
}

QFuture<Result<void>> Writer::removeCamera(CameraId camera, bool withEvidence, QString reason)
{
    return d->ask<void>([camera, withEvidence, reason = std::move(reason)](WriteContext &s) {
        return catalog::removeCamera(s, camera, withEvidence, reason);
    });
}

QFuture<Result<void>> Writer::mergeCameras(CameraId from, CameraId into)
{
    return d->ask<void>([from, into](WriteContext &s) { return catalog::mergeCameras(s, from, into); });
}

QFuture<Result<void>> Writer::splitCamera(CameraId merged)
{
    return d->ask<void>([merged](WriteContext &s) { return catalog::splitCamera(s, merged); });
}

QFuture<Result<void>> Writer::setEventGap(qint64 gap)
{
    return d->ask<void>([gap](WriteContext &s) -> Result<void> {
        s.options.eventGap = gap;
        return {};
    });
}

QFuture<Result<void>> Writer::setReviewed(EventId event, bool reviewed)
{
    return d->ask<void>(
        [event, reviewed](WriteContext &s) { return catalog::setReviewed(s, event, reviewed); });
}

QFuture<Result<void>> Writer::setProtected(ItemId item, bool isProtected)
{
    return d->ask<void>(
        [item, isProtected](WriteContext &s) { return catalog::setProtected(s, item, isProtected); });
}

QFuture<Result<QVector<Garbage>>> Writer::removeItems(RemovalRequest request)
{
    return d->ask<QVector<Garbage>>(
        [request = std::move(request)](WriteContext &s) { return removeRequested(s, request); });
}

QFuture<Result<int>> Writer::recordDeletions(QVector<PastDeletion> past)
{
    return d->ask<int>(
        [past = std::move(past)](WriteContext &s) { return catalog::recordDeletions(s, past); });
}

QFuture<Result<int>> Writer::forgetDeletions(qint64 before, int limit)
{
    return d->askUnhurried<int>([before, limit](WriteContext &s) -> Result<int> {
        return catalog::forgetDeletions(s, before, limit);
    });
}

QFuture<Result<QVector<Garbage>>> Writer::pendingGarbage()
{
    return d->ask<QVector<Garbage>>([](WriteContext &s) { return readGarbage(s); });
}

QFuture<Result<void>> Writer::garbageGone(QVector<ItemId> items)
{
    return d->ask<void>([items = std::move(items)](WriteContext &s) -> Result<void> {
        forgetGarbage(s, items);
        return {};
    });
}

QFuture<Result<Volume>> Writer::volume(QString archive)
{
    return d->ask<Volume>(
        [archive = std::move(archive)](WriteContext &s) -> Result<Volume> { return volumeOf(s, archive); });
}

QFuture<Result<QVector<Item>>> Writer::oldest(QString archive, int limit)
{
    return d->ask<QVector<Item>>(
        [archive = std::move(archive), limit](WriteContext &s) { return oldestItems(s, archive, limit); });
}

QFuture<Result<QVector<ArchiveFolder>>> Writer::archives()
{
    return d->ask<QVector<ArchiveFolder>>([](WriteContext &s) -> Result<QVector<ArchiveFolder>> {
        QVector<ArchiveFolder> out;
        db::Statement row =
            s.db.query("SELECT uuid, root FROM archive ORDER BY uuid = (SELECT value FROM meta "
                       "WHERE key = 'archive') DESC, root <> '' DESC, id DESC");
        while (row.step())
            out.append({row.text(0), row.text(1)});
        return out;
    });
}

QFuture<Result<void>> Writer::restoreHome(StateSnapshot state)
{
    return d->ask<void>(
        [state = std::move(state)](WriteContext &s) { return catalog::restoreHome(s, state); });
}

QFuture<Result<void>> Writer::restoreMarks(StateSnapshot state)
{
    return d->ask<void>(
        [state = std::move(state)](WriteContext &s) { return catalog::restoreMarks(s, state); });
}

QFuture<Result<QString>> Writer::meta(QString key)
{
    return d->ask<QString>([key = std::move(key)](WriteContext &s) -> Result<QString> {
        db::Statement row = s.db.query("SELECT value FROM meta WHERE key = ?", key);
        return row.step() ? row.text(0) : QString();
    });
}

QFuture<Result<void>> Writer::setMeta(QString key, QString value)
{
    return d->ask<void>([key = std::move(key), value = std::move(value)](WriteContext &s) -> Result<void> {
        s.db.run("INSERT OR REPLACE INTO meta(key, value) VALUES(?,?)", key, value);
        return {};
    });
}

QFuture<Result<void>> Writer::rebuildIsWhole(bool ofAll)
{
    return d->ask<void>([ofAll](WriteContext &s) -> Result<void> {
        s.db.run("DELETE FROM meta WHERE key = ?", QString::fromLatin1(kRebuildKey));
        forgetSalvaged(s, ofAll);
        return {};
    });
}

QFuture<Result<void>> Writer::setArchive(QString id, QString root)
{
    return d->ask<void>([id = std::move(id), root = std::move(root)](WriteContext &s) -> Result<void> {
        {
            // Each start says it: where it is known nothing is written, for which a full disk has no room.
            db::Statement known =
                s.db.query("SELECT 1 FROM archive a JOIN meta m ON m.key = 'archive' AND m.value "
                           "= a.uuid WHERE a.uuid = ? AND a.root = ?",
                           id, root);
            if (known.step())
                return {};
        }
        s.db.run("INSERT INTO archive(uuid, root) VALUES(?,?) ON CONFLICT DO UPDATE SET root = "
                 "excluded.root",
                 id, root);
        s.db.run("INSERT OR REPLACE INTO meta(key, value) VALUES('archive', ?)", id);
        return {};
    });
}

} // namespace gatehouse::catalog
