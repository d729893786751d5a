// Where new posters are written. Values: any thread.
#pragma once

#include "base/ids.h"

#include <QString>

namespace gatehouse::media
{

// Relative to the cache folder: posters/<ab>/<item id>.jpg. Readers get it from the catalog's table of
// derivatives.
QString posterPath(ItemId item);

} // namespace gatehouse::media
