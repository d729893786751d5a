// Reads Event values; for the reader and operations.
#pragma once

#include "catalog/types/event.h"
#include "db/connection.h"

#include <QVector>

namespace gatehouse::catalog
{

// The columns of `event` in the order in which eventValue() reads them.
#define GATEHOUSE_EVENT_COLUMNS                                                                              \
    "id, camera, start, end, trigger, subject, stills, clips, poster, first_item, reviewed, protected, "     \
    "worst"

Event eventValue(const db::Statement &row);
QVector<Event> eventValues(db::Statement rows);

} // namespace gatehouse::catalog
