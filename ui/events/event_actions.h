// User actions on events and items: mark as reviewed, protect, delete manually with confirmation and reason.
// Each is reported in one sentence, with an undo if possible.
// GUI thread; acts only through commands.
#pragma once

#include "catalog/types/event.h"
#include "models/services.h"

#include <QObject>
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

    void setReviewed(const QVector<EventId> &events, bool reviewed);
    void setProtected(EventId event, bool isProtected);
    void askToDelete(EventId event, const QString &camera);
    void askToDeleteItem(ItemId item, const QString &camera);

Q_SIGNALS:
    // undo may be empty.
    void done(const QString &sentence, const std::function<void()> &undo);
    void failed(const QString &sentence);

private:
    void ask(const QVector<catalog::Item> &items, const QString &camera);
    void remove(const QVector<ItemId> &items, const QString &reason, const QString &what);
    void protectItems(const QVector<catalog::Item> &items, bool isProtected);
    // Sends all; calls finished when the last one is done, failed() once if any was refused.
    template<protocol::Command C>
    void sendAll(const QVector<C> &commands, const std::function<void()> &finished);

    models::Services m_services;
    QWidget *m_dialogs;
};

} // namespace gatehouse::events
