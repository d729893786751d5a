#include "ftp/listing.h"

#include "base/byte_name.h"

#include <QDateTime>
#include <QTimeZone>
#include <array>
#include <cstdio>

namespace gatehouse::ftp
{

namespace
{
constexpr qint64 kHalfYear = qint64(182) * 24 * 3600 * 1000;
constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// Broken-down UTC without QDateTime's zone machinery: a listing may contain 100,000 times.
struct CivilTime {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
};

CivilTime civil(qint64 utcMs)
{
    constexpr qint64 msPerDay = 86'400'000;
    qint64 days = utcMs / msPerDay;
    qint64 rest = utcMs % msPerDay;
    if (rest < 0) {
        rest += msPerDay;
        --days;
    }
    constexpr qint64 julianDayOf1970 = 2440588;
    CivilTime t;
    QDate::fromJulianDay(days + julianDayOf1970).getDate(&t.year, &t.month, &t.day);
    t.second = int(rest / 1000 % 60);
    t.minute = int(rest / 60'000 % 60);
    t.hour = int(rest / 3'600'000);
    return t;
}

void appendLong(QByteArray &out, const Entry &entry, qint64 now)
{
    const CivilTime t = civil(entry.modified);
    const char *month = kMonths[size_t(qBound(1, t.month, 12) - 1)];
    std::array<char, 96> text;
    int length = std::snprintf(text.data(), text.size(), "%crw%cr-%cr-%c %3d camera camera %12lld %s %2d ",
                               entry.isFolder ? 'd' : '-', entry.isFolder ? 'x' : '-',
                               entry.isFolder ? 'x' : '-', entry.isFolder ? 'x' : '-', entry.isFolder ? 2 : 1,
                               static_cast<long long>(entry.bytes), month, t.day);
    out.append(text.data(), length);
    const bool recent = entry.modified > now - kHalfYear && entry.modified < now + kHalfYear;
    length = recent ? std::snprintf(text.data(), text.size(), "%02d:%02d ", t.hour, t.minute)
                    : std::snprintf(text.data(), text.size(), "%5d ", t.year);
    out.append(text.data(), length);
}
} // namespace

QByteArray timeValue(qint64 utcMs)
{
    const CivilTime t = civil(utcMs);
    std::array<char, 64> text;
    const int length = std::snprintf(text.data(), text.size(), "%04d%02d%02d%02d%02d%02d", t.year, t.month,
                                     t.day, t.hour, t.minute, t.second);
    return {text.data(), length};
}

std::optional<qint64> fromTimeValue(const QByteArray &text)
{
    const qsizetype dot = text.indexOf('.');
    const QByteArray whole = dot < 0 ? text : text.left(dot);
    if (whole.size() != 14)
        return std::nullopt;
    for (const char c : whole) {
        if (c < '0' || c > '9')
            return std::nullopt;
    }
    const QDate date(whole.left(4).toInt(), whole.mid(4, 2).toInt(), whole.mid(6, 2).toInt());
    const QTime time(whole.mid(8, 2).toInt(), whole.mid(10, 2).toInt(), whole.mid(12, 2).toInt());
    if (!date.isValid() || !time.isValid())
        return std::nullopt;
    const qint64 ms = QDateTime(date, time, Qt::UTC).toMSecsSinceEpoch();
    if (dot < 0)
        return ms;
    bool isNumber = false;
    const int fraction = text.mid(dot + 1, 3).leftJustified(3, '0').toInt(&isNumber);
    return isNumber && fraction >= 0 ? std::optional(ms + fraction) : std::nullopt;
}

QByteArray factLine(const Entry &entry, const QByteArray &name, FactChoice facts)
{
    QByteArray out;
    if (facts.type)
        out.append(entry.isFolder ? "type=dir;" : "type=file;");
    if (facts.size && !entry.isFolder)
        out.append("size=").append(QByteArray::number(entry.bytes)).append(';');
    if (facts.modify)
        out.append("modify=").append(timeValue(entry.modified)).append(';');
    return out.append(' ').append(name);
}

void appendEntry(QByteArray &out, const Entry &entry, ListingStyle style, qint64 now, FactChoice facts)
{
    const QByteArray name = bytesOfName(entry.name);
    switch (style) {
    case ListingStyle::Long:
        appendLong(out, entry, now);
        out.append(name);
        break;
    case ListingStyle::Names:
        out.append(name);
        break;
    case ListingStyle::Facts:
        out.append(factLine(entry, name, facts));
        break;
    }
    out.append("\r\n", 2);
}

} // namespace gatehouse::ftp
