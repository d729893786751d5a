#include "player/sound_output.h"

#include <QAudio>
#include <QAudioDevice>
#include <QIODevice>

namespace gatehouse::player
{

namespace
{

constexpr int kBufferBytes = media::SoundQueue::kSampleRate / 10 * media::SoundQueue::kFrameBytes; // 100 ms

QAudioFormat soundFormat()
{
    QAudioFormat format;
    format.setSampleRate(media::SoundQueue::kSampleRate);
    format.setChannelCount(media::SoundQueue::kChannels);
    format.setSampleFormat(QAudioFormat::Int16);
    return format;
}

// The device's end of the queue: never empty, silence where there is no audio.
class QueueSource : public QIODevice
{
public:
    explicit QueueSource(media::SoundQueue &queue) : m_queue(queue) { open(QIODevice::ReadOnly); }

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] qint64 bytesAvailable() const override { return kBufferBytes; }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        const int frames = int(size / media::SoundQueue::kFrameBytes);
        m_queue.pull(reinterpret_cast<int16_t *>(data), frames);
        return qint64(frames) * media::SoundQueue::kFrameBytes;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    media::SoundQueue &m_queue;
};

} // namespace

SoundOutput::SoundOutput(media::SoundQueue &queue, QObject *parent) : QObject(parent), m_queue(queue)
{
    connect(&m_devices, &QMediaDevices::audioOutputsChanged, this, &SoundOutput::chooseDevice);
    chooseDevice();
}

SoundOutput::~SoundOutput()
{
    stop();
}

void SoundOutput::chooseDevice()
{
    const bool wasAvailable = isAvailable();
    m_sink.reset();
    // A sink without a device crashes on some systems, so check that there is one.
    if (!QMediaDevices::audioOutputs().isEmpty()) {
        m_sink = std::make_unique<QAudioSink>(QMediaDevices::defaultAudioOutput(), soundFormat());
        m_sink->setBufferSize(kBufferBytes);
        setVolume(m_volume);
        if (m_running)
            start();
    }
    if (wasAvailable != isAvailable())
        Q_EMIT availableChanged();
}

void SoundOutput::setVolume(double volume)
{
    m_volume = volume;
    if (m_sink)
        m_sink->setVolume(
            QAudio::convertVolume(volume, QAudio::LogarithmicVolumeScale, QAudio::LinearVolumeScale));
}

void SoundOutput::start()
{
    m_running = true;
    if (!m_sink)
        return;
    m_sink->stop();
    m_source = std::make_unique<QueueSource>(m_queue);
    m_sink->start(m_source.get());
    if (m_sink->error() != QAudio::NoError)
        m_sink->stop();
}

void SoundOutput::stop()
{
    m_running = false;
    if (m_sink)
        m_sink->stop();
    m_source.reset();
}

std::optional<qint64> SoundOutput::heard() const
{
    if (!m_sink || !m_source || m_sink->state() != QAudio::ActiveState)
        return std::nullopt;
    const auto pulled = m_queue.position();
    if (!pulled)
        return std::nullopt;
    // The most recently pulled audio is still in the device's buffer.
    const qint64 waiting = m_sink->bufferSize() - m_sink->bytesFree();
    return *pulled - waiting / media::SoundQueue::kFrameBytes * 1'000'000 / media::SoundQueue::kSampleRate;
}

} // namespace gatehouse::player
