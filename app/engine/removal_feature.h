// Deletions by hand, and the time in which each can be undone. They wait here, not in the window, so that a
// window that is closed or killed loses none; and in memory only, so that a killed engine never deletes what
// somebody undid. Engine's main thread.
#pragma once

#include "app/engine/feature.h"
#include "base/futures.h"
#include "base/ids.h"

#include <QObject>
#include <QVector>

namespace gatehouse::app
{

class StorageFeature;

class RemovalFeature final : public QObject, public Feature
{
    Q_OBJECT

public:
    explicit RemovalFeature(StorageFeature &storage) : m_storage(storage) {}

    Result<void> start() override { return {}; }
    // Deletes what is still waiting: somebody asked for it, and undo ends with the engine.
    void stop() override;

    // In `undoMs`; how many were removed. Errors as of catalog::RemoveItems.
    QFuture<Result<qint64>> remove(const QVector<ItemId> &items, const QString &reason, int undoMs);
    // They are not removed after all. NotFound: not all of them are waiting; then nothing changes.
    Result<void> keep(const QVector<ItemId> &items);

private:
    struct Waiting {
        int id = 0;
        QVector<ItemId> items;
        QString reason;
        SharedPromise<Result<qint64>> answer;
    };
    void removeNow(const Waiting &removal);

    StorageFeature &m_storage;
    QVector<Waiting> m_waiting;
    int m_lastId = 0;
};

} // namespace gatehouse::app
