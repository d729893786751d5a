// What of an item is copied off-site, in which order, and how far it is. The catalog stores the numbers:
// never renumber. Values; any thread.
#pragma once

#include "base/ids.h"

#include <QHashFunctions>
#include <array>

namespace gatehouse::offsite
{

enum class Part { Original = 0, LowRes = 1, Poster = 2 };

// Lower ones go first.
enum class Rank {
    FirstPicture = 0, // the first still of an event, or the poster of its clip
    Still = 1,
    LowRes = 2,
    Full = 3, // clips, sidecars and others
};
inline constexpr std::array kRanks{Rank::FirstPicture, Rank::Still, Rank::LowRes, Rank::Full};

enum class State {
    Pending = 0,
    Uploading = 1, // has its key: an object may be there already
    Verifying = 2, // the server has answered that it is stored
    Durable = 3,   // the server's size and checksum are the file's
    Failed = 4,    // nobody helps it by waiting; see retryFailed()
};

// Never two objects for one.
struct PartId {
    ItemId item;
    Part part = Part::Original;

    friend bool operator==(const PartId &, const PartId &) = default;
    friend auto operator<=>(const PartId &, const PartId &) = default;
    friend size_t qHash(const PartId &id, size_t seed = 0) { return qHashMulti(seed, id.item, int(id.part)); }
};

} // namespace gatehouse::offsite
