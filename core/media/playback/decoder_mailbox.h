// What the player wants from its decoder, and what the decoder has ready for it. The latest request wins: a
// jump, a step or another clip takes back everything that was asked for or delivered before.
// Requests and take from the player's thread, the rest from the decoder's. A decoder in another process has
// one of its own there, and a link between the two (see DecoderLink): serials tell to which request a result
// belongs that was under way.
#pragma once

#include "base/result.h"
#include "media/demux/source.h"
#include "media/picture/decoder_geometry.h"
#include "media/playback/player_picture.h"

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
    std::shared_ptr<const Source> source = {}; // where it was opened already
    qint64 length = 0;                         // microseconds, of a bare stream (see ClipFile); 0: unknown
};

// Exact: the key picture at once, then the exact one. Scrub: the exact one only after a rest.
// Quiet: the exact one alone, for a picture that is on show already.
enum class SeekKind { Exact, Scrub, Quiet };

struct DecodeResult {
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
struct DecodeRequest {
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
    // `serial`: given in another process; 0: the next.
    void submit(DecodeRequest request, qint64 serial = 0);
    void setNext(std::optional<ClipRequest> next);
    void change(const std::function<void(DecoderSettings &)> &change);
    void quit();
    [[nodiscard]] std::optional<DecodeResult> front() const;
    void pop();
    [[nodiscard]] bool hasRequest() const;

    // --- the decode thread's side
    struct Work {
        bool quit = false;
        DecodeRequest request; // None: go on decoding, or a rest is over
        DecoderSettings settings;
    };
    using Deadline = std::optional<std::chrono::steady_clock::time_point>;
    // Blocks until there is a request, room for pictures (if `canDecode`) or the deadline has passed.
    Work await(bool canDecode, Deadline deadline);
    [[nodiscard]] bool isInterrupted() const
    {
        if (m_steps != nullptr)
            m_steps->fetch_add(1, std::memory_order_relaxed);
        return m_interrupted.load(std::memory_order_relaxed);
    }
    // False: a newer request made it worthless.
    bool deliver(DecodeResult result);
    std::optional<ClipRequest> takeNext();
    [[nodiscard]] bool hasRoom() const;

    // --- a link's side, in the window
    struct Orders {
        bool quit = false;
        qint64 serial = 0;                              // of the latest request
        DecodeRequest request;                          // None: no new one
        std::optional<DecoderSettings> settings;        // none: as before
        std::optional<std::optional<ClipRequest>> next; // none: as before
        qint64 popped = 0;                              // since the latest request
    };
    // Called on the player's thread whenever there is something to collect; before the link is started.
    void setWaker(std::function<void()> waker) { m_waker = std::move(waker); }
    Orders collect();
    // False: it belongs to an earlier request.
    bool deliver(DecodeResult result, qint64 serial);
    [[nodiscard]] size_t ready() const;

    // --- a link's side, in the decoder's process
    // The latest result, once; its picture is forgotten here. None: a newer request took it back.
    std::optional<std::pair<qint64, DecodeResult>> forward();
    // So many since that request were popped in the window.
    void popTo(qint64 serial, qint64 popped);
    void countStepsIn(std::atomic<quint64> &steps) { m_steps = &steps; }

private:
    struct Ready {
        DecodeResult result;
        size_t bytes;
    };

    void push(DecodeResult result);
    void popOne();
    void wake();
    [[nodiscard]] bool hasRoomLocked() const;

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    DecodeRequest m_request;
    std::optional<ClipRequest> m_next;
    DecoderSettings m_settings;
    std::deque<Ready> m_ready;
    size_t m_readyBytes = 0;
    qint64 m_serial = 0; // of the latest request
    qint64 m_popped = 0; // since then
    bool m_isNextNew = false;
    bool m_areSettingsNew = false;
    bool m_isForwarded = true; // the latest of m_ready
    bool m_quit = false;
    std::function<void()> m_waker;
    std::atomic<quint64> *m_steps = nullptr;
    std::atomic<bool> m_interrupted = false; // a request waits
};

} // namespace gatehouse::media
