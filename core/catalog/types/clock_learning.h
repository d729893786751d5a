// Learns how far a camera's clock is ahead (or behind) from its live uploads: if several of them, over some
// minutes, agree within a minute on an offset that upload time cannot explain. A queue sent after an outage,
// or a day replayed faster, is inconsistent and teaches nothing, and neither does a single name in another
// zone. Milliseconds. One thread.
#pragma once

#include "base/ids.h"

#include <QHash>
#include <QTimeZone>
#include <QVector>
#include <optional>

namespace gatehouse::catalog
{

struct ClockSample {
    ItemId item;
    qint64 written = 0;  // UTC by the camera's clock at the start of the capture
    qint64 duration = 0; // known or 0
    qint64 received = 0;
};

// How a camera's names have to be read for its clock to be right.
struct NamesReading {
    std::optional<int> utcOffset; // s from UTC at which it writes them, whatever its zone; none: as its zone
    qint64 offset = 0;            // ms the clock is ahead of that
};

// A clock that is off by exactly what separates the camera's zone from UTC, or from its own standard time, is
// not wrong: the names are in UTC, or without summer time, and stay so after the next clock change.
// `learned`: ms ahead, as read so far; `at`: UTC ms.
NamesReading namesReading(std::optional<int> utcOffset, qint64 learned, const QTimeZone &zone, qint64 at);

struct LearnedClock {
    qint64 offset = 0;  // ahead of the actual time; 0: the clock is right
    QVector<ItemId> by; // the uploads that show it, whose times must be recomputed
};

// Pure; samples in order of arrival. None: inconclusive.
std::optional<LearnedClock> learnedClock(const QVector<ClockSample> &samples);

class ClockLearning
{
public:
    // Adds a live upload with a time from its name or content; returns the same as learnedClock(). Do not
    // pass a clip of unknown length unless it is ahead: hour-long files arrive an hour late.
    std::optional<LearnedClock> add(CameraId camera, const ClockSample &sample);
    // Its zone or offset was set.
    void forget(CameraId camera) { m_recent.remove(camera); }

private:
    QHash<CameraId, QVector<ClockSample>> m_recent;
};

} // namespace gatehouse::catalog
