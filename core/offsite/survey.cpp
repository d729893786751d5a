#include "offsite/survey.h"

#include "catalog/tables/item_value.h"
#include "catalog/tables/write_context.h"
#include "offsite/wanted.h"

#include <algorithm>
#include <limits>

namespace gatehouse::offsite
{

namespace
{

using catalog::WriteContext;

// Looked through at every start: a killed engine may have missed what became known about them.
constexpr qint64 kAlwaysLookedThrough = 2 * 86'400'000; // ms

ItemFacts factsOf(db::Connection &db, const catalog::Item &item)
{
    ItemFacts facts;
    if (item.event.isValid()) {
        db::Statement event = db.query("SELECT stills, first_item FROM event WHERE id = ?", item.event);
        if (event.step()) {
            facts.stillsOfEvent = event.number(0);
            facts.isFirstOfEvent = event.id<ItemId>(1) == item.id;
        }
    }
    if (item.kind != Kind::Clip)
        return facts;
    db::Statement made = db.query("SELECT kind, state FROM derivative WHERE item = ?", item.id);
    while (made.step()) {
        const auto kind = made.as<catalog::DerivativeKind>(0);
        const auto state = made.as<catalog::DerivativeState>(1);
        const bool isThere =
            state == catalog::DerivativeState::Made || state == catalog::DerivativeState::Asked;
        if (kind == catalog::DerivativeKind::Poster)
            facts.hasPoster = isThere;
        else if (kind == catalog::DerivativeKind::LowRes)
            facts.isLowResImpossible = state == catalog::DerivativeState::Impossible;
    }
    return facts;
}

void startAfresh(db::Connection &db, ItemId item)
{
    db.run(R"(
        UPDATE outbox SET state = 0, generation = (SELECT generation FROM outbox_survey), look_first = 1,
            next_try = 0, attempts = 0, bad_digests = 0, key = '', upload = x'', part_size = 0, etag = '',
            sha256 = x'', reason = '', durable_at = 0
        WHERE item = ? AND generation <> (SELECT generation FROM outbox_survey))",
           item);
}

void want(db::Connection &db, ItemId item, const WantedPart &part, bool looksFirst, qint64 now)
{
    // Whoever knows more may only make it go earlier; a wait after a failure stays.
    db.run(R"(
        INSERT INTO outbox(item, part, rank, generation, bytes, look_first, next_try, created)
        VALUES(?, ?, ?, (SELECT generation FROM outbox_survey), ?, ?, ?, ?)
        ON CONFLICT(item, part) DO UPDATE SET rank = min(rank, excluded.rank),
            next_try = iif(attempts = 0, min(next_try, excluded.next_try), next_try)
        WHERE state = 0 AND (rank > excluded.rank OR (attempts = 0 AND next_try > excluded.next_try)))",
           item, part.part, part.rank, part.bytes, looksFirst, part.notBefore, now);
}

void wantPartsOf(db::Connection &db, const catalog::Item &item, Choice choice, bool looksFirst, qint64 now)
{
    const QVector<WantedPart> wanted = wantedOf(item, factsOf(db, item), choice);
    for (const Part part : {Part::Original, Part::LowRes, Part::Poster}) {
        const auto found = std::find_if(wanted.begin(), wanted.end(),
                                        [part](const WantedPart &one) { return one.part == part; });
        if (found != wanted.end())
            want(db, item.id, *found, looksFirst, now);
        else
            db.run("DELETE FROM outbox WHERE item = ? AND part = ? AND state IN (0, 4)", item.id, part);
    }
}

void lookAt(WriteContext &context, const Policy &policy, ItemId id, bool looksFirst, qint64 now)
{
    const QVector<catalog::Item> items =
        catalog::itemValues(context.db.query(GATEHOUSE_SELECT_ITEM_VALUE "WHERE i.id = ?", id));
    if (items.isEmpty())
        return;
    startAfresh(context.db, id);
    wantPartsOf(context.db, items.first(), policy.choiceOf(items.first().camera), looksFirst, now);
}

