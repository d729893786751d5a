// The window's end of a decoder process: forwards requests and returns results, kills a process that is
// stuck, and starts another for the next clip. Opens the files and passes them on; checks every report for
// plausibility. A clip that crashes its decoder costs its frame, never the window.
#pragma once

#include "media/playback/decoder.h"
#include "media/playback/decoder_child.h"
#include "media/playback/decoder_wire.h"
#include "media/playback/opening_mark.h"
#include "media/playback/sound_queue.h"

#include <QElapsedTimer>
#include <QStringList>

namespace gatehouse::media
{

struct DecoderProgram {
    QString program; // the gatehouse binary
    QStringList arguments;
    int stuckCpuMs = 8'000;  // CPU time without a decoding step
    int quietCpuMs = 30'000; // CPU time without a frame, while one is awaited
    int hangMs = 30'000;     // while a reply is awaited, without a step or use of the CPU or the disk
    int niceness = 0;        // 0 to 19: how far its priority is lowered
};

class DecoderLink : public Decoder
{
    Q_OBJECT

public:
    DecoderLink(DecoderProgram program, SoundQueue &sound, const QString &markFile,
                QObject *parent = nullptr);
    ~DecoderLink() override;

protected:
    void run() override;

private:
    bool collect(); // false: the player is gone
    void follow(const DecodeRequest &request, qint64 serial);
    void open(const ClipRequest &clip);
    void handOverNext();
    void send(const DecoderCommand &command, const Source *file = nullptr);
    void sendSettings();
    bool read(); // false: the decoder is gone, or sent something impossible
    bool take(const DecoderReport &report, QByteArrayView rest);
    void takeResult(DecodeResult result, qint64 serial);
    void give(DecodeResult result);
    bool startChild();
    bool hasStepped(qint64 cpu);
    [[nodiscard]] bool isObsoleteStepStuck(qint64 cpu) const;
    void watch();
    void lose(); // the decoder died, or sent something impossible
    void fail(const QString &text, ErrorKind kind);

    DecoderProgram m_program;
    SoundQueue &m_sound;
    OpeningMark m_mark;
    int m_wakeFd = -1;
    std::unique_ptr<DecoderChild> m_child;
    QByteArray m_buffer;
    DecoderSettings m_settings;
    qint64 m_serial = 0; // of the latest request
    qint64 m_popped = 0;
    ClipRequest m_request;             // the latest
    std::optional<qint64> m_token;     // of the clip that the decoder has open or is opening
    std::optional<ClipRequest> m_next; // as given by the player
    Error m_nextError;                 // why it could not be opened
    bool m_hasNextError = false;
    bool m_isDeaf = false;     // incoming reports belong to a clip that already failed
    bool m_isAwaited = false;  // a request has no reply yet
    bool m_isOpenSent = false; // but the decoder may still be busy with the previous clip
    bool m_hasSteppedSinceOpen = false;
    bool m_isUnpainted = false;   // the first frame of a clip has been delivered
    bool m_isWatched = false;     // the decoder may be busy
    QElapsedTimer m_sinceRequest; // since the latest one
    QElapsedTimer m_sinceLife;    // since the latest step or reply, or the request that ended an idle period
    QElapsedTimer m_sinceWatch;
    QElapsedTimer m_sinceCount;
    int m_counted = 0; // results in the second since m_sinceCount started
    quint64 m_steps = 0;
    qint64 m_cpuAtStep = 0;
    qint64 m_cpuAtAnswer = 0;
    qint64 m_cpuBefore = 0;
};

} // namespace gatehouse::media
