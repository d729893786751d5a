// The timeline's tracks in row order, and the visible range for whatever loads their data. GUI thread, no
// I/O.
#pragma once

#include "timeline/track.h"

#include <QVector>

namespace gatehouse::timeline
{

class TimelineModel : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] const QVector<TrackPtr> &tracks() const { return m_tracks; }
    // Registers all tracks of a kind, replacing previous ones; kinds keep the order of their first call.
    void setTracks(QLatin1String kind, const QVector<TrackPtr> &tracks);

    // The visible range: the view, and the day of the overview strip.
    void setVisibleRange(TimeRange view, TimeRange day);

Q_SIGNALS:
    void tracksChanged();
    void contentChanged(gatehouse::TimeRange range);
    void summaryChanged();
    void visibleRangeChanged(gatehouse::TimeRange view, gatehouse::TimeRange day);

private:
    struct Kind {
        QLatin1String name;
        QVector<TrackPtr> tracks;
    };

    QVector<Kind> m_kinds;
    QVector<TrackPtr> m_tracks; // of all kinds
};

} // namespace gatehouse::timeline
