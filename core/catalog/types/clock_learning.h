// Learns how far a camera's clock is ahead (or behind) from its live uploads: when several of them, over
// some minutes, agree within a minute on a difference that no upload takes. A queue that is sent after
// an outage, or a day that is replayed faster, does not agree with itself and teaches nothing.
// Milliseconds. One thread.
#pragma once

#include "base/ids.h"

#include <QHash>
#include <QVector>
#include <optional>

namespace gatehouse::catalog
{

struct ClockSample {
    ItemId item;
    qint64 written = 0;  // UTC by the camera's clock, start of the capture
    qint64 duration = 0; // known or 0
    qint64 received = 0;
};

struct LearnedClock {
    qint64 offset = 0;  // ahead of true time; 0: the clock is right
    QVector<ItemId> by; // the uploads that tell, to be placed anew
};

// Pure; samples in the order of arrival. None: they do not say.
std::optional<LearnedClock> learnedClock(const QVector<ClockSample> &samples);

class ClockLearning
{
public:
    // Takes a live upload with a time from its name or content; answers like learnedClock(). A clip whose
    // length is not known must not come here unless it is ahead: hour-long files arrive an hour late.
    std::optional<LearnedClock> add(CameraId camera, const ClockSample &sample);
    // Its zone or offset was set.
    void forget(CameraId camera) { m_recent.remove(camera); }

private:
    QHash<CameraId, QVector<ClockSample>> m_recent;
};

} // namespace gatehouse::catalog
