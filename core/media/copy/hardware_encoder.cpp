#include "media/copy/hardware_encoder.h"

#include "media/copy/video_encoder.h"

#include <algorithm>
#include <cstdlib>

namespace gatehouse::media
{

namespace
{

constexpr int kTestWidth = 640;
constexpr int kTestHeight = 360;
constexpr int kTestPictures = 8;
constexpr int kMaxDifference = 12; // of 255, on average

uint8_t lightAt(int x, int y, int number)
{
    const bool isInBlock = x / 80 == number && y / 90 == 1;
    return isInBlock ? 220 : uint8_t(40 + 100 * x / kTestWidth + 60 * y / kTestHeight);
}

Av<AVFrame> testPicture(int number)
{
    Av<AVFrame> out(av_frame_alloc());
    if (!out)
        return {};
    out->width = kTestWidth;
    out->height = kTestHeight;
    out->format = AV_PIX_FMT_YUV420P;
    if (av_frame_get_buffer(out.get(), 0) < 0)
        return {};
    for (int y = 0; y < kTestHeight; ++y) {
        for (int x = 0; x < kTestWidth; ++x)
            out->data[0][y * out->linesize[0] + x] = lightAt(x, y, number);
    }
    for (int plane = 1; plane < 3; ++plane)
        std::fill_n(out->data[plane], qint64(out->linesize[plane]) * kTestHeight / 2,
                    uint8_t(90 + 40 * plane));
    return out;
}

bool looksAlike(const AVFrame &picture, int number)
{
    if (picture.width != kTestWidth || picture.height != kTestHeight)
        return false;
    qint64 difference = 0;
    for (int y = 0; y < kTestHeight; ++y) {
        for (int x = 0; x < kTestWidth; ++x)
            difference += std::abs(picture.data[0][y * picture.linesize[0] + x] - lightAt(x, y, number));
    }
    return difference <= qint64(kMaxDifference) * kTestWidth * kTestHeight;
}

// Decodes in software what the encoder made, and counts the pictures that look right.
class Verifier
{
public:
    bool open(const AVCodecContext &encoder)
    {
        const AVCodec *codec = avcodec_find_decoder(AV_CODEC_ID_H264);
        m_decoder.reset(codec != nullptr ? avcodec_alloc_context3(codec) : nullptr);
        m_picture.reset(av_frame_alloc());
        AVCodecParameters *parameters = avcodec_parameters_alloc();
        const bool isOpen = m_decoder && m_picture && parameters != nullptr &&
                            avcodec_parameters_from_context(parameters, &encoder) >= 0 &&
                            avcodec_parameters_to_context(m_decoder.get(), parameters) >= 0;
        avcodec_parameters_free(&parameters);
        if (!isOpen)
            return false;
        m_decoder->thread_count = 1;
        return avcodec_open2(m_decoder.get(), codec, nullptr) >= 0;
    }

    void take(const AVPacket *packet)
    {
        avcodec_send_packet(m_decoder.get(), packet);
        while (avcodec_receive_frame(m_decoder.get(), m_picture.get()) >= 0)
            m_matching += looksAlike(*m_picture, m_seen++) ? 1 : 0;
    }

    [[nodiscard]] bool isComplete() const { return m_seen == kTestPictures && m_matching == kTestPictures; }

private:
    Av<AVCodecContext> m_decoder;
    Av<AVFrame> m_picture;
    int m_seen = 0;
    int m_matching = 0;
};

} // namespace

const std::vector<HardwareEncoder> &hardwareEncoders()
{
    static const std::vector<HardwareEncoder> all{
        {QStringLiteral("vaapi"), "h264_vaapi", AV_HWDEVICE_TYPE_VAAPI},
        {QStringLiteral("qsv"), "h264_qsv"},
        {QStringLiteral("nvenc"), "h264_nvenc", AV_HWDEVICE_TYPE_NONE, AV_PIX_FMT_YUV420P},
        {QStringLiteral("v4l2"), "h264_v4l2m2m"},
    };
    return all;
}

QStringList hardwareEncoderNames()
{
    QStringList out;
    for (const HardwareEncoder &encoder : hardwareEncoders())
        out.append(encoder.name);
    return out;
}

bool isWorking(const HardwareEncoder &hardware)
{
    constexpr qint64 step = 40'000;
    const auto encoder = VideoEncoder::open(
        {.width = kTestWidth, .height = kTestHeight, .step = step, .keyEvery = 4 * step}, &hardware);
    Verifier verifier;
    if (!encoder || !verifier.open((*encoder)->context()))
        return false;
    const auto take = [&verifier](AVPacket &packet) -> Result<void> {
        verifier.take(&packet);
        return {};
    };
    for (int i = 0; i < kTestPictures; ++i) {
        const Av<AVFrame> picture = testPicture(i);
        if (!picture || !(*encoder)->encode(*picture, i * step, take))
            return false;
    }
    if (!(*encoder)->finish(take))
        return false;
    verifier.take(nullptr);
    return verifier.isComplete();
}

const HardwareEncoder *firstWorking(const std::vector<HardwareEncoder> &candidates, const QStringList &names,
                                    QStringList &failed)
{
    for (const HardwareEncoder &candidate : candidates) {
        if (!names.contains(candidate.name) || failed.contains(candidate.name))
            continue;
        if (isWorking(candidate))
            return &candidate;
        failed.append(candidate.name);
    }
    return nullptr;
}

} // namespace gatehouse::media
