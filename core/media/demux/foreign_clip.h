// Recordings that are sound and still show nothing here: only sound, a codec without a decoder, encrypted.
// They are no damage. One thread.
#pragma once

#include "media/demux/source.h"
#include "media/probe/probe.h"

#include <optional>

namespace gatehouse::media
{

QString cannotShow(const AVCodecParameters &video);
// What a file without pictures that can be decoded is, if it is such a recording.
std::optional<ProbeResult> foreignClip(Source &source);
// A transport stream whose packets are marked as scrambled.
bool isScrambled(const Source &source);

} // namespace gatehouse::media
