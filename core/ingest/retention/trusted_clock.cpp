#include "ingest/retention/trusted_clock.h"

#include "catalog/operations/meta.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <algorithm>
#include <cmath>

namespace gatehouse::ingest
{

namespace
{

Q_LOGGING_CATEGORY(lcClock, "gatehouse.clock")

constexpr qint64 kHour = 3'600'000;
constexpr qint64 kDay = 24 * kHour;
constexpr qint64 kWeek = 7 * kDay;
constexpr qint64 kMaxClockCorrection = 2 * kHour; // for a clock corrected by hand
constexpr qint64 kMaxOffTime = kDay; // of the week that the clock runs on: time off is unaccounted for
constexpr qint64 kSettling = kHour;
constexpr qint64 kY2020 = 1'577'836'800'000; // before Gatehouse existed
constexpr qint64 kRememberEvery = kHour;

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

void ClockTrust::look(qint64 now, qint64 elapsed)
{
    const bool isStart = !m_elapsed;
    const qint64 passed = isStart ? 0 : std::max<qint64>(0, elapsed - *m_elapsed);
    const bool hasJumped = !isStart && std::abs(now - m_memory.last - passed) > kMaxClockCorrection;
    m_elapsed = elapsed;
    if (isStart || hasJumped)
        m_steadySince = elapsed;
    if (m_memory.believed < kY2020) {
        m_memory.last = now;
        believe(now); // it was never set
        return;
    }
    m_memory.believed += passed;
    if (isStart) {
        start(now);
    } else if (hasJumped) {
        m_memory.doubtedSince = isBack(now) ? std::nullopt : std::optional(now);
    } else {
        goOn(now);
    }
    m_memory.last = now;
}

void ClockTrust::start(qint64 now)
{
    const qint64 ahead = now - m_memory.believed;
    const bool isAsItWas = now >= m_memory.last - kMaxClockCorrection && now - m_memory.last <= kWeek;
    m_mayBeAhead = kWeek;
    if (isDoubted() && isAsItWas) {
        m_mayBeAhead = 0;
        *m_memory.doubtedSince += std::max<qint64>(0, now - m_memory.last - kMaxOffTime);
        goOn(now);
        return;
    }
    if (std::abs(ahead) <= kWeek)
        m_memory.doubtedSince.reset();
    else
        m_memory.doubtedSince = now;
}

void ClockTrust::goOn(qint64 now)
{
    if (isDoubted() ? now - *m_memory.doubtedSince >= kWeek : *m_elapsed - m_steadySince >= kSettling)
        believe(now);
}

bool ClockTrust::isBack(qint64 now) const
{
    const qint64 ahead = now - m_memory.believed;
    return ahead >= -kMaxClockCorrection && ahead <= m_mayBeAhead + kMaxClockCorrection;
}

void ClockTrust::believe(qint64 now)
{
    m_memory.believed = now;
    m_memory.doubtedSince.reset();
    m_mayBeAhead = 0;
}

qint64 ClockTrust::ageNow() const
{
    return std::min(m_memory.last, m_memory.believed);
}

QString ClockTrust::doubt() const
{
    if (!isDoubted())
        return {};
    const qint64 off = std::abs(m_memory.last - m_memory.believed);
    const QString by = off >= 2 * kDay ? tr("%1 days").arg((off + kDay / 2) / kDay)
                                       : tr("%1 hours").arg((off + kHour / 2) / kHour);
    return m_memory.last > m_memory.believed
               ? tr("The PC's clock is %1 ahead of where it was. Set it if it is wrong. Nothing is deleted "
                    "for its age until it is back, or has gone on for a week.")
                     .arg(by)
               : tr("The PC's clock is %1 behind where it was. Set it: what arrives now is kept under the "
                    "wrong date.")
                     .arg(by);
}

TrustedClock::TrustedClock(catalog::Writer &writer, const Clock &clock) : m_writer(writer), m_clock(clock) {}

Result<void> TrustedClock::start(const std::function<qint64()> &newestArrival)
{
    const Result<QString> meta = m_writer.submit(catalog::ReadMeta{metaKey()}).result();
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
        qCWarning(lcClock).noquote() << (wasDoubted ? QStringLiteral("the PC's clock is trusted again")
                                                    : m_trust.doubt());
        remember();
    } else if (std::abs(m_trust.memory().last - m_kept.last) >= kRememberEvery) {
        remember();
    }
    return m_trust.ageNow();
}

void TrustedClock::remember()
{
    m_kept = m_trust.memory();
    m_writer.submit(catalog::SetMeta{metaKey(), toText(m_kept)});
}

} // namespace gatehouse::ingest
