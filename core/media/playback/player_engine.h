// Plays clips and stills of one camera: decides which picture is on show when, by the sound device's
// clock where there is sound and else by the wall, or by a clock outside, which several engines can share.
// Times in microseconds within the clip.
// Lives on one thread with an event loop and never blocks it; decoding has its own thread.
#pragma once

#include "media/playback/decoder_link.h"
#include "media/playback/player_clock.h"

#include <QObject>
#include <QTimer>

namespace gatehouse::media
{

// Plays the engine's SoundQueue. Absent without a sound card.
class SoundDevice
{
public:
    SoundDevice() = default;
    virtual ~SoundDevice() = default;
    Q_DISABLE_COPY_MOVE(SoundDevice)

    virtual void start() = 0;
    virtual void stop() = 0;
    // Run time of the audio heard now; none while no real audio is playing.
    [[nodiscard]] virtual std::optional<qint64> heard() const = 0;
};

struct PlayerOptions {
    QString markFile = {}; // file that records the clip being opened; empty: none
    // Decodes in a separate process; without a program, on a thread of this process, for code that only reads
    // files it created itself.
    DecoderProgram decoder = {};
};

class PlayerEngine : public QObject
{
    Q_OBJECT

public:
    explicit PlayerEngine(const PlayerOptions &options = {}, QObject *parent = nullptr);
    ~PlayerEngine() override;

    SoundQueue &soundQueue() { return m_sound; }
    void setSoundDevice(SoundDevice *device); // null: silent; must outlive the engine or be unset first

    // Takes the time from a clock that others keep: its play, pause, jumps and rate are this engine's, and so
    // is its place when a clip is opened. origin: the clock's position at the clip's first picture. Pictures
    // that come too late are left out, sound is off, and no clip follows another. Null: keeps its own time
    // again. The clock outlives the engine or is taken back; the engine's own play(), pause(), seek() and
    // setRate() are not called meanwhile.
    void follow(PlaybackClock *clock, qint64 origin = 0);

    // Shows the frame at the request's start; then plays if `play`.
    void open(const ClipRequest &request, bool play);
    // Another file of the recording that is on show, at the same moment: the picture stays until that file's
    // own is there. What follows has to be set again.
    void replace(ClipRequest request);
    // The clip that follows this one without a pause; none: playback stops at the end.
    void setNext(std::optional<ClipRequest> next);
    void close();

    void play();
    void pause();
    void seek(qint64 time, SeekKind kind);
    void step(int direction);  // 1 or -1; pauses
    void setRate(double rate); // 0.25 to 16
    void setTile(TileSize tile);

    [[nodiscard]] bool isPlaying() const { return m_playing; }
    // False during a seek or step: the displayed frame is the old one or a stand-in.
    [[nodiscard]] bool isSettled() const { return !m_loading; }
    [[nodiscard]] bool hasEnded() const { return m_ended; }
    [[nodiscard]] double rate() const { return m_clock.rate(); }
    [[nodiscard]] qint64 token() const { return m_token; } // of the displayed clip
    [[nodiscard]] const ClipInfo &info() const { return m_info; }
    [[nodiscard]] PicturePtr picture() const { return m_picture; }

Q_SIGNALS:
    void opened(qint64 token, const gatehouse::media::ClipInfo &info);
    void shown(qint64 token, const gatehouse::media::PicturePtr &picture);
    // At the last frame. isDamaged: parts could not be read or decoded.
    void ended(qint64 token, bool isDamaged);
    void failed(qint64 token, const gatehouse::Error &error);
    // Opened only on request (Consent::Given).
    void withheld(qint64 token);
    void playingChanged(bool on);
    void rateChanged(double rate);

private:
    void submit(DecodeRequest request);
    void advance();
    bool take(const DecodeResult &result);
    bool end(const DecodeResult &result);
    void stopWithout(const DecodeResult &result);
    bool isDue(const DecodeResult &result);
    void show(const DecodeResult &result);
    void setPlaying(bool on);
    void updateSound();
    void resumeInPlace();
    void catchUp(SeekKind kind);
    [[nodiscard]] qint64 now() const; // run time
    [[nodiscard]] bool isOvertaken() const;
    [[nodiscard]] bool wantsSound() const;

    SoundQueue m_sound;
    std::unique_ptr<Decoder> m_decoder;
    SoundDevice *m_device = nullptr;
    PlayerClock m_clock;
    PlaybackClock *m_outside = nullptr; // in place of m_clock, which then keeps only the rate
    qint64 m_origin = 0;                // of the clip on m_outside
    QTimer m_timer;
    PicturePtr m_picture;
    qint64 m_target = 0; // of the latest request
    qint64 m_token = 0;
    ClipInfo m_info;
    bool m_playing = false;
    bool m_ended = false;
    bool m_loading = false; // a seek or step is in progress: the clock is stopped
    bool m_steady = true;   // the decoder is right behind the displayed frame
    bool m_keyAwaited = false;
    bool m_isReplacing = false;           // stand-ins are not shown
    std::optional<DecodeRequest> m_later; // the newest scrub while a keyframe is awaited
    int m_stepsLater = 0;
};

} // namespace gatehouse::media
