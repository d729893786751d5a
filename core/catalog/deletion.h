// What was deleted and why: the deletion log as it is shown. Values: any thread.
#pragma once

#include "base/evidence.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time_range.h"

#include <QString>
#include <QVector>
#include <optional>

namespace gatehouse::db
{
class Connection;
}

namespace gatehouse::catalog
{

struct Deletion {
    ItemId item;
    CameraId camera;
    Kind kind = Kind::Other;
    qint64 captured = 0; // UTC ms
    qint64 bytes = 0;
    QString sourcePath;
    QString reason; // a sentence
    qint64 at = 0;  // UTC ms

    friend bool operator==(const Deletion &, const Deletion &) = default;
};

struct DeletionQuery {
    CameraId camera;                // none: all
    std::optional<TimeRange> range; // deleted then
    std::optional<Deletion> after;  // the next ones: the last of the page before
    int limit = 100;
};

// Deletions of one reason that follow one another without a break of five minutes.
struct DeletedSpan {
    TimeRange range; // first to last capture
    QString reason;  // of the first
    int count = 0;

    friend bool operator==(const DeletedSpan &, const DeletedSpan &) = default;
};

// The newest first. Errors stay in the connection.
QVector<Deletion> readDeletions(db::Connection &db, const DeletionQuery &query);
// Of clips and stills captured in the range, by start.
QVector<DeletedSpan> readDeletedSpans(db::Connection &db, CameraId camera, TimeRange range);

} // namespace gatehouse::catalog
