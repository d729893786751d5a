// Which parts of an item go off-site, and when they may. Pure; any thread. Times are UTC ms.
#pragma once

#include "catalog/types/item.h"
#include "offsite/options.h"
#include "offsite/part.h"

#include <QVector>

namespace gatehouse::offsite
{

// What the catalog knows beyond the item itself.
struct ItemFacts {
    int stillsOfEvent = 0;       // with this one
    bool isFirstOfEvent = false; // among the event's items
    bool hasPoster = false;
    bool isLowResImpossible = false; // no copy of this clip can be made
};

struct WantedPart {
    Part part = Part::Original;
    Rank rank = Rank::Full;
    qint64 bytes = 0; // 0: not made yet
    qint64 notBefore = 0;

    friend bool operator==(const WantedPart &, const WantedPart &) = default;
};

// A file with a temporary name is given this long to get its own.
inline constexpr qint64 kRenameWait = 60'000;
// A clip that has not been examined is given this long to get its poster: told, it goes at once.
inline constexpr qint64 kPosterWait = 3'600'000;

QVector<WantedPart> wantedOf(const catalog::Item &item, const ItemFacts &facts, Choice choice);

} // namespace gatehouse::offsite
