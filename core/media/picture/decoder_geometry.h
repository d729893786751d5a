// How large a picture is shown and how it is turned and scaled into a tile: the player's pictures and
// the posters are made here, so that shape and colours are the same everywhere. Any thread.
#pragma once

#include "media/demux/av.h"
#include "media/playback/player_picture.h"

namespace gatehouse::media
{

struct TileSize {
    int width = 0; // device pixels; 0: as large as the recording
    int height = 0;

    friend bool operator==(const TileSize &, const TileSize &) = default;
};

// Recorders halve the width of 16:9 (960x1080, 1280x1440, 480x540) and often do not say so: a picture
// of exactly 8:9 without a pixel aspect is shown twice as wide.
AVRational pixelAspect(int width, int height, AVRational written);
// What the container or the stream says, else the above. No frame: of the stream as it is declared.
AVRational pixelAspectOf(AVFormatContext *format, AVStream *stream, AVFrame *frame);

// As large as a picture is made at most; enlarging is the painter's part.
inline constexpr qint64 kMaxShownPixels = 15'000'000;

// Scales down into the tile with the aspect kept, never up: enlarging is the painter's cheap part.
ShownSize fitted(ShownSize shown, TileSize tile);

// swscale's vector paths write whole blocks of 16 pixels: past a row that ends within one, and past the
// end of the last row. Every buffer it writes to has this layout: rows of whole blocks, and a spare block.
struct PixelRows {
    qsizetype stride = 0; // bytes from row to row
    qsizetype bytes = 0;  // of the whole buffer
};
PixelRows pixelRows(int width, int height); // BGRA

// Keeps its scaling tables between pictures of one kind. One thread.
class PictureMaker
{
public:
    void setTile(TileSize tile) { m_tile = tile; }
    [[nodiscard]] TileSize tile() const { return m_tile; }
    // Null when the frame cannot be converted (a format libav does not know to scale).
    PicturePtr make(const AVFrame &frame, Orientation orientation, qint64 time);

private:
    TileSize m_tile;
    Av<SwsContext> m_scale;
};

} // namespace gatehouse::media
