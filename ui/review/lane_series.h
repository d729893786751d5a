// One camera's items of one sort in order of their start, with what painting and pointing ask of them
// in a few steps at any density: where to begin, which of a run ends last, which kinds a run has.
// Immutable once made. Any thread.
#pragma once

#include "catalog/item.h"

#include <vector>

namespace gatehouse::review
{

// What colours a block; later ones stand out over earlier ones.
enum class Look : quint8 { Continuous, Motion, Sound, Vehicle, Person };

Look lookOf(const catalog::TimelineItem &item);
inline bool isTroubled(const catalog::TimelineItem &item)
{
    return item.state == ItemState::Incomplete || item.state == ItemState::Damaged;
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
    // The first index at or after `from` that starts at or after t; near answers are cheaper.
    [[nodiscard]] int firstStartingAt(qint64 t, int from = 0) const;

    struct Run {
        int longest = -1; // index of the one that ends last
        Look look = Look::Continuous;
        bool troubled = false;
    };
    [[nodiscard]] Run run(int from, int to) const; // from < to

private:
    [[nodiscard]] Run one(int index) const;
    [[nodiscard]] Run joined(const Run &a, const Run &b) const;

    QVector<catalog::TimelineItem> m_items;
    std::vector<qint64> m_latestEnd;         // of all items up to and with this one
    std::vector<std::vector<Run>> m_pyramid; // level n: runs of Fan^(n+1) items
};

} // namespace gatehouse::review
