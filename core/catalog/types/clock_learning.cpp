#include "catalog/types/clock_learning.h"

#include "base/limits.h"

#include <QDateTime>
#include <algorithm>
#include <limits>

namespace gatehouse::catalog
{

namespace
{

constexpr int kSamplesKept = 64;
constexpr int kSamplesNeeded = 5;
constexpr qint64 kMinute = 60'000;
constexpr qint64 kSpanNeeded = 10 * kMinute; // of arrivals
constexpr qint64 kAgreement = kMinute;
constexpr qint64 kSameClock = 10 * kMinute;
constexpr qint64 kOrdinaryDelay = 2 * kMinute; // what an upload may take with a correct clock

qint64 ahead(const ClockSample &sample)
{
    return sample.written + sample.duration - sample.received;
}

// By how much the samples from `first` on show the clock to be ahead, if enough of them agree.
std::optional<qint64> agreedAhead(const QVector<ClockSample> &samples, qsizetype first)
{
    // The fastest upload is the most accurate; slower ones only seem less ahead.
    qint64 most = ahead(samples[first]);
    for (qsizetype i = first; i < samples.size(); ++i)
        most = std::max(most, ahead(samples[i]));
    qsizetype agreeing = 0;
    qint64 earliest = std::numeric_limits<qint64>::max();
    qint64 latest = std::numeric_limits<qint64>::min();
    for (qsizetype i = first; i < samples.size(); ++i) {
        if (ahead(samples[i]) < most - kAgreement)
            continue;
        ++agreeing;
        earliest = std::min(earliest, samples[i].received);
        latest = std::max(latest, samples[i].received);
    }
    if (agreeing < kSamplesNeeded || 2 * agreeing < samples.size() - first || latest - earliest < kSpanNeeded)
        return std::nullopt;
    return most;
}

} // namespace

NamesReading namesReading(std::optional<int> utcOffset, qint64 learned, const QTimeZone &zone, qint64 at)
{
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(at, Qt::UTC);
    const int now = zone.offsetFromUtc(moment);
    // What the clock shows, from UTC.
    const qint64 shown = utcOffset.value_or(now) * qint64(1000) + learned;
    const auto aheadOf = [&](int seconds) {
        const qint64 ahead = shown - seconds * qint64(1000);
        return std::abs(ahead) <= kOrdinaryDelay ? 0 : ahead;
    };
    if (aheadOf(now) == 0)
        return {std::nullopt, 0};
    for (const int candidate : {0, zone.standardTimeOffset(moment)}) {
        // Uploads that are late make a clock seem behind, never ahead.
        const qint64 ahead = aheadOf(candidate);
        if (candidate != now && ahead <= 0 && ahead >= -kSameClock)
            return {candidate, ahead};
    }
    return {std::nullopt, aheadOf(now)};
}

std::optional<LearnedClock> learnedClock(const QVector<ClockSample> &samples)
{
    // The newest sufficient ones: a clock that was set meanwhile is recognized as soon as possible.
    for (qsizetype first = samples.size() - kSamplesNeeded; first >= 0; --first) {
        const std::optional<qint64> agreed = agreedAhead(samples, first);
        if (!agreed)
            continue;
        if (std::abs(*agreed) > limits::kMaxClockOffset)
            return std::nullopt;
        // Earlier uploads by the same clock are corrected, too.
        while (first > 0 && std::abs(ahead(samples[first - 1]) - *agreed) <= kSameClock)
            --first;
        LearnedClock learned;
        learned.offset = std::abs(*agreed) <= kOrdinaryDelay ? 0 : *agreed;
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
    if (recent.size() > kSamplesKept)
        recent.removeFirst();
    return learnedClock(recent);
}

} // namespace gatehouse::catalog
