#include "models/time_text.h"

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
    return localTime(t, zone).toString(QStringLiteral("HH:mm:ss"));
}

QString tenthsText(qint64 t, const QTimeZone &zone)
{
    return localTime(t, zone).toString(QStringLiteral("HH:mm:ss.zzz")).chopped(2);
}

QString rangeText(TimeRange range, const QTimeZone &zone)
{
    const QDateTime from = localTime(range.start, zone);
    const QDateTime to = localTime(range.end, zone);
    const QLocale locale;
    if (range.length() <= 2 * kMinuteMs)
        return QCoreApplication::translate("TimeText", "%1 to %2")
            .arg(clockText(range.start, zone), clockText(range.end, zone));
    if (range.length() <= kDayMs + kHourMs)
        return QCoreApplication::translate("TimeText", "%1 to %2")
            .arg(from.toString(QStringLiteral("HH:mm")), to.toString(QStringLiteral("HH:mm")));
    const QString format = range.length() > 300 * kDayMs ? QCoreApplication::translate("TimeText", "MMM yyyy")
                                                         : QCoreApplication::translate("TimeText", "d MMM");
    return QCoreApplication::translate("TimeText", "%1 to %2")
        .arg(locale.toString(from.date(), format), locale.toString(to.date(), format));
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
