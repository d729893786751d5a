#include "catalog/clock_learning.h"

#include <algorithm>

namespace gatehouse::catalog
{

namespace
{

constexpr int samplesKept = 8;
constexpr int samplesNeeded = 5;
constexpr qint64 minute = 60'000;
constexpr qint64 spanNeeded = 10 * minute; // of arrivals
constexpr qint64 agreement = minute;
constexpr qint64 ordinaryDelay = 2 * minute; // what an upload may take with a right clock
constexpr qint64 offsetAtMost = 36 * 60 * minute;

} // namespace

std::optional<LearnedClock> learnedClock(const QVector<ClockSample> &samples)
{
    if (samples.size() < samplesNeeded)
        return std::nullopt;
    const auto ahead = [](const ClockSample &s) { return s.written + s.duration - s.received; };
    const auto [least, most] =
        std::minmax_element(samples.cbegin(), samples.cend(),
                            [&](const ClockSample &a, const ClockSample &b) { return ahead(a) < ahead(b); });
    const auto [first, last] =
        std::minmax_element(samples.cbegin(), samples.cend(), [](const ClockSample &a, const ClockSample &b) {
            return a.received < b.received;
        });
    if (ahead(*most) - ahead(*least) > agreement || last->received - first->received < spanNeeded)
        return std::nullopt;
    LearnedClock learned;
    learned.offset = ahead(*most); // the upload that took the least time knows best
    if (std::abs(learned.offset) > offsetAtMost)
        return std::nullopt;
    if (std::abs(learned.offset) <= ordinaryDelay)
        learned.offset = 0;
    for (const ClockSample &sample : samples)
        learned.by.append(sample.item);
    return learned;
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
