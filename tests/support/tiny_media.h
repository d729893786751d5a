// Small clips and stills made on the spot by libav: a drawn scene with a moving block, so that pictures
// differ. The same recipe gives the same pictures. Blocks; any thread. Empty bytes: this libav cannot
// make it (a codec or a container is missing).
#pragma once

#include <QByteArray>
#include <QDateTime>

namespace gatehouse::tests
{

struct ClipRecipe {
    QByteArray container = "mp4"; // libav's muxer: mp4, matroska, avi, mpegts, vob (program stream), h264
    QByteArray codec = "h264";    // h264, hevc, mpeg4, mjpeg
    int width = 160;
    int height = 120;
    int fps = 10;
    double seconds = 2;
    int keyEvery = 0; // pictures; 0: a second
    bool withSound = false;
    bool withPictures = true;
    bool isEncrypted = false;    // MP4, with a key nobody has
    qint64 startTime = 0;        // UTC ms, written as the container's creation time; 0: none
    int degrees = 0;             // clockwise turn in the container: 0, 90, 180, 270 (mp4)
    bool isFragmented = false;   // MP4 in pieces of a second, each with its own table
    bool isBlackAtFirst = false; // the first half second is black
};

struct StillRecipe {
    int width = 320;
    int height = 240;
    int quality = 80;        // 1 to 100
    QDateTime exifTime = {}; // written as the camera's local time; invalid: no EXIF time
    int orientation = 0;     // EXIF 1 to 8; 0: none
    int seed = 0;            // another number, another picture
};

// Four fields of one colour each: red and green above blue and white.
struct HeifRecipe {
    bool isAvif = false;
    int width = 256; // x265 writes beyond its own memory for small pictures
    int height = 160;
    QDateTime exifTime = {}; // as above
    int orientation = 0;     // in EXIF alone, where it counts for nothing; 0: none
    int ownTurn = 0;         // as EXIF counts, but by the file's own turn and mirror; 0: none
};

QByteArray makeClip(const ClipRecipe &recipe);
QByteArray makeStill(const StillRecipe &recipe);
QByteArray makeHeif(const HeifRecipe &recipe); // by libheif
// A grid of so many tiles, all of which are the one picture of this HEIC file without EXIF and turns.
QByteArray heicOfTiles(const QByteArray &heic, int columns, int rows, int width, int height);
// APP1 of a JPEG with its length left out: begins with "Exif".
QByteArray exifPayload(const QDateTime &time, int orientation);

} // namespace gatehouse::tests
