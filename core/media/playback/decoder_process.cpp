#include "media/playback/decoder_process.h"

#include "media/picture/heif_decoder.h"
#include "media/playback/decoder_thread.h"
#include "media/playback/decoder_wire.h"
#include "media/worker/worker_sandbox.h"

#include <QCoreApplication>
#include <chrono>
#include <cstring>
#include <malloc.h>
#include <thread>
#include <unistd.h>

namespace gatehouse::media
{

namespace
{

using namespace std::chrono_literals;

// The queue is in the window; this side tracks what is still to be played.
class SoundForwarder final : public SoundSink
{
public:
    void restart(qint64 time) override
    {
        DecoderReport report;
        report.kind = DecoderReport::Kind::SoundRestart;
        report.runTime = time;
        m_start = time;
        m_end = time;
        sendReport(kDecoderSocket, report);
    }

    void push(const int16_t *samples, int frames, qint64 time) override
    {
        for (int sent = 0; sent < frames; sent += kMaxSoundFrames) {
            const int now = std::min(kMaxSoundFrames, frames - sent);
            DecoderReport report;
            report.kind = DecoderReport::Kind::Sound;
            report.runTime = time + qint64(sent) * 1'000'000 / kSampleRate;
            const auto *bytes = reinterpret_cast<const char *>(samples + qsizetype(sent) * kChannels);
            sendReport(kDecoderSocket, report, {bytes, qsizetype(now) * kFrameBytes});
        }
        m_end = std::max(m_end.load(), time + qint64(frames) * 1'000'000 / kSampleRate);
    }

    [[nodiscard]] qint64 buffered() const override { return std::max<qint64>(0, m_end - m_start); }

    void heardTo(qint64 time) { m_start = time; }

private:
    std::atomic<qint64> m_start = 0;
    std::atomic<qint64> m_end = 0;
};

class DecoderProcess
{
public:
    explicit DecoderProcess(std::shared_ptr<PictureRing> ring) : m_ring(std::move(ring)), m_decoder(m_sound)
    {
        m_decoder.mailbox().countStepsIn(m_ring->steps());
        QObject::connect(
            &m_decoder, &Decoder::delivered, &m_decoder, [this] { forward(); }, Qt::DirectConnection);
        m_decoder.start();
    }

    [[noreturn]] void obey()
    {
        while (const auto received = receiveCommand(kDecoderSocket))
            carryOut(received->command, sourceOf(*received));
        ::_exit(0); // the window is gone, and nobody needs what is being decoded
    }

private:
    static std::shared_ptr<const Source> sourceOf(const ReceivedCommand &received)
    {
        if (received.file < 0)
            return nullptr;
        const std::array<char, 8> &extension = received.command.extension;
        auto source =
            Source::take(received.file,
                         QLatin1String("clip.") +
                             QLatin1String(extension.data(), ::strnlen(extension.data(), extension.size())));
        return source ? std::shared_ptr<const Source>(std::move(*source)) : nullptr;
    }

    void carryOut(const DecoderCommand &command, const std::shared_ptr<const Source> &source)
    {
        DecoderMailbox &mailbox = m_decoder.mailbox();
        const ClipRequest clip{command.token, {}, command.time, command.consent, source, command.length};
        switch (command.kind) {
        case DecoderCommand::Kind::Request:
            mailbox.submit({command.request, clip, command.time, command.seek}, command.serial);
            if (command.request == DecodeRequest::Kind::Open)
                m_ring->trim();
            break;
        case DecoderCommand::Kind::Next:
            mailbox.setNext(clip);
            break;
        case DecoderCommand::Kind::NoNext:
            mailbox.setNext(std::nullopt);
            break;
        case DecoderCommand::Kind::Settings:
            mailbox.change([&](DecoderSettings &settings) {
                settings = {command.rate, command.tile, command.sound};
            });
            break;
        case DecoderCommand::Kind::Popped:
            m_sound.heardTo(command.soundStart);
            mailbox.popTo(command.serial, command.popped);
            break;
        }
    }

    // On the decode thread.
    void forward()
    {
        auto sent = m_decoder.mailbox().forward();
        if (!sent)
            return;
        const auto &[serial, result] = *sent;
        int slot = -1;
        if (result.picture) {
            slot = freeSlot();
            if (slot < 0)
                return; // obsolete by now
            std::memcpy(m_ring->pixels(slot), result.picture->bytes.data(),
                        std::min(result.picture->bytes.size(), size_t(PictureRing::kSlotBytes)));
        }
        const QByteArray text = result.error.text.left(100).toUtf8();
        sendReport(kDecoderSocket, reportOf(result, serial, slot), text);
    }

    int freeSlot()
    {
        for (;;) {
            if (const int slot = m_ring->take(); slot >= 0)
                return slot;
            if (m_decoder.mailbox().isInterrupted())
                return -1;
            std::this_thread::sleep_for(1ms);
        }
    }

    std::shared_ptr<PictureRing> m_ring;
    SoundForwarder m_sound;
    DecoderThread m_decoder;
};

} // namespace

int runDecoder(const DecoderLimits &limits)
{
    ::close_range(kDecoderRing + 1, ~0U, 0); // close descriptors inherited from the window
    // One arena per thread would use up the address space that frames need.
    ::mallopt(M_ARENA_MAX, 2);
    QCoreApplication::translate("media", ""); // initializes code that opens files
    prepareHeif();
    auto ring = PictureRing::attach(kDecoderRing);
    if (!ring || !closeDecoderDoors(limits.memory))
        return kDecoderNotReady;
    DecoderProcess(std::move(ring)).obey();
}

} // namespace gatehouse::media
