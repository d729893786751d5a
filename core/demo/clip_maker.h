// Drawn scenes as the files that cameras send: short clips in the vendor's container, stills as JPEG.
// Everything in memory. Takes tenths of a second of one core: call on a pool's thread, one Scene at a
// time. Internal: libav refuses.
#pragma once

#include "base/result.h"
#include "demo/scene.h"

#include <QByteArray>

namespace gatehouse::demo
{

struct ClipPlan {
    QString container = QStringLiteral("mp4"); // libav's name: mp4, matroska, avi, mpegts
    bool motionJpeg = false;                   // else H.264, or MPEG-4 where no encoder for it is built in
    int fps = 10;
    int seconds = 6;
    QDateTime start; // what the burnt-in clock shows at first
    Visitor visitor = Visitor::Nobody;
    unsigned seed = 1;
};

Result<QByteArray> makeClip(Scene &scene, const ClipPlan &plan);
// `progress`: how far the plan's event has gone, 0..1.
Result<QByteArray> makeStill(Scene &scene, const ClipPlan &plan, double progress);

} // namespace gatehouse::demo
