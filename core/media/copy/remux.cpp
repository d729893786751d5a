#include "media/copy/remux.h"

#include "base/messages.h"
#include "media/copy/mp4_writer.h"
#include "media/copy/part_file.h"
#include "media/copy/sound_encoder.h"
#include "media/playback/decoder_clip.h"
#include "media/playback/decoder_sound.h"
#include "media/probe/clip_check.h"

#include <algorithm>
#include <cstdlib>
#include <unordered_map>
#include <vector>

namespace gatehouse::media
{

namespace
{

constexpr AVRational kMicroseconds{1, 1'000'000};
constexpr qint64 kMinTolerance = 150; // ms
constexpr int kSpeechRate = 16'000;

// When each packet's picture is shown, by the packet's decoding time: for containers that do not say so.
Result<std::unordered_map<qint64, qint64>> shownTimes(const JobInput &input)
{
    auto decoder = ClipDecoder::open(input.file, {}, input.length);
    if (!decoder)
        return tl::unexpected(decoder.error());
    std::unordered_map<qint64, qint64> out;
    const AVFrame *last = nullptr;
    while (const auto picture = (*decoder)->next()) {
        if (picture->frame.get() == last)
            break; // the sound goes on
        last = picture->frame.get();
        out.emplace(last->pts, picture->time);
    }
    return out;
}

class Remuxer
{
public:
    explicit Remuxer(const JobInput &input) : m_input(input) {}

    Result<void> run(const QString &to)
    {
        return open(to).and_then([this] { return copyPackets(); }).and_then([this] { return finish(); });
    }

private:
    Result<void> open(const QString &to)
    {
        auto source = Source::open(m_input.file);
        if (!source)
            return tl::unexpected(source.error());
        auto file = ClipFile::open(std::move(*source), {}, m_input.length);
        if (!file)
            return tl::unexpected(file.error());
        m_file = std::move(*file);
        if (!Mp4Writer::canHold(m_file->video().codecpar->codec_id))
            return fail(ErrorKind::Invalid, Messages::tr("MP4 can't hold this kind of video."));
        if (const auto planned = plan(); !planned)
            return planned;
        auto writer = Mp4Writer::create(to);
        if (!writer)
            return tl::unexpected(writer.error());
        m_writer = std::move(*writer);
        const auto video = m_writer->addCopyOf(m_file->video(), kMp4Clock);
        if (!video)
            return tl::unexpected(video.error());
        m_video = *video;
        if (const auto opened = openSound(); !opened)
            return opened;
        return m_writer->begin();
    }

    // The times of all pictures, in file order. What containers say about decoding times is incomplete.
    Result<void> plan()
    {
        std::unordered_map<qint64, qint64> shown;
        if (!m_file->hasPts()) {
            auto times = shownTimes(m_input);
            if (!times)
                return tl::unexpected(times.error());
            shown = std::move(*times);
        }
        auto source = Source::open(m_input.file);
        if (!source)
            return tl::unexpected(source.error());
        const auto file = ClipFile::open(std::move(*source), {}, m_input.length);
        if (!file)
            return tl::unexpected(file.error());
        while (const auto next = (*file)->read()) {
            if (next->isSound)
                continue;
            const AVPacket &packet = *next->packet;
            const auto found = shown.find(packet.dts);
            const qint64 own = packet.pts == AV_NOPTS_VALUE || !shown.empty() ? packet.dts : packet.pts;
            m_shown.push_back(found != shown.end() ? found->second : own + m_file->pictureDelay());
        }
        m_decoded = m_shown;
        std::sort(m_decoded.begin(), m_decoded.end());
        qint64 early = 0; // how much earlier pictures are decoded than shown
        for (size_t i = 0; i < m_shown.size(); ++i)
            early = std::max(early, m_decoded[i] - m_shown[i]);
        for (qint64 &time : m_decoded)
            time -= early;
        return {};
    }

