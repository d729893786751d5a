// Reads a few facts from a JPEG's EXIF segment: its orientation, the capture time (the camera's local clock
// as written, even if that clock was never set) and which camera took it. Reads hostile bytes: bounded, never
// beyond the view; malformed data yields defaults. Any thread.
// Sources: CIPA DC-008 (EXIF), DNG specification (serial number), ExifTool's tables (Reconyx' maker note).
#pragma once

#include "media/demux/av.h"

#include <QByteArrayView>
#include <QDateTime>

namespace gatehouse::media
{

struct Exif {
    Orientation orientation;
    QDateTime taken; // local to the camera; invalid: none
    QString serial;  // of the camera's body; empty: none, or a placeholder
    QString model;
};

// `segment`: the payload of APP1, beginning with "Exif\0\0".
Exif readExif(QByteArrayView segment);

} // namespace gatehouse::media
