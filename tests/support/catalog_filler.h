// Fills a catalog by plain SQL, like a year of cameras: events of a few stills and a clip, hourly scheduled
// stills, everything examined. For benchmarks and for windows that need something to show.
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
    int keptOf = 0; // > 0: one in so many events is kept, the others were deleted by age
};

// Creates the database (which must not exist) with the real schema; takes about half a minute for 2,000,000
// items.
Result<void> fillCatalog(const QString &databasePath, const Filling &filling);

} // namespace gatehouse::tests
