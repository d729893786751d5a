#include "catalog/tables/event_value.h"

namespace gatehouse::catalog
{

Event eventValue(const db::Statement &row)
{
    Event event;
    event.id = row.id<EventId>(0);
    event.camera = row.id<CameraId>(1);
    event.range = {row.integer(2), row.integer(3)};
    event.trigger = row.as<Trigger>(4);
    event.subject = row.as<Subject>(5);
    event.stills = row.number(6);
    event.clips = row.number(7);
    event.poster = row.id<ItemId>(8);
    event.firstItem = row.id<ItemId>(9);
    event.reviewed = row.flag(10);
    event.isProtected = row.flag(11);
    event.worst = row.as<ItemState>(12);
    return event;
}

QVector<Event> eventValues(db::Statement rows)
{
    QVector<Event> out;
    while (rows.step())
        out.append(eventValue(rows));
    return out;
}

} // namespace gatehouse::catalog
