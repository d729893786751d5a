#include "events/event_actions.h"

#include "base/when_done.h"
#include "events/delete_dialog.h"
#include "protocol/items.h"

#include <QWidget>
#include <memory>
#include <utility>

namespace gatehouse::events
{

EventActions::EventActions(const models::Services &services, QWidget *dialogs)
    : QObject(dialogs), m_services(services), m_dialogs(dialogs)
{
    // A new engine knows nothing of what the last one was to delete.
    connect(&m_services.changes, &catalog::Changes::reset, this, [this] {
        for (const Deleting &deleting : std::as_const(m_deleting))
            send(deleting);
        checkUndone();
    });
}

template<protocol::Command C>
void EventActions::sendAll(const QVector<C> &commands, const std::function<void()> &finished)
{
    struct Progress {
        qsizetype open = 0;
        QString refused;
    };
    auto progress = std::make_shared<Progress>();
    progress->open = commands.size();
    for (const C &command : commands) {
        whenDone(m_services.commands.send(command), this,
                 [this, progress, finished](const Result<typename C::Reply> &result) {
                     if (!result)
                         progress->refused = result.error().text;
                     if (--progress->open != 0)
                         return;
                     if (progress->refused.isEmpty())
                         finished();
                     else
                         Q_EMIT failed(progress->refused);
                 });
    }
}

void EventActions::setReviewed(const QVector<EventId> &events, bool reviewed)
{
    QVector<protocol::ReviewEvent> commands;
    for (const EventId event : events)
        commands.append({event, reviewed});
    const int n = int(events.size());
    sendAll(commands, [this, events, reviewed, n] {
        const QString text =
            reviewed ? (n == 1 ? tr("Marked as reviewed") : tr("%n events marked as reviewed", nullptr, n))
                     : (n == 1 ? tr("Marked as not reviewed")
                               : tr("%n events marked as not reviewed", nullptr, n));
        Q_EMIT done(text, [this, events, reviewed] { setReviewed(events, !reviewed); });
    });
}

void EventActions::setReviewedQuietly(EventId event)
{
    sendAll(QVector<protocol::ReviewEvent>{{event, true}}, [] {});
}

// The items of all the events, in their order.
void EventActions::withItems(const QVector<EventId> &events,
                             std::function<void(const QVector<catalog::Item> &)> take)
{
    const auto question = [events](catalog::Reader &reader) -> Result<QVector<catalog::Item>> {
        QVector<catalog::Item> out;
        for (const EventId event : events) {
            auto items = reader.eventItems(event);
            if (!items)
                return items;
            out += *items;
        }
        return out;
    };
    whenDone(m_services.reader.ask(question), this,
             [this, take = std::move(take)](const Result<QVector<catalog::Item>> &items) {
                 if (items)
                     take(*items);
                 else
                     Q_EMIT failed(items.error().text);
             });
}

void EventActions::setProtected(const QVector<EventId> &events, bool isProtected)
{
    withItems(events, [this, isProtected](const auto &items) { protectItems(items, isProtected); });
}

void EventActions::protectItems(const QVector<catalog::Item> &items, bool isProtected)
{
    QVector<protocol::ProtectItem> commands;
    for (const catalog::Item &item : items)
        commands.append({item.id, isProtected});
    sendAll(commands, [this, items, isProtected] {
        const QString text = isProtected ? tr("Protected: kept regardless of age")
                                         : tr("No longer protected: deleted when it expires");
        Q_EMIT done(text, [this, items, isProtected] { protectItems(items, !isProtected); });
    });
}

void EventActions::askToDelete(const QVector<EventId> &events)
{
    withItems(events, [this](const auto &items) { ask(items); });
}

void EventActions::askToDeleteItem(ItemId item)
{
    const auto question = [item](catalog::Reader &reader) { return reader.item(item); };
    whenDone(m_services.reader.ask(question), this,
             [this](const Result<std::optional<catalog::Item>> &found) {
                 if (!found)
                     Q_EMIT failed(found.error().text);
                 else if (*found && (*found)->event.isValid())
                     askToDelete({(*found)->event});
                 else if (*found)
                     ask({**found});
             });
}

void EventActions::ask(const QVector<catalog::Item> &items)
{
    if (items.isEmpty())
        return;
    const auto question = [](catalog::Reader &reader) { return reader.cameras(); };
    whenDone(m_services.reader.ask(question), this,
             [this, items](const Result<QVector<catalog::Camera>> &cameras) {
                 auto *dialog =
                     new DeleteDialog(items, cameras.value_or(QVector<catalog::Camera>()), m_dialogs);
                 dialog->setAttribute(Qt::WA_DeleteOnClose);
                 connect(dialog, &DeleteDialog::confirmed, this,
                         [this, items](const QVector<ItemId> &chosen, const QString &reason,
                                       const QString &what) { startDeleting(items, chosen, reason, what); });
                 dialog->open();
             });
}

void EventActions::startDeleting(const QVector<catalog::Item> &asked, const QVector<ItemId> &items,
                                 const QString &reason, const QString &what)
{
    Deleting deleting;
    deleting.id = ++m_lastId;
    deleting.items = items;
    // The deletion log has a reason for everything.
    deleting.reason = reason.isEmpty() ? tr("By hand") : reason;
    deleting.undoEnds = QDeadlineTimer(m_undoMs);
    QSet<EventId> kept;
    for (const catalog::Item &item : asked) {
        if (!items.contains(item.id)) {
            kept.insert(item.event);
            continue;
        }
        deleting.changes.append({item.id, item.camera, item.event, item.kind, item.state, item.range()});
        if (item.event.isValid())
            deleting.events.insert(item.event);
    }
    deleting.events.subtract(kept);
    m_deleting.append(deleting);
    announceWithheld();
    send(deleting);
    Q_EMIT this->deleting(
        tr("Deleted: %1").arg(what), [this, id = deleting.id, items] { undo(id, items); }, m_undoMs);
}

void EventActions::send(const Deleting &deleting)
{
    const int undoMs = int(deleting.undoEnds.remainingTime());
    whenDone(m_services.commands.send(protocol::RemoveItems{deleting.items, deleting.reason, undoMs}), this,
             [this, id = deleting.id](const Result<protocol::RemovedItems> &removed) {
                 if (!removed && !m_services.commands.isConnected())
                     return; // sent again once there is an engine
                 forget(id);
                 if (!removed)
                     Q_EMIT failed(removed.error().text);
             });
}

void EventActions::undo(int id, const QVector<ItemId> &items)
{
    whenDone(m_services.commands.send(protocol::KeepItems{items}), this,
             [this, id, items](const Result<protocol::Nothing> &kept) {
                 if (!kept && m_services.commands.isConnected()) {
                     Q_EMIT failed(kept.error().text);
                     return;
                 }
                 if (!kept)
                     m_undoneAway += items;
                 forget(id);
             });
}

// An engine that was killed has deleted nothing; one that stopped in an orderly way has.
void EventActions::checkUndone()
{
    if (m_undoneAway.isEmpty())
        return;
    const auto question = [items = std::exchange(m_undoneAway, {})](catalog::Reader &reader) -> Result<bool> {
        for (const ItemId id : items) {
            const auto item = reader.item(id);
            if (!item)
                return tl::unexpected(item.error());
            if (!*item)
                return false;
        }
        return true;
    };
    whenDone(m_services.reader.ask(question), this, [this](const Result<bool> &areThere) {
        if (areThere && !*areThere)
            Q_EMIT failed(tr("It was too late to undo: the files are deleted"));
    });
}

void EventActions::forget(int id)
{
    m_deleting.removeIf([id](const Deleting &deleting) { return deleting.id == id; });
    announceWithheld();
}

void EventActions::announceWithheld()
{
    QVector<catalog::ItemChange> items;
    QSet<EventId> events;
    for (const Deleting &deleting : std::as_const(m_deleting)) {
        items += deleting.changes;
        events += deleting.events;
    }
    Q_EMIT withheldChanged(items, events);
}

} // namespace gatehouse::events
