// Groups one camera's items into events: an item joins if the gap from the end of the previous ones to its
// start is at most `gap`. Pure; independent of the input order.
#pragma once

#include "catalog/tables/item_row.h"
#include "catalog/types/event.h"

namespace gatehouse::catalog
{

struct Group {
    Event event; // without id, camera and reviewed
    QVector<ItemRow> items;
};

// Omits items that join no events.
QVector<Group> groupItems(QVector<ItemRow> items, qint64 gap);

// The more specific of two.
Trigger moreSpecific(Trigger a, Trigger b);
Subject moreSpecific(Subject a, Subject b);
ItemState worse(ItemState a, ItemState b);
// Whether an event plays `a` before `b`: clips before stills, then the earlier one.
bool playsBefore(const ItemRow &a, const ItemRow &b);
// Whether `a` represents an event rather than `b`, both with a picture: a still before a clip's poster, then
// the earlier one.
bool showsBefore(const ItemRow &a, const ItemRow &b);

} // namespace gatehouse::catalog
