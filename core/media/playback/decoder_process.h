// The life of a decoder process (`gatehouse media-decoder`): it decodes for one player of the window, with
// the limits of a worker, and dies with the window. It opens no file: what it reads was opened by the window
// and handed over.
#pragma once

#include <QtGlobal>

namespace gatehouse::media
{

struct DecoderLimits {
    qint64 memory = qint64(1) << 30; // bytes of address space beyond the program and the pictures' memory
};

int runDecoder(const DecoderLimits &limits = {});

} // namespace gatehouse::media
