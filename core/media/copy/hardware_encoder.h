// The video encoders of graphics and media chips that a copy may use, and the test picture that shows whether
// one works here. They get pictures that were decoded in software: a stream from the network never reaches a
// driver. One thread; a probe takes a few milliseconds without such a chip.
#pragma once

#include "media/demux/av.h"

#include <QStringList>
#include <vector>

namespace gatehouse::media
{

struct HardwareEncoder {
    QString name;                                  // "vaapi", …
    const char *codec;                             // libav's name of the encoder
    AVHWDeviceType device = AV_HWDEVICE_TYPE_NONE; // NONE: it takes pictures from ordinary memory
    AVPixelFormat format = AV_PIX_FMT_NV12;        // of the pictures, before an upload to the device
};

// All kinds, the preferred one first.
const std::vector<HardwareEncoder> &hardwareEncoders();
QStringList hardwareEncoderNames();

// Encodes test pictures and decodes the result in software: the same number must come back, looking alike.
bool isWorking(const HardwareEncoder &encoder);

// Of `candidates`, the first of these names that works; null: none. Those tried in vain are added to
// `failed`.
const HardwareEncoder *firstWorking(const std::vector<HardwareEncoder> &candidates, const QStringList &names,
                                    QStringList &failed);

} // namespace gatehouse::media
