// The thread that opens, decodes and scales for one player. Works ahead until the mailbox is full, opens the
// next clip before the current one's last frame is displayed, and drops obsolete results.
#pragma once

#include "media/playback/decoder.h"
#include "media/playback/decoder_cache.h"
#include "media/playback/decoder_clip.h"
#include "media/playback/opening_mark.h"

namespace gatehouse::media
{

class DecoderThread : public Decoder
{
    Q_OBJECT

public:
    // `markFile`: see OpeningMark.
    explicit DecoderThread(SoundSink &sound, const QString &markFile = {}, QObject *parent = nullptr);
    ~DecoderThread() override;

protected:
    void run() override;

private:
    void apply(const DecoderSettings &settings);
    void open(const ClipRequest &request);
    void seek(qint64 time, SeekKind kind);
    void finishScrub();
    void stepForward(qint64 from);
    void stepBack(qint64 from);
    void decodeOne();
    void runOn();
    bool load(const ClipRequest &request);
    void giveWanted(const DecodedFrame &frame, bool isExact);
    void giveCached(const PicturePtr &picture);
    void giveNone();
    void give(DecodeResult result);
    PicturePtr pictureOf(const DecodedFrame &frame);

    SoundSink &m_sound;
    OpeningMark m_mark;
    std::unique_ptr<ClipDecoder> m_clip;
    qint64 m_token = 0;
    PictureMaker m_maker;
    PictureCache m_cache;
    DecoderSettings m_settings;
    qint64 m_runBase = 0;  // run time of this clip's first frame
    qint64 m_lastTime = 0; // of the last frame decoded in sequence
    qint64 m_lastStep = 40'000;
    qint64 m_lastGiven = 0;
    bool m_inTurn = false;                   // decoding can continue from here
    std::optional<DecodedFrame> m_scrubFrom; // a keyframe is displayed, the exact frame is still due
    qint64 m_scrubTime = 0;
    std::chrono::steady_clock::time_point m_scrubRest;
};

} // namespace gatehouse::media
