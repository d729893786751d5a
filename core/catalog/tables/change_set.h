// The changes of one operation, and those of a whole burst combined: each item once. A value of the writer's
// thread; passed on by move.
#pragma once

#include "catalog/changes.h"

#include <QHash>
#include <QSet>

namespace gatehouse::catalog
{

class ChangeSet
{
public:
    void added(const ItemChange &item);
    void changed(const ItemChange &item);
    void removed(const ItemChange &item);
    void event(EventId event);
    void partialUpload(const PartialUpload &pair) { m_partialUploads.append(pair); }
    void garbage() { m_garbage = true; }
    void camera(CameraId camera) { m_cameras.insert(camera); }
    // Too many to list: views reread the catalog.
    void everything() { m_reset = true; }

    void take(const ChangeSet &later);
    [[nodiscard]] bool isEmpty() const;
    void emitFrom(Changes &changes) const; // on the thread of `changes`

private:
    QHash<ItemId, ItemChange> m_added;
    QHash<ItemId, ItemChange> m_changed;
    QHash<ItemId, ItemChange> m_removed;
    QSet<EventId> m_events;
    QSet<CameraId> m_cameras;
    QVector<PartialUpload> m_partialUploads;
    bool m_garbage = false;
    bool m_reset = false;
};

} // namespace gatehouse::catalog
