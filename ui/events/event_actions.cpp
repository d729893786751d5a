#include "events/event_actions.h"

#include "base/when_done.h"
#include "events/delete_dialog.h"
#include "protocol/items.h"

#include <QWidget>
#include <memory>

namespace gatehouse::events
{

EventActions::EventActions(const models::Services &services, QWidget *dialogs)
    : QObject(dialogs), m_services(services), m_dialogs(dialogs)
{
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

void EventActions::setProtected(EventId event, bool isProtected)
{
    const auto question = [event](catalog::Reader &reader) { return reader.eventItems(event); };
    whenDone(m_services.reader.ask(question), this,
             [this, isProtected](const Result<QVector<catalog::Item>> &items) {
                 if (items)
                     protectItems(*items, isProtected);
                 else
                     Q_EMIT failed(items.error().text);
             });
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

void EventActions::askToDelete(EventId event, const QString &camera)
{
    const auto question = [event](catalog::Reader &reader) { return reader.eventItems(event); };
    whenDone(m_services.reader.ask(question), this,
             [this, camera](const Result<QVector<catalog::Item>> &items) {
                 if (items)
                     ask(*items, camera);
                 else
                     Q_EMIT failed(items.error().text);
             });
}

void EventActions::askToDeleteItem(ItemId item, const QString &camera)
{
    const auto question = [item](catalog::Reader &reader) { return reader.item(item); };
    whenDone(m_services.reader.ask(question), this,
             [this, camera](const Result<std::optional<catalog::Item>> &found) {
                 if (!found)
                     Q_EMIT failed(found.error().text);
                 else if (*found)
                     ask({**found}, camera);
             });
}

void EventActions::ask(const QVector<catalog::Item> &items, const QString &camera)
{
    if (items.isEmpty())
        return;
    auto *dialog = new DeleteDialog(items, camera, m_dialogs);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &DeleteDialog::confirmed, this, &EventActions::remove);
    dialog->open();
}

void EventActions::remove(const QVector<ItemId> &items, const QString &reason, const QString &what)
{
    whenDone(m_services.commands.send(protocol::RemoveItems{items, reason}), this,
             [this, what](const Result<protocol::RemovedItems> &removed) {
                 if (removed)
                     Q_EMIT done(tr("Deleted: %1").arg(what), {});
                 else
                     Q_EMIT failed(removed.error().text);
             });
}

} // namespace gatehouse::events
