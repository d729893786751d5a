// How far the PC's clock is to be believed when evidence goes for its age. While the PC runs (asleep, too)
// the clock is held against the time that has passed since boot: a jump of hours makes nothing old. Over a
// start nobody knows how long the PC was off: up to a week is believed once the clock has gone on for an
// hour, which leaves time servers the time to correct it. Anything else is doubted until the clock is back,
// or has gone on for a week. Times are UTC milliseconds, elapsed ones milliseconds of Clock::elapsed().
#pragma once

#include "base/clock.h"
#include "catalog/writer.h"

#include <QCoreApplication>
#include <functional>
#include <optional>

namespace gatehouse::ingest
{

// What outlives a restart.
struct ClockMemory {
    qint64 believed = 0; // the last time that was
    qint64 last = 0;     // what the clock said then, believed or not
    std::optional<qint64> doubtedSince;

    friend bool operator==(const ClockMemory &, const ClockMemory &) = default;
};

// The rule alone: pure.
class ClockTrust
{
    Q_DECLARE_TR_FUNCTIONS(ClockTrust)

public:
    ClockTrust() = default; // remembers nothing: the first look is believed
    explicit ClockTrust(const ClockMemory &memory) : m_memory(memory) {}

    // Looks at the clock; at least once an hour. The first look is that of a start.
    void look(qint64 now, qint64 elapsed);
    [[nodiscard]] bool isDoubted() const { return m_memory.doubtedSince.has_value(); }
    // From when ages count; as of the last look.
    [[nodiscard]] qint64 ageNow() const;
    // A sentence for a person; empty: it is believed.
    [[nodiscard]] QString doubt() const;
    [[nodiscard]] const ClockMemory &memory() const { return m_memory; }

private:
    void start(qint64 now);
    void goOn(qint64 now);
    [[nodiscard]] bool isBack(qint64 now) const;
    void believe(qint64 now);

    ClockMemory m_memory;
    std::optional<qint64> m_elapsed; // of the last look
    qint64 m_steadySince = 0;        // elapsed: since then it has not jumped
    qint64 m_mayBeAhead = 0;         // of what is believed: until the clock has settled after a start
};

// The same in a running engine: looks whenever it is asked, remembers over restarts. Engine's main thread.
class TrustedClock
{
public:
    TrustedClock(catalog::Writer &writer, const Clock &clock);

    // Once, before anything else; blocks. newestArrival: of what is kept (UTC ms; 0: nothing), asked for
    // where the catalog remembers no clock yet.
    Result<void> start(const std::function<qint64()> &newestArrival);
    [[nodiscard]] qint64 elapsed() const { return m_clock.elapsed(); } // ms since boot
    // UTC ms from which ages count.
    qint64 ageNow();
    // A sentence for a person; empty: the clock is believed.
    [[nodiscard]] QString doubt() const { return m_trust.doubt(); }

private:
    void remember();

    catalog::Writer &m_writer;
    const Clock &m_clock;
    ClockTrust m_trust;
    ClockMemory m_kept; // as written down last
};

} // namespace gatehouse::ingest
