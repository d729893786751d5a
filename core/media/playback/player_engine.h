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

// Plays what lies in the engine's SoundQueue. Absent where there is no sound card.
class SoundDevice
{
public:
    SoundDevice() = default;
    virtual ~SoundDevice() = default;
    Q_DISABLE_COPY_MOVE(SoundDevice)

    virtual void start() = 0;
    virtual void stop() = 0;
    // Run time of what is heard now; none while nothing real is heard.
    [[nodiscard]] virtual std::optional<qint64> heard() const = 0;
};

struct PlayerOptions {
    QString markFile = {}; // where it is written which clip is being opened; empty: nowhere
    // Decodes in a process of its own; without a program on a thread of this one, for what reads only files
    // that it made itself.
    DecoderProgram decoder = {};
};

class PlayerEngine : public QObject
{
    Q_OBJECT

public:
    explicit PlayerEngine(const PlayerOptions &options = {}, QObject *parent = nullptr);
    ~PlayerEngine() override;

    SoundQueue &soundQueue() { return m_sound; }
    void setSoundDevice(SoundDevice *device); // null: silent; must outlive the engine or be taken back

    // Takes the time from a clock that others keep: its play, pause, jumps and rate are this engine's, and so
    // is its place when a clip is opened. origin: the clock's position at the clip's first picture. Pictures
    // that come too late are left out, sound is off, and no clip follows another. Null: keeps its own time
    // again. The clock outlives the engine or is taken back; the engine's own play(), pause(), seek() and
    // setRate() are not called meanwhile.
    void follow(PlaybackClock *clock, qint64 origin = 0);

    // Shows the picture at the request's start; then plays on if `play`.
    void open(const ClipRequest &request, bool play);
    // What follows without a stop when this clip has ended; none: it stops there.
    void setNext(std::optional<ClipRequest> next);
    void close();

    void play();
    void pause();
    void seek(qint64 time, SeekKind kind);
    void step(int direction);  // 1 or -1; pauses
    void setRate(double rate); // 0.25 to 16
    void setTile(TileSize tile);

    [[nodiscard]] bool isPlaying() const { return m_playing; }
    // False while a jump or step is under way: the picture on show is the old one or stands in.
    [[nodiscard]] bool isSettled() const { return !m_loading; }
    [[nodiscard]] bool hasEnded() const { return m_ended; }
    [[nodiscard]] double rate() const { return m_clock.rate(); }
    [[nodiscard]] qint64 token() const { return m_token; } // of the clip on show
    [[nodiscard]] const ClipInfo &info() const { return m_info; }
    [[nodiscard]] PicturePtr picture() const { return m_picture; }

Q_SIGNALS:
    void opened(qint64 token, const gatehouse::media::ClipInfo &info);
    void shown(qint64 token, const gatehouse::media::PicturePtr &picture);
    // At the last picture. isDamaged: parts could not be read or decoded.
    void ended(qint64 token, bool isDamaged);
    void failed(qint64 token, const gatehouse::Error &error);
    // It is opened when a person asks for it (Consent::Given) and not before.
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
    qint64 m_token = 0;
    ClipInfo m_info;
    bool m_playing = false;
    bool m_ended = false;
    bool m_loading = false; // a jump or step is under way: the clock stands
    bool m_steady = true;   // the decoder stands right behind the picture on show
    bool m_keyAwaited = false;
    std::optional<DecodeRequest> m_later; // the newest scrub while a key picture is awaited
    int m_stepsLater = 0;
};

} // namespace gatehouse::media