    Result<void> openSound()
    {
        const AVStream *sound = m_file->sound();
        if (sound == nullptr)
            return {};
        Result<AVStream *> added = nullptr;
        if (Mp4Writer::canHold(sound->codecpar->codec_id)) {
            added = m_writer->addCopyOf(*sound, {1, std::max(1, sound->codecpar->sample_rate)});
        } else {
            m_decoder = SoundDecoder::open(*sound);
            if (!m_decoder)
                return {}; // the player is silent, too
            SoundFormat format;
            if (sound->codecpar->sample_rate > kSpeechRate)
                format = {SoundSink::kSampleRate, 2, 128'000};
            auto encoder = SoundEncoder::open(format, [this](AVPacket &packet) {
                return m_writer->write(packet, *m_audio, m_encoder->context().time_base);
            });
            if (!encoder)
                return tl::unexpected(encoder.error());
            m_encoder = std::move(*encoder);
            added = m_writer->addStream(m_encoder->context());
        }
        if (!added)
            return tl::unexpected(added.error());
        m_audio = *added;
        return {};
    }

    Result<void> copyPackets()
    {
        const qint64 whole = std::max<qint64>(1, m_file->headerDuration());
        while (auto next = m_file->read()) {
            AVPacket &packet = *next->packet;
            if (m_input.progress)
                m_input.progress(std::clamp(double(packet.dts) / double(whole), 0.0, 1.0));
            const auto written = next->isSound ? writeSound(packet) : writeVideo(packet);
            if (!written)
                return written;
        }
        return {};
    }

    Result<void> writeVideo(AVPacket &packet)
    {
        if (m_number >= m_shown.size())
            return {}; // it has grown since
        packet.pts = m_shown[m_number];
        packet.dts = std::max(m_decoded[m_number], m_lastVideo + kStep);
        ++m_number;
        packet.pts = std::max(packet.pts, packet.dts);
        m_lastVideo = packet.dts;
        m_lastShown = packet.duration > 0 ? packet.duration : m_file->videoStep();
        return m_writer->write(packet, *m_video, kMicroseconds);
    }

    Result<void> writeSound(AVPacket &packet)
    {
        const qint64 delay = m_file->pictureDelay();
        if (m_encoder) {
            m_decoder->decode(packet, delay, *m_encoder);
            return {};
        }
        if (m_audio == nullptr)
            return {};
        packet.dts = std::max(packet.dts + delay, m_lastSound + kStep);
        packet.pts = packet.dts;
        m_lastSound = packet.dts;
        return m_writer->write(packet, *m_audio, kMicroseconds);
    }

    Result<void> finish()
    {
        if (m_encoder) {
            if (const auto finished = m_encoder->finish(); !finished)
                return finished;
        }
        return m_writer->finish(m_lastShown);
    }

    static constexpr qint64 kStep = 1'000; // microseconds: more than one tick of any of the clocks
    static constexpr qint64 kNever = -(qint64(1) << 60);

    const JobInput &m_input;
    std::unique_ptr<ClipFile> m_file;
    std::unique_ptr<Mp4Writer> m_writer;
    std::unique_ptr<SoundEncoder> m_encoder; // null: sound is copied, or there is none
    std::unique_ptr<SoundDecoder> m_decoder;
    std::vector<qint64> m_shown;   // microseconds, in file order
    std::vector<qint64> m_decoded; // the same, when to decode them
    size_t m_number = 0;           // of the next picture
    AVStream *m_video = nullptr;
    AVStream *m_audio = nullptr;
    qint64 m_lastVideo = kNever;
    qint64 m_lastSound = kNever;
    qint64 m_lastShown = 0;
};

Result<ClipCheck> check(const QString &path)
{
    auto source = Source::open(path);
    if (!source)
        return tl::unexpected(source.error());
    auto reader = ClipReader::open(**source);
    if (!reader)
        return tl::unexpected(reader.error());
    ClipCheck out = checkClip(**reader, (*source)->bytes());
    // What can't be read looks like the end of the clip.
    if (const int error = (*reader)->format()->pb->error; error < 0)
        return fail(ErrorKind::Unavailable, avErrorText(error), path);
    return out;
}

QString differenceOf(const ClipCheck &original, const ClipCheck &copy, qint64 length)
{
    const bool isCompared = original.isComplete && copy.isComplete;
    const int before = isCompared ? original.pictures : original.packets;
    const int after = isCompared ? copy.pictures : copy.packets;
    if (std::abs(before - after) > original.faults)
        return Messages::tr("The copy has %1 pictures instead of %2.")
            .arg(QString::number(after), QString::number(before));
    const qint64 duration = length > 0 ? length / 1000 : original.picturesEnd;
    const qint64 tolerated = std::max(kMinTolerance, 3 * duration / std::max(1, before));
    if (original.isDurationAssumed ? length > 0 && std::abs(duration - copy.picturesEnd) > tolerated
                                   : std::abs(original.picturesEnd - copy.picturesEnd) > tolerated)
        return Messages::tr("The copy lasts %1 s instead of %2 s.")
            .arg(QString::number(double(copy.picturesEnd) / 1000, 'f', 1),
                 QString::number(double(duration) / 1000, 'f', 1));
    return {};
}

} // namespace

CopyReport remux(const JobInput &input)
{
    const auto original = check(input.file);
    if (!original)
        return CopyReport::of(original.error());
    if (original->pictures == 0)
        return CopyReport::impossible(Messages::tr("No picture can be decoded."));
    PartFile part(input.output);
    if (const auto written = Remuxer(input).run(part.path()); !written)
        return CopyReport::of(written.error());
    const auto copy = check(part.path());
    if (!copy)
        return CopyReport::of(copy.error());
    if (const QString difference = differenceOf(*original, *copy, input.length); !difference.isEmpty()) {
        // Unless the original went away meanwhile.
        if (const auto again = check(input.file); !again)
            return CopyReport::of(again.error());
        return CopyReport::impossible(difference);
    }
    const auto bytes = part.publish();
    if (!bytes)
        return CopyReport::of(bytes.error());
    return {.outcome = CopyReport::Outcome::Made,
            .bytes = *bytes,
            .pictures = copy->pictures,
            .duration = copy->duration};
}

} // namespace gatehouse::media
