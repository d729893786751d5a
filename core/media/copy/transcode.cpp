#include "media/copy/transcode.h"

#include "base/messages.h"
#include "media/copy/copy_check.h"
#include "media/copy/mp4_writer.h"
#include "media/copy/part_file.h"
#include "media/copy/picture_scaler.h"
#include "media/copy/sound_encoder.h"
#include "media/copy/video_encoder.h"
#include "media/demux/frame_clock.h"
#include "media/picture/decoder_geometry.h"
#include "media/playback/decoder_clip.h"

#include <algorithm>
#include <vector>

namespace gatehouse::media
{

namespace
{

constexpr size_t kMaxEarly = 250; // video packets until the file has a sound track or none

// One attempt with one encoder.
class Transcoder
{
public:
    Transcoder(const JobInput &input, const CopyRecipe &recipe, const HardwareEncoder *hardware)
        : m_input(input), m_recipe(recipe), m_hardware(hardware)
    {
    }

    // The pictures that were encoded.
    Result<DecodedCopy> run(const QString &to)
    {
        auto decoder = ClipDecoder::open(m_input.file, {}, m_input.length);
        if (!decoder)
            return tl::unexpected(decoder.error());
        m_decoder = std::move(*decoder);
        if (m_decoder->info().isStill)
            return fail(ErrorKind::Invalid, Messages::tr("This is a picture, not a clip."));
        const ShownSize size =
            copySize({m_decoder->info().width, m_decoder->info().height}, m_recipe.shortSide);
        if (size.height * 2 <= m_decoder->info().height)
            m_decoder->skipLoopFilter();
        auto writer = Mp4Writer::create(to);
        if (!writer)
            return tl::unexpected(writer.error());
        m_writer = std::move(*writer);
        return openSound()
            .and_then([this] { return encodePictures(); })
            .and_then([this] { return finish(); })
            .map([this] { return m_made; });
    }

    // From the clip's start to the end of the last picture.
    [[nodiscard]] qint64 length() const
    {
        const qint64 length = m_clock.length() + m_made.first;
        const qint64 header = m_decoder->info().duration;
        return m_recipe.keysOnly && header > m_made.last ? std::min(length, header) : length;
    }

private:
    Result<void> openSound()
    {
        m_decoder->setKeysOnly(m_recipe.keysOnly);
        if (m_recipe.keysOnly || !m_decoder->info().hasSound)
            return {};
        auto sound = SoundEncoder::open({}, [this](AVPacket &packet) { return takeSound(packet); });
        if (!sound)
            return tl::unexpected(sound.error());
        m_sound = std::move(*sound);
        m_decoder->setSound(m_sound.get(), 0);
        return {};
    }

    Result<void> encodePictures()
    {
        PictureScaler scaler(m_recipe.shortSide, m_decoder->orientation());
        std::optional<DecodedFrame> last;
        while (auto picture = m_decoder->next()) {
            if (last && picture->frame == last->frame)
                continue; // it stands while the sound goes on
            if (m_recipe.keysOnly && last && !isKeyFrame(*picture->frame))
                continue;
            // A keyframe stands for those that follow it.
            m_clock.add(picture->time, m_recipe.keysOnly ? 0 : durationOf(*picture->frame));
            const Av<AVFrame> small = scaler.scaled(*picture->frame);
            if (!small)
                return fail(ErrorKind::Corrupt, Messages::tr("The picture can't be scaled."));
            if (!m_encoder) {
                if (const auto opened = openEncoder(scaler.size(), *picture->frame); !opened)
                    return opened;
            }
            if (const auto encoded = m_encoder->encode(
                    *small, picture->time, [this](AVPacket &packet) { return takeVideo(packet); });
                !encoded)
                return encoded;
            if (m_made.pictures++ == 0)
                m_made.first = picture->time;
            m_made.last = picture->time;
            report(picture->time);
            last = std::move(picture);
        }
        if (m_made.pictures == 0)
            return fail(ErrorKind::Corrupt, Messages::tr("No picture can be decoded."));
        return {};
    }

    Result<void> openEncoder(ShownSize size, const AVFrame &picture)
    {
        auto encoder = VideoEncoder::open({.width = size.width,
                                           .height = size.height,
                                           .step = m_decoder->usualStep(),
                                           .bitRate = m_recipe.bitRate,
                                           .keyEvery = m_recipe.keyEvery,
                                           .isFullRange = isFullRange(picture),
                                           .colours = colourSpaceOf(picture)},
                                          m_hardware);
        if (!encoder)
            return tl::unexpected(encoder.error());
        m_encoder = std::move(*encoder);
        return {};
    }

