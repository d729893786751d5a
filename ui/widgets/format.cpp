#include "widgets/format.h"

#include "base/messages.h"
#include "base/regional_time.h"

#include <QDateTime>
#include <QStringList>
#include <cstdlib>

namespace gatehouse::widgets
{

namespace
{

constexpr qint64 kSecond = 1000;
constexpr qint64 kMinute = 60 * kSecond;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;

QDateTime localTime(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms);
}

} // namespace

QString ageText(qint64 then, qint64 now)
{
    const qint64 age = now - then;
    if (age < kMinute)
        return Messages::tr("just now");
    if (age < kHour)
        return Messages::tr("%1 min ago").arg(age / kMinute);
    if (age < kDay)
        return Messages::tr("%1 h ago").arg(age / kHour);
    return age / kDay == 1 ? Messages::tr("1 day ago")
                           : Messages::tr("%n days ago", nullptr, int(age / kDay));
}

QString spanText(qint64 ms)
{
    const qint64 span = qAbs(ms);
    if (span < kMinute)
        return Messages::tr("%1 s").arg((span + kSecond / 2) / kSecond);
    const qint64 seconds = span % kMinute / kSecond;
    if (span < 10 * kMinute && seconds != 0)
        return Messages::tr("%1 min %2 s").arg(QString::number(span / kMinute), QString::number(seconds));
    if (span < kHour)
        return Messages::tr("%1 min").arg(span / kMinute);
    const qint64 minutes = span % kHour / kMinute;
    if (span < kDay && minutes != 0)
        return Messages::tr("%1 h %2 min").arg(QString::number(span / kHour), QString::number(minutes));
    if (span < kDay)
        return Messages::tr("%1 h").arg(span / kHour);
    return span / kDay == 1 ? Messages::tr("1 day") : Messages::tr("%n days", nullptr, int(span / kDay));
}

QString clockText(qint64 ms)
{
    return timeText(localTime(ms).time(), TimeStyle::Second);
}

QString minuteText(qint64 ms)
{
    return timeText(localTime(ms).time(), TimeStyle::Minute);
}

QString sinceText(qint64 ms)
{
    const QString day = dayMarkText(ms);
    return day.isEmpty() ? minuteText(ms) : day + QLatin1Char(' ') + minuteText(ms);
}

QString dayText(QDate day)
{
    const bool isThisYear = day.year() == QDate::currentDate().year();
    return dateText(day, isThisYear ? DateStyle::Full : DateStyle::FullWithYear);
}

QString dayText(qint64 ms)
{
    return dayText(localTime(ms).date());
}

QString dayMarkText(qint64 ms, QDate today)
{
    constexpr int week = 7;
    constexpr int nearlyAYear = 330;
    const QDate day = localTime(ms).date();
    if (day == today)
        return {};
    const qint64 ago = day.daysTo(today);
    if (ago > 0 && ago < week)
        return dateText(day, DateStyle::Weekday);
    return dateText(day, std::abs(ago) < nearlyAYear ? DateStyle::DayMonth : DateStyle::DayMonthYear);
}

QString clipsText(int count)
{
    return count == 1 ? Messages::tr("1 clip") : Messages::tr("%n clips", nullptr, count);
}

QString picturesText(int count)
{
    return count == 1 ? Messages::tr("1 picture") : Messages::tr("%n pictures", nullptr, count);
}

QString countsText(int clips, int pictures)
{
    QStringList parts;
    if (clips > 0)
        parts.append(clipsText(clips));
    if (pictures > 0)
        parts.append(picturesText(pictures));
    return parts.join(Messages::tr(", "));
}

} // namespace gatehouse::widgets
