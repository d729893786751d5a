#include "catalog/clock_learning.h"

#include <algorithm>
#include <limits>

namespace gatehouse::catalog
{

namespace
{

constexpr int samplesKept = 64;
constexpr int samplesNeeded = 5;
constexpr qint64 minute = 60'000;
constexpr qint64 spanNeeded = 10 * minute; // of arrivals
constexpr qint64 agreement = minute;
constexpr qint64 sameClock = 10 * minute;
constexpr qint64 ordinaryDelay = 2 * minute; // what an upload may take with a right clock
constexpr qint64 offsetAtMost = 36 * 60 * minute;

qint64 ahead(const ClockSample &sample)
{
    return sample.written + sample.duration - sample.received;
}

// How far ahead the samples from `first` on say the clock is, if enough of them agree.
std::optional<qint64> agreedAhead(const QVector<ClockSample> &samples, qsizetype first)
{
    // The upload that took the least time knows best; slower ones only seem to be less ahead.
    qint64 most = ahead(samples[first]);
    for (qsizetype i = first; i < samples.size(); ++i)
        most = std::max(most, ahead(samples[i]));
    qsizetype agreeing = 0;
    qint64 earliest = std::numeric_limits<qint64>::max();
    qint64 latest = std::numeric_limits<qint64>::min();
    for (qsizetype i = first; i < samples.size(); ++i) {
        if (ahead(samples[i]) < most - agreement)
            continue;
        ++agreeing;
        earliest = std::min(earliest, samples[i].received);
        latest = std::max(latest, samples[i].received);
    }
    if (agreeing < samplesNeeded || 2 * agreeing < samples.size() - first || latest - earliest < spanNeeded)
        return std::nullopt;
    return most;
}

} // namespace

std::optional<LearnedClock> learnedClock(const QVector<ClockSample> &samples)
{
    // The newest that suffice: a clock that was set meanwhile is believed as soon as it can be.
    for (qsizetype first = samples.size() - samplesNeeded; first >= 0; --first) {
        const std::optional<qint64> agreed = agreedAhead(samples, first);
        if (!agreed)
            continue;
        if (std::abs(*agreed) > offsetAtMost)
            return std::nullopt;
        // Earlier uploads by the same clock are placed anew too.
        while (first > 0 && std::abs(ahead(samples[first - 1]) - *agreed) <= sameClock)
            --first;
        LearnedClock learned;
        learned.offset = std::abs(*agreed) <= ordinaryDelay ? 0 : *agreed;
        for (qsizetype i = first; i < samples.size(); ++i)
            learned.by.append(samples[i].item);
        return learned;
    }
    return std::nullopt;
}

std::optional<LearnedClock> ClockLearning::add(CameraId camera, const ClockSample &sample)
{
    QVector<ClockSample> &recent = m_recent[camera];
    recent.append(sample);
    if (recent.size() > samplesKept)
        recent.removeFirst();
    return learnedClock(recent);
}

} // namespace gatehouse::catalog
