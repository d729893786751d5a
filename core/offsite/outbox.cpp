#include "offsite/outbox.h"

#include "catalog/tables/item_value.h"
#include "catalog/tables/write_context.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace gatehouse::offsite
{

namespace
{

using catalog::WriteContext;

constexpr qint64 kNewestId = std::numeric_limits<qint64>::max();

QVector<Row> rowsDue(db::Connection &db, Rank rank, qint64 from, qint64 below, const FindWork &search)
{
    QVector<Row> out;
    db::Statement row = db.query(R"(
        SELECT item, part, rank, state, bytes, attempts, bad_digests, look_first, key, upload, part_size
        FROM outbox INDEXED BY outbox_next
        WHERE state < 3 AND rank = ? AND item >= ? AND item < ? AND next_try <= ?
            AND generation = (SELECT generation FROM outbox_survey)
        ORDER BY item DESC)",
                                 rank, from, below, search.now);
    while (out.size() < search.limit && row.step()) {
        Row found;
        found.id = {row.id<ItemId>(0), row.as<Part>(1)};
        found.rank = row.as<Rank>(2);
        found.state = row.as<State>(3);
        found.bytes = row.integer(4);
        found.attempts = row.number(5);
        found.badDigests = row.number(6);
        found.looksFirst = row.flag(7);
        found.key = row.text(8);
        found.upload = row.blob(9);
        found.partSize = row.integer(10);
        if (!search.held.contains(found.id))
            out.append(found);
    }
    return out;
}

void forget(db::Connection &db, const PartId &id)
{
    db.run("DELETE FROM outbox WHERE item = ? AND part = ?", id.item, id.part);
}

// Empty: there is none to send.
QString posterOf(db::Connection &db, const catalog::Item &item)
{
    if (item.event.isValid()) {
        db::Statement event = db.query("SELECT 1 FROM event WHERE id = ? AND stills > 0", item.event);
        if (event.step())
            return {}; // a still shows what happened
    }
    db::Statement row = db.query(
        "SELECT path FROM derivative WHERE item = ? AND kind = ? AND state IN (?, ?)", item.id,
        catalog::DerivativeKind::Poster, catalog::DerivativeState::Made, catalog::DerivativeState::Asked);
    return row.step() ? row.text(0) : QString();
}

std::optional<Task> taskOf(db::Connection &db, Row row)
{
    const QVector<catalog::Item> items =
        catalog::itemValues(db.query(GATEHOUSE_SELECT_ITEM_VALUE "WHERE i.id = ?", row.id.item));
    if (items.isEmpty()) {
        if (!db.failed())
            forget(db, row.id);
        return std::nullopt;
    }
    Task task{std::move(row), items.first(), {}, {}};
    if (task.row.id.part == Part::Poster) {
        task.poster = posterOf(db, task.item);
        if (task.poster.isEmpty()) {
            if (!db.failed())
                forget(db, task.row.id);
            return std::nullopt;
        }
    }
    db::Statement camera = db.query("SELECT name FROM camera WHERE id = ?", task.item.camera);
    if (camera.step())
        task.camera = camera.text(0);
    return task;
}

void addTasks(WriteContext &context, QVector<Task> &to, Rank rank, qint64 from, qint64 below,
              const FindWork &search)
{
    if (to.size() >= search.limit)
        return;
    for (const Row &row : rowsDue(context.db, rank, from, below, search)) {
        if (auto task = taskOf(context.db, row); task && to.size() < search.limit)
            to.append(std::move(*task));
    }
}

} // namespace

Result<Work> FindWork::run(WriteContext &context) const
{
    Work work;
    for (const Rank rank : kRanks) {
        const bool isPicture = rank <= Rank::Still;
        addTasks(context, isPicture ? work.urgent : work.bulk, rank, freshFrom.value, kNewestId, *this);
    }
    for (const Rank rank : kRanks)
        addTasks(context, work.backlog, rank, 0, freshFrom.value, *this);
    db::Statement due = context.db.query(R"(
        SELECT min(next_try) FROM outbox INDEXED BY outbox_due
        WHERE state < 3 AND next_try > 0 AND next_try > ?)",
                                         now);
    if (due.step())
        work.nextDue = due.integer(0);
    return work;
}

