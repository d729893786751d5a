#include "catalog/types/capture_time.h"

#include "base/limits.h"

#include <QDateTime>

namespace gatehouse::catalog
{

namespace
{

constexpr qint64 kDayMs = 86'400'000;
constexpr qint64 kYear1970Week = 7 * kDayMs;
constexpr qint64 kYear2000 = 946'684'800'000;
constexpr qint64 kYear2020 = 1'577'836'800'000; // before Gatehouse existed
constexpr qint64 kYear2005 = 1'104'537'600'000;
// A camera sends again what it could not send for hours, days or, from a card, for months: what is years away
// was written by a clock that nobody has set. One that lost its time starts at a New Year, whatever the year.
constexpr qint64 kOldestBacklog = 3 * 366 * kDayMs;
constexpr qint64 kOldestNewYear = 366 * kDayMs;
constexpr int kNewYearDays = 7; // that it may have run since

qint64 offsetAt(qint64 utc, const QTimeZone &zone)
{
    return qint64(zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(utc, Qt::UTC))) * 1000;
}

bool isYearsBehind(qint64 written, qint64 received)
{
    return received - written > (isAtNewYear(written) ? kOldestNewYear : kOldestBacklog);
}

bool isStuck(qint64 written, const CaptureFacts &facts)
{
    // If the PC's own clock was never set, nothing can be said about the camera's.
    if (facts.received >= kYear2020 && written > facts.received + limits::kMaxClockOffset)
        return true;
    if (facts.live)
        return written < kYear2005 || (facts.received >= kYear2020 && isYearsBehind(written, facts.received));
    // In an old tree, only the first days after a clock reset are distrusted.
    return written < kYear1970Week || (written >= kYear2000 - kDayMs && written < kYear2000 + 7 * kDayMs);
}

// The day is written down; the time of day can only come from the arrival, or later from the content.
CaptureTime timeOnDay(const CaptureFacts &facts, const QTimeZone &zone)
{
    const qint64 noon = facts.utc
                            ? *facts.utc / kDayMs * kDayMs + kDayMs / 2
                            : utcFromLocal(*facts.local / kDayMs * kDayMs + kDayMs / 2, zone, facts.received);
    if (isStuck(noon, facts))
        return {facts.received, TimeSource::StuckClock};
    const QTimeZone own = facts.utc ? QTimeZone::utc() : zone;
    if (localDay(facts.received, own) == localDay(noon, own))
        return {facts.received, TimeSource::Arrival};
    return {noon, facts.source};
}

} // namespace

qint64 utcFromLocal(qint64 local, const QTimeZone &zone, qint64 received, std::optional<bool> isSummerTime)
{
    const qint64 before = offsetAt(local - kDayMs, zone);
    const qint64 after = offsetAt(local + kDayMs, zone);
    const qint64 early = local - before;
    const qint64 late = local - after;
    const bool earlyIs = offsetAt(early, zone) == before;
    const bool lateIs = offsetAt(late, zone) == after;
    if (earlyIs && lateIs && early != late) {
        if (isSummerTime)
            return *isSummerTime ? std::min(early, late) : std::max(early, late);
        constexpr qint64 slack = 10 * 60'000; // for clocks slightly ahead
        return std::max(early, late) <= received + slack ? std::max(early, late) : std::min(early, late);
    }
    return lateIs && !earlyIs ? late : early;
}

bool isAtNewYear(qint64 written)
{
    // A day earlier, because of the zones.
    const QDate day = QDateTime::fromMSecsSinceEpoch(written + kDayMs, Qt::UTC).date();
    return day.dayOfYear() <= kNewYearDays + 2;
}

CaptureTime captureTime(const CaptureFacts &facts, const QTimeZone &zone, qint64 offset)
{
    if (!facts.utc && !facts.local)
        return {facts.received, TimeSource::Arrival};
    if (facts.isDay)
        return timeOnDay(facts, zone);
    qint64 written = facts.utc
                         ? *facts.utc
                         : utcFromLocal(*facts.local, zone, facts.received + offset, facts.isSummerTime);
    if (facts.isEnd)
        written -= facts.duration;
    if (isStuck(written, facts))
        return {facts.received, TimeSource::StuckClock};
    return {written - offset, facts.source};
}

qint64 localDay(qint64 utc, const QTimeZone &zone)
{
    const qint64 local = utc + offsetAt(utc, zone);
    return local >= 0 ? local / kDayMs : (local - kDayMs + 1) / kDayMs;
}

} // namespace gatehouse::catalog
