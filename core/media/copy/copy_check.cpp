#include "media/copy/copy_check.h"

#include "base/messages.h"
#include "media/playback/decoder_clip.h"

#include <cstdlib>

namespace gatehouse::media
{

namespace
{
constexpr qint64 kTimeRounding = 2'000; // microseconds: MP4's clock and the decoder's smallest step
}

Result<DecodedCopy> decodeCopy(const QString &file)
{
    auto decoder = ClipDecoder::open(file);
    if (!decoder)
        return tl::unexpected(decoder.error());
    (*decoder)->skipLoopFilter();
    DecodedCopy out;
    const AVFrame *last = nullptr;
    while (const auto picture = (*decoder)->next()) {
        if (picture->frame.get() == last)
            break; // the sound goes on
        last = picture->frame.get();
        if (out.pictures++ == 0)
            out.first = picture->time;
        out.last = picture->time;
    }
    if ((*decoder)->damagedPackets() > 0 || (*decoder)->failure() != 0)
        return fail(ErrorKind::Corrupt, Messages::tr("The copy can't be decoded."), file);
    return out;
}

bool matches(const DecodedCopy &made, const DecodedCopy &found)
{
    return made.pictures == found.pictures && std::abs(made.first - found.first) <= kTimeRounding &&
           std::abs(made.last - found.last) <= kTimeRounding;
}

} // namespace gatehouse::media
