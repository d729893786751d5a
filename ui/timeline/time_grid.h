// The ruler's marks for a scale: steps people count in (seconds to years), aligned to local time, right
// on both days of a clock change (an hour that is missing has no mark, one that repeats has two).
// Times: UTC ms. Any thread.
#pragma once

#include "timeline/time_scale.h"

#include <QString>
#include <QTimeZone>
#include <QVector>

namespace gatehouse::timeline
{

struct Tick {
    qint64 time = 0;
    bool isMajor = false; // has a label
    bool isDay = false;   // a labelled one that begins a local day
    QString label;
};

// Majors stand at least `apart` logical pixels from each other. Sorted by time, each time once.
QVector<Tick> ticksOf(const TimeScale &scale, const QTimeZone &zone, double apart = 72);

} // namespace gatehouse::timeline