    void report(qint64 time)
    {
        const qint64 whole = std::max(m_input.length, m_decoder->info().duration);
        if (m_input.progress && whole > 0)
            m_input.progress(std::min(1.0, double(time) / double(whole)));
    }

    // A stream that is declared may never come: the header waits for its first packet.
    Result<void> takeVideo(AVPacket &packet)
    {
        if (!m_video && m_sound && !m_sound->hasSound() && m_early.size() < kMaxEarly) {
            m_early.emplace_back(av_packet_clone(&packet));
            return {};
        }
        if (const auto begun = begin(); !begun)
            return begun;
        return m_writer->write(packet, *m_video, m_encoder->context().time_base);
    }

    Result<void> takeSound(AVPacket &packet)
    {
        if (!m_video && !m_encoder) { // sound comes before the first picture
            m_earlySound.emplace_back(av_packet_clone(&packet));
            return {};
        }
        if (const auto begun = begin(); !begun)
            return begun;
        if (m_audio == nullptr)
            return {}; // too late for a track
        return m_writer->write(packet, *m_audio, m_sound->context().time_base);
    }

    Result<void> begin()
    {
        if (m_video != nullptr)
            return {};
        const auto video = m_writer->addStream(m_encoder->context());
        if (!video)
            return tl::unexpected(video.error());
        m_video = *video;
        if (m_sound && m_sound->hasSound()) {
            const auto audio = m_writer->addStream(m_sound->context());
            if (!audio)
                return tl::unexpected(audio.error());
            m_audio = *audio;
        }
        if (const auto begun = m_writer->begin(); !begun)
            return begun;
        for (const Av<AVPacket> &packet : std::exchange(m_early, {})) {
            if (const auto taken = takeVideo(*packet); !taken)
                return taken;
        }
        for (const Av<AVPacket> &packet : std::exchange(m_earlySound, {})) {
            if (const auto taken = takeSound(*packet); !taken)
                return taken;
        }
        return {};
    }

    Result<void> finish()
    {
        return m_encoder->finish([this](AVPacket &packet) { return takeVideo(packet); })
            .and_then([this] { return m_sound ? m_sound->finish() : Result<void>(); })
            .and_then([this] { return begin(); })
            .and_then([this] { return m_writer->finish(std::max<qint64>(1, length() - m_made.last)); });
    }

    const JobInput &m_input;
    const CopyRecipe &m_recipe;
    const HardwareEncoder *m_hardware;
    std::unique_ptr<Mp4Writer> m_writer;
    std::unique_ptr<SoundEncoder> m_sound;
    std::unique_ptr<VideoEncoder> m_encoder;
    std::unique_ptr<ClipDecoder> m_decoder; // pushes into m_sound: destroyed first
    std::vector<Av<AVPacket>> m_early;      // until the file has its header
    std::vector<Av<AVPacket>> m_earlySound;
    AVStream *m_video = nullptr; // once the file has its header
    AVStream *m_audio = nullptr;
    FrameClock m_clock{0};
    DecodedCopy m_made;
};

CopyReport attempt(const JobInput &input, const CopyRecipe &recipe, const HardwareEncoder *hardware)
{
    PartFile part(input.output);
    Transcoder transcoder(input, recipe, hardware);
    const auto made = transcoder.run(part.path());
    if (!made)
        return CopyReport::of(made.error());
    const auto found = decodeCopy(part.path());
    if (!found)
        return CopyReport::of(found.error());
    if (!matches(*made, *found))
        return CopyReport::impossible(
            Messages::tr("The copy has %1 pictures instead of %2.")
                .arg(QString::number(found->pictures), QString::number(made->pictures)));
    const auto bytes = part.publish();
    if (!bytes)
        return CopyReport::of(bytes.error());
    return {.outcome = CopyReport::Outcome::Made,
            .bytes = *bytes,
            .pictures = found->pictures,
            .duration = (transcoder.length() + 500) / 1000,
            .hardware = hardware != nullptr ? hardware->name : QString()};
}

} // namespace

CopyReport transcode(const JobInput &input, const CopyRecipe &recipe,
                     const std::vector<HardwareEncoder> &hardware)
{
    QStringList failed;
    while (const HardwareEncoder *encoder = firstWorking(hardware, input.hardware, failed)) {
        CopyReport report = attempt(input, recipe, encoder);
        report.failedHardware = failed;
        if (report.isMade())
            return report;
        failed.append(encoder->name);
    }
    CopyReport report = attempt(input, recipe, nullptr);
    report.failedHardware = failed;
    return report;
}

} // namespace gatehouse::media
