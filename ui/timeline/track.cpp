#include "timeline/track.h"

#include "widgets/format.h"
#include "widgets/theme.h"

namespace gatehouse::timeline
{

DayTotals &DayTotals::operator+=(const DayTotals &other)
{
    events += other.events;
    clips += other.clips;
    stills += other.stills;
    return *this;
}

QString DayTotals::text() const
{
    if (events == 0 && clips + stills > 0)
        return widgets::countsText(clips, stills);
    return events == 1 ? Track::tr("1 event") : Track::tr("%n events", nullptr, events);
}

QString Track::headerText(QDate) const
{
    return {};
}

QString Track::textAt(const TimeScale &, double) const
{
    return {};
}

LaneHeights Track::heights() const
{
    return {widgets::metrics::kLaneHeightCompact, widgets::metrics::kLaneHeightTall};
}

DayTotals Track::totalsOn(QDate) const
{
    return {};
}

void Track::addTo(DayStrip &) const {}

std::optional<LaneSpan> Track::spanOf(ItemId, qint64, const TimeScale &) const
{
    return {};
}

QVector<SpokenItem> Track::spokenItems(const TimeScale &) const
{
    return {};
}

} // namespace gatehouse::timeline