Result<bool> BeginUpload::run(WriteContext &context) const
{
    return context.db.run(R"(
        UPDATE outbox SET state = 1, key = ?, bytes = ?
        WHERE item = ? AND part = ? AND state < 3 AND key IN ('', ?1))",
                          key, bytes, part.item, part.part) > 0;
}

Result<bool> KeepUploadId::run(WriteContext &context) const
{
    const QByteArray id = upload.isNull() ? QByteArray("") : upload; // a null one would be NULL
    return context.db.run("UPDATE outbox SET upload = ?, part_size = ? WHERE item = ? AND part = ?", id,
                          partSize, part.item, part.part) > 0;
}

Result<bool> MarkVerifying::run(WriteContext &context) const
{
    return context.db.run("UPDATE outbox SET state = 2 WHERE item = ? AND part = ? AND state = 1", part.item,
                          part.part) > 0;
}

Result<bool> MarkDurable::run(WriteContext &context) const
{
    return context.db.run(R"(
        UPDATE outbox SET state = 3, bytes = ?, etag = ?, sha256 = ?, durable_at = ?, upload = x'',
            next_try = 0, reason = ''
        WHERE item = ? AND part = ? AND state < 3)",
                          bytes, QString::fromLatin1(etag), sha256, at, part.item, part.part) > 0;
}

Result<bool> Postpone::run(WriteContext &context) const
{
    return context.db.run(R"(
        UPDATE outbox SET next_try = ?, reason = ?, remedy = ?, attempts = attempts + ?,
            bad_digests = bad_digests + ?
        WHERE item = ? AND part = ? AND state < 3)",
                          until, reason, remedy, counts, isBadDigest, part.item, part.part) > 0;
}

Result<bool> GiveUp::run(WriteContext &context) const
{
    return context.db.run(R"(
        UPDATE outbox SET state = 4, reason = ?, remedy = ?, attempts = attempts + 1, next_try = 0
        WHERE item = ? AND part = ? AND state < 3)",
                          reason, remedy, part.item, part.part) > 0;
}

Result<bool> ReplaceLowRes::run(WriteContext &context) const
{
    forget(context.db, {item, Part::LowRes});
    return context.db.run(R"(
        INSERT INTO outbox(item, part, rank, generation, bytes, created)
        SELECT id, ?, ?, (SELECT generation FROM outbox_survey), bytes, ? FROM item
        WHERE id = ?
        ON CONFLICT DO NOTHING)",
                          Part::Original, Rank::Full, now, item) > 0;
}

Result<void> RetryFailed::run(WriteContext &context) const
{
    // state 1: an object may be there under its key.
    context.db.run("UPDATE outbox SET state = iif(key = '', 0, 1), next_try = 0 WHERE state = 4");
    return {};
}

Result<void> ShortenWaits::run(WriteContext &context) const
{
    context.db.run(R"(
        UPDATE outbox SET next_try = 0
        WHERE state < 3 AND next_try > 0 AND next_try > ?1
            AND (next_try > ?2 OR (attempts > 0 AND next_try > ?3)))",
                   std::min(failedUntil, anyUntil), anyUntil, failedUntil);
    return {};
}

Result<QSet<QByteArray>> ReadUploadIds::run(WriteContext &context) const
{
    QSet<QByteArray> out;
    db::Statement row = context.db.query("SELECT upload FROM outbox WHERE upload <> x''");
    while (row.step())
        out.insert(row.blob(0));
    return out;
}

Result<OutboxCounts> CountOutbox::run(WriteContext &context) const
{
    OutboxCounts out;
    {
        db::Statement row = context.db.query("SELECT rank, state, files, bytes FROM outbox_count");
        while (row.step()) {
            const auto state = row.as<State>(1);
            OutboxCount &sum = state == State::Durable  ? out.durable
                               : state == State::Failed ? out.failed
                                                        : out.waiting[size_t(row.integer(0))];
            sum.files += row.integer(2);
            sum.bytes += row.integer(3);
        }
    }
    for (const Rank rank : kRanks) {
        db::Statement row = context.db.query(
            "SELECT min(item) FROM outbox INDEXED BY outbox_next WHERE state < 3 AND rank = ?", rank);
        if (row.step())
            out.oldest[size_t(rank)] = row.id<ItemId>(0);
    }
    db::Statement survey = context.db.query("SELECT 1 FROM outbox_survey WHERE below > 0");
    out.isLookingThrough = survey.step();
    return out;
}

} // namespace gatehouse::offsite
