// Holds a catalog against the invariants that its schema states, by counting and grouping everything
// from scratch in a second, simpler way. For tests that change a catalog, crash it or repair it.
#pragma once

#include <QString>
#include <QStringList>

namespace gatehouse::tests
{

// What is wrong, in words; empty: all holds. The writer may be open, but must be quiet.
QStringList brokenInvariants(const QString &databasePath, qint64 eventGap = 60'000);

} // namespace gatehouse::tests
