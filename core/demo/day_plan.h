// A plausible day at the demo's house: who passed which cameras, and when. Pure: any thread.
#pragma once

#include "demo/demo_camera.h"

namespace gatehouse::demo
{

struct PlannedEvent {
    int camera = 0; // index into demoCameras()
    Happening happening;
};

// How busy the house is at an hour of the day, 0..1.
double bustle(double hour);
// About `count` events of the hours before `now`, newest first, and hourly stills of the cameras that send
// them.
QVector<PlannedEvent> planPast(const QVector<DemoCamera> &cameras, const QDateTime &now, int hours, int count,
                               unsigned seed);
// The next live event, at some camera.
PlannedEvent planNext(const QVector<DemoCamera> &cameras, const QDateTime &now, Dice &dice);

} // namespace gatehouse::demo
