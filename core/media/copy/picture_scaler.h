// Scales decoded frames for a copy: as displayed (rotation and pixel aspect applied), never enlarged, YUV
// 4:2:0 with even sides. The first frame decides the size; later ones of another shape get black borders.
// One thread.
#pragma once

#include "media/demux/av.h"

namespace gatehouse::media
{

// The size of a copy: its shorter side is at most `shortSide`, and the longer one at most four times that.
// Even, at least 2.
ShownSize copySize(ShownSize shown, int shortSide);

class PictureScaler
{
public:
    PictureScaler(int shortSide, Orientation orientation) : m_shortSide(shortSide), m_orientation(orientation)
    {
    }

    // Null if swscale does not support the format. Its colours are those of `frame`.
    Av<AVFrame> scaled(const AVFrame &frame);
    [[nodiscard]] ShownSize size() const { return m_size; } // once there was a frame

private:
    int m_shortSide;
    Orientation m_orientation;
    ShownSize m_size;
    Av<SwsContext> m_scale;
};

} // namespace gatehouse::media
