// Determines the capture time: from the name or content, in the camera's zone, minus the camera's clock
// offset; otherwise from the arrival. Pure: the same input always gives the same result. Times are UTC
// milliseconds; `local` is milliseconds since 1970 on a clock without a zone.
#pragma once

#include "base/media_types.h"

#include <QTimeZone>
#include <optional>

namespace gatehouse::catalog
{

struct CaptureFacts {
    std::optional<qint64> local; // as written
    std::optional<qint64> utc;   // takes precedence if set
    TimeSource source = TimeSource::Arrival;
    qint64 received = 0;
    bool live = true;                      // false: an import, whose dates may be decades old
    bool isDay = false;                    // only the day is known
    bool isEnd = false;                    // when it ended, `duration` after it started
    std::optional<bool> isSummerTime = {}; // if the name says so
    qint64 duration = 0;                   // known or 0
};

struct CaptureTime {
    qint64 captured = 0;
    TimeSource source = TimeSource::Arrival;
};

// An impossible clock (more than 36 h ahead of arrival or, of a live upload, years behind it) yields the
// arrival and StuckClock. An import keeps its old times, unless they are those of a clock that was just
// reset. An arrival before 2020 means that the PC's clock is wrong: the camera is trusted.
// If only the day is known, the arrival gives the time of day on that day, and noon stands for it on any
// other.
CaptureTime captureTime(const CaptureFacts &facts, const QTimeZone &zone, qint64 offset);

// In the first days of a year, where a clock that has lost its time starts.
bool isAtNewYear(qint64 written);

// The repeated hour in autumn is resolved by what the name says, otherwise by arrival (`received` in the
// camera's own time, right or wrong); the skipped hour in spring is read as if the clock had not changed.
qint64 utcFromLocal(qint64 local, const QTimeZone &zone, qint64 received,
                    std::optional<bool> isSummerTime = {});

// The calendar day in the zone, as days since 1970.
qint64 localDay(qint64 utc, const QTimeZone &zone);

} // namespace gatehouse::catalog
