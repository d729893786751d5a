#include "review/time_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace gatehouse::review
{

namespace
{

constexpr qint64 SecondMs = 1'000;
constexpr qint64 MinuteMs = 60 * SecondMs;
constexpr qint64 HourMs = 60 * MinuteMs;
constexpr qint64 DayMs = 24 * HourMs;

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
    if (range.length() <= 2 * MinuteMs)
        return QCoreApplication::translate("TimeText", "%1 to %2")
            .arg(clockText(range.start, zone), clockText(range.end, zone));
    if (range.length() <= DayMs + HourMs)
        return QCoreApplication::translate("TimeText", "%1 to %2")
            .arg(from.toString(QStringLiteral("HH:mm")), to.toString(QStringLiteral("HH:mm")));
    const QString format = range.length() > 300 * DayMs ? QCoreApplication::translate("TimeText", "MMM yyyy")
                                                        : QCoreApplication::translate("TimeText", "d MMM");
    return QCoreApplication::translate("TimeText", "%1 to %2")
        .arg(locale.toString(from.date(), format), locale.toString(to.date(), format));
}

QString spanText(qint64 ms)
{
    const auto rounded = [ms](qint64 unit) { return (ms + unit / 2) / unit; };
    if (ms < 10 * SecondMs)
        return QCoreApplication::translate("TimeText", "%1 s")
            .arg(QLocale().toString(double(ms) / double(SecondMs), 'f', 1));
    if (ms < 2 * MinuteMs)
        return QCoreApplication::translate("TimeText", "%1 s").arg(rounded(SecondMs));
    if (ms < 2 * HourMs)
        return QCoreApplication::translate("TimeText", "%1 min").arg(rounded(MinuteMs));
    if (ms < 49 * HourMs)
        return QCoreApplication::translate("TimeText", "%1 h").arg(rounded(HourMs));
    if (ms < 60 * DayMs)
        return QCoreApplication::translate("TimeText", "%1 days").arg(rounded(DayMs));
    return QCoreApplication::translate("TimeText", "%1 months").arg(rounded(DayMs * 365 / 12));
}

} // namespace gatehouse::review
