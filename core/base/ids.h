// Ids of different types do not convert to one another. Zero means none. Values fit into 53 bits, so they
// survive JSON readers that store numbers as doubles.
#pragma once

#include <QHashFunctions>
#include <QMetaType>
#include <compare>

namespace gatehouse
{

template<typename Tag>
struct Id {
    qint64 value = 0;

    [[nodiscard]] constexpr bool isValid() const { return value != 0; }
    friend constexpr auto operator<=>(const Id &, const Id &) = default;
    friend size_t qHash(const Id &id, size_t seed = 0) { return ::qHash(id.value, seed); }
};

using AccountId = Id<struct AccountTag>;
using CameraId = Id<struct CameraTag>;
using ItemId = Id<struct ItemTag>;
using EventId = Id<struct EventTag>;

// An item's id is its arrival: (ms since 2020) << 12 | counter; 53 bits last until 2089.
inline constexpr qint64 kItemEpoch = 1'577'836'800'000; // UTC ms
inline constexpr int kItemCounterBits = 12;

// The lowest id of that moment (UTC ms).
constexpr ItemId firstItemAt(qint64 moment)
{
    return {moment > kItemEpoch ? (moment - kItemEpoch) << kItemCounterBits : 0};
}

// When an id was given away: UTC ms.
constexpr qint64 arrivalOf(ItemId item)
{
    return kItemEpoch + (item.value >> kItemCounterBits);
}

} // namespace gatehouse

Q_DECLARE_METATYPE(gatehouse::AccountId)
Q_DECLARE_METATYPE(gatehouse::CameraId)
Q_DECLARE_METATYPE(gatehouse::ItemId)
Q_DECLARE_METATYPE(gatehouse::EventId)
