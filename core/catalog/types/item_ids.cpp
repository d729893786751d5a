#include "catalog/types/item_ids.h"

#include <algorithm>

namespace gatehouse::catalog
{

namespace
{

constexpr qint64 kClockSlack = 1'000; // ms by which a clock may be adjusted without counting as set

} // namespace

ItemId ItemIds::next()
{
    const std::scoped_lock lock(m_mutex);
    const qint64 before = m_last;
    const qint64 elapsed = m_clock.elapsed();
    const qint64 farthest = before + ((elapsed - m_elapsed + kClockSlack) << kItemCounterBits);
    m_last = std::max(before + 1, firstItemAt(m_clock.now()).value);
    m_elapsed = elapsed;
    // Files of earlier runs may have the ids that a clock skips when it is set.
    if (!m_given.empty() && m_given.back().second == before && m_last <= farthest)
        m_given.back().second = m_last;
    else
        m_given.emplace_back(m_last, m_last);
    return ItemId{m_last};
}

void ItemIds::passed(ItemId id)
{
    const std::scoped_lock lock(m_mutex);
    m_last = std::max(m_last, id.value);
}

bool ItemIds::isOfThisRun(ItemId id)
{
    const std::scoped_lock lock(m_mutex);
    return std::any_of(m_given.begin(), m_given.end(), [id](const auto &range) {
        return id.value >= range.first && id.value <= range.second;
    });
}

ItemId ItemIds::firstOfThisRun()
{
    const std::scoped_lock lock(m_mutex);
    return m_given.empty() ? ItemId() : ItemId{m_given.front().first};
}

} // namespace gatehouse::catalog
