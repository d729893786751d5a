#include "catalog/operations/state_restore.h"

#include "catalog/operations/cameras.h"
#include "catalog/operations/rebuild.h"
#include "catalog/operations/review.h"
#include "catalog/tables/camera_table.h"

#include <QHash>
#include <QSet>
#include <algorithm>

namespace gatehouse::catalog
{

namespace
{

// A capture time in whole seconds now may have had milliseconds then.
constexpr qint64 kRounding = 1'000;

AccountId putAccount(WriteContext &context, const Account &account)
{
    if (const std::optional<Account> known = findAccount(context, account.user)) {
        context.db.run("UPDATE account SET salt = ?, hash = ?, iterations = ?, enabled = ? WHERE id = ?",
                       account.salt, account.hash, account.iterations, account.enabled, known->id);
        return known->id;
    }
    context.db.run("INSERT INTO account(user, salt, hash, iterations, enabled) VALUES(?,?,?,?,?)",
                   account.user, account.salt, account.hash, account.iterations, account.enabled);
    return AccountId{context.db.lastInsertId()};
}

// By key, otherwise the account's row without a key.
CameraId match(WriteContext &context, const SnapshotCamera &camera, bool byKey, const QSet<CameraId> &taken)
{
    db::Statement row = context.db.query(R"(
        SELECT c.id FROM camera c
            JOIN account a ON a.id = c.account
        WHERE a.user = ? AND coalesce(c.key, '') = ?
        ORDER BY c.id)",
                                         camera.user, byKey ? camera.key : QString());
    while (row.step()) {
        if (!taken.contains(row.id<CameraId>(0)))
            return row.id<CameraId>(0);
    }
    return {};
}

// For each of the snapshot's cameras; invalid: the catalog has no match.
QVector<CameraId> rowsOf(WriteContext &context, const StateSnapshot &state)
{
    QVector<CameraId> rows(state.cameras.size());
    QSet<CameraId> taken;
    for (const bool byKey : {true, false}) {
        for (qsizetype i = 0; i < rows.size(); ++i) {
            if (!rows[i].isValid()) {
                rows[i] = match(context, state.cameras[i], byKey, taken);
                taken.insert(rows[i]);
            }
        }
    }
    return rows;
}

class CameraRestore
{
public:
    CameraRestore(WriteContext &context, const StateSnapshot &state)
        : m_context(context), m_state(state), m_rows(rowsOf(context, state))
    {
    }

    Result<void> run()
    {
        makeMissing();
        freeNames();
        return merge().and_then([this] {
            for (qsizetype i = 0; i < m_rows.size(); ++i) {
                if (m_rows[i].isValid())
                    put(m_rows[i], m_state.cameras[i]);
            }
            return Result<void>();
        });
    }

private:
    void makeMissing()
    {
        for (qsizetype i = 0; i < m_rows.size(); ++i) {
            const SnapshotCamera &camera = m_state.cameras[i];
            const auto account = findAccount(m_context, camera.user);
            if (!m_rows[i].isValid() && account)
                m_rows[i] = insertCamera(m_context, account->id, camera.key,
                                         QStringLiteral("\u0001restored %1").arg(i))
                                .id;
        }
    }

    // Names are unique: frees all of them before assigning the right ones.
    void freeNames()
    {
        for (const CameraId camera : std::as_const(m_rows))
            m_context.db.run("UPDATE camera SET name = char(1) || id, removed = 0 WHERE id = ?", camera);
    }

    Result<void> merge()
    {
        QSet<qsizetype> waiting;
        for (qsizetype i = 0; i < m_rows.size(); ++i) {
            const auto row = findCamera(m_context, m_rows[i]);
            const CameraId wanted = m_rows.value(m_state.cameras[i].mergedInto);
            if (!row || row->mergedInto == wanted)
                continue;
            if (row->mergedInto.isValid()) {
                if (auto split = SplitCamera{row->id}.run(m_context); !split)
                    return split;
            }
            if (wanted.isValid())
                waiting.insert(i);
        }
        // Merge targets are processed later: a merged camera cannot be a target.
        while (!waiting.isEmpty()) {
            const auto next = std::find_if(waiting.cbegin(), waiting.cend(), [&](qsizetype i) {
                return std::none_of(waiting.cbegin(), waiting.cend(),
                                    [&](qsizetype other) { return m_state.cameras[other].mergedInto == i; });
            });
            if (next == waiting.cend())
                break; // a cycle: no catalog wrote that
            if (auto merged =
                    MergeCameras{m_rows[*next], m_rows[m_state.cameras[*next].mergedInto]}.run(m_context);
                !merged)
                return merged;
            waiting.erase(next);
        }
        return {};
    }

