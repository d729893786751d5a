#include "catalog/item_ids.h"

#include <algorithm>

namespace gatehouse::catalog
{

ItemId ItemIds::next()
{
    constexpr qint64 y2020 = 1'577'836'800'000;
    const qint64 byClock = std::max<qint64>(m_clock.now() - y2020, 0) << 12;
    const std::scoped_lock lock(m_mutex);
    m_last = std::max(m_last + 1, byClock);
    return ItemId{m_last};
}

void ItemIds::passed(ItemId id)
{
    const std::scoped_lock lock(m_mutex);
    m_last = std::max(m_last, id.value);
}

} // namespace gatehouse::catalog
