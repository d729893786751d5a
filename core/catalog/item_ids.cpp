#include "catalog/item_ids.h"

#include <algorithm>

namespace gatehouse::catalog
{

namespace
{

constexpr qint64 y2020 = 1'577'836'800'000; // UTC ms
constexpr int counterBits = 12;

} // namespace

ItemId ItemIds::next()
{
    const qint64 byClock = firstOf(m_clock.now()).value;
    const std::scoped_lock lock(m_mutex);
    const bool goesOn = !m_given.empty() && m_given.back().second == m_last;
    m_last = std::max(m_last + 1, byClock);
    if (goesOn)
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

ItemId ItemIds::firstOf(qint64 moment)
{
    return ItemId{std::max<qint64>(moment - y2020, 0) << counterBits};
}

qint64 ItemIds::arrivalOf(ItemId id)
{
    return y2020 + (id.value >> counterBits);
}

} // namespace gatehouse::catalog
