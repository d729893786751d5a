// Where new copies of clips are written. Values: any thread.
#pragma once

#include "base/ids.h"

#include <QString>

namespace gatehouse::media
{

// The folder of all copies, relative to the cache folder.
inline constexpr QLatin1String kCopyFolder{"copies"};
// Of a file that is still being written.
inline constexpr QLatin1String kPartSuffix{".part"};

// Relative to the cache folder: copies/<kind>/<ab>/<item id>.mp4. Readers get it from the catalog's table of
// derivatives.
QString copyPath(const QString &kind, ItemId item);

} // namespace gatehouse::media
