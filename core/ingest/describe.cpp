#include "ingest/describe.h"

namespace gatehouse::ingest
{

namespace
{
// A camera's clock may be some minutes ahead of ours; more than this ahead means yesterday.
constexpr qint64 kAheadMs = 6 * 3'600'000;

QDateTime withDate(QTime time, qint64 received, const QTimeZone &zone)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(received, zone).date();
    const QDateTime candidate(today, time, zone);
    const bool ahead = candidate.toMSecsSinceEpoch() > received + kAheadMs;
    return QDateTime(ahead ? today.addDays(-1) : today, time, Qt::UTC);
}
} // namespace

catalog::NewItem describe(const vendors::Meaning &meaning, const QString &sourcePath, qint64 received,
                          const QTimeZone &zone)
{
    catalog::NewItem out;
    out.cameraKey = meaning.cameraKey;
    out.cameraName = meaning.cameraName;
    out.kind = meaning.kind;
    out.trigger = meaning.trigger;
    out.subject = meaning.subject;
    out.sourcePath = sourcePath;
    out.received = received;
    out.hint.local = meaning.local;
    out.hint.utc = meaning.utc;
    out.hint.duration = meaning.duration;
    if (!out.hint.local.isValid() && meaning.utc == 0 && meaning.time.isValid())
        out.hint.local = withDate(meaning.time, received, zone);
    if (out.hint.local.isValid() || out.hint.utc != 0)
        out.hint.source = TimeSource::Name;
    return out;
}

QString archiveFolder(const QString &user, const vendors::Meaning &meaning)
{
    const QString part = meaning.cameraName.isEmpty() ? meaning.cameraKey : meaning.cameraName;
    if (part.isEmpty() || part.compare(user, Qt::CaseInsensitive) == 0)
        return user;
    return user + QLatin1Char(' ') + part;
}

} // namespace gatehouse::ingest
