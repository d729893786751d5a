// Commands about items and events. Values: any thread.
#pragma once

#include "base/limits.h"
#include "protocol/codec.h"

#include <array>

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

// A copy of a clip: small (360p), a preview (its keyframes at 180p), or its own video in an MP4.
enum class CopyKind { LowRes, Preview, Remux };

constexpr std::array<QLatin1String, 3> namesOf(CopyKind)
{
    return {QLatin1String("low_res"), QLatin1String("preview"), QLatin1String("remux")};
}

struct DerivedItem {
    QString path; // relative to the cache folder
    qint64 bytes = 0;

    static constexpr auto fields()
    {
        return std::tuple{field("path", &DerivedItem::path), field("bytes", &DerivedItem::bytes)};
    }
};

// The reply comes once the copy is there.
struct DeriveItem {
    ItemId item;
    CopyKind kind = CopyKind::LowRes;

    static constexpr QLatin1String kName{"item.derive"};
    using Reply = DerivedItem;
    static constexpr auto fields()
    {
        return std::tuple{field("item", &DeriveItem::item), field("kind", &DeriveItem::kind)};
    }
};

// Notification: a copy is being made.
struct DerivationProgress {
    ItemId item;
    CopyKind kind = CopyKind::LowRes;
    int percent = 0;

    static constexpr QLatin1String kName{"deriving"};
    static constexpr auto fields()
    {
        return std::tuple{field("item", &DerivationProgress::item), field("kind", &DerivationProgress::kind),
                          field("percent", &DerivationProgress::percent).within(0, 100)};
    }
};

} // namespace gatehouse::protocol
