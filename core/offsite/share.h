// Which transfer may begin next: pictures of now always find a slot, and older recordings always have one.
// Pure.
#pragma once

namespace gatehouse::offsite
{

enum class Lane {
    Urgent,  // pictures of the last minutes
    Bulk,    // clips of the last minutes
    Backlog, // everything older
};

struct Load {
    int urgent = 0;
    int bulk = 0;
    int backlog = 0;

    [[nodiscard]] int inAll() const { return urgent + bulk + backlog; }
    [[nodiscard]] int &of(Lane lane)
    {
        return lane == Lane::Urgent ? urgent : lane == Lane::Bulk ? bulk : backlog;
    }
};

inline constexpr int kSlots = 4; // transfers at a time

// isScarce: the bandwidth is limited, so that every transfer slows down the others.
inline bool mayBegin(Lane lane, const Load &running, const Load &waiting, bool isScarce)
{
    const int kept = waiting.backlog > 0 && running.backlog == 0 ? 1 : 0; // for the backlog
    const int lengthy = running.bulk + running.backlog;
    switch (lane) {
    case Lane::Urgent:
        return running.inAll() + kept < kSlots;
    case Lane::Bulk: // one stays free for pictures
        return running.inAll() + kept < kSlots && lengthy + kept < kSlots - 1;
    case Lane::Backlog:
        break;
    }
    const bool isAlone = waiting.urgent + waiting.bulk == 0 && !isScarce;
    return running.inAll() < kSlots && (running.backlog == 0 || (isAlone && lengthy < kSlots - 1));
}

} // namespace gatehouse::offsite
