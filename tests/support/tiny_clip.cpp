#include "support/tiny_media.h"
#include "support/tiny_scene.h"

#include <algorithm>
#include <cmath>
#include <cstring>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/display.h>
#include <libavutil/opt.h>
}

// x265 leaks a few kilobytes per encoder; only the leak sanitizer reads this.
extern "C" const char *__lsan_default_suppressions();
extern "C" const char *__lsan_default_suppressions()
{
    return "leak:libx265\n";
}

namespace gatehouse::tests
{

namespace
{

constexpr int kSoundRate = 16'000;

const AVCodec *videoEncoder(const QByteArray &codec)
{
    if (codec == "h264")
        return avcodec_find_encoder_by_name("libx264");
    if (codec == "hevc")
        return avcodec_find_encoder_by_name("libx265");
    return avcodec_find_encoder_by_name(codec.constData());
}

AVCodecID soundCodecFor(const QByteArray &container)
{
    if (container == "avi" || container == "wav")
        return AV_CODEC_ID_PCM_MULAW;
    return container == "vob" ? AV_CODEC_ID_MP2 : AV_CODEC_ID_AAC;
}

void setMono(AVCodecContext *context, AVFrame *frame)
{
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(57, 28, 100)
    av_channel_layout_default(&context->ch_layout, 1);
    av_channel_layout_default(&frame->ch_layout, 1);
#else
    context->channel_layout = AV_CH_LAYOUT_MONO;
    context->channels = 1;
    frame->channel_layout = AV_CH_LAYOUT_MONO;
    frame->channels = 1;
#endif
}

// One stream being written into the container.
struct Track {
    AVCodecContext *context = nullptr;
    AVStream *stream = nullptr;
    AVFrame *frame = nullptr;

    ~Track()
    {
        avcodec_free_context(&context);
        av_frame_free(&frame);
    }
};

struct Memory {
    QByteArray bytes;
    qint64 position = 0;

#if LIBAVFORMAT_VERSION_MAJOR >= 61
    static int write(void *memory, const uint8_t *data, int size)
#else
    static int write(void *memory, uint8_t *data, int size)
#endif
    {
        auto *self = static_cast<Memory *>(memory);
        self->bytes.resize(std::max<qsizetype>(self->bytes.size(), self->position + size));
        std::memcpy(self->bytes.data() + self->position, data, size_t(size));
        self->position += size;
        return size;
    }

    static int64_t seek(void *memory, int64_t offset, int whence)
    {
        auto *self = static_cast<Memory *>(memory);
        if ((whence & AVSEEK_SIZE) != 0)
            return self->bytes.size();
        if (whence == SEEK_CUR)
            offset += self->position;
        else if (whence == SEEK_END)
            offset += self->bytes.size();
        self->position = offset;
        return offset;
    }
};

class ClipMaker
{
public:
    explicit ClipMaker(const ClipRecipe &recipe) : m_recipe(recipe) {}
    ~ClipMaker()
    {
        if (m_format != nullptr && m_format->pb != nullptr) {
            av_freep(&m_format->pb->buffer);
            avio_context_free(&m_format->pb);
        }
        avformat_free_context(m_format);
        av_packet_free(&m_packet);
    }
    Q_DISABLE_COPY_MOVE(ClipMaker)

    QByteArray make()
    {
        m_packet = av_packet_alloc();
        if (avformat_alloc_output_context2(&m_format, nullptr, m_recipe.container.constData(), nullptr) < 0 ||
            !openMemory() || (m_recipe.withPictures && !openVideo()) || (m_recipe.withSound && !openSound()))
            return {};
        m_format->flags |= AVFMT_FLAG_BITEXACT; // reproducible output
        if (m_recipe.startTime != 0) {
            const QDateTime time = QDateTime::fromMSecsSinceEpoch(m_recipe.startTime, Qt::UTC);
            av_dict_set(&m_format->metadata, "creation_time",
                        time.toString(Qt::ISODateWithMs).toLatin1().constData(), 0);
        }
        if (!writeHeader() || !writePictures() || av_write_trailer(m_format) < 0)
            return {};
        avio_flush(m_format->pb);
        return m_memory.bytes;
    }

private:
    // Muxers seek back to patch sizes; libav's own dynamic buffer then loses its end.
    bool openMemory()
    {
        constexpr int bufferBytes = 4096;
        auto *buffer = static_cast<uint8_t *>(av_malloc(bufferBytes));
        m_format->pb =
            avio_alloc_context(buffer, bufferBytes, 1, &m_memory, nullptr, &Memory::write, &Memory::seek);
        return m_format->pb != nullptr;
    }

