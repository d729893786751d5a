#include "media/playback/sound_queue.h"

#include <algorithm>

namespace gatehouse::media
{

namespace
{

constexpr qint64 kMicroPerSecond = 1'000'000;
constexpr qint64 kMaxSoundGap = 10 * kMicroPerSecond; // filled with silence
constexpr qint64 kMaxSoundQueue = 30 * kMicroPerSecond;
constexpr qint64 kTolerance = 2'000; // rounding of the container's timestamps

qint64 lengthOf(qint64 frames)
{
    return frames * kMicroPerSecond / SoundQueue::kSampleRate;
}

qint64 framesOf(qint64 length)
{
    return length * SoundQueue::kSampleRate / kMicroPerSecond;
}

} // namespace

void SoundQueue::restart(qint64 time)
{
    const std::lock_guard lock(m_mutex);
    m_samples.clear();
    m_start = time;
    m_flowing = false;
}

void SoundQueue::push(const int16_t *samples, int frames, qint64 time)
{
    const std::lock_guard lock(m_mutex);
    const qint64 gap = time - endLocked();
    if (gap > kMaxSoundGap || endLocked() - m_start > kMaxSoundQueue)
        return;
    if (gap > kTolerance) {
        m_samples.insert(m_samples.end(), size_t(framesOf(gap) * kChannels), 0);
    } else if (gap < -kTolerance) {
        const int cut = int(std::min<qint64>(frames, framesOf(-gap)));
        samples += ptrdiff_t(cut) * kChannels;
        frames -= cut;
    }
    m_samples.insert(m_samples.end(), samples, samples + ptrdiff_t(frames) * kChannels);
}

int SoundQueue::pull(int16_t *out, int frames)
{
    const std::lock_guard lock(m_mutex);
    const int real = int(std::min<qint64>(frames, qint64(m_samples.size()) / kChannels));
    const auto end = m_samples.begin() + ptrdiff_t(real) * kChannels;
    std::copy(m_samples.begin(), end, out);
    m_samples.erase(m_samples.begin(), end);
    std::fill(out + ptrdiff_t(real) * kChannels, out + ptrdiff_t(frames) * kChannels, int16_t(0));
    m_start += lengthOf(real);
    m_flowing = real > 0;
    return real;
}

qint64 SoundQueue::buffered() const
{
    const std::lock_guard lock(m_mutex);
    return endLocked() - m_start;
}

qint64 SoundQueue::start() const
{
    const std::lock_guard lock(m_mutex);
    return m_start;
}

std::optional<qint64> SoundQueue::position() const
{
    const std::lock_guard lock(m_mutex);
    return m_flowing ? std::optional(m_start) : std::nullopt;
}

qint64 SoundQueue::endLocked() const
{
    return m_start + lengthOf(qint64(m_samples.size()) / kChannels);
}

} // namespace gatehouse::media
