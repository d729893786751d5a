// Reads whole Item values, hot and cold row together; for the reader and for the writer's answers.
#pragma once

#include "catalog/types/item.h"
#include "db/connection.h"

namespace gatehouse::catalog
{

// To be followed by WHERE, ORDER BY, … on `i` (item) and `d` (item_detail).
#define GATEHOUSE_SELECT_ITEM_VALUE                                                                          \
    "SELECT i.id, i.camera, i.event, i.kind, i.trigger, i.subject, i.state, d.reason, i.captured, "          \
    "d.time_source, i.received, i.duration, i.duration_known, d.width, d.height, d.container, "              \
    "d.video_codec, d.audio_codec, i.bytes, d.sha256, a.root, d.relative_path, d.source_path, "              \
    "d.arrivals, i.protected FROM item i CROSS JOIN item_detail d ON d.id = i.id CROSS JOIN archive a ON "   \
    "a.id = d.archive "

QVector<Item> itemValues(db::Statement rows);

} // namespace gatehouse::catalog
