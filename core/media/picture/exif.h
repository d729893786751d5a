// The two facts wanted of a JPEG's EXIF segment: how to turn it and when the camera says it was taken
// (its local clock as written, also when that clock was never set). Reads hostile bytes: bounded, never
// beyond the view, wrong structure gives defaults. Any thread.
#pragma once

#include "media/demux/av.h"

#include <QByteArrayView>
#include <QDateTime>

namespace gatehouse::media
{

struct Exif {
    Orientation orientation;
    QDateTime taken; // local to the camera; invalid: none
};

// `segment`: the payload of APP1, beginning with "Exif\0\0".
Exif readExif(QByteArrayView segment);

} // namespace gatehouse::media
