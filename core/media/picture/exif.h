// Reads two facts from a JPEG's EXIF segment: its orientation and the capture time (the camera's local clock
// as written, even if that clock was never set). Reads hostile bytes: bounded, never beyond the view;
// malformed data yields defaults. Any thread.
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
