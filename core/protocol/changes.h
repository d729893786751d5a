// Changes to the catalog as notifications: the signals of catalog::Changes. Values: any thread.
#pragma once

#include "catalog/changes.h"
#include "protocol/codec.h"

namespace gatehouse::protocol
{

// An array instead of an object: a burst has thousands.
template<>
struct Codec<catalog::ItemChange> {
    static QJsonValue write(const catalog::ItemChange &change);
    static Checked read(const QJsonValue &json, catalog::ItemChange &out);
};

struct ItemsAdded {
    QVector<catalog::ItemChange> items;

    static constexpr QLatin1String kName{"itemsAdded"};
    static constexpr auto fields() { return std::tuple{field("items", &ItemsAdded::items)}; }
};

struct ItemsChanged {
    QVector<catalog::ItemChange> items;

    static constexpr QLatin1String kName{"itemsChanged"};
    static constexpr auto fields() { return std::tuple{field("items", &ItemsChanged::items)}; }
};

struct ItemsRemoved {
    QVector<catalog::ItemChange> items;

    static constexpr QLatin1String kName{"itemsRemoved"};
    static constexpr auto fields() { return std::tuple{field("items", &ItemsRemoved::items)}; }
};

struct EventsChanged {
    QVector<EventId> ids;

    static constexpr QLatin1String kName{"eventsChanged"};
    static constexpr auto fields() { return std::tuple{field("ids", &EventsChanged::ids)}; }
};

struct CamerasChanged {
    QVector<CameraId> ids;

    static constexpr QLatin1String kName{"camerasChanged"};
    static constexpr auto fields() { return std::tuple{field("ids", &CamerasChanged::ids)}; }
};

// Reread everything.
struct CatalogReset {
    static constexpr QLatin1String kName{"reset"};
    static constexpr auto fields() { return std::tuple{}; }
};

} // namespace gatehouse::protocol
