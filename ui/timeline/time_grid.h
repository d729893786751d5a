// The ruler's marks for a scale: natural steps (seconds to years), aligned to local time, correct on both
// days of a clock change (a skipped hour has no mark, a repeated one has two). Times: UTC ms. Any thread.
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
    bool isDay = false;   // a labelled mark at the start of a local day
    QString label;
};

// Labels with seconds are that much longer than those with minutes.
inline constexpr double kSecondsRoom = 1.25;

// Majors are at least `apart` logical pixels from each other, those with seconds kSecondsRoom times that.
// Sorted by time, without duplicates.
QVector<Tick> ticksOf(const TimeScale &scale, const QTimeZone &zone, double apart = 72);

} // namespace gatehouse::timeline
