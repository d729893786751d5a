// Audio on its way from the decode thread to the audio device: 16-bit stereo at 48 kHz on the player's
// running clock (microseconds). Gaps are filled with silence. Thread-safe.
// SoundSink is the decoder's end, which may be in another process.
#pragma once

#include <QtGlobal>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>

namespace gatehouse::media
{

class SoundSink
{
public:
    static constexpr int kSampleRate = 48'000;
    static constexpr int kChannels = 2;
    static constexpr int kFrameBytes = kChannels * int(sizeof(int16_t));

    SoundSink() = default;
    Q_DISABLE_COPY_MOVE(SoundSink)
    virtual ~SoundSink() = default;

    // Discards everything; what follows starts at `time`.
    virtual void restart(qint64 time) = 0;
    // Samples that start at `time`: a gap becomes silence, an overlap is dropped.
    virtual void push(const int16_t *samples, int frames, qint64 time) = 0;
    [[nodiscard]] virtual qint64 buffered() const = 0; // microseconds
};

class SoundQueue final : public SoundSink
{
public:
    void restart(qint64 time) override;
    void push(const int16_t *samples, int frames, qint64 time) override;
    // Always fills `frames`, with silence if samples are missing. Returns the number of real frames.
    int pull(int16_t *out, int frames);

    [[nodiscard]] qint64 buffered() const override;
    // The start of the buffered samples.
    [[nodiscard]] qint64 start() const;
    // The clock's time of the next frame to be pulled; none while the device plays silence.
    [[nodiscard]] std::optional<qint64> position() const;

private:
    [[nodiscard]] qint64 endLocked() const;

    mutable std::mutex m_mutex;
    std::deque<int16_t> m_samples;
    qint64 m_start = 0; // of m_samples' first frame
    bool m_flowing = false;
};

} // namespace gatehouse::media
