#include "ingest/retention/trusted_clock.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <cmath>

namespace gatehouse::ingest
{

namespace
{

Q_LOGGING_CATEGORY(lcClock, "gatehouse.clock")

constexpr qint64 kRememberEveryMs = 3'600'000;

QString metaKey()
{
    return QStringLiteral("clock");
}

QString toText(const ClockMemory &memory)
{
    QJsonObject out{{QStringLiteral("believed"), memory.believed}, {QStringLiteral("last"), memory.last}};
    if (memory.doubtedSince)
        out.insert(QStringLiteral("doubted_since"), *memory.doubtedSince);
    return QString::fromUtf8(QJsonDocument(out).toJson(QJsonDocument::Compact));
}

ClockMemory fromText(const QString &text)
{
    const QJsonObject json = QJsonDocument::fromJson(text.toUtf8()).object();
    ClockMemory out{
        json.value(QLatin1String("believed")).toInteger(), json.value(QLatin1String("last")).toInteger(), {}};
    if (const QJsonValue since = json.value(QLatin1String("doubted_since")); since.isDouble())
        out.doubtedSince = since.toInteger();
    return out;
}

} // namespace

TrustedClock::TrustedClock(catalog::Writer &writer, const Clock &clock) : m_writer(writer), m_clock(clock) {}

Result<void> TrustedClock::start(const std::function<qint64()> &newestArrival)
{
    const Result<QString> meta = m_writer.meta(metaKey()).result();
    if (!meta)
        return tl::unexpected(meta.error());
    const qint64 newest = meta->isEmpty() ? newestArrival() : 0;
    m_kept = meta->isEmpty() ? ClockMemory{newest, newest, {}} : fromText(*meta);
    m_trust = ClockTrust(m_kept);
    ageNow();
    return {};
}

qint64 TrustedClock::ageNow()
{
    const bool wasDoubted = m_trust.isDoubted();
    m_trust.look(m_clock.now(), m_clock.elapsed());
    if (m_trust.isDoubted() != wasDoubted) {
        qCWarning(lcClock).noquote() << (wasDoubted ? QStringLiteral("the PC's clock is believed again")
                                                    : m_trust.doubt());
        remember();
    } else if (std::abs(m_trust.memory().last - m_kept.last) >= kRememberEveryMs) {
        remember();
    }
    return m_trust.ageNow();
}

void TrustedClock::remember()
{
    m_kept = m_trust.memory();
    m_writer.setMeta(metaKey(), toText(m_kept));
}

} // namespace gatehouse::ingest
