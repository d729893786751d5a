// A believable day at the demo's house: who came when, past which cameras. Pure: any thread.
#pragma once

#include "demo/demo_camera.h"

namespace gatehouse::demo
{

struct PlannedEvent {
    int camera = 0; // index into demoCameras()
    Happening happening;
};

// How busy the house is at that hour, 0..1.
double bustle(double hour);
// Some `count` events of the hours before `now`, newest first, and hourly stills of the cameras that
// send such.
QVector<PlannedEvent> planPast(const QVector<DemoCamera> &cameras, const QDateTime &now, int hours, int count,
                               unsigned seed);
// What happens now, at some camera.
PlannedEvent planNext(const QVector<DemoCamera> &cameras, const QDateTime &now, Dice &dice);

} // namespace gatehouse::demo
