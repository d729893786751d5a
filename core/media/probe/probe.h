// What a file really is, found by reading it: container, codecs, size, true duration, whether it
// decodes to its end. Runs only in a worker process (see worker_pool.h), because the bytes are hostile.
#pragma once

#include "base/media_types.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QString>

namespace gatehouse::media
{

struct ProbeResult {
    // Ok: decodes from its first to its last picture. Incomplete: its beginning or end is missing; plays
    // as far as it goes. Damaged: picture data is wrong; plays with faults unless no picture decodes
    // (frames is 0). TooLong: given up. Unexamined: the file could not be read now; ask again later.
    ItemState state = ItemState::Damaged;
    QString reason;                 // in words; when Ok, what cannot be shown or is odd about it
    Kind kind = Kind::Other;        // by content
    qint64 duration = 0;            // ms, from the real timestamps
    bool isDurationAssumed = false; // there are none: 25 pictures a second; a name may know better
    int width = 0;                  // as shown (rotation and pixel aspect applied)
    int height = 0;
    int frames = 0; // pictures decoded: all, but of very long clips (see clip_check.h)
    QString container;
    QString videoCodec;
    QString audioCodec;
    qint64 contentTime = 0;     // UTC ms; 0: none
    QDateTime contentLocalTime; // EXIF, local to the camera; invalid: none
    bool hasPoster = false;

    [[nodiscard]] QJsonObject toJson() const;
    static ProbeResult fromJson(const QJsonObject &json);
};

} // namespace gatehouse::media
