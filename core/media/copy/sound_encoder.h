// Encodes the sound of a copy as AAC on the clip's clock: gaps become silence, overlaps are dropped. One
// thread.
#pragma once

#include "base/result.h"
#include "media/demux/av.h"
#include "media/playback/sound_queue.h"

#include <functional>
#include <vector>

namespace gatehouse::media
{

struct SoundFormat {
    int sampleRate = 16'000;
    int channels = 1; // 1 or 2
    qint64 bitRate = 32'000;
};

class SoundEncoder final : public SoundSink
{
public:
    using Take = std::function<Result<void>(AVPacket &packet)>;

    // Errors: Unavailable. Packets, in the encoder's time base, go to `take` while samples are pushed.
    static Result<std::unique_ptr<SoundEncoder>> open(const SoundFormat &format, Take take);

    [[nodiscard]] const AVCodecContext &context() const { return *m_context; }
    [[nodiscard]] bool hasSound() const { return m_next != AV_NOPTS_VALUE; }
    // The first error since the start; also of `take`.
    Result<void> finish();

    void restart(qint64 time) override;
    void push(const int16_t *samples, int frames, qint64 time) override;
    [[nodiscard]] qint64 buffered() const override { return 0; }

private:
    SoundEncoder() = default;
    void add(const int16_t *samples, int frames);
    void encodeWhole(bool isEnd);
    void send(const AVFrame *frame);

    Take m_take;
    Av<AVCodecContext> m_context;
    Av<SwrContext> m_resample;
    Av<AVPacket> m_packet;
    std::vector<std::vector<float>> m_waiting; // per channel, resampled
    qint64 m_next = AV_NOPTS_VALUE;            // of the next pushed sample: 48 kHz samples from time 0
    qint64 m_encoded = 0;                      // time of the next encoded sample, at the encoder's rate
    Result<void> m_state;
};

} // namespace gatehouse::media
