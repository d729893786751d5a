#include "base/iso_time.h"

#include <QDateTime>
#include <cstdlib>

namespace gatehouse
{

QString toIsoUtc(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs);
}

QString toIsoIn(const QTimeZone &zone, qint64 ms)
{
    const QDateTime there = QDateTime::fromMSecsSinceEpoch(ms, zone);
    const int minutes = there.offsetFromUtc() / 60;
    return there.toString(QStringLiteral("yyyy-MM-dd'T'HH:mm:ss")) +
           QString::asprintf("%c%02d:%02d", minutes < 0 ? '-' : '+', std::abs(minutes) / 60,
                             std::abs(minutes) % 60);
}

std::optional<qint64> fromIso(const QString &text, const QTimeZone &zone)
{
    if (text.size() == 10) {
        const QDate date = QDate::fromString(text, Qt::ISODate);
        if (!date.isValid())
            return std::nullopt;
        return date.startOfDay(zone).toMSecsSinceEpoch();
    }
    const QDateTime parsed = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!parsed.isValid())
        return std::nullopt;
    if (parsed.timeSpec() != Qt::LocalTime)
        return parsed.toMSecsSinceEpoch();
    return QDateTime(parsed.date(), parsed.time(), zone).toMSecsSinceEpoch();
}

} // namespace gatehouse
