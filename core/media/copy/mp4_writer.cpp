#include "media/copy/mp4_writer.h"

#include "base/messages.h"

#include <QFile>
#include <algorithm>

namespace gatehouse::media
{

namespace
{

constexpr qsizetype kMatrixBytes = 9 * sizeof(int32_t);

// libav copies a stream's parameters without its rotation.
bool copyRotation(const AVStream &from, AVStream &to)
{
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 31, 102)
    (void)from;
    (void)to;
    return true; // it does
#else
    size_t size = 0;
    const uint8_t *matrix = av_stream_get_side_data(&from, AV_PKT_DATA_DISPLAYMATRIX, &size);
    if (matrix == nullptr || size < size_t(kMatrixBytes))
        return true;
    uint8_t *copy = av_stream_new_side_data(&to, AV_PKT_DATA_DISPLAYMATRIX, kMatrixBytes);
    if (copy == nullptr)
        return false;
    std::copy_n(matrix, kMatrixBytes, copy);
    return true;
#endif
}

} // namespace

Result<std::unique_ptr<Mp4Writer>> Mp4Writer::create(const QString &path)
{
    std::unique_ptr<Mp4Writer> writer(new Mp4Writer);
    writer->m_path = path;
    const QByteArray url = "file:" + QFile::encodeName(path); // whatever the path contains
    if (avformat_alloc_output_context2(&writer->m_format, nullptr, "mp4", url.constData()) < 0)
        return fail(ErrorKind::Unavailable, Messages::tr("Not enough memory."), path);
    const int error = avio_open(&writer->m_format->pb, url.constData(), AVIO_FLAG_READ_WRITE);
    if (error < 0)
        return writer->errorOf(error);
    return writer;
}

Mp4Writer::~Mp4Writer()
{
    if (m_format != nullptr)
        avio_closep(&m_format->pb);
    avformat_free_context(m_format);
}

tl::unexpected<Error> Mp4Writer::errorOf(int number) const
{
    const ErrorKind kind =
        number == AVERROR(ENOSPC) || number == AVERROR(EDQUOT) || number == AVERROR(EFBIG) ? ErrorKind::Full
        : number == AVERROR(EACCES)                                                        ? ErrorKind::Denied
        : number == AVERROR(EINVAL) || number == AVERROR_INVALIDDATA ? ErrorKind::Corrupt
                                                                     : ErrorKind::Unavailable;
    return fail(kind, avErrorText(number), m_path);
}

bool Mp4Writer::canHold(AVCodecID codec)
{
    const AVOutputFormat *format = av_guess_format("mp4", nullptr, nullptr);
    return format != nullptr && avformat_query_codec(format, codec, FF_COMPLIANCE_NORMAL) == 1;
}

Result<AVStream *> Mp4Writer::addStream(const AVCodecContext &encoder)
{
    AVStream *stream = avformat_new_stream(m_format, nullptr);
    if (stream == nullptr || avcodec_parameters_from_context(stream->codecpar, &encoder) < 0)
        return fail(ErrorKind::Unavailable, Messages::tr("Not enough memory."), m_path);
    stream->time_base = encoder.time_base;
    return stream;
}

Result<AVStream *> Mp4Writer::addCopyOf(const AVStream &from, AVRational clock)
{
    AVStream *stream = avformat_new_stream(m_format, nullptr);
    if (stream == nullptr || avcodec_parameters_copy(stream->codecpar, from.codecpar) < 0 ||
        !copyRotation(from, *stream))
        return fail(ErrorKind::Unavailable, Messages::tr("Not enough memory."), m_path);
    stream->codecpar->codec_tag = 0; // the other container's
    stream->time_base = clock;
    stream->sample_aspect_ratio = from.sample_aspect_ratio;
    return stream;
}

Result<void> Mp4Writer::begin()
{
    AVDictionary *options = nullptr;
    av_dict_set(&options, "movflags", "+faststart", 0);
    av_dict_set(&options, "movie_timescale", "90000", 0); // a stream may start between two milliseconds
    const int error = avformat_write_header(m_format, &options);
    av_dict_free(&options);
    if (error < 0)
        return errorOf(error);
    return {};
}

Result<void> Mp4Writer::write(AVPacket &packet, const AVStream &stream, AVRational base)
{
    packet.stream_index = stream.index;
    av_packet_rescale_ts(&packet, base, stream.time_base);
    packet.pos = -1;
    if (stream.codecpar->codec_type != AVMEDIA_TYPE_VIDEO)
        return put(packet);
    Av<AVPacket> next(av_packet_clone(&packet));
    if (!next)
        return fail(ErrorKind::Unavailable, Messages::tr("Not enough memory."), m_path);
    std::swap(m_held, next);
    if (!next)
        return {};
    next->duration = std::max<qint64>(0, m_held->dts - next->dts);
    return put(*next);
}

Result<void> Mp4Writer::put(AVPacket &packet)
{
    const int error = av_interleaved_write_frame(m_format, &packet);
    if (error < 0)
        return errorOf(error);
    return {};
}

Result<void> Mp4Writer::finish(qint64 lastShown)
{
    if (m_held) {
        m_held->duration =
            av_rescale_q(lastShown, {1, 1'000'000}, m_format->streams[m_held->stream_index]->time_base);
        if (const auto written = put(*m_held); !written)
            return written;
    }
    const int error = av_write_trailer(m_format);
    const int closed = avio_closep(&m_format->pb);
    if (error < 0 || closed < 0)
        return errorOf(error < 0 ? error : closed);
    return {};
}

} // namespace gatehouse::media
