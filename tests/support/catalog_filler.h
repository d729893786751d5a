// Fills a catalog by plain SQL, as a year of cameras would: events of a few stills and a clip, scheduled
// stills each hour, everything examined. For benchmarks and for windows that need something to show.
#pragma once

#include "base/result.h"
#include "base/time_range.h"

#include <QString>

namespace gatehouse::tests
{

struct Filling {
    qint64 items = 10'000; // about
    int cameras = 14;
    TimeRange range;         // UTC ms; empty: the year that ends now
    QByteArray zone = "UTC"; // of all cameras; whole hours from UTC
    quint32 seed = 1;
    int keptOf = 0; // > 0: one of so many is still there, the others were deleted for their age
};

// Makes the database (which must not exist) with the real schema; about half a minute for 2,000,000 items.
Result<void> fillCatalog(const QString &databasePath, const Filling &filling);

} // namespace gatehouse::tests
