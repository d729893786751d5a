// Event: items of one camera with gaps (end to start) of at most the event gap (60 s by default). The Writer
// maintains DayCount and HourCount; queries never count. Values: any thread.
#pragma once

#include "base/ids.h"
#include "base/media_types.h"
#include "base/time_range.h"

#include <QDate>

namespace gatehouse::catalog
{

struct Event {
    EventId id;
    CameraId camera;
    TimeRange range;
    Trigger trigger = Trigger::Unknown; // the most specific one of its items
    Subject subject = Subject::None;
    int stills = 0;
    int clips = 0;
    ItemId poster;    // the item whose poster represents the event; none until something is examined
    ItemId firstItem; // played first
    bool reviewed = false;
    bool isProtected = false;
    ItemState worst = ItemState::Ok;

    friend bool operator==(const Event &, const Event &) = default;
};

// Days are in the camera's zone.
struct DayCount {
    CameraId camera;
    QDate day;
    int clips = 0;
    int stills = 0;
    int events = 0;
    qint64 recorded = 0; // ms of clips
};

// Hours are UTC: hour = captured / 3,600,000.
struct HourCount {
    CameraId camera;
    qint64 hour = 0;
    int clips = 0;
    int stills = 0;
    qint64 recorded = 0; // ms of clips that start in this hour
};

} // namespace gatehouse::catalog

Q_DECLARE_METATYPE(gatehouse::catalog::Event)
