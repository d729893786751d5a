// Commands about items and events. Values: any thread.
#pragma once

#include "base/limits.h"
#include "protocol/codec.h"

namespace gatehouse::protocol
{

struct RemovedItems {
    qint64 removed = 0;

    static constexpr auto fields() { return std::tuple{field("removed", &RemovedItems::removed)}; }
};

struct RemoveItems {
    static constexpr qint64 kMaxAtOnce = 100'000;

    QVector<ItemId> items;
    QString reason; // a sentence, recorded with the deletion

    static constexpr QLatin1String kName{"item.remove"};
    using Reply = RemovedItems;
    static constexpr auto fields()
    {
        return std::tuple{field("items", &RemoveItems::items).within(1, kMaxAtOnce),
                          field("reason", &RemoveItems::reason).within(0, limits::kMaxReason)};
    }
};

struct ProtectItem {
    ItemId item;
    bool isProtected = true;

    static constexpr QLatin1String kName{"item.protect"};
    using Reply = Nothing;
    static constexpr auto fields()
    {
        return std::tuple{field("item", &ProtectItem::item), field("protected", &ProtectItem::isProtected)};
    }
};

struct ReviewEvent {
    EventId event;
    bool isReviewed = true;

    static constexpr QLatin1String kName{"event.review"};
    using Reply = Nothing;
    static constexpr auto fields()
    {
        return std::tuple{field("event", &ReviewEvent::event), field("reviewed", &ReviewEvent::isReviewed)};
    }
};

} // namespace gatehouse::protocol
