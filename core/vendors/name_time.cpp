#include "vendors/name_time.h"

namespace gatehouse::vendors
{

namespace
{
constexpr qint64 kDay = 24 * 60 * 60 * 1000;
constexpr int kFirstYear = 1970;
constexpr int kLastYear = 2099;

QString digitsOf(const QString &text)
{
    QString out;
    for (const QChar c : text) {
        if (c >= QLatin1Char('0') && c <= QLatin1Char('9'))
            out += c;
    }
    return out;
}

QDate dateOf(QStringView digits)
{
    const QDate date(digits.left(4).toInt(), digits.mid(4, 2).toInt(), digits.mid(6, 2).toInt());
    return date.isValid() && date.year() >= kFirstYear && date.year() <= kLastYear ? date : QDate();
}

// hhmm, hhmmss or hhmmss with fractions.
QTime clockOf(QStringView digits)
{
    const QString fraction = digits.mid(6, 3).toString().leftJustified(3, QLatin1Char('0'));
    return {digits.left(2).toInt(), digits.mid(2, 2).toInt(), digits.mid(4, 2).toInt(), fraction.toInt()};
}

QString dateDigits(const TimeParts &parts)
{
    if (!parts.date.isEmpty())
        return digitsOf(parts.date);
    if (!parts.shortDate.isEmpty())
        return QStringLiteral("20") + digitsOf(parts.shortDate);
    if (!parts.dmy.isEmpty()) {
        const QString d = digitsOf(parts.dmy);
        return d.mid(4, 4) + d.mid(2, 2) + d.left(2);
    }
    const QString d = digitsOf(parts.mdy);
    return d.mid(4, 4) + d.left(4);
}

// An end given as a time of day is on the next day if it is before the start.
qint64 untilEnd(const QString &end, const PathMetadata &metadata)
{
    const QString digits = digitsOf(end);
    if (digits.size() >= 14 && metadata.local.isValid()) {
        const QDateTime whole(dateOf(digits), clockOf(QStringView(digits).mid(8)), Qt::UTC);
        return whole.isValid() ? metadata.local.msecsTo(whole) : 0;
    }
    const QTime clock = clockOf(digits);
    const QTime start = metadata.local.isValid() ? metadata.local.time() : metadata.time;
    if (digits.size() != 6 || !clock.isValid() || !start.isValid())
        return 0;
    const qint64 length = start.msecsTo(clock);
    return length < 0 ? length + kDay : length;
}
} // namespace

TimeFit setTime(const TimeParts &parts, PathMetadata &metadata)
{
    if (!parts.unixTime.isEmpty()) {
        const qint64 number = parts.unixTime.toLongLong();
        metadata.utc = parts.unixTime.size() == 13 ? number : number * 1000;
    }
    const QString digits = dateDigits(parts);
    const QString clockDigits = digitsOf(parts.clock);
    const QString all = digits + clockDigits;
    if (all.isEmpty())
        return metadata.utc != 0 ? TimeFit::Good : TimeFit::None;

    if (digits.isEmpty()) {
        metadata.time = clockOf(all);
        if (!metadata.time.isValid())
            return TimeFit::Wrong;
    } else {
        const QDate date = dateOf(all);
        if (!date.isValid())
            return TimeFit::Wrong;
        if (all.size() < 12) {
            metadata.date = date;
            return TimeFit::Good;
        }
        const QTime clock = clockOf(QStringView(all).mid(8));
        if (!clock.isValid())
            return TimeFit::Wrong;
        // The name has no zone; UTC only keeps this PC's zone from shifting it.
        metadata.local = QDateTime(date, clock, Qt::UTC);
    }
    if (!parts.seconds.isEmpty())
        metadata.duration = std::min(parts.seconds.toLongLong() * 1000, kDay);
    if (!parts.end.isEmpty())
        metadata.duration = untilEnd(parts.end, metadata);
    return TimeFit::Good;
}

} // namespace gatehouse::vendors
