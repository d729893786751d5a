#include "catalog/operations/rebuild.h"

#include "catalog/tables/counts.h"
#include "catalog/tables/event_table.h"
#include "catalog/tables/item_detail.h"

namespace gatehouse::catalog
{

namespace
{

QVector<ItemRow> itemsOf(WriteContext &context, CameraId camera)
{
    QVector<ItemRow> out;
    db::Statement row = context.db.query(
        "SELECT " GATEHOUSE_ITEM_COLUMNS " FROM item WHERE camera = ? ORDER BY captured", camera);
    while (row.step())
        out.append(itemRow(row));
    return out;
}

} // namespace

void placeAllInTime(WriteContext &context, const CameraRow &camera, std::optional<qint64> offset)
{
    for (const ItemRow &item : itemsOf(context, camera.id)) {
        ItemDetail detail = detailOf(context, item.id);
        const TimeSource source = detail.timeSource;
        const qint64 applied = detail.clockOffset;
        const qint64 captured =
            placeInTime(context, camera, offset.value_or(detail.clockOffset), detail, item);
        if (captured == item.captured && source == detail.timeSource && applied == detail.clockOffset)
            continue;
        context.db.run("UPDATE item SET captured = ? WHERE id = ?", captured, item.id);
        context.db.run("UPDATE item_detail SET time_source = ?, clock_offset = ? WHERE id = ?",
                       detail.timeSource, detail.clockOffset, item.id);
    }
    rebuildCamera(context, camera.id);
}

void rebuildCamera(WriteContext &context, CameraId camera)
{
    QVector<Event> events;
    {
        db::Statement row =
            context.db.query("SELECT " GATEHOUSE_EVENT_COLUMNS " FROM event WHERE camera = ?", camera);
        while (row.step())
            events.append(eventValue(row));
    }
    const QVector<ItemRow> items = itemsOf(context, camera);
    regroup(context, camera, events, items);

    context.db.run("DELETE FROM day_count WHERE camera = ?", camera);
    context.db.run("DELETE FROM hour_count WHERE camera = ?", camera);
    context.db.run("UPDATE camera SET items = 0, bytes = 0 WHERE id = ?", camera);
    for (const ItemRow &item : items)
        countItem(context, item, Counting::In);
    QVector<qint64> starts;
    {
        db::Statement row = context.db.query("SELECT start FROM event WHERE camera = ?", camera);
        while (row.step())
            starts.append(row.integer(0));
    }
    for (const qint64 start : starts)
        countEvent(context, camera, start, Counting::In);
    context.changes.camera(camera);
    context.changes.everything();
}

} // namespace gatehouse::catalog
