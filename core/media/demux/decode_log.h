// Counts libav's error messages instead of printing them: the only sign of damaged picture data that all
// decoders give. Counts per thread; installing replaces libav's log callback for the whole process.
#pragma once

namespace gatehouse::media
{

void installDecodeLog();
// Errors logged by libav on this thread since the last call.
int takeDecodeErrors();

} // namespace gatehouse::media
