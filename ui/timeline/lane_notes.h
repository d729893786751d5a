// What is wrong with a camera, in a few words at the end of its lane, as long as that time is in view.
// Paints, finds and describes the notes; positions are logical pixels of the lane view. GUI thread.
#pragma once

#include "timeline/lane_painter.h"

#include <QHash>
#include <QRect>

class QPainter;

namespace gatehouse::timeline
{

struct LaneNote {
    QString text;    // a few words
    QString details; // sentences, for the tooltip
    qint64 since = 0;

    friend bool operator==(const LaneNote &a, const LaneNote &b)
    {
        return a.text == b.text && a.details == b.details && a.since == b.since;
    }
};

class LaneNotes
{
public:
    // False: nothing changes.
    bool set(const QHash<CameraId, LaneNote> &notes);
    [[nodiscard]] const LaneNote *of(CameraId camera) const; // null: none

    // top: of the lane in the view. Empty: nothing to show there.
    [[nodiscard]] QRect rectOf(const LanePlace &lane, int top, const TimeScale &scale, qint64 now) const;
    void paint(QPainter &painter, const widgets::Theme &theme, const QRect &rect, CameraId camera) const;

private:
    QHash<CameraId, LaneNote> m_notes;
};

} // namespace gatehouse::timeline