QVector<ItemId> olderItems(db::Connection &db, int limit)
{
    QVector<ItemId> out;
    db::Statement row = db.query(R"(
        SELECT id FROM item
        WHERE id < (SELECT below FROM outbox_survey) AND id >= (SELECT down_to FROM outbox_survey)
        ORDER BY id DESC LIMIT ?)",
                                 limit);
    while (row.step())
        out.append(row.id<ItemId>(0));
    return out;
}

} // namespace

void Policy::set(const Options &options)
{
    const std::lock_guard lock(m_mutex);
    m_isSet = options.isSet;
    m_choice = options.choice;
    m_cameras = options.cameras;
}

Choice Policy::choiceOf(CameraId camera) const
{
    const std::lock_guard lock(m_mutex);
    return m_isSet ? m_cameras.value(camera, m_choice) : Choice::Nothing;
}

QString Policy::choices() const
{
    const std::lock_guard lock(m_mutex);
    if (!m_isSet)
        return {};
    QList<CameraId> cameras = m_cameras.keys();
    std::sort(cameras.begin(), cameras.end());
    QString out = QString::number(int(m_choice));
    for (const CameraId camera : std::as_const(cameras))
        out += QStringLiteral(" %1:%2").arg(QString::number(camera.value),
                                            QString::number(int(m_cameras.value(camera))));
    return out;
}

catalog::ItemParticipant outboxParticipant(std::shared_ptr<const Policy> policy)
{
    return [policy = std::move(policy)](db::Connection &db, const catalog::Item &item) -> Result<void> {
        const Choice choice = policy->choiceOf(item.camera);
        if (choice != Choice::Nothing)
            wantPartsOf(db, item, choice, false, item.received);
        return {};
    };
}

Result<bool> SetTarget::run(WriteContext &context) const
{
    QString knownBucket;
    QString knownChoices;
    bool isUnfinished = false;
    {
        db::Statement row = context.db.query("SELECT bucket, choices, below FROM outbox_survey");
        if (row.step()) {
            knownBucket = row.text(0);
            knownChoices = row.text(1);
            isUnfinished = row.integer(2) > 0;
        }
    }
    if (choices.isEmpty()) { // what arrives meanwhile has no rows: everything is looked through again
        if (!knownChoices.isEmpty())
            context.db.run("UPDATE outbox_survey SET choices = '', below = 0, down_to = 0");
        return false;
    }
    const bool isOther = bucket != knownBucket || choices != knownChoices;
    const ItemId recent = firstItemAt(now - kAlwaysLookedThrough);
    if (isOther)
        context.db.run(R"(
            UPDATE outbox_survey SET generation = generation + ?, bucket = ?, choices = ?, below = ?,
                down_to = 0)",
                       bucket != knownBucket, bucket, choices, std::numeric_limits<qint64>::max());
    else if (isUnfinished) // the newest of them may be newer than where it was
        context.db.run("UPDATE outbox_survey SET below = ?", std::numeric_limits<qint64>::max());
    else
        context.db.run("UPDATE outbox_survey SET below = ?, down_to = ?", std::numeric_limits<qint64>::max(),
                       recent.value);
    return true;
}

Result<bool> LookThrough::run(WriteContext &context) const
{
    const QVector<ItemId> items = olderItems(context.db, limit);
    for (const ItemId item : items)
        lookAt(context, *policy, item, true, now);
    const bool hasMore = items.size() == limit;
    context.db.run("UPDATE outbox_survey SET below = ?", hasMore ? items.last().value : 0);
    return hasMore;
}

Result<void> LookAgain::run(WriteContext &context) const
{
    for (const ItemId item : items)
        lookAt(context, *policy, item, false, now);
    return {};
}

} // namespace gatehouse::offsite
