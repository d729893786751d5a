// The drawn scene of tiny_media: a gradient with a moving bright block. Any thread.
#pragma once

extern "C" {
#include <libavutil/frame.h>
}

namespace gatehouse::tests
{

// Draws into a planar 4:2:0 frame with buffers. `step`: the frame's number; it moves the block.
void drawScene(AVFrame &frame, int step);
void drawBlack(AVFrame &frame);

} // namespace gatehouse::tests
