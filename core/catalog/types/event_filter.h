// Which events a list shows, and a position in it. The Reader evaluates the filter in SQL, matches()
// evaluates it for an event that has been read. Values: any thread.
#pragma once

#include "catalog/types/event.h"

#include <QVector>
#include <optional>

namespace gatehouse::catalog
{

// One bit for what an event is about: its subject if the camera named one, otherwise its trigger.
using Causes = quint32;
inline constexpr Causes kAllCauses = ~Causes(0);
Causes causeOf(Subject subject); // Subject::None: no bit
Causes causeOf(Trigger trigger);
Causes causeOf(const Event &event);

struct EventFilter {
    std::optional<QVector<CameraId>> cameras; // none: all; an empty list: no events
    Causes causes = kAllCauses;
    std::optional<bool> reviewed; // none: both
    std::optional<bool> hasClip;  // false: pictures only; none: both
    bool onlyProtected = false;
    bool onlyUnsound = false; // incomplete, damaged or slow to decode

    [[nodiscard]] bool matches(const Event &event) const;
    friend bool operator==(const EventFilter &, const EventFilter &) = default;
};

// The place of an event in a list that is sorted by start and, for equal starts, by id.
struct EventKey {
    qint64 start = 0; // UTC ms
    EventId id;

    friend auto operator<=>(const EventKey &a, const EventKey &b)
    {
        return a.start != b.start ? a.start <=> b.start : a.id.value <=> b.id.value;
    }
    friend bool operator==(const EventKey &, const EventKey &) = default;
};

inline EventKey keyOf(const Event &event)
{
    return {event.range.start, event.id};
}

} // namespace gatehouse::catalog
