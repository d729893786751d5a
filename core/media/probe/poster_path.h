// Where posters lie. Values: any thread.
#pragma once

#include "base/ids.h"

#include <QString>

namespace gatehouse::media
{

// <folder>/<ab>/<item id>.jpg, 320 px wide.
QString posterPath(const QString &folder, ItemId item);

} // namespace gatehouse::media
