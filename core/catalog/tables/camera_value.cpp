#include "catalog/tables/camera_value.h"

#include "base/media_types.h"

#include <QHash>

namespace gatehouse::catalog
{

namespace
{

struct Merge {
    CameraId into;
    MergedCamera camera;
};

QHash<CameraId, Merge> readMerges(db::Connection &db)
{
    QHash<CameraId, Merge> out;
    db::Statement row =
        db.query("SELECT id, merged_into, name FROM camera WHERE merged_into IS NOT NULL AND removed = 0");
    while (row.step())
        out.insert(row.id<CameraId>(0), {row.id<CameraId>(1), {row.id<CameraId>(0), row.text(2)}});
    return out;
}

QVector<MergedCamera> mergedInto(const QHash<CameraId, Merge> &merges, CameraId listed)
{
    QVector<MergedCamera> out;
    for (const Merge &merge : merges) {
        CameraId end = merge.into;
        for (auto next = merges.constFind(end); next != merges.constEnd(); next = merges.constFind(end))
            end = next->into;
        if (end == listed)
            out.append(merge.camera);
    }
    std::sort(out.begin(), out.end(), [](const auto &a, const auto &b) { return a.id < b.id; });
    return out;
}

constexpr int kMaxClockUploads = 300;
constexpr int kMaxSilentUploads = 30; // in a row that say nothing about the clock

// By capture time, for which there is an index: the newest of them arrived last, because they go by arrival.
void readClock(db::Connection &db, Camera &camera)
{
    int silent = 0;
    db::Statement row = db.query(R"(
        SELECT i.received, d.time_source, d.live, coalesce(d.hint_utc, d.hint_local, i.received)
        FROM item i JOIN item_detail d ON d.id = i.id
        WHERE i.camera = ?
        ORDER BY i.captured DESC LIMIT ?)",
                                 camera.id, kMaxClockUploads);
    while (row.step() && silent < kMaxSilentUploads) {
        const auto source = TimeSource(row.number(1));
        const qint64 received = row.integer(0);
        if (!row.flag(2) || source == TimeSource::Arrival) {
            ++silent; // an import, or it has no time, or not yet: pictures are examined later
            continue;
        }
        if (source != TimeSource::StuckClock) {
            camera.clockCredibleAt = received;
            return;
        }
        if (camera.clockUnsetSince == 0)
            camera.clockUnsetBy = row.integer(3) - received;
        camera.clockUnsetSince = received;
        silent = 0;
    }
}

} // namespace

QVector<Camera> readCameras(db::Connection &db, CameraId only)
{
    QVector<Camera> out;
    const QHash<CameraId, Merge> merges = readMerges(db);
    db::Statement row = db.query(R"(
        SELECT c.id, c.account, a.user, c.key, c.name, c.zone, c.clock_offset, c.offset_learned,
            c.offset_fixed, c.created, c.last_received, c.items, c.bytes,
            (SELECT id FROM item WHERE camera = c.id AND has_picture = 1
                ORDER BY captured DESC, id DESC LIMIT 1)
        FROM camera c
            JOIN account a ON a.id = c.account
        WHERE (?1 IS NULL AND c.merged_into IS NULL AND c.removed = 0) OR c.id = ?1
        ORDER BY c.name COLLATE NOCASE, c.id)",
                                 only);
    while (row.step()) {
        Camera camera;
        camera.id = row.id<CameraId>(0);
        camera.account = row.id<AccountId>(1);
        camera.user = row.text(2);
        camera.key = row.text(3);
        camera.name = row.text(4);
        camera.zone = row.blob(5);
        camera.offset = row.integer(6);
        camera.offsetLearned = row.flag(7);
        camera.offsetFixed = row.flag(8);
        camera.created = row.integer(9);
        camera.lastReceived = row.integer(10);
        camera.items = row.integer(11);
        camera.bytes = row.integer(12);
        camera.latestPoster = row.id<ItemId>(13);
        readClock(db, camera);
        camera.merged = mergedInto(merges, camera.id);
        out.append(camera);
    }
    return out;
}

} // namespace gatehouse::catalog
