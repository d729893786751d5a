#include "ingest/receive/new_item.h"

namespace gatehouse::ingest
{

namespace
{
// A camera's clock may be some minutes ahead of ours; further ahead than this means yesterday.
constexpr qint64 kAheadMs = 6 * 3'600'000;
constexpr qint64 kHourMs = 3'600'000;

QDateTime withDate(QTime time, qint64 received, const QTimeZone &zone)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(received, zone).date();
    const QDateTime candidate(today, time, zone);
    const bool ahead = candidate.toMSecsSinceEpoch() > received + kAheadMs;
    return QDateTime(ahead ? today.addDays(-1) : today, time, Qt::UTC);
}
// The latest such minute and second that fits.
QDateTime withHour(qint64 pastHour, qint64 received, const QTimeZone &zone)
{
    const QDateTime arrival = QDateTime::fromMSecsSinceEpoch(received, zone);
    // A camera's clock may be a little ahead.
    constexpr qint64 ahead = 2 * 60'000;
    const QTime hour(arrival.time().hour(), 0);
    QDateTime candidate(arrival.date(), hour, Qt::UTC);
    const QDateTime now(arrival.date(), arrival.time(), Qt::UTC);
    candidate = candidate.addMSecs(pastHour);
    if (candidate > now.addMSecs(ahead))
        return candidate.addMSecs(-kHourMs);
    return now.msecsTo(candidate.addMSecs(kHourMs)) <= ahead ? candidate.addMSecs(kHourMs) : candidate;
}
} // namespace

catalog::NewItem toNewItem(const vendors::PathMetadata &metadata, const QString &sourcePath, qint64 received,
                           const QTimeZone &zone)
{
    catalog::NewItem out;
    out.cameraKey = metadata.cameraKey;
    out.cameraName = metadata.cameraName;
    out.kind = metadata.kind;
    if (out.kind == Kind::Sidecar)
        out.state = ItemState::Ok; // nothing to decode; a name that tells nothing is decided by the content
    out.trigger = metadata.trigger;
    out.subject = metadata.subject;
    out.sourcePath = sourcePath;
    out.received = received;
    out.hint.local = metadata.local;
    out.hint.utc = metadata.utc;
    out.hint.duration = metadata.duration;
    out.hint.isEnd = metadata.isEnd;
    out.hint.isSummerTime = metadata.isSummerTime;
    if (!out.hint.local.isValid() && metadata.utc == 0) {
        if (metadata.time.isValid()) {
            out.hint.local = withDate(metadata.time, received, zone);
        } else if (metadata.pastHour) {
            out.hint.local = withHour(*metadata.pastHour, received, zone);
        } else if (metadata.date.isValid()) {
            out.hint.local = QDateTime(metadata.date, QTime(0, 0), Qt::UTC);
            out.hint.isDay = true;
        }
    }
    if (metadata.isUtc && out.hint.utc == 0 && out.hint.local.isValid())
        out.hint.utc = out.hint.local.toMSecsSinceEpoch();
    if (out.hint.local.isValid() || out.hint.utc != 0)
        out.hint.source = TimeSource::Name;
    return out;
}

QString archiveFolder(const QString &user, const vendors::PathMetadata &metadata)
{
    const QString part = metadata.cameraName.isEmpty() ? metadata.cameraKey : metadata.cameraName;
    if (part.isEmpty() || part.compare(user, Qt::CaseInsensitive) == 0)
        return user;
    return user + QLatin1Char(' ') + part;
}

} // namespace gatehouse::ingest
