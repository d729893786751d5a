// What a person or a camera may enter at most: one limit for each thing, for the parser, the handler, the
// form and the command line alike. The limits of a setting stand in its row of settings/fields.cpp, those of
// a decoder in media/picture/picture_limits.h. Constants.
#pragma once

#include <QtGlobal>

namespace gatehouse::limits
{

inline constexpr qsizetype kMaxCameraName = 80; // characters
inline constexpr qsizetype kMaxUserName = 128;  // characters; cameras' forms take less
inline constexpr qsizetype kMaxPassword = 128;  // characters
inline constexpr qsizetype kMaxReason = 200;    // characters of the reason for a deletion
inline constexpr int kMaxPort = 65'535;

// Hours a camera's clock is ahead or behind; one that is further off was never set, and arrival is taken.
inline constexpr int kMaxClockOffsetHours = 36;
inline constexpr qint64 kMaxClockOffset = kMaxClockOffsetHours * 3'600'000LL; // ms

inline constexpr qint64 kMaxItemDuration = 86'400'000; // ms; the schema's CHECK, and invariant I3
inline constexpr qint64 kDefaultMaxFile = qint64(8)
                                          << 30; // bytes of one upload, where no setting says another
inline constexpr int kMaxPauseMinutes = 12 * 60; // nobody forgets for longer that nothing is received

} // namespace gatehouse::limits
