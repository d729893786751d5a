// What the player wants from its decode thread, and what the thread has ready for it. The latest wish
// wins: a jump, a step or another clip takes back everything that was asked for or delivered before.
// Wishes and take from the player's thread, the rest from the decode thread.
#pragma once

#include "base/result.h"
#include "media/decoder_geometry.h"
#include "media/player_picture.h"

#include <QString>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>

namespace gatehouse::media
{

// Whether a clip may be opened. Assumed: unless it ended the program when it was opened before.
// Given: a person asked for it all the same. Needed: not before a person asks.
enum class Consent { Assumed, Given, Needed };

// Which clip, from where. The token comes back with everything that belongs to it.
struct ClipRequest {
    qint64 token = 0;
    QString path = {};
    qint64 start = 0; // microseconds
    Consent consent = Consent::Assumed;
};

// Exact: the key picture at once, then the exact one. Scrub: the exact one only after a rest.
// Quiet: the exact one alone, for a picture that is on show already.
enum class SeekKind { Exact, Scrub, Quiet };

struct Delivery {
    enum class Kind { Opened, Picture, End, Failed, Withheld }; // Withheld: for want of consent

    Kind kind = Kind::Picture;
    qint64 token = 0;
    PicturePtr picture = {};
    qint64 runTime = 0;     // on the clock that runs on from clip to clip, microseconds
    bool isWanted = false;  // the answer to a jump or step: to be shown at once
    bool isExact = true;    // false: a key picture that stands in until the exact one is there
    bool inTurn = true;     // false: what follows it is not what is delivered next
    ClipInfo info = {};     // Opened
    bool isDamaged = false; // End: something on the way could not be read or decoded
    bool runsOn = false;    // End: the next clip follows
    Error error = {};       // Failed
};

// One jump or step; at most one is pending.
struct Wish {
    enum class Kind { None, Open, Seek, StepForward, StepBack };

    Kind kind = Kind::None;
    ClipRequest clip = {};
    qint64 time = 0;
    SeekKind seek = SeekKind::Exact;
};

struct DecoderSettings {
    double rate = 1.0;
    TileSize tile;
    bool sound = false;
};

class DecoderMailbox
{
public:
    // --- the player's side
    void wish(Wish wish);
    void setNext(std::optional<ClipRequest> next);
    void change(const std::function<void(DecoderSettings &)> &change);
    void quit();
    [[nodiscard]] std::optional<Delivery> front() const;
    void pop();
    [[nodiscard]] bool hasWish() const;

    // --- the decode thread's side
    struct Work {
        bool quit = false;
        Wish wish; // None: go on decoding, or a rest is over
        DecoderSettings settings;
    };
    using Deadline = std::optional<std::chrono::steady_clock::time_point>;
    // Blocks until there is a wish, room for pictures (if `canDecode`) or the deadline has passed.
    Work await(bool canDecode, Deadline deadline);
    [[nodiscard]] bool isInterrupted() const { return m_interrupted.load(std::memory_order_relaxed); }
    // False: a newer wish made it worthless.
    bool deliver(Delivery delivery);
    std::optional<ClipRequest> takeNext();
    [[nodiscard]] bool hasRoom() const;

private:
    [[nodiscard]] bool hasRoomLocked() const;

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    Wish m_wish;
    std::optional<ClipRequest> m_next;
    DecoderSettings m_settings;
    std::deque<Delivery> m_ready;
    size_t m_readyBytes = 0;
    bool m_quit = false;
    std::atomic<bool> m_interrupted = false; // a wish waits
};

} // namespace gatehouse::media
