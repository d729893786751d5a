#include "control/change_relay.h"

#include "protocol/changes.h"

namespace gatehouse::control
{

using catalog::Changes;
using Items = QVector<catalog::ItemChange>;

void relayChanges(Changes &from, Notifications &to)
{
    QObject::connect(&from, &Changes::itemsAdded, &to,
                     [&to](const Items &items) { to.notify(protocol::ItemsAdded{items}); });
    QObject::connect(&from, &Changes::itemsChanged, &to,
                     [&to](const Items &items) { to.notify(protocol::ItemsChanged{items}); });
    QObject::connect(&from, &Changes::itemsRemoved, &to,
                     [&to](const Items &items) { to.notify(protocol::ItemsRemoved{items}); });
    QObject::connect(&from, &Changes::eventsChanged, &to,
                     [&to](const QVector<EventId> &events) { to.notify(protocol::EventsChanged{events}); });
    QObject::connect(&from, &Changes::camerasChanged, &to, [&to](const QVector<CameraId> &cameras) {
        to.notify(protocol::CamerasChanged{cameras});
    });
    QObject::connect(&from, &Changes::reset, &to, [&to] { to.notify(protocol::CatalogReset()); });
}

void relayChanges(Notifications &from, Changes &to)
{
    from.on<protocol::ItemsAdded>(&to, [&to](const auto &added) { Q_EMIT to.itemsAdded(added.items); });
    from.on<protocol::ItemsChanged>(&to,
                                    [&to](const auto &changed) { Q_EMIT to.itemsChanged(changed.items); });
    from.on<protocol::ItemsRemoved>(&to,
                                    [&to](const auto &removed) { Q_EMIT to.itemsRemoved(removed.items); });
    from.on<protocol::EventsChanged>(&to,
                                     [&to](const auto &changed) { Q_EMIT to.eventsChanged(changed.ids); });
    from.on<protocol::CamerasChanged>(&to,
                                      [&to](const auto &changed) { Q_EMIT to.camerasChanged(changed.ids); });
    from.on<protocol::CatalogReset>(&to, [&to](const auto &) { Q_EMIT to.reset(); });
}

} // namespace gatehouse::control
