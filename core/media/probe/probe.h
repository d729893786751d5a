// What a file really is, determined by reading it: container, codecs, size, true duration, whether it decodes
// to the end. Runs only in a worker process (see worker_pool.h), because the bytes are hostile.
#pragma once

#include "base/media_types.h"
#include "base/motion_profile.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QString>

namespace gatehouse::media
{

struct ProbeResult {
    // Ok: decodes from its first to its last frame. Incomplete: its start or end is missing; plays what is
    // there. Damaged: frame data is wrong; plays with faults unless no frame decodes (frames is 0). TooLong:
    // reading was stopped. Unexamined: the file could not be read now; retry later.
    ItemState state = ItemState::Damaged;
    QString reason;                 // a sentence; if Ok, what cannot be shown or is unusual about it
    Kind kind = Kind::Other;        // by content
    qint64 duration = 0;            // ms, from the real timestamps
    bool isDurationAssumed = false; // no timestamps: 25 fps assumed; the name may know better
    int width = 0;                  // displayed size (rotation and pixel aspect applied)
    int height = 0;
    int frames = 0; // frames decoded: all, except for very long clips (see clip_check.h)
    QString container;
    QString videoCodec;
    QString audioCodec;
    qint64 contentTime = 0;     // UTC ms; 0: none
    QDateTime contentLocalTime; // EXIF, local to the camera; invalid: none
    QString cameraSerial;       // EXIF: the camera's body; empty: unknown
    QString cameraModel;
    qint64 posterBytes = 0; // size of the poster file; 0: none
    MotionProfile motion;   // of a clip that was checked in full

    [[nodiscard]] bool hasPoster() const { return posterBytes > 0; }

    [[nodiscard]] QJsonObject toJson() const;
    static ProbeResult fromJson(const QJsonObject &json);
};

} // namespace gatehouse::media
