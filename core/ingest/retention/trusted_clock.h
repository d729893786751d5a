// The clock guard of a running engine: looks whenever it is asked, remembers over restarts.
// Engine's main thread.
#pragma once

#include "base/clock.h"
#include "catalog/writer.h"
#include "ingest/retention/clock_trust.h"

#include <functional>

namespace gatehouse::ingest
{

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
