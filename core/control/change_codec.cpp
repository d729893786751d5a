#include "control/change_codec.h"

#include <QJsonArray>

namespace gatehouse::control
{

namespace
{

using catalog::Changes;
using catalog::ItemChange;

QJsonObject itemsToJson(const QVector<ItemChange> &items)
{
    QJsonArray array;
    for (const ItemChange &item : items) {
        array.append(QJsonArray{item.item.value, item.camera.value, item.event.value, int(item.kind),
                                int(item.state), item.range.start, item.range.end});
    }
    return {{QStringLiteral("items"), array}};
}

QVector<ItemChange> itemsFromJson(const QJsonObject &values)
{
    QVector<ItemChange> out;
    for (const QJsonValue &value : values.value(QLatin1String("items")).toArray()) {
        const QJsonArray fields = value.toArray();
        out.append({ItemId{fields.at(0).toInteger()}, CameraId{fields.at(1).toInteger()},
                    EventId{fields.at(2).toInteger()}, Kind(fields.at(3).toInt()),
                    ItemState(fields.at(4).toInt()),
                    TimeRange{fields.at(5).toInteger(), fields.at(6).toInteger()}});
    }
    return out;
}

template<typename IdType>
QJsonObject idsToJson(const QVector<IdType> &ids)
{
    QJsonArray array;
    for (const IdType &id : ids)
        array.append(id.value);
    return {{QStringLiteral("ids"), array}};
}

template<typename IdType>
QVector<IdType> idsFromJson(const QJsonObject &values)
{
    QVector<IdType> out;
    for (const QJsonValue &value : values.value(QLatin1String("ids")).toArray())
        out.append(IdType{value.toInteger()});
    return out;
}

} // namespace

void forwardChanges(Changes &changes, QObject *context, Notify notify)
{
    const auto forwardItems = [&](auto signal, const QString &notification) {
        QObject::connect(&changes, signal, context, [notify, notification](const QVector<ItemChange> &items) {
            notify(notification, itemsToJson(items));
        });
    };
    forwardItems(&Changes::itemsAdded, QStringLiteral("itemsAdded"));
    forwardItems(&Changes::itemsChanged, QStringLiteral("itemsChanged"));
    forwardItems(&Changes::itemsRemoved, QStringLiteral("itemsRemoved"));
    QObject::connect(&changes, &Changes::eventsChanged, context, [notify](const QVector<EventId> &events) {
        notify(QStringLiteral("eventsChanged"), idsToJson(events));
    });
    QObject::connect(&changes, &Changes::camerasChanged, context, [notify](const QVector<CameraId> &cameras) {
        notify(QStringLiteral("camerasChanged"), idsToJson(cameras));
    });
    QObject::connect(&changes, &Changes::reset, context, [notify] { notify(QStringLiteral("reset"), {}); });
}

bool repeatChange(const QString &notification, const QJsonObject &values, Changes &changes)
{
    if (notification == QLatin1String("itemsAdded"))
        Q_EMIT changes.itemsAdded(itemsFromJson(values));
    else if (notification == QLatin1String("itemsChanged"))
        Q_EMIT changes.itemsChanged(itemsFromJson(values));
    else if (notification == QLatin1String("itemsRemoved"))
        Q_EMIT changes.itemsRemoved(itemsFromJson(values));
    else if (notification == QLatin1String("eventsChanged"))
        Q_EMIT changes.eventsChanged(idsFromJson<EventId>(values));
    else if (notification == QLatin1String("camerasChanged"))
        Q_EMIT changes.camerasChanged(idsFromJson<CameraId>(values));
    else if (notification == QLatin1String("reset"))
        Q_EMIT changes.reset();
    else
        return false;
    return true;
}

} // namespace gatehouse::control
