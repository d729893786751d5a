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

// Replied to once they are deleted; 0 removed: all were kept. An engine that stops in an orderly way deletes
// them at once; one that is killed has deleted nothing, and does not remember.
struct RemoveItems {
    static constexpr qint64 kMaxAtOnce = 100'000;
    static constexpr int kMaxUndoMs = 600'000;

    QVector<ItemId> items;
    QString reason; // a sentence, recorded with the deletion
    int undoMs = 0; // how long KeepItems can undo it

    static constexpr QLatin1String kName{"item.remove"};
    using Reply = RemovedItems;
    static constexpr auto fields()
    {
        return std::tuple{field("items", &RemoveItems::items).within(1, kMaxAtOnce),
                          field("reason", &RemoveItems::reason).within(0, limits::kMaxReason),
                          field("undo_ms", &RemoveItems::undoMs).orDefault().within(0, kMaxUndoMs)};
    }
};

// Undoes RemoveItems. NotFound: it is too late for at least one; then none is kept.
struct KeepItems {
    QVector<ItemId> items;

    static constexpr QLatin1String kName{"item.keep"};
    using Reply = Nothing;
    static constexpr auto fields()
    {
        return std::tuple{field("items", &KeepItems::items).within(1, RemoveItems::kMaxAtOnce)};
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
