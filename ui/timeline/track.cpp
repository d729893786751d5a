#include "timeline/track.h"

#include "widgets/theme.h"

namespace gatehouse::timeline
{

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

int Track::eventsOn(QDate) const
{
    return 0;
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
