// What the catalog should hold after tools/replay.py has played day.tsv.
#pragma once

#include <QDate>
#include <QDateTime>
#include <QString>
#include <QVector>

namespace gatehouse::tests
{

// One name in one camera's account, with all uploads of the day under it.
struct ExpectedUpload {
    QString sourcePath;
    QString camera;
    QString kind;  // "still", "clip"
    int items = 0; // distinct contents that are not just a prefix of a later one
    bool isCutForGood = false;
    bool isStuckClock = false;
    QVector<QDateTime> captured; // local, one per content
};

// Empty `date`: as recorded. Uploads that must leave nothing (connection tests, empty files, data connections
// cut before the first byte) have items == 0.
QVector<ExpectedUpload> expectedDay(const QDate &date);

} // namespace gatehouse::tests
