// Renders scenes into the files that cameras send: short clips in the vendor's container, JPEG stills.
// Everything in memory. Takes tenths of a second of one core: call on a pool thread, one Scene at a time.
// Internal: libav failed.
#pragma once

#include "base/result.h"
#include "demo/scene.h"

#include <QByteArray>

namespace gatehouse::demo
{

struct ClipPlan {
    QString container = QStringLiteral("mp4"); // libav's name: mp4, matroska, avi, mpegts
    bool motionJpeg = false;                   // else H.264, or MPEG-4 if libav has no H.264 encoder
    int fps = 10;
    int seconds = 6;
    QDateTime start; // initial time of the burnt-in clock
    Visitor visitor = Visitor::Nobody;
    unsigned seed = 1;
};

Result<QByteArray> makeClip(Scene &scene, const ClipPlan &plan);
// `progress`: position within the plan's event, 0..1.
Result<QByteArray> makeStill(Scene &scene, const ClipPlan &plan, double progress);

} // namespace gatehouse::demo
