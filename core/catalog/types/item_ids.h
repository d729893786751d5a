// Gives away item ids (see base/ids.h): they rise with arrival and go on rising when the clock goes back.
// Thread-safe.
#pragma once

#include "base/clock.h"
#include "base/ids.h"

#include <mutex>
#include <utility>
#include <vector>

namespace gatehouse::catalog
{

class ItemIds
{
public:
    // `last`: the highest id ever assigned.
    ItemIds(const Clock &clock, ItemId last) : m_clock(clock), m_last(last.value) {}

    ItemId next();
    // An id from elsewhere (a repair, a file's name) was used.
    void passed(ItemId id);
    // Whether next() may have assigned it, rather than an earlier run.
    bool isOfThisRun(ItemId id);
    // The lowest id that next() has assigned; none: it has not been called yet.
    ItemId firstOfThisRun();

private:
    const Clock &m_clock;
    std::mutex m_mutex;
    qint64 m_last;
    qint64 m_elapsed = 0; // ms since boot at the last call of next()
    // First and last id of each range that next() assigned without an id from elsewhere, or a clock jump, in
    // between: usually one range.
    std::vector<std::pair<qint64, qint64>> m_given;
};

} // namespace gatehouse::catalog
