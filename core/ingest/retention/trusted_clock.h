// How far the PC's clock can be trusted for deleting evidence by age. While the PC runs (or sleeps), the
// clock is checked against the time since boot: a jump of hours makes nothing old. Across a restart, the time
// off is unknown: up to a week is trusted once the clock has run on for an hour, which gives a time server
// the chance to correct it. Anything else is distrusted until the clock returns, or has run on for a week.
// Times are UTC milliseconds, elapsed ones milliseconds of Clock::elapsed().
#pragma once

#include "base/clock.h"
#include "catalog/writer.h"

#include <QCoreApplication>
#include <functional>
#include <optional>

namespace gatehouse::ingest
{

// Survives a restart.
struct ClockMemory {
    qint64 believed = 0; // the last trusted time
    qint64 last = 0;     // the clock's time then, trusted or not
    std::optional<qint64> doubtedSince;

    friend bool operator==(const ClockMemory &, const ClockMemory &) = default;
};

// Only the rule: pure.
class ClockTrust
{
    Q_DECLARE_TR_FUNCTIONS(ClockTrust)

public:
    ClockTrust() = default; // remembers nothing: trusts the first look
    explicit ClockTrust(const ClockMemory &memory) : m_memory(memory) {}

    // Checks the clock; call at least once an hour. The first call is the one at startup.
    void look(qint64 now, qint64 elapsed);
    [[nodiscard]] bool isDoubted() const { return m_memory.doubtedSince.has_value(); }
    // The time that ages are measured at, as of the last look.
    [[nodiscard]] qint64 ageNow() const;
    // A sentence for the user; empty: it is trusted.
    [[nodiscard]] QString doubt() const;
    [[nodiscard]] const ClockMemory &memory() const { return m_memory; }

private:
    void start(qint64 now);
    void goOn(qint64 now);
    [[nodiscard]] bool isBack(qint64 now) const;
    void believe(qint64 now);

    ClockMemory m_memory;
    std::optional<qint64> m_elapsed; // at the last look
    qint64 m_steadySince = 0;        // elapsed: it has not jumped since
    qint64 m_mayBeAhead = 0;         // of trusted time: until the clock has settled after a start
};

// The rule in a running engine: looks on every query, remembers across restarts. Engine's main thread.
class TrustedClock
{
public:
    TrustedClock(catalog::Writer &writer, const Clock &clock);

    // Call once, before anything else; blocks. newestArrival: of stored files (UTC ms; 0: none), called if
    // the catalog remembers no clock yet.
    Result<void> start(const std::function<qint64()> &newestArrival);
    [[nodiscard]] qint64 elapsed() const { return m_clock.elapsed(); } // ms since boot
    // UTC ms that ages are measured at.
    qint64 ageNow();
    // A sentence for the user; empty: the clock is trusted.
    [[nodiscard]] QString doubt() const { return m_trust.doubt(); }

private:
    void remember();

    catalog::Writer &m_writer;
    const Clock &m_clock;
    ClockTrust m_trust;
    ClockMemory m_kept; // as last recorded
};

} // namespace gatehouse::ingest
