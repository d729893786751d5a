#include "ingest/clock_watch.h"

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

QString memoKey()
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

ClockWatch::ClockWatch(catalog::Writer &writer, const Clock &clock) : m_writer(writer), m_clock(clock) {}

Result<void> ClockWatch::start(const std::function<qint64()> &newestArrival)
{
    const Result<QString> memo = m_writer.memo(memoKey()).result();
    if (!memo)
        return tl::unexpected(memo.error());
    const qint64 newest = memo->isEmpty() ? newestArrival() : 0;
    m_kept = memo->isEmpty() ? ClockMemory{newest, newest, {}} : fromText(*memo);
    m_guard = ClockGuard(m_kept);
    ageNow();
    return {};
}

qint64 ClockWatch::ageNow()
{
    const bool wasDoubted = m_guard.isDoubted();
    m_guard.look(m_clock.now(), m_clock.elapsed());
    if (m_guard.isDoubted() != wasDoubted) {
        qCWarning(lcClock).noquote() << (wasDoubted ? QStringLiteral("the PC's clock is believed again")
                                                    : m_guard.doubt());
        remember();
    } else if (std::abs(m_guard.memory().last - m_kept.last) >= kRememberEveryMs) {
        remember();
    }
    return m_guard.ageNow();
}

void ClockWatch::remember()
{
    m_kept = m_guard.memory();
    m_writer.setMemo(memoKey(), toText(m_kept));
}

} // namespace gatehouse::ingest
