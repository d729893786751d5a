#include "events/event_actions.h"

#include "base/when_done.h"
#include "events/delete_dialog.h"

#include <QJsonArray>
#include <QWidget>
#include <memory>

namespace gatehouse::events
{

EventActions::EventActions(const models::Services &services, QWidget *dialogs)
    : QObject(dialogs), m_services(services), m_dialogs(dialogs)
{
}

void EventActions::runAll(const QString &command, const QVector<QJsonObject> &arguments,
                          std::function<void()> finished)
{
    struct Progress {
        qsizetype open = 0;
        QString refused;
    };
    auto progress = std::make_shared<Progress>();
    progress->open = arguments.size();
    for (const QJsonObject &one : arguments) {
        whenDone(m_services.commands.run(command, one), this,
                 [this, progress, finished](const Result<QJsonObject> &answer) {
                     if (!answer)
                         progress->refused = answer.error().text;
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
    QVector<QJsonObject> arguments;
    for (const EventId event : events) {
        arguments.append({{QStringLiteral("event"), event.value}, {QStringLiteral("reviewed"), reviewed}});
    }
    const int n = int(events.size());
    runAll(QStringLiteral("event.review"), arguments, [this, events, reviewed, n] {
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
    QVector<QJsonObject> arguments;
    for (const catalog::Item &item : items) {
        arguments.append(
            {{QStringLiteral("item"), item.id.value}, {QStringLiteral("protected"), isProtected}});
    }
    runAll(QStringLiteral("item.protect"), arguments, [this, items, isProtected] {
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
    QJsonArray ids;
    for (const ItemId item : items)
        ids.append(item.value);
    const QJsonObject arguments{{QStringLiteral("items"), ids}, {QStringLiteral("reason"), reason}};
    whenDone(m_services.commands.run(QStringLiteral("item.remove"), arguments), this,
             [this, what](const Result<QJsonObject> &answer) {
                 if (answer)
                     Q_EMIT done(tr("Deleted: %1").arg(what), {});
                 else
                     Q_EMIT failed(answer.error().text);
             });
}

} // namespace gatehouse::events
