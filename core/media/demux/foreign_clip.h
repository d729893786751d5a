// Intact recordings that cannot be shown: audio only, a codec without a decoder, encrypted. They are not
// damaged. One thread.
#pragma once

#include "media/demux/source.h"
#include "media/probe/probe.h"

#include <optional>

namespace gatehouse::media
{

QString cannotShow(const AVCodecParameters &video);
// What a file without decodable frames is, if it is such a recording.
std::optional<ProbeResult> foreignClip(Source &source);
// A transport stream with packets marked as scrambled.
bool isScrambled(const Source &source);

} // namespace gatehouse::media
