// Test clips in which every frame carries its number as a bar code, so that a test knows exactly which frame
// is shown. Any container and codec that libav can write.
#pragma once

#include "media/playback/decoder_clip.h"

#include <QString>
#include <vector>

class QImage;

namespace gatehouse::tests
{

struct BarcodeClip {
    QString path = {}; // its extension selects the container
    int width = 320;
    int height = 192;
    int pictures = 100;
    int fps = 25;
    int group = 25;         // frames per group of pictures
    int between = 0;        // B frames, if the codec supports them
    bool withSound = false; // a tone, AAC
    const char *codec = "libx264";
    int toneMs = 0;             // 0: as long as the video
    bool isRefreshed = false;   // H.264 with only one keyframe, the first
    bool allFlaggedKey = false; // as some recorders do
    bool isTransparent = false; // VP8
    // Timestamp of each frame in milliseconds; empty: constant rate.
    std::vector<qint64> stamps = {};
};

// False, with a logged reason, if this libav lacks the encoder.
bool makeClip(const BarcodeClip &clip);
// -1: not readable.
int numberIn(const media::Picture &picture);
int numberIn(const QImage &frame); // of 32 bits per pixel; -2: there is none
int numberOf(const media::DecodedFrame &frame);

} // namespace gatehouse::tests
