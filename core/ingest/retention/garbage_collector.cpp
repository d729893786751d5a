#include "ingest/retention/garbage_collector.h"

#include "base/when_done.h"
#include "catalog/operations/item_removal.h"
#include "catalog/types/garbage.h"

#include <QLoggingCategory>

namespace gatehouse::ingest
{

namespace
{
Q_LOGGING_CATEGORY(lcGarbage, "gatehouse.garbage")

constexpr qsizetype kStuckFrom = 50; // a single undeletable file does not stop all deletion
} // namespace

GarbageCollector::GarbageCollector(catalog::Writer &writer, archive::Archive &archive, QObject *parent)
    : QObject(parent), m_writer(writer), m_archive(archive)
{
}

void GarbageCollector::collect()
{
    if (m_running) {
        m_again = true;
        return;
    }
    m_running = true;
    whenDone(m_writer.submit(catalog::ReadGarbage{}), this,
             [this](const Result<QVector<catalog::Garbage>> &pending) {
                 if (pending)
                     remove(*pending);
                 else
                     finishRound();
             });
}

void GarbageCollector::remove(const QVector<catalog::Garbage> &pending)
{
    QVector<ItemId> items;
    QList<QFuture<Result<void>>> removals;
    for (const catalog::Garbage &garbage : pending) {
        if (garbage.archive != m_archive.id())
            continue; // on a disk that is currently missing
        items.append(garbage.item);
        removals.append(
            m_archive.remove(garbage.item, garbage.relativePath, garbage.reason, garbage.duration));
    }
    if (removals.isEmpty()) {
        m_trouble.clear();
        m_isStuck = false;
        finishRound();
        return;
    }
    whenAllDone(removals, this, [this, items](const QList<Result<void>> &answers) {
        QVector<ItemId> gone;
        m_trouble.clear();
        for (qsizetype i = 0; i < answers.size(); ++i) {
            if (answers.at(i))
                gone.append(items.at(i));
            else
                m_trouble = answers.at(i).error().text;
        }
        if (!m_trouble.isEmpty())
            qCWarning(lcGarbage).noquote()
                << items.size() - gone.size() << "files could not be deleted:" << m_trouble;
        m_isStuck = gone.isEmpty() && items.size() >= kStuckFrom;
        if (gone.isEmpty()) {
            finishRound();
            return;
        }
        whenDone(m_writer.submit(catalog::ForgetGarbage{gone}), this,
                 [this](const Result<void> &) { finishRound(); });
    });
}

void GarbageCollector::finishRound()
{
    m_running = false;
    if (std::exchange(m_again, false))
        collect();
    else
        Q_EMIT collected();
}

} // namespace gatehouse::ingest
