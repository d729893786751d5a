#include "timeline/timeline_model.h"

#include <algorithm>

namespace gatehouse::timeline
{

void TimelineModel::setTracks(QLatin1String kind, const QVector<TrackPtr> &tracks)
{
    auto known =
        std::find_if(m_kinds.begin(), m_kinds.end(), [kind](const Kind &one) { return one.name == kind; });
    if (known == m_kinds.end())
        known = m_kinds.insert(known, Kind{kind, {}});
    for (const TrackPtr &track : std::as_const(known->tracks))
        track->disconnect(this); // a lane may hold it slightly longer
    known->tracks = tracks;
    for (const TrackPtr &track : tracks) {
        connect(track.get(), &Track::contentChanged, this, &TimelineModel::contentChanged);
        connect(track.get(), &Track::summaryChanged, this, &TimelineModel::summaryChanged);
    }
    m_tracks.clear();
    for (const Kind &one : std::as_const(m_kinds))
        m_tracks += one.tracks;
    Q_EMIT tracksChanged();
}

void TimelineModel::setVisibleRange(TimeRange view, TimeRange day)
{
    Q_EMIT visibleRangeChanged(view, day);
}

} // namespace gatehouse::timeline
