// Examines a still in memory: structure, one decoded picture, EXIF. Checks the claimed size before decoding
// anything. One thread.
#pragma once

#include "media/picture/picture_file.h"
#include "media/probe/probe.h"

namespace gatehouse::media
{

// A JPEG's pixel aspect is ignored, as in every viewer.
constexpr AVRational kSquarePoints{1, 1};

struct StillCheck {
    ProbeResult result;
    Av<AVFrame> picture; // null if nothing can be shown
    Orientation orientation;
};

// The reason why a picture larger than any camera's is not decoded. Empty: it is not too large.
QString tooLarge(const PictureOutline &outline);
// The reason for an intact picture without a decoder.
QString cannotShow(const PictureOutline &outline);

// `bytes`: the whole file; its pictureFormat() must be known.
StillCheck checkStill(const QByteArray &bytes);

} // namespace gatehouse::media