    void put(CameraId id, const SnapshotCamera &camera)
    {
        const auto before = findCamera(m_context, id);
        const bool isListed = camera.mergedInto < 0 && !camera.removed;
        const std::optional<QString> key =
            camera.key.isEmpty() ? std::nullopt : std::optional<QString>(camera.key);
        m_context.db.run(R"(
            UPDATE camera SET key = ?, name = ?, zone = ?, clock_offset = ?, offset_learned = ?,
                offset_fixed = ?, created = ?, removed = ?, names_utc_offset = ?
            WHERE id = ?)",
                         key, isListed ? freeCameraName(m_context, camera.name) : camera.name,
                         QString::fromLatin1(camera.zone), camera.offset, camera.offsetLearned,
                         camera.offsetFixed, camera.created, camera.removed, camera.namesUtcOffset, id);
        m_context.learning.forget(id);
        m_context.changes.camera(id);
        const auto after = findCamera(m_context, id);
        const bool isMoved = before->zone != camera.zone || before->offset != camera.offset;
        if (after && isMoved && camera.mergedInto < 0)
            placeAllInTime(m_context, *after,
                           camera.offsetFixed ? std::optional<qint64>(camera.offset) : std::nullopt);
    }

    WriteContext &m_context;
    const StateSnapshot &m_state;
    QVector<CameraId> m_rows; // of the snapshot's cameras, by index
};

Result<void> protectItems(WriteContext &context, const QVector<ItemId> &items)
{
    for (const ItemId item : items) {
        const auto kept = SetProtected{item, true}.run(context);
        if (!kept && kept.error().kind != ErrorKind::NotFound)
            return kept;
        if (!kept) {
            // Its row may be added later: it is protected then.
            context.db.run(R"(
                INSERT OR IGNORE INTO salvaged_item(item)
                SELECT ?1
                WHERE NOT EXISTS (SELECT 1 FROM deletion WHERE item = ?1))",
                           item);
            context.hasSalvaged = true;
        }
    }
    return {};
}

// The removal was undone, or it has sent something since this run began.
bool isInUse(WriteContext &context, CameraId camera)
{
    if (context.takenBack.removals.contains(camera))
        return true;
    db::Statement row = context.db.query("SELECT id FROM item WHERE camera = ?", camera);
    while (row.step()) {
        if (context.ids.isOfThisRun(row.id<ItemId>(0)))
            return true;
    }
    return false;
}

void markReviewed(WriteContext &context, CameraId camera, const ReviewedEvent &event)
{
    QVector<EventId> events;
    {
        db::Statement row =
            context.db.query("SELECT id FROM event WHERE camera = ? AND start BETWEEN ? AND ? AND end <= ?",
                             camera, event.start - kRounding, event.end + kRounding, event.end + kRounding);
        while (row.step())
            events.append(row.id<EventId>(0));
    }
    for (const EventId id : std::as_const(events)) {
        if (!context.takenBack.reviews.contains(id))
            context.db.run("UPDATE event SET reviewed = 1 WHERE id = ?", id);
    }
}

} // namespace

Result<void> RestoreHome::run(WriteContext &context) const
{
    for (const Account &account : state.accounts)
        putAccount(context, account);
    if (auto kept = protectItems(context, state.protectedItems); !kept)
        return kept;
    return CameraRestore(context, state).run();
}

Result<void> RestoreMarks::run(WriteContext &context) const
{
    const QVector<CameraId> cameras = rowsOf(context, state);
    for (const ReviewedEvent &event : state.reviewed)
        markReviewed(context, cameras.value(event.camera), event);
    // A row added by repair makes its camera visible again.
    for (qsizetype i = 0; i < cameras.size(); ++i) {
        if (state.cameras[i].removed && !isInUse(context, cameras[i]))
            context.db.run("UPDATE camera SET removed = 1 WHERE id = ?", cameras[i]);
    }
    context.takenBack = {};
    context.changes.everything();
    return {};
}

} // namespace gatehouse::catalog
