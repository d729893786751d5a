#include "models/time_text.h"

#include "base/regional_time.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace gatehouse::models
{

namespace
{

constexpr qint64 kSecondMs = 1'000;
constexpr qint64 kMinuteMs = 60 * kSecondMs;
constexpr qint64 kHourMs = 60 * kMinuteMs;
constexpr qint64 kDayMs = 24 * kHourMs;

} // namespace

QDateTime localTime(qint64 t, const QTimeZone &zone)
{
    return QDateTime::fromMSecsSinceEpoch(t, zone);
}

TimeRange dayRange(QDate day, const QTimeZone &zone)
{
    return {day.startOfDay(zone).toMSecsSinceEpoch(), day.addDays(1).startOfDay(zone).toMSecsSinceEpoch()};
}

QString clockText(qint64 t, const QTimeZone &zone)
{
    return timeText(localTime(t, zone).time(), TimeStyle::Second);
}

QString tenthsText(qint64 t, const QTimeZone &zone)
{
    return timeText(localTime(t, zone).time(), TimeStyle::Tenth);
}

QString rangeText(TimeRange range, const QTimeZone &zone)
{
    const QDateTime from = localTime(range.start, zone);
    const QDateTime to = localTime(range.end, zone);
    if (range.length() <= 2 * kMinuteMs)
        return QCoreApplication::translate("TimeText", "%1 to %2")
            .arg(clockText(range.start, zone), clockText(range.end, zone));
    if (range.length() <= kDayMs + kHourMs)
        return QCoreApplication::translate("TimeText", "%1 to %2")
            .arg(timeText(from.time(), TimeStyle::Minute), timeText(to.time(), TimeStyle::Minute));
    const DateStyle style = range.length() > 300 * kDayMs ? DateStyle::ShortMonthYear : DateStyle::DayMonth;
    return QCoreApplication::translate("TimeText", "%1 to %2")
        .arg(dateText(from.date(), style), dateText(to.date(), style));
}

QString spanText(qint64 ms)
{
    const auto rounded = [ms](qint64 unit) { return (ms + unit / 2) / unit; };
    if (ms < 10 * kSecondMs) {
        const double seconds = double(rounded(kSecondMs / 10)) / 10;
        return QCoreApplication::translate("TimeText", "%1 s")
            .arg(QLocale().toString(seconds, 'f', QLocale::FloatingPointShortest));
    }
    if (ms < 2 * kMinuteMs)
        return QCoreApplication::translate("TimeText", "%1 s").arg(rounded(kSecondMs));
    if (ms < 2 * kHourMs)
        return QCoreApplication::translate("TimeText", "%1 min").arg(rounded(kMinuteMs));
    if (ms < 49 * kHourMs)
        return QCoreApplication::translate("TimeText", "%1 h").arg(rounded(kHourMs));
    if (ms < 60 * kDayMs)
        return QCoreApplication::translate("TimeText", "%1 days").arg(rounded(kDayMs));
    return QCoreApplication::translate("TimeText", "%1 months").arg(rounded(kDayMs * 365 / 12));
}

} // namespace gatehouse::models
