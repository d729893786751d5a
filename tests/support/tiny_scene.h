// The drawn scene of tiny_media: a gradient with a moving bright block. Any thread.
#pragma once

extern "C" {
#include <libavutil/frame.h>
}

namespace gatehouse::tests
{

// Into a planar 4:2:0 frame with buffers. `step`: the picture's number; it moves the block.
void drawScene(AVFrame &frame, int step);
void drawBlack(AVFrame &frame);

} // namespace gatehouse::tests
