#include "catalog/camera_value.h"

namespace gatehouse::catalog
{

QVector<Camera> readCameras(db::Connection &db, CameraId only)
{
    QVector<Camera> out;
    db::Statement row = db.query(
        "SELECT c.id, c.account, a.user, c.key, c.name, c.zone, c.clock_offset, c.offset_learned, "
        "c.offset_fixed, c.created, c.last_received, c.items, c.bytes, (SELECT id FROM item WHERE camera = "
        "c.id AND has_picture = 1 ORDER BY captured DESC, id DESC LIMIT 1) FROM camera c JOIN account a ON "
        "a.id = c.account WHERE (?1 IS NULL AND c.merged_into IS NULL AND c.removed = 0) OR c.id = ?1 "
        "ORDER BY c.name COLLATE NOCASE, c.id",
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
        out.append(camera);
    }
    return out;
}

} // namespace gatehouse::catalog
