#include "media/demux/decode_log.h"

#include "media/demux/av.h"

#include <array>
#include <cstdarg>
#include <cstring>
#include <utility>

namespace gatehouse::media
{

namespace
{

thread_local int decodeErrors = 0;

// Logged as errors, but for streams that real cameras write and that display correctly. Metadata next to a
// picture, such as EXIF, is not part of it.
constexpr std::array<const char *, 8> kHarmless{
    "SEI ",
    "mmco: ",
    "number of reference frames ",
    "mjpeg: invalid TIFF header in EXIF",
    "mjpeg: error decoding EXIF",
    "invalid TIFF header in Exif",
    "error decoding Exif",
    "Ignoring extra EXIF",
};

void countDecodeErrors(void *context, int level, const char *format, va_list)
{
    if (level > AV_LOG_ERROR || context == nullptr || format == nullptr)
        return;
    for (const char *prefix : kHarmless) {
        if (std::strncmp(format, prefix, std::strlen(prefix)) == 0)
            return;
    }
    const AVClass *kind = *static_cast<const AVClass *const *>(context);
    // Scalers and demuxers complain about other things; only the frames matter to a viewer.
    if (kind != nullptr && kind->category == AV_CLASS_CATEGORY_DECODER)
        ++decodeErrors;
    else if (kind != nullptr && kind->get_category != nullptr &&
             kind->get_category(context) == AV_CLASS_CATEGORY_DECODER)
        ++decodeErrors;
}

} // namespace

void installDecodeLog()
{
    av_log_set_callback(countDecodeErrors);
}

int takeDecodeErrors()
{
    return std::exchange(decodeErrors, 0);
}

} // namespace gatehouse::media
