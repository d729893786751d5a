#include "media/demux/clock_steps.h"

#include <algorithm>
#include <cstdlib>

namespace gatehouse::media
{

namespace
{

constexpr qint64 kSecond = 1'000'000;
constexpr qint64 kMinNominalStep = 1'000; // an unknown rate appears as one tick of the time base
constexpr qint64 kMaxNominalStep = 3600 * kSecond;
constexpr qint64 kMaxPause = 60 * kSecond; // for a camera that does not pause as long between all frames
constexpr qint64 kMinPause = 10 * kSecond;
constexpr qint64 kManySteps = 20;
constexpr qint64 kFarApart = 10 * kSecond;
constexpr qint64 kMinDelay = kSecond / 2; // of the video, at the start or end

} // namespace

ClockSteps::ClockSteps(qint64 nominal)
    : m_nominal(nominal >= kMinNominalStep && nominal <= kMaxNominalStep ? nominal : kSecond / 25)
{
}

qint64 ClockSteps::usual() const
{
    return m_steps > 0 ? m_sum / m_steps : m_nominal;
}

bool ClockSteps::isJump(qint64 step, qint64 maxBack) const
{
    return step < -maxBack || (step > kMaxPause && step > kManySteps * usual());
}

bool ClockSteps::isPause(qint64 step) const
{
    return step > kMinPause && step > kManySteps * usual();
}

void ClockSteps::add(qint64 step)
{
    if (step <= 0 || isPause(step))
        return;
    m_sum += step;
    ++m_steps;
}

qint64 nominalStep(const AVStream &stream, std::vector<qint64> firstTimes)
{
    std::sort(firstTimes.begin(), firstTimes.end());
    std::vector<qint64> steps;
    const bool isEachKnown = firstTimes.empty() || firstTimes.front() != AV_NOPTS_VALUE; // the smallest value
    for (size_t i = 1; isEachKnown && i < firstTimes.size(); ++i) {
        if (const qint64 step = firstTimes[i] - firstTimes[i - 1]; step >= kMinNominalStep)
            steps.push_back(step);
    }
    if (!steps.empty()) {
        const auto middle = steps.begin() + qsizetype(steps.size() / 2);
        std::nth_element(steps.begin(), middle, steps.end());
        if (*middle <= kMaxNominalStep)
            return *middle;
    }
    const AVRational rate = stream.avg_frame_rate.num > 0 ? stream.avg_frame_rate : stream.r_frame_rate;
    return rate.num > 0 && rate.den > 0 ? av_rescale(kSecond, rate.den, rate.num) : 0;
}

qint64 inMicroseconds(qint64 stamp, AVRational base)
{
    constexpr qint64 beyond = qint64(1) << 60;
    if (stamp == AV_NOPTS_VALUE)
        return AV_NOPTS_VALUE;
    const qint64 time = av_rescale_q(stamp, base, {1, 1'000'000});
    return time > -beyond && time < beyond ? time : AV_NOPTS_VALUE;
}

bool outlasts(qint64 soundEnd, qint64 picturesEnd)
{
    return soundEnd - picturesEnd > kMinDelay;
}

bool shareClock(qint64 firstPicture, qint64 firstSound)
{
    return firstPicture != AV_NOPTS_VALUE && firstSound != AV_NOPTS_VALUE &&
           std::abs(firstPicture - firstSound) < kFarApart;
}

qint64 delayOfPictures(qint64 firstPicture, qint64 firstSound)
{
    if (!shareClock(firstPicture, firstSound) || firstPicture - firstSound < kMinDelay)
        return 0;
    return firstPicture - firstSound;
}

} // namespace gatehouse::media
