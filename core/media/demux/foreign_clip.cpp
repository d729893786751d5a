#include "media/demux/foreign_clip.h"

#include "base/messages.h"

#include <QStringList>
#include <algorithm>
#include <cctype>

namespace gatehouse::media
{

namespace
{

constexpr int kLookedAtMs = 1500;
constexpr int kMaxProbedPackets = 200; // packets until the first audio packet

QString codecName(const AVCodecParameters &video)
{
    constexpr unsigned inTransportStream = 0x33;
    const unsigned tag = video.codec_tag;
    if (video.codec_id == AV_CODEC_ID_VVC || tag == MKTAG('v', 'v', 'c', '1') ||
        tag == MKTAG('v', 'v', 'i', '1') || (video.codec_id == AV_CODEC_ID_NONE && tag == inTransportStream))
        return QStringLiteral("H.266");
    if (video.codec_id != AV_CODEC_ID_NONE)
        return QString::fromLatin1(avcodec_get_name(video.codec_id)).toUpper();
    QByteArray letters;
    for (int i = 0; i < 4; ++i)
        letters += char(tag >> (8 * i));
    const bool isReadable =
        std::all_of(letters.begin(), letters.end(), [](char c) { return std::isalnum(uchar(c)) != 0; });
    return isReadable ? QString::fromLatin1(letters) : QString();
}

bool hasDecoder(const AVCodecParameters &parameters)
{
    return avcodec_find_decoder(parameters.codec_id) != nullptr;
}

// A known format that we cannot decode, not garbage.
bool isForeignVideo(const AVFormatContext &format, const AVCodecParameters &parameters)
{
    const bool isOfTransportStream = qstrcmp(format.iformat->name, "mpegts") == 0;
    const bool isVideo = parameters.codec_type == AVMEDIA_TYPE_VIDEO ||
                         (isOfTransportStream && codecName(parameters) == QLatin1String("H.266"));
    return isVideo && !hasDecoder(parameters) && !codecName(parameters).isEmpty();
}

bool hasSound(AVFormatContext *format, int stream)
{
    const Av<AVPacket> packet(av_packet_alloc());
    for (int i = 0; packet && i < kMaxProbedPackets && av_read_frame(format, packet.get()) >= 0; ++i) {
        const bool isFound = packet->stream_index == stream && packet->size > 0;
        av_packet_unref(packet.get());
        if (isFound)
            return true;
    }
    return false;
}

// Raw H.266 begins with a NAL unit that exists only in H.266.
bool isRawH266(const QByteArray &head)
{
    const qsizetype start = head.indexOf(QByteArray::fromHex("000001"));
    if (start < 0 || start > 1 || head.size() < start + 5 || head[start + 3] != 0)
        return false;
    const int unit = uchar(head[start + 4]) >> 3;
    const bool isFirst = (head[start + 4] & 7) == 1;
    return isFirst && (unit == 13 || unit == 14 || unit == 15 || unit == 20); // DCI, VPS, SPS, AUD
}

} // namespace

QString cannotShow(const AVCodecParameters &video)
{
    const QString name = codecName(video);
    return name.isEmpty() ? Messages::tr("Gatehouse can't show this kind of video.")
                          : Messages::tr("Gatehouse can't show %1 video.").arg(name);
}

std::optional<ProbeResult> foreignClip(Source &source)
{
    ProbeResult out;
    out.kind = Kind::Clip;
    out.state = ItemState::Ok;
    if (isRawH266(source.at(0, 8))) {
        out.container = out.videoCodec = QStringLiteral("vvc");
        out.reason = Messages::tr("Gatehouse can't show %1 video.").arg(QStringLiteral("H.266"));
        return out;
    }
    const auto input = Input::open(source, kLookedAtMs);
    if (!input)
        return std::nullopt;
    AVFormatContext *format = (*input)->format();
    out.container = (*input)->container();
    out.duration = format->duration > 0 ? format->duration / 1000 : 0;
    const int sound = av_find_best_stream(format, AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0);
    if (sound >= 0)
        out.audioCodec = QString::fromLatin1(avcodec_get_name(format->streams[sound]->codecpar->codec_id));
    bool hasVideo = false;
    for (unsigned i = 0; i < format->nb_streams; ++i) {
        const AVCodecParameters &parameters = *format->streams[i]->codecpar;
        hasVideo = hasVideo || parameters.codec_type == AVMEDIA_TYPE_VIDEO;
        if (!isForeignVideo(*format, parameters))
            continue;
        out.videoCodec = codecName(parameters).toLower();
        out.reason = cannotShow(parameters);
        return out;
    }
    if (hasVideo || sound < 0 || !hasSound(format, sound))
        return std::nullopt;
    const qint64 seconds = (out.duration + 500) / 1000;
    out.reason = seconds > 0 ? Messages::tr("This recording contains only sound (%1 s).").arg(seconds)
                             : Messages::tr("This recording contains only sound.");
    return out;
}

bool isScrambled(const Source &source)
{
    constexpr int packetBytes = 188;
    constexpr qsizetype looked = packetBytes * 2000;
    const QByteArray bytes = source.at(0, looked);
    int withPayload = 0;
    int scrambled = 0;
    for (qsizetype at = 0; at + packetBytes <= bytes.size(); at += packetBytes) {
        if (bytes[at] != 'G')
            return false;
        withPayload += (bytes[at + 3] & 0x10) != 0 ? 1 : 0;
        scrambled += (uchar(bytes[at + 3]) & 0xC0) >= 0x80 ? 1 : 0;
    }
    return scrambled * 10 > withPayload; // tables and padding are never scrambled
}

} // namespace gatehouse::media