    bool writeHeader()
    {
        AVDictionary *options = nullptr;
        if (m_recipe.isFragmented)
            av_dict_set(&options, "movflags", "frag_keyframe+empty_moov", 0);
        if (m_recipe.isEncrypted) {
            av_dict_set(&options, "encryption_scheme", "cenc-aes-ctr", 0);
            av_dict_set(&options, "encryption_key", "76a6c65c5ea762046bd749a2e632ccbb", 0);
            av_dict_set(&options, "encryption_kid", "a7e61c373e219033c21091fa607bf3b8", 0);
        }
        const int written = avformat_write_header(m_format, &options);
        av_dict_free(&options);
        return written >= 0;
    }

    bool openTrack(Track &track, const AVCodec *codec)
    {
        if ((m_format->oformat->flags & AVFMT_GLOBALHEADER) != 0)
            track.context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
        track.context->flags |= AV_CODEC_FLAG_BITEXACT;
        track.context->thread_count = 1;
        track.stream = avformat_new_stream(m_format, nullptr);
        if (track.stream == nullptr || avcodec_open2(track.context, codec, nullptr) < 0)
            return false;
        track.stream->time_base = track.context->time_base;
        return avcodec_parameters_from_context(track.stream->codecpar, track.context) >= 0;
    }

    bool openVideo()
    {
        const AVCodec *codec = videoEncoder(m_recipe.codec);
        if (codec == nullptr)
            return false;
        m_video.context = avcodec_alloc_context3(codec);
        m_video.frame = av_frame_alloc();
        const AVPixelFormat format =
            codec->id == AV_CODEC_ID_MJPEG ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P;
        m_video.context->width = m_video.frame->width = m_recipe.width;
        m_video.context->height = m_video.frame->height = m_recipe.height;
        m_video.context->pix_fmt = format;
        m_video.frame->format = format;
        m_video.context->time_base = {1, m_recipe.fps};
        m_video.context->framerate = {m_recipe.fps, 1};
        m_video.context->gop_size = m_recipe.keyEvery > 0 ? m_recipe.keyEvery : m_recipe.fps;
        av_opt_set(m_video.context->priv_data, "preset", "ultrafast", 0);
        av_opt_set(m_video.context->priv_data, "x265-params", "log-level=none", 0);
        if (!openTrack(m_video, codec) || av_frame_get_buffer(m_video.frame, 0) < 0)
            return false;
        m_video.stream->avg_frame_rate = m_video.context->framerate;
        return m_recipe.degrees == 0 || turn();
    }

    bool turn()
    {
        constexpr size_t matrixBytes = 9 * sizeof(int32_t);
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 31, 102)
        AVCodecParameters *parameters = m_video.stream->codecpar;
        AVPacketSideData *side =
            av_packet_side_data_new(&parameters->coded_side_data, &parameters->nb_coded_side_data,
                                    AV_PKT_DATA_DISPLAYMATRIX, matrixBytes, 0);
        auto *matrix = side != nullptr ? reinterpret_cast<int32_t *>(side->data) : nullptr;
#else
        auto *matrix = reinterpret_cast<int32_t *>(
            av_stream_new_side_data(m_video.stream, AV_PKT_DATA_DISPLAYMATRIX, matrixBytes));
#endif
        if (matrix == nullptr)
            return false;
        av_display_rotation_set(matrix, m_recipe.degrees); // clockwise in, counter-clockwise when read
        return true;
    }

