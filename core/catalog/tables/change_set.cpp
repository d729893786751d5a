#include "catalog/tables/change_set.h"

#include <algorithm>

namespace gatehouse::catalog
{

namespace
{

QVector<ItemChange> sortedById(const QHash<ItemId, ItemChange> &items)
{
    QVector<ItemChange> out(items.cbegin(), items.cend());
    std::sort(out.begin(), out.end(),
              [](const ItemChange &a, const ItemChange &b) { return a.item < b.item; });
    return out;
}

template<typename SomeId>
QVector<SomeId> sortedIds(const QSet<SomeId> &ids)
{
    QVector<SomeId> out(ids.cbegin(), ids.cend());
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace

void ChangeSet::added(const ItemChange &item)
{
    m_added.insert(item.item, item);
}

void ChangeSet::changed(const ItemChange &item)
{
    if (const auto fresh = m_added.find(item.item); fresh != m_added.end()) {
        *fresh = item;
        return;
    }
    ItemChange joined = item;
    if (const auto earlier = m_changed.constFind(item.item); earlier != m_changed.cend())
        joined.range = joined.range.united(earlier->range);
    m_changed.insert(item.item, joined);
}

void ChangeSet::removed(const ItemChange &item)
{
    if (m_added.remove(item.item))
        return; // it was never announced
    m_changed.remove(item.item);
    m_removed.insert(item.item, item);
}

void ChangeSet::event(EventId event)
{
    if (event.isValid())
        m_events.insert(event);
}

void ChangeSet::take(const ChangeSet &later)
{
    for (const ItemChange &item : later.m_added)
        added(item);
    for (const ItemChange &item : later.m_changed)
        changed(item);
    for (const ItemChange &item : later.m_removed)
        removed(item);
    m_events.unite(later.m_events);
    m_cameras.unite(later.m_cameras);
    m_partialUploads.append(later.m_partialUploads);
    m_garbage = m_garbage || later.m_garbage;
    m_reset = m_reset || later.m_reset;
}

bool ChangeSet::isEmpty() const
{
    return m_added.isEmpty() && m_changed.isEmpty() && m_removed.isEmpty() && m_events.isEmpty() &&
           m_cameras.isEmpty() && m_partialUploads.isEmpty() && !m_garbage && !m_reset;
}

void ChangeSet::emitFrom(Changes &changes) const
{
    if (!m_cameras.isEmpty())
        Q_EMIT changes.camerasChanged(sortedIds(m_cameras));
    if (!m_added.isEmpty())
        Q_EMIT changes.itemsAdded(sortedById(m_added));
    if (!m_changed.isEmpty())
        Q_EMIT changes.itemsChanged(sortedById(m_changed));
    if (!m_removed.isEmpty())
        Q_EMIT changes.itemsRemoved(sortedById(m_removed));
    if (!m_events.isEmpty())
        Q_EMIT changes.eventsChanged(sortedIds(m_events));
    if (!m_partialUploads.isEmpty())
        Q_EMIT changes.partialUploadsFound(m_partialUploads);
    if (m_garbage)
        Q_EMIT changes.garbageMade();
    if (m_reset)
        Q_EMIT changes.reset();
}

} // namespace gatehouse::catalog
