// What day.tsv leads one to expect of the catalog after tools/replay.py has played it.
#pragma once

#include <QDate>
#include <QDateTime>
#include <QString>
#include <QVector>

namespace gatehouse::tests
{

// One name on one camera's account, with everything the day does under it.
struct ExpectedUpload {
    QString sourcePath;
    QString camera;
    QString kind;  // "still", "clip"
    int items = 0; // distinct contents that were not only a beginning of a later one
    bool isCutForGood = false;
    bool isStuckClock = false;
    QVector<QDateTime> captured; // local, one for each content
};

// Empty `date`: as recorded. Uploads that must leave nothing (connection tests, empty files, data
// connections cut before the first byte) come with items == 0.
QVector<ExpectedUpload> expectedDay(const QDate &date);

} // namespace gatehouse::tests
