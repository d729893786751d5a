// The queries for one page of a filtered list of events. Each walks an index in the order of the list from
// the last event of the page before, so a page costs the same at any depth; the filter is evaluated on the
// way. For the reader, and for the test that looks at their plans.
#pragma once

#include "catalog/tables/event_value.h"

namespace gatehouse::catalog
{

enum class PageOrder { NewestFirst, OldestFirst };

// ?1, ?2: the key before the page; ?3: a camera, or a JSON array of cameras (NULL: all); ?4 to ?8: the
// filter; ?9: the length of the page. "protected >= ?6" is true for everything if ?6 is 0.
#define GATEHOUSE_EVENT_FILTER                                                                               \
    " AND (?4 IS NULL OR reviewed = ?4) AND (?5 IS NULL OR (clips > 0) = ?5) AND protected >= ?6"            \
    " AND (?7 = 0 OR worst IN (2, 3, 4))"                                                                    \
    " AND (?8 >> CASE WHEN subject > 0 THEN subject ELSE 8 + trigger END) & 1"
#define GATEHOUSE_EVENT_CAMERAS                                                                              \
    " AND camera NOT IN (SELECT id FROM camera WHERE removed = 1)"                                           \
    " AND (?3 IS NULL OR camera IN (SELECT value FROM json_each(?3)))"
#define GATEHOUSE_OLDER_EVENTS " AND start <= ?1 AND (start < ?1 OR id < ?2)"
#define GATEHOUSE_NEWER_EVENTS " AND start >= ?1 AND (start > ?1 OR id > ?2)"

inline constexpr const char *kOlderEventsOfCamera =
    "SELECT " GATEHOUSE_EVENT_COLUMNS
    " FROM event INDEXED BY event_camera WHERE camera = ?3" GATEHOUSE_OLDER_EVENTS GATEHOUSE_EVENT_FILTER
    " ORDER BY start DESC, id DESC LIMIT ?9";
inline constexpr const char *kNewerEventsOfCamera =
    "SELECT " GATEHOUSE_EVENT_COLUMNS
    " FROM event INDEXED BY event_camera WHERE camera = ?3" GATEHOUSE_NEWER_EVENTS GATEHOUSE_EVENT_FILTER
    " ORDER BY start, id LIMIT ?9";
inline constexpr const char *kOlderEvents =
    "SELECT " GATEHOUSE_EVENT_COLUMNS
    " FROM event INDEXED BY event_start WHERE 1" GATEHOUSE_OLDER_EVENTS GATEHOUSE_EVENT_CAMERAS
        GATEHOUSE_EVENT_FILTER " ORDER BY start DESC, id DESC LIMIT ?9";
inline constexpr const char *kNewerEvents =
    "SELECT " GATEHOUSE_EVENT_COLUMNS
    " FROM event INDEXED BY event_start WHERE 1" GATEHOUSE_NEWER_EVENTS GATEHOUSE_EVENT_CAMERAS
        GATEHOUSE_EVENT_FILTER " ORDER BY start, id LIMIT ?9";

inline const char *eventPageQuery(bool isOneCamera, PageOrder order)
{
    if (order == PageOrder::NewestFirst)
        return isOneCamera ? kOlderEventsOfCamera : kOlderEvents;
    return isOneCamera ? kNewerEventsOfCamera : kNewerEvents;
}

} // namespace gatehouse::catalog
