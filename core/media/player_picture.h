// One decoded picture, ready to paint: BGRA, opaque, turned, square pixels, no larger than was asked for.
// Times in microseconds from the clip's first picture. Immutable once shared: any thread.
#pragma once

#include <QMetaType>
#include <cstdint>
#include <memory>
#include <vector>

namespace gatehouse::media
{

struct Picture {
    int width = 0;
    int height = 0;
    qsizetype stride = 0; // bytes from row to row
    std::vector<uint8_t> bytes;
    int fullWidth = 0; // of the recording, as shown
    int fullHeight = 0;
    qint64 time = 0;
    bool isKey = false; // decodes without its neighbours
};

using PicturePtr = std::shared_ptr<const Picture>;

// What is known of a clip once it is open.
struct ClipInfo {
    int width = 0; // as shown
    int height = 0;
    qint64 duration = 0; // microseconds; 0: unknown until its end is reached
    bool isStill = false;
    bool hasSound = false;
};

} // namespace gatehouse::media

Q_DECLARE_METATYPE(gatehouse::media::PicturePtr)
Q_DECLARE_METATYPE(gatehouse::media::ClipInfo)
