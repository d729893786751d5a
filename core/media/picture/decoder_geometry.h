// The displayed size of a picture, and its rotation and scaling into a tile: shared by the player and the
// posters, so that aspect and colours are the same everywhere. Any thread.
#pragma once

#include "media/demux/av.h"
#include "media/playback/player_picture.h"

namespace gatehouse::media
{

struct TileSize {
    int width = 0; // device pixels; 0: the recording's own size
    int height = 0;

    friend bool operator==(const TileSize &, const TileSize &) = default;
};

// Recorders halve the width of 16:9 (960x1080, 1280x1440, 480x540) and often do not say so: a picture of
// exactly 8:9 without a pixel aspect is shown at double width.
AVRational pixelAspect(int width, int height, AVRational written);
// A JPEG format's colours in the ordinary one, which swscale does not warn about.
AVPixelFormat withoutJpegRange(AVPixelFormat format);
bool isFullRange(const AVFrame &frame); // 0 to 255 rather than 16 to 235
// As the stream says, otherwise as is usual for the size.
AVColorSpace colourSpaceOf(const AVFrame &frame);

// From the container or the stream, otherwise by the rule above. No frame: for the stream as declared.
AVRational pixelAspectOf(AVFormatContext *format, AVStream *stream, AVFrame *frame);

// The largest picture produced; the painter enlarges it further.
inline constexpr qint64 kMaxShownPixels = 15'000'000;

// Scales down into the tile, keeping the aspect; never up, because the painter enlarges cheaply.
ShownSize fitted(ShownSize shown, TileSize tile);

// swscale's vector paths write whole blocks of 16 pixels: past a row that ends within a block, and past the
// end of the last row. Every buffer it writes to has this layout: rows of whole blocks, plus a spare block.
struct PixelRows {
    qsizetype stride = 0; // bytes from row to row
    qsizetype bytes = 0;  // of the whole buffer
};
PixelRows pixelRows(int width, int height); // BGRA

// Reuses its scaling tables between pictures of the same format. One thread.
class PictureMaker
{
public:
    void setTile(TileSize tile) { m_tile = tile; }
    [[nodiscard]] TileSize tile() const { return m_tile; }
    // Null if the frame cannot be converted (swscale does not support its format).
    PicturePtr make(const AVFrame &frame, Orientation orientation, qint64 time);

private:
    TileSize m_tile;
    Av<SwsContext> m_scale;
};

} // namespace gatehouse::media
