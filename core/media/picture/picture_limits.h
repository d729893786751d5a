// Larger than any camera's pictures: nothing beyond this is ever decoded.
#pragma once

#include <QtGlobal>

namespace gatehouse::media
{

inline constexpr int kMaxPictureSide = 16384;
inline constexpr qint64 kMaxPicturePixels = 100'000'000;
inline constexpr qint64 kMaxPictureFileBytes = qint64(64) << 20;

} // namespace gatehouse::media
