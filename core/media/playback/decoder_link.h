// The window's end of a decoder process: brings requests there and results back, ends a process that is
// stuck and starts another for the next clip. Files are opened here and handed over; what comes back is
// held against what can be true. A clip that ends its decoder costs its picture, never the window.
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
    int stuckCpuMs = 8'000;  // without a step of decoding
    int quietCpuMs = 30'000; // without a picture, while one is awaited
    int hangMs = 30'000;     // awaited, without a step and without use of the processor or the disk
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
    bool read(); // false: the decoder is gone, or says what cannot be
    bool take(const DecoderReport &report, QByteArrayView rest);
    void takeResult(DecodeResult result, qint64 serial);
    void give(DecodeResult result);
    bool startChild();
    bool hasStepped(qint64 cpu);
    void watch();
    void lose(); // the decoder ended, or says what cannot be
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
    std::optional<qint64> m_token;     // of the clip that the decoder has or opens
    std::optional<ClipRequest> m_next; // as the player named it
    Error m_nextError;                 // why it could not be opened
    bool m_hasNextError = false;
    bool m_isDeaf = false;        // what comes belongs to a clip that failed already
    bool m_isAwaited = false;     // a request has no answer yet
    bool m_isOpenSent = false;    // and the decoder may still be on a step for the clip before
    bool m_isUnpainted = false;   // the first picture of a clip was delivered
    bool m_isWatched = false;     // the decoder may be at work
    QElapsedTimer m_sinceRequest; // the latest
    QElapsedTimer m_sinceLife;    // the latest step or answer, or the request that ended a rest
    QElapsedTimer m_sinceWatch;
    QElapsedTimer m_sinceCount;
    int m_counted = 0; // results in the second that m_sinceCount began
    quint64 m_steps = 0;
    qint64 m_cpuAtStep = 0;
    qint64 m_cpuAtAnswer = 0;
    qint64 m_cpuBefore = 0;
};

} // namespace gatehouse::media
