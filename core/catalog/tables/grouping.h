// Groups the items of one camera into events: an item joins when the gap from the end of what came
// before to its start is at most `gap`. Pure; the order of the input does not matter.
#pragma once

#include "catalog/tables/item_row.h"
#include "catalog/types/event.h"

namespace gatehouse::catalog
{

struct Group {
    Event event; // without id, camera and reviewed
    QVector<ItemRow> items;
};

// Items that join no events are left out.
QVector<Group> groupItems(QVector<ItemRow> items, qint64 gap);

// The more specific of two.
Trigger moreSpecific(Trigger a, Trigger b);
Subject moreSpecific(Subject a, Subject b);
ItemState worse(ItemState a, ItemState b);
// Whether `a` is what an event plays first, rather than `b`: clips before stills, then the earlier.
bool playsBefore(const ItemRow &a, const ItemRow &b);
// Whether `a` rather than `b` stands for an event, both with a picture: a still before the poster of a clip,
// then the earlier.
bool showsBefore(const ItemRow &a, const ItemRow &b);

} // namespace gatehouse::catalog
