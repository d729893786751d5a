// User actions on events and items: mark as reviewed, protect, delete manually with confirmation. Each is
// reported in one sentence, with an undo. What is deleted is withheld at once; the engine waits ten seconds
// before it deletes it, whatever happens to this process. GUI thread; acts only through commands.
#pragma once

#include "catalog/types/event.h"
#include "models/services.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QSet>
#include <functional>

class QWidget;

namespace gatehouse::events
{

class EventActions : public QObject
{
    Q_OBJECT

public:
    // dialogs: the parent widget of dialogs.
    EventActions(const models::Services &services, QWidget *dialogs);

    static constexpr int kUndoMs = 10'000;
    void setUndoTime(int ms) { m_undoMs = ms; } // for tests

    void setReviewed(const QVector<EventId> &events, bool reviewed);
    // Without a sentence afterwards: nobody asked for it just now.
    void setReviewedQuietly(EventId event);
    void setProtected(const QVector<EventId> &events, bool isProtected);
    // One thing is one event, whichever way it was asked for: its items, of which single ones can be kept.
    void askToDelete(const QVector<EventId> &events);
    // The item's event, or the item alone if it belongs to none.
    void askToDeleteItem(ItemId item);

Q_SIGNALS:
    // undo may be empty.
    void done(const QString &sentence, const std::function<void()> &undo);
    void failed(const QString &sentence);
    // undo works for `ms`; calling it later does no harm.
    void deleting(const QString &sentence, const std::function<void()> &undo, int ms);
    // Items that are not to be shown any more, and events of which none remains; after an undo, fewer.
    void withheldChanged(const QVector<gatehouse::catalog::ItemChange> &items,
                         const QSet<gatehouse::EventId> &events);

private:
    struct Deleting {
        int id = 0;
        QVector<ItemId> items;
        QVector<catalog::ItemChange> changes;
        QSet<EventId> events; // that lose all their items
        QString reason;
        QDeadlineTimer undoEnds;
    };
    void withItems(const QVector<EventId> &events, std::function<void(const QVector<catalog::Item> &)> take);
    void ask(const QVector<catalog::Item> &items);
    void startDeleting(const QVector<catalog::Item> &asked, const QVector<ItemId> &items,
                       const QString &reason, const QString &what);
    void send(const Deleting &deleting);
    void undo(int id, const QVector<ItemId> &items);
    void checkUndone();
    void forget(int id);
    void announceWithheld();
    void protectItems(const QVector<catalog::Item> &items, bool isProtected);
    // Sends all; calls finished when the last one is done, failed() once if any was refused.
    template<protocol::Command C>
    void sendAll(const QVector<C> &commands, const std::function<void()> &finished);

    models::Services m_services;
    QWidget *m_dialogs;
    QVector<Deleting> m_deleting;
    QVector<ItemId> m_undoneAway; // while no engine could say whether they are deleted already
    int m_lastId = 0;
    int m_undoMs = kUndoMs;
};

} // namespace gatehouse::events
