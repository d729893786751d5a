#include "base/regional_time.h"

#include <QCoreApplication>
#include <QVector>

namespace gatehouse
{

namespace
{

struct RegionalTime {
    Q_DECLARE_TR_FUNCTIONS(RegionalTime)
};

Region s_region;

// The letters of a QLocale format that stand for something, without its quoted words.
QString lettersOf(const QString &format)
{
    QString out;
    bool isQuoted = false;
    for (const QChar c : format) {
        if (c == QLatin1Char('\''))
            isQuoted = !isQuoted;
        else if (!isQuoted)
            out.append(c);
    }
    return out;
}

QString formatOf(DateStyle style)
{
    const bool isMonthFirst = s_region.isMonthFirst;
    switch (style) {
    case DateStyle::Weekday:
        return RegionalTime::tr("ddd");
    case DateStyle::WeekdayDay:
        return RegionalTime::tr("ddd d");
    case DateStyle::DayMonth:
        return isMonthFirst ? RegionalTime::tr("MMM d") : RegionalTime::tr("d MMM");
    case DateStyle::DayMonthYear:
        return isMonthFirst ? RegionalTime::tr("MMM d, yyyy") : RegionalTime::tr("d MMM yyyy");
    case DateStyle::Full:
        return isMonthFirst ? RegionalTime::tr("ddd MMMM d") : RegionalTime::tr("ddd d MMMM");
    case DateStyle::FullWithYear:
        return isMonthFirst ? RegionalTime::tr("ddd MMM d, yyyy") : RegionalTime::tr("ddd d MMM yyyy");
    case DateStyle::Month:
        return RegionalTime::tr("MMMM");
    case DateStyle::ShortMonthYear:
        return RegionalTime::tr("MMM yyyy");
    case DateStyle::MonthYear:
        return RegionalTime::tr("MMMM yyyy");
    case DateStyle::Year:
        break;
    }
    return QStringLiteral("yyyy");
}

} // namespace

QLocale textLocale()
{
    return {QLocale::English, QLocale::UnitedStates};
}

Region Region::of(const QLocale &system)
{
    Region out;
    // A small "h" counts to 12 in the data of locales, even where the half of the day has no letter in Qt's
    // formats.
    out.isTwelveHour = lettersOf(system.timeFormat(QLocale::ShortFormat)).contains(QLatin1Char('h'));
    // The long one: many short ones begin with the year, whatever people write in a sentence.
    const QString date =
        lettersOf(system.dateFormat(QLocale::LongFormat)).remove(QStringLiteral("dddd")); // a weekday
    out.isMonthFirst = date.indexOf(QLatin1Char('M')) < date.indexOf(QLatin1Char('d'));
    out.firstDay = system.firstDayOfWeek();
    return out;
}

const Region &region()
{
    return s_region;
}

void setRegion(const Region &wanted)
{
    s_region = wanted;
}

QVector<Qt::DayOfWeek> daysOfWeek()
{
    constexpr int days = 7;
    QVector<Qt::DayOfWeek> out;
    for (int i = 0; i < days; ++i)
        out.append(Qt::DayOfWeek((s_region.firstDay - 1 + i) % days + 1));
    return out;
}

QString timeDigits(QTime time, TimeStyle style)
{
    constexpr int half = 12;
    QTime shown = time;
    if (s_region.isTwelveHour)
        shown = QTime((time.hour() + half - 1) % half + 1, time.minute(), time.second(), time.msec());
    const QString hour = s_region.isTwelveHour ? QStringLiteral("H") : QStringLiteral("HH");
    switch (style) {
    case TimeStyle::Hour:
        return shown.toString(hour);
    case TimeStyle::Minute:
        return shown.toString(hour + QStringLiteral(":mm"));
    case TimeStyle::Second:
        return shown.toString(hour + QStringLiteral(":mm:ss"));
    case TimeStyle::Tenth:
        break;
    }
    return shown.toString(hour + QStringLiteral(":mm:ss.zzz")).chopped(2);
}

QString halfOfDayText(QTime time)
{
    constexpr int noon = 12;
    if (!s_region.isTwelveHour)
        return {};
    return time.hour() < noon ? RegionalTime::tr("AM") : RegionalTime::tr("PM");
}

QString timeText(QTime time, TimeStyle style)
{
    const QString digits = timeDigits(time, style);
    return s_region.isTwelveHour ? RegionalTime::tr("%1 %2").arg(digits, halfOfDayText(time)) : digits;
}

QString dateText(QDate date, DateStyle style)
{
    return textLocale().toString(date, formatOf(style));
}

} // namespace gatehouse
