// When something was captured: what its name or content says, in the camera's zone, less what the
// camera's clock is ahead; else arrival. Pure: the same facts give the same answer at any time.
// Times are UTC milliseconds; `local` is milliseconds since 1970 of a clock without a zone.
#pragma once

#include "base/media_types.h"

#include <QTimeZone>
#include <optional>

namespace gatehouse::catalog
{

struct CaptureFacts {
    std::optional<qint64> local; // as written
    std::optional<qint64> utc;   // used instead where set
    TimeSource source = TimeSource::Arrival;
    qint64 received = 0;
    bool live = true; // false: an import, whose dates may be decades old
};

struct CaptureTime {
    qint64 captured = 0;
    TimeSource source = TimeSource::Arrival;
};

// A clock that cannot be right (years before cameras were bought, or more than 36 h ahead of arrival)
// gives arrival and StuckClock. An arrival before 2020 is the PC's clock gone wrong: the camera is believed.
CaptureTime captureTime(const CaptureFacts &facts, const QTimeZone &zone, qint64 offset);

// The repeated hour of autumn is told by arrival (`received` in the camera's own, wrong or right, time);
// the hour that spring skips is read as if the clock had not been changed.
qint64 utcFromLocal(qint64 local, const QTimeZone &zone, qint64 received);

// The day on the calendar of the zone, as days since 1970.
qint64 localDay(qint64 utc, const QTimeZone &zone);

} // namespace gatehouse::catalog
