#include "ingest/receive/new_item.h"

namespace gatehouse::ingest
{

namespace
{
// A camera's clock may be some minutes ahead of ours; further ahead than this means yesterday.
constexpr qint64 kAheadMs = 6 * 3'600'000;

QDateTime withDate(QTime time, qint64 received, const QTimeZone &zone)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(received, zone).date();
    const QDateTime candidate(today, time, zone);
    const bool ahead = candidate.toMSecsSinceEpoch() > received + kAheadMs;
    return QDateTime(ahead ? today.addDays(-1) : today, time, Qt::UTC);
}
} // namespace

catalog::NewItem toNewItem(const vendors::PathMetadata &metadata, const QString &sourcePath, qint64 received,
                           const QTimeZone &zone)
{
    catalog::NewItem out;
    out.cameraKey = metadata.cameraKey;
    out.cameraName = metadata.cameraName;
    out.kind = metadata.kind;
    out.trigger = metadata.trigger;
    out.subject = metadata.subject;
    out.sourcePath = sourcePath;
    out.received = received;
    out.hint.local = metadata.local;
    out.hint.utc = metadata.utc;
    out.hint.duration = metadata.duration;
    if (!out.hint.local.isValid() && metadata.utc == 0 && metadata.time.isValid())
        out.hint.local = withDate(metadata.time, received, zone);
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
