// One camera's items of one sort, ordered by start, with fast queries for painting and hit-testing at any
// density: where to start, which item of a run ends last, which categories a run contains. Immutable. Any
// thread.
#pragma once

#include "catalog/types/item.h"

#include <vector>

namespace gatehouse::timeline
{

// Determines a block's colour; later ones stand out over earlier ones.
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
    // The first index from which everything that ends after t is found.
    [[nodiscard]] int firstEndingAfter(qint64 t) const;
    // The first index at or after `from` that starts at or after t; fast if the result is near, or about
    // `guess` further.
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
    // The data that painting needs per item, packed: the items themselves use far more memory.
    std::vector<qint64> m_starts;
    std::vector<quint32> m_durations;        // ms
    std::vector<quint8> m_traits;            // the category, and whether it is troubled
    std::vector<qint64> m_latestEnd;         // of all items up to and including this one
    std::vector<std::vector<Run>> m_pyramid; // level n: runs of Fan^(n+1) items
};

} // namespace gatehouse::timeline
