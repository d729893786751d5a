// Checks a catalog against the invariants stated in its schema, by counting and grouping everything from
// scratch in a second, simpler way. For tests that change, crash or repair a catalog.
#pragma once

#include <QString>
#include <QStringList>

namespace gatehouse::tests
{

// The violations, as sentences; empty: none. The writer may be open, but must be idle.
QStringList brokenInvariants(const QString &databasePath, qint64 eventGap = 60'000);

} // namespace gatehouse::tests
