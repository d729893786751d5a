// One camera's items of one sort in order of their start, with what painting and pointing ask of them
// in a few steps at any density: where to begin, which of a run ends last, which kinds a run has.
// Immutable once made. Any thread.
#pragma once

#include "catalog/types/item.h"

#include <vector>

namespace gatehouse::timeline
{

// What colours a block; later ones stand out over earlier ones.
enum class ClipCategory : quint8 { Continuous, Motion, Sound, Vehicle, Person };

ClipCategory categoryOf(const catalog::TimelineItem &item);
inline bool isTroubled(const catalog::TimelineItem &item)
{
    return isUnsound(item.state);
}
inline qint64 endOf(const catalog::TimelineItem &item)
{
    return item.captured + item.duration;
}

class LaneSeries
{
public:
    LaneSeries() = default;
    explicit LaneSeries(QVector<catalog::TimelineItem> sorted);

    [[nodiscard]] const QVector<catalog::TimelineItem> &items() const { return m_items; }
    [[nodiscard]] int size() const { return int(m_items.size()); }
    // The first index from which on everything that ends after t is found.
    [[nodiscard]] int firstEndingAfter(qint64 t) const;
    // The first index at or after `from` that starts at or after t; near answers are cheaper, and those
    // about `guess` further.
    [[nodiscard]] int firstStartingAt(qint64 t, int from = 0, int guess = 1) const;

    struct Run {
        int longest = -1; // index of the one that ends last
        ClipCategory category = ClipCategory::Continuous;
        bool troubled = false;
        qint64 end = 0; // of the longest

        void join(const Run &other);
    };
    [[nodiscard]] Run run(int from, int to) const; // from < to
    [[nodiscard]] Run one(int index) const;        // of a single item
    [[nodiscard]] qint64 startOf(int index) const { return m_starts[size_t(index)]; }

private:
    QVector<catalog::TimelineItem> m_items;
    // What painting a crowd asks of each item, close together: the items themselves are far more memory to
    // go through.
    std::vector<qint64> m_starts;
    std::vector<quint32> m_durations;        // ms
    std::vector<quint8> m_traits;            // the category, and whether it is troubled
    std::vector<qint64> m_latestEnd;         // of all items up to and with this one
    std::vector<std::vector<Run>> m_pyramid; // level n: runs of Fan^(n+1) items
};

} // namespace gatehouse::timeline
