#include "timeline/lane_series.h"

#include "base/limits.h"

#include <algorithm>

namespace gatehouse::timeline
{

namespace
{

// Small: what a block asks for is a few dozen items, and its ends are not aligned.
constexpr int kFanOut = 4;
constexpr quint8 kTroubledTrait = 8; // above every category

} // namespace

ClipCategory categoryOf(const catalog::TimelineItem &item)
{
    if (item.subject == Subject::Person || item.subject == Subject::Face)
        return ClipCategory::Person;
    if (item.subject == Subject::Vehicle)
        return ClipCategory::Vehicle;
    if (item.trigger == Trigger::Sound)
        return ClipCategory::Sound;
    return item.trigger == Trigger::Schedule ? ClipCategory::Continuous : ClipCategory::Motion;
}

LaneSeries::LaneSeries(QVector<catalog::TimelineItem> sorted) : m_items(std::move(sorted))
{
    m_starts.reserve(size_t(m_items.size()));
    m_durations.reserve(size_t(m_items.size()));
    m_traits.reserve(size_t(m_items.size()));
    m_latestEnd.reserve(size_t(m_items.size()));
    qint64 latest = 0;
    for (const catalog::TimelineItem &item : std::as_const(m_items)) {
        latest = m_latestEnd.empty() ? endOf(item) : std::max(latest, endOf(item));
        m_starts.push_back(item.captured);
        m_durations.push_back(quint32(std::clamp<qint64>(item.duration, 0, limits::kMaxItemDuration)));
        m_traits.push_back(quint8(quint8(categoryOf(item)) | (isTroubled(item) ? kTroubledTrait : 0)));
        m_latestEnd.push_back(latest);
    }
    int below = size();
    while (below > kFanOut) {
        std::vector<Run> level;
        for (int i = 0; i < below; i += kFanOut) {
            Run sum;
            for (int j = i; j < std::min(i + kFanOut, below); ++j)
                sum.join(m_pyramid.empty() ? one(j) : m_pyramid.back()[size_t(j)]);
            level.push_back(sum);
        }
        below = int(level.size());
        m_pyramid.push_back(std::move(level));
    }
}

LaneSeries::Run LaneSeries::one(int index) const
{
    const auto at = size_t(index);
    return {index, ClipCategory(m_traits[at] & ~kTroubledTrait), (m_traits[at] & kTroubledTrait) != 0,
            m_starts[at] + qint64(m_durations[at])};
}

void LaneSeries::Run::join(const Run &other)
{
    if (longest < 0 || other.end > end) {
        longest = other.longest;
        end = other.end;
    }
    category = std::max(category, other.category);
    troubled = troubled || other.troubled;
}

int LaneSeries::firstEndingAfter(qint64 t) const
{
    const auto found = std::upper_bound(m_latestEnd.begin(), m_latestEnd.end(), t);
    return int(found - m_latestEnd.begin());
}

int LaneSeries::firstStartingAt(qint64 t, int from, int guess) const
{
    // Gallop, then bisect: the result is usually near.
    int step = std::max(1, guess);
    int low = from;
    int high = from;
    while (high < size() && m_starts[size_t(high)] < t) {
        low = high + 1;
        high += step;
        step *= 2;
    }
    high = std::min(high, size());
    return int(std::lower_bound(m_starts.cbegin() + low, m_starts.cbegin() + high, t) - m_starts.cbegin());
}

LaneSeries::Run LaneSeries::run(int from, int to) const
{
    Run sum;
    const auto add = [&](const Run &part) { sum.join(part); };
    int level = -1; // single items
    while (from < to) {
        if (level + 1 == int(m_pyramid.size()) || to - from < kFanOut) {
            for (int i = from; i < to; ++i)
                add(level < 0 ? one(i) : m_pyramid[size_t(level)][size_t(i)]);
            break;
        }
        while (from % kFanOut && from < to) {
            add(level < 0 ? one(from) : m_pyramid[size_t(level)][size_t(from)]);
            ++from;
        }
        while (to % kFanOut && from < to) {
            --to;
            add(level < 0 ? one(to) : m_pyramid[size_t(level)][size_t(to)]);
        }
        from /= kFanOut;
        to /= kFanOut;
        ++level;
    }
    return sum;
}

} // namespace gatehouse::timeline