    bool openSound()
    {
        const AVCodec *codec = avcodec_find_encoder(soundCodecFor(m_recipe.container));
        if (codec == nullptr)
            return false;
        m_sound.context = avcodec_alloc_context3(codec);
        m_sound.frame = av_frame_alloc();
        const bool isFloat = codec->id == AV_CODEC_ID_AAC;
        m_sound.context->sample_fmt = isFloat ? AV_SAMPLE_FMT_FLTP : AV_SAMPLE_FMT_S16;
        m_sound.context->sample_rate = m_sound.frame->sample_rate = kSoundRate;
        m_sound.context->time_base = {1, kSoundRate};
        setMono(m_sound.context, m_sound.frame);
        if (!openTrack(m_sound, codec))
            return false;
        m_sound.frame->format = m_sound.context->sample_fmt;
        m_sound.frame->nb_samples = m_sound.context->frame_size > 0 ? m_sound.context->frame_size : 1024;
        return av_frame_get_buffer(m_sound.frame, 0) >= 0;
    }

    bool writePictures()
    {
        const int count = std::max(1, int(std::lround(m_recipe.seconds * m_recipe.fps)));
        for (int i = 0; i < count; ++i) {
            if (!m_recipe.withPictures) {
                if (!writeSoundUntil(double(i + 1) / m_recipe.fps))
                    return false;
                continue;
            }
            if (av_frame_make_writable(m_video.frame) < 0)
                return false;
            if (m_recipe.isBlackAtFirst && i * 2 < m_recipe.fps)
                drawBlack(*m_video.frame);
            else
                drawScene(*m_video.frame, i);
            m_video.frame->pts = i;
            if (!encode(m_video, m_video.frame) || !writeSoundUntil(double(i + 1) / m_recipe.fps))
                return false;
        }
        return (!m_recipe.withPictures || encode(m_video, nullptr)) &&
               (m_sound.context == nullptr || encode(m_sound, nullptr));
    }

    bool writeSoundUntil(double seconds)
    {
        while (m_sound.context != nullptr && m_samples < qint64(seconds * kSoundRate)) {
            if (av_frame_make_writable(m_sound.frame) < 0)
                return false;
            for (int i = 0; i < m_sound.frame->nb_samples; ++i) {
                const double tone = 0.2 * std::sin(2 * M_PI * 440 * double(m_samples + i) / kSoundRate);
                if (m_sound.frame->format == AV_SAMPLE_FMT_FLTP)
                    reinterpret_cast<float *>(m_sound.frame->data[0])[i] = float(tone);
                else
                    reinterpret_cast<qint16 *>(m_sound.frame->data[0])[i] = qint16(tone * 32767);
            }
            m_sound.frame->pts = m_samples;
            m_samples += m_sound.frame->nb_samples;
            if (!encode(m_sound, m_sound.frame))
                return false;
        }
        return true;
    }

    bool encode(const Track &track, const AVFrame *frame)
    {
        if (avcodec_send_frame(track.context, frame) < 0)
            return false;
        while (avcodec_receive_packet(track.context, m_packet) >= 0) {
            m_packet->stream_index = track.stream->index;
            if (m_packet->duration == 0 && &track == &m_video)
                m_packet->duration = 1;
            av_packet_rescale_ts(m_packet, track.context->time_base, track.stream->time_base);
            if (av_interleaved_write_frame(m_format, m_packet) < 0)
                return false;
        }
        return true;
    }

    ClipRecipe m_recipe;
    Memory m_memory;
    AVFormatContext *m_format = nullptr;
    AVPacket *m_packet = nullptr;
    Track m_video;
    Track m_sound;
    qint64 m_samples = 0;
};

} // namespace

QByteArray makeClip(const ClipRecipe &recipe)
{
    av_log_set_level(AV_LOG_QUIET);
    return ClipMaker(recipe).make();
}

} // namespace gatehouse::tests
