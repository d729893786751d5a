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
    // `last`: the highest id ever given away.
    ItemIds(const Clock &clock, ItemId last) : m_clock(clock), m_last(last.value) {}

    ItemId next();
    // An id from outside (a repair, a file's name) was used.
    void passed(ItemId id);
    // Whether next() may have given it away, and not an earlier run.
    bool isOfThisRun(ItemId id);
    // The lowest that next() has given away; none: it was not asked yet.
    ItemId firstOfThisRun();

private:
    const Clock &m_clock;
    std::mutex m_mutex;
    qint64 m_last;
    qint64 m_elapsed = 0; // ms since boot, when next() was asked last
    // First and last of what next() gave away without an id from outside, or a leap of the clock, in between:
    // one range, unless the clock is behind the files or is set.
    std::vector<std::pair<qint64, qint64>> m_given;
};

} // namespace gatehouse::catalog
