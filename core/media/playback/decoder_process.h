// The main function of a decoder process (`gatehouse media-decoder`): decodes for one player of the window,
// under a worker's limits, and dies with the window. Opens no files: the window opens them and passes the
// descriptors.
#pragma once

#include <QtGlobal>

namespace gatehouse::media
{

struct DecoderLimits {
    qint64 memory = qint64(1) << 30; // bytes of address space beyond the program and the shared frames
};

int runDecoder(const DecoderLimits &limits = {});

} // namespace gatehouse::media
