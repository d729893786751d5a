// How far the PC's clock is to be believed when evidence goes for its age. A clock that moves by more than
// a week at once (an empty battery, a mistyped year) makes nothing old: until it has gone on for a week, or
// is back, ages count from the time that was believed last. Pure; times are UTC milliseconds.
#pragma once

#include <QCoreApplication>
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

class ClockGuard
{
    Q_DECLARE_TR_FUNCTIONS(ClockGuard)

public:
    ClockGuard() = default; // remembers nothing: the first look is believed
    explicit ClockGuard(const ClockMemory &memory) : m_memory(memory) {}

    // Looks at the clock; at least once an hour.
    void look(qint64 now);
    [[nodiscard]] bool isDoubted() const { return m_memory.doubtedSince.has_value(); }
    // From when ages count; as of the last look.
    [[nodiscard]] qint64 ageNow() const;
    // A sentence for a person; empty: it is believed.
    [[nodiscard]] QString doubt() const;
    [[nodiscard]] const ClockMemory &memory() const { return m_memory; }

private:
    ClockMemory m_memory;
};

} // namespace gatehouse::ingest
