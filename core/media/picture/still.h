// Examines a still in memory: structure, one decoded picture, EXIF. The size it claims is checked before
// anything is decoded. One thread.
#pragma once

#include "media/picture/picture_file.h"
#include "media/probe/probe.h"

namespace gatehouse::media
{

// What a JPEG says of its points' shape is ignored, as every viewer does.
constexpr AVRational kSquarePoints{1, 1};

struct StillCheck {
    ProbeResult result;
    Av<AVFrame> picture; // null where nothing can be shown
    Orientation orientation;
};

// Larger than any camera's picture: nothing is decoded then. Empty: it is not.
QString tooLarge(const PictureOutline &outline);
// Of a sound picture for which there is no decoder.
QString cannotShow(const PictureOutline &outline);

// `bytes`: the whole file, whose pictureFormat() is known.
StillCheck checkStill(const QByteArray &bytes);

} // namespace gatehouse::media
