// Requests from the player to its decoder, and the decoder's finished results. The latest request wins: a
// seek, a step or another clip discards everything requested or delivered before.
// Submit and take on the player's thread, everything else on the decoder's. A decoder in another process has
// its own mailbox there, with a link between the two (see DecoderLink): serials tell which request an
// in-flight result belongs to.
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

// Whether a clip may be opened. Assumed: unless it crashed the program the last time it was opened. Given: a
// person asked for it anyway. Needed: not until a person asks.
enum class Consent { Assumed, Given, Needed };

// The clip and its start position. The token is returned with every result for it.
struct ClipRequest {
    qint64 token = 0;
    QString path = {};
    qint64 start = 0; // microseconds
    Consent consent = Consent::Assumed;
    std::shared_ptr<const Source> source = {}; // if already opened
    qint64 length = 0;                         // microseconds, for a bare stream (see ClipFile); 0: unknown
};

// Exact: the keyframe at once, then the exact frame. Scrub: the exact frame only after a pause. Quiet: only
// the exact frame, for a frame that is already displayed.
enum class SeekKind { Exact, Scrub, Quiet };

struct DecodeResult {
    enum class Kind { Opened, Picture, End, Failed, Withheld }; // Withheld: for lack of consent

    Kind kind = Kind::Picture;
    qint64 token = 0;
    PicturePtr picture = {};
    qint64 runTime = 0;     // on the clock that continues from clip to clip, microseconds
    bool isWanted = false;  // the reply to a seek or step: display it at once
    bool isExact = true;    // false: a keyframe that stands in for the exact frame
    bool inTurn = true;     // false: the next delivery does not follow this frame
    ClipInfo info = {};     // Opened
    bool isDamaged = false; // End: something before could not be read or decoded
    bool runsOn = false;    // End: the next clip follows
    Error error = {};       // Failed
};

// One seek or step; at most one is pending.
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
    // --- player side
    // `serial`: assigned by another process; 0: the next.
    void submit(DecodeRequest request, qint64 serial = 0);
    void setNext(std::optional<ClipRequest> next);
    void change(const std::function<void(DecoderSettings &)> &change);
    void quit();
    [[nodiscard]] std::optional<DecodeResult> front() const;
    void pop();
    [[nodiscard]] bool hasRequest() const;

    // --- decode thread side
    struct Work {
        bool quit = false;
        DecodeRequest request; // None: continue decoding, or a pause is over
        DecoderSettings settings;
    };
    using Deadline = std::optional<std::chrono::steady_clock::time_point>;
    // Blocks until there is a request or room for frames (if `canDecode`), or the deadline has passed.
    Work await(bool canDecode, Deadline deadline);
    [[nodiscard]] bool isInterrupted() const
    {
        if (m_steps != nullptr)
            m_steps->fetch_add(1, std::memory_order_relaxed);
        return m_interrupted.load(std::memory_order_relaxed);
    }
    // False: a newer request made it obsolete.
    bool deliver(DecodeResult result);
    std::optional<ClipRequest> takeNext();
    [[nodiscard]] bool hasRoom() const;

    // --- link side, in the window
    struct Orders {
        bool quit = false;
        qint64 serial = 0;                              // of the latest request
        DecodeRequest request;                          // None: no new one
        std::optional<DecoderSettings> settings;        // none: unchanged
        std::optional<std::optional<ClipRequest>> next; // none: unchanged
        qint64 popped = 0;                              // since the latest request
    };
    // Called on the player's thread whenever there is something to collect; set it before starting the link.
    void setWaker(std::function<void()> waker) { m_waker = std::move(waker); }
    Orders collect();
    // False: it belongs to an earlier request.
    bool deliver(DecodeResult result, qint64 serial);
    [[nodiscard]] size_t ready() const;

    // --- link side, in the decoder process
    // The latest result, once, dropping its frame here. None: a newer request discarded it.
    std::optional<std::pair<qint64, DecodeResult>> forward();
    // The window has popped this many results since that request.
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
    std::atomic<bool> m_interrupted = false; // a request is pending
};

} // namespace gatehouse::media
