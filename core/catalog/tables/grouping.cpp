#include "catalog/tables/grouping.h"

#include <tuple>

namespace gatehouse::catalog
{

namespace
{

int rank(Trigger trigger)
{
    switch (trigger) {
    case Trigger::Motion:
        return 4;
    case Trigger::Sound:
        return 3;
    case Trigger::Manual:
        return 2;
    case Trigger::Schedule:
        return 1;
    case Trigger::Unknown:
        break;
    }
    return 0;
}

int rank(Subject subject)
{
    switch (subject) {
    case Subject::Person:
        return 4;
    case Subject::Face:
        return 3;
    case Subject::Vehicle:
        return 2;
    case Subject::Animal:
        return 1;
    case Subject::None:
        break;
    }
    return 0;
}

int rank(ItemState state)
{
    switch (state) {
    case ItemState::TooLong:
        return 4;
    case ItemState::Damaged:
        return 3;
    case ItemState::Incomplete:
        return 2;
    case ItemState::Unexamined:
        return 1;
    case ItemState::Ok:
        break;
    }
    return 0;
}

void summarize(Group &group)
{
    Event &event = group.event;
    const ItemRow *poster = nullptr;
    const ItemRow *first = nullptr;
    event.range = group.items.first().range();
    for (const ItemRow &item : group.items) {
        event.range = event.range.united(item.range());
        event.trigger = moreSpecific(event.trigger, item.trigger);
        event.subject = moreSpecific(event.subject, item.subject);
        event.worst = worse(event.worst, item.state);
        event.isProtected = event.isProtected || item.isProtected;
        (item.kind == Kind::Clip ? event.clips : event.stills) += 1;
        if (item.hasPicture && (!poster || showsBefore(item, *poster)))
            poster = &item;
        if (!first || playsBefore(item, *first))
            first = &item;
    }
    event.poster = poster ? poster->id : ItemId();
    event.firstItem = first->id;
}

} // namespace

Trigger moreSpecific(Trigger a, Trigger b)
{
    return rank(b) > rank(a) ? b : a;
}

Subject moreSpecific(Subject a, Subject b)
{
    return rank(b) > rank(a) ? b : a;
}

ItemState worse(ItemState a, ItemState b)
{
    return rank(b) > rank(a) ? b : a;
}

bool playsBefore(const ItemRow &a, const ItemRow &b)
{
    return std::tuple(a.kind != Kind::Clip, a.captured, a.id) <
           std::tuple(b.kind != Kind::Clip, b.captured, b.id);
}

bool showsBefore(const ItemRow &a, const ItemRow &b)
{
    return std::tuple(a.kind != Kind::Still, a.captured, a.id) <
           std::tuple(b.kind != Kind::Still, b.captured, b.id);
}

QVector<Group> groupItems(QVector<ItemRow> items, qint64 gap)
{
    std::sort(items.begin(), items.end(), [](const ItemRow &a, const ItemRow &b) {
        return std::tie(a.captured, a.id) < std::tie(b.captured, b.id);
    });
    QVector<Group> groups;
    qint64 end = 0;
    for (const ItemRow &item : items) {
        if (!item.joinsEvents())
            continue;
        if (groups.isEmpty() || item.captured - end > gap) {
            groups.append(Group());
            end = item.range().end;
        }
        groups.last().items.append(item);
        end = std::max(end, item.range().end);
    }
    for (Group &group : groups)
        summarize(group);
    return groups;
}

} // namespace gatehouse::catalog
