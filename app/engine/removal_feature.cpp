#include "app/engine/removal_feature.h"

#include "app/engine/storage_feature.h"
#include "base/escaped.h"
#include "base/when_done.h"
#include "catalog/operations/item_removal.h"
#include "catalog/writer.h"

#include <QLoggingCategory>
#include <QSet>
#include <QTimer>
#include <algorithm>
#include <utility>

namespace gatehouse::app
{

namespace
{
Q_LOGGING_CATEGORY(lcRemoval, "gatehouse.removal")
}

void RemovalFeature::stop()
{
    for (const Waiting &removal : std::exchange(m_waiting, {}))
        removeNow(removal);
}

QFuture<Result<qint64>> RemovalFeature::remove(const QVector<ItemId> &items, const QString &reason,
                                               int undoMs)
{
    const Waiting removal{++m_lastId, items, reason, {}};
    if (undoMs == 0) {
        removeNow(removal);
        return removal.answer.future();
    }
    m_waiting.append(removal);
    QTimer::singleShot(undoMs, this, [this, id = removal.id] {
        const auto due = std::find_if(m_waiting.begin(), m_waiting.end(),
                                      [id](const Waiting &waiting) { return waiting.id == id; });
        if (due == m_waiting.end())
            return;
        const Waiting taken = *due;
        m_waiting.erase(due);
        removeNow(taken);
    });
    return removal.answer.future();
}

void RemovalFeature::removeNow(const Waiting &removal)
{
    whenDone(m_storage.writer().submit(catalog::RemoveItems{removal.items, removal.reason}), this,
             [answer = removal.answer](const Result<QVector<catalog::Garbage>> &removed) {
                 // The window that asked may be gone by now.
                 if (!removed)
                     qCWarning(lcRemoval).noquote() << "not deleted:" << escaped(removed.error().text);
                 answer.resolve(removed.map([](const auto &garbage) -> qint64 { return garbage.size(); }));
             });
}

Result<void> RemovalFeature::keep(const QVector<ItemId> &items)
{
    QSet<ItemId> waiting;
    for (const Waiting &removal : std::as_const(m_waiting))
        waiting += QSet<ItemId>(removal.items.begin(), removal.items.end());
    const QSet<ItemId> kept(items.begin(), items.end());
    if (!waiting.contains(kept))
        return fail(ErrorKind::NotFound, tr("It is too late to undo: the files are deleted"));
    for (Waiting &removal : m_waiting) {
        removal.items.removeIf([&kept](ItemId item) { return kept.contains(item); });
        if (removal.items.isEmpty())
            removal.answer.resolve(0);
    }
    m_waiting.removeIf([](const Waiting &removal) { return removal.items.isEmpty(); });
    return {};
}

} // namespace gatehouse::app
