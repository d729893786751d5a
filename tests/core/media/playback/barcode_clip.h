// Clips made for tests: every picture carries its number as a bar code, so that a test knows exactly
// which picture it was shown. Any container and codec libav can write here.
#pragma once

#include "media/playback/decoder_clip.h"

#include <QString>
#include <vector>

namespace gatehouse::tests
{

struct BarcodeClip {
    QString path; // its extension chooses the container
    int width = 320;
    int height = 192;
    int pictures = 100;
    int fps = 25;
    int group = 25;         // pictures from key to key
    int between = 0;        // B pictures, where the codec has them
    bool withSound = false; // a tone, AAC
    const char *codec = "libx264";
    int toneMs = 0;             // 0: as long as the pictures
    bool isRefreshed = false;   // H.264 without key pictures but the first
    bool allFlaggedKey = false; // as some recorders write
    bool isTransparent = false; // VP8
    // The stamp of each picture in milliseconds; empty: steady.
    std::vector<qint64> stamps = {};
};

// False with a reason when libav has no such encoder here.
bool makeClip(const BarcodeClip &clip);
// -1: not readable.
int numberIn(const media::Picture &picture);
int numberOf(const media::DecodedFrame &frame);

} // namespace gatehouse::tests
