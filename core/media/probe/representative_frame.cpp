#include "media/probe/representative_frame.h"

#include "media/demux/decode_log.h"
#include "media/probe/poster.h"

namespace gatehouse::media
{

namespace
{

constexpr int kMinContrast = 8;
constexpr int kMaxPackets = 600; // a long GOP
constexpr int kMaxKeyframes = 4;
constexpr int kPatience = 15;    // frames
constexpr int kMaxDecoded = 400; // if no keyframe has enough contrast
constexpr qint64 kMaxDecodedPixels = 200'000'000;

bool seekToIndexEntry(ClipReader &reader, int entries)
{
    AVStream *stream = reader.stream();
    for (int i = entries / 3; i >= 0; --i) {
        const AVIndexEntry *entry = avformat_index_get_entry(stream, i);
        if (entry == nullptr || (entry->flags & AVINDEX_KEYFRAME) == 0)
            continue;
        return av_seek_frame(reader.format(), stream->index, entry->timestamp, AVSEEK_FLAG_BACKWARD) >= 0;
    }
    return false;
}

bool seekToThird(ClipReader &reader, qint64 fileBytes)
{
    if (const int entries = avformat_index_get_entries_count(reader.stream()); entries > 3)
        return seekToIndexEntry(reader, entries);
    // Packetized streams can be entered anywhere.
    const QString container = reader.container();
    if (container == QLatin1String("mpegts") || container == QLatin1String("mpeg"))
        return av_seek_frame(reader.format(), -1, fileBytes / 3, AVSEEK_FLAG_BYTE) >= 0;
    return false;
}

struct Candidate {
    Av<AVFrame> frame;
    int score = -1; // contrast

    [[nodiscard]] bool isEnough() const { return score >= kMinContrast; }
};

bool needsOthers(const AVFrame &frame)
{
    return frame.pict_type == AV_PICTURE_TYPE_P || frame.pict_type == AV_PICTURE_TYPE_B ||
           frame.pict_type == AV_PICTURE_TYPE_S;
}

Candidate decodeAlone(ClipReader &reader, const AVPacket *packet)
{
    Av<AVFrame> frame(av_frame_alloc());
    AVCodecContext *decoder = reader.decoder();
    takeDecodeErrors();
    const bool isDecoded = frame && avcodec_send_packet(decoder, packet) >= 0 &&
                           avcodec_send_packet(decoder, nullptr) >= 0 &&
                           avcodec_receive_frame(decoder, frame.get()) >= 0;
    avcodec_flush_buffers(decoder);
    // A damaged frame makes no poster: the full check finds an intact one. Neither does a frame wrongly
    // flagged as a keyframe.
    if (!isDecoded || takeDecodeErrors() > 0 || frame->decode_error_flags != 0 || needsOthers(*frame))
        return {};
    const int score = contrastOf(*frame);
    return {std::move(frame), score};
}

// Returns the number of keyframes it saw.
int lookFromHere(ClipReader &reader, Candidate &best)
{
    int keyframes = 0;
    for (int i = 0; i < kMaxPackets && keyframes < kMaxKeyframes && !best.isEnough(); ++i) {
        const AVPacket *packet = reader.nextPacket();
        if (packet == nullptr || reader.isEncrypted())
            break;
        if ((packet->flags & AV_PKT_FLAG_KEY) == 0)
            continue;
        ++keyframes;
        if (Candidate candidate = decodeAlone(reader, packet); candidate.score > best.score)
            best = std::move(candidate);
    }
    return keyframes;
}

bool seekToBegin(ClipReader &reader)
{
    AVStream *stream = reader.stream();
    const AVIndexEntry *first = avformat_index_get_entry(stream, 0);
    if (first != nullptr &&
        av_seek_frame(reader.format(), stream->index, first->timestamp, AVSEEK_FLAG_BACKWARD) >= 0)
        return true;
    return av_seek_frame(reader.format(), -1, 0, AVSEEK_FLAG_BYTE) >= 0;
}

// Decodes every frame: perhaps only the keyframes are flat. Waits for a scene that brightens.
void lookAtAll(ClipReader &reader, Candidate &best)
{
    AVCodecContext *decoder = reader.decoder();
    Av<AVFrame> frame(av_frame_alloc());
    qint64 pixels = 0;
    int sinceBetter = 0;
    for (int i = 0; frame && i < kMaxDecoded && pixels < kMaxDecodedPixels; ++i) {
        if (best.isEnough() && ++sinceBetter > kPatience)
            break;
        const AVPacket *packet = reader.nextPacket();
        if (packet == nullptr)
            break;
        takeDecodeErrors();
        if (avcodec_send_packet(decoder, packet) < 0)
            continue;
        while (avcodec_receive_frame(decoder, frame.get()) >= 0) {
            pixels += qint64(frame->width) * frame->height;
            const bool isSound = takeDecodeErrors() == 0 && frame->decode_error_flags == 0;
            if (const int score = contrastOf(*frame); isSound && score > best.score + best.score / 10) {
                best = {Av<AVFrame>(av_frame_clone(frame.get())), score};
                sinceBetter = 0;
            }
            av_frame_unref(frame.get());
        }
    }
    avcodec_flush_buffers(decoder);
}

} // namespace

Av<AVFrame> representativeFrame(ClipReader &reader, qint64 fileBytes)
{
    Candidate best;
    const bool hasMoved = seekToThird(reader, fileBytes);
    int keyframes = lookFromHere(reader, best);
    if (hasMoved && !best.isEnough() && seekToBegin(reader))
        keyframes = lookFromHere(reader, best);
    // If many are flat, so is the scene; if nothing was decoded, the full check searches further.
    if (best.frame && !best.isEnough() && keyframes < kMaxKeyframes && !reader.isEncrypted() &&
        seekToBegin(reader))
        lookAtAll(reader, best);
    return std::move(best.frame);
}

} // namespace gatehouse::media
