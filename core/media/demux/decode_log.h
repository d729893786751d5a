// What libav complains about, counted instead of printed: the one sign of damaged picture data that all
// decoders give. Counts per thread; installing replaces libav's log for the whole process.
#pragma once

namespace gatehouse::media
{

void installDecodeLog();
// Errors that libav logged on this thread since the last call.
int takeDecodeErrors();

} // namespace gatehouse::media
