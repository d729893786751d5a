// What was deleted and why: the deletion log as it is shown. Values: any thread.
#pragma once

#include "base/ids.h"
#include "base/media_types.h"
#include "base/result.h"
#include "base/time_range.h"

#include <QHash>
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

// Clips and stills that were deleted for one reason and followed one another, and are kept nowhere else.
struct DeletedSpan {
    TimeRange range; // first to last capture
    QString reason;
    int clips = 0;
    int stills = 0;

    friend bool operator==(const DeletedSpan &, const DeletedSpan &) = default;
};

// How long a break may be within a span that was read from kept counts: what began in one hour or day and
// what in the next is one span.
enum class DeletionUnit : qint64 { Hour = 3'600'000, Day = 86'400'000 }; // ms

// The newest first. Errors stay in the connection.
QVector<Deletion> readDeletions(db::Connection &db, const DeletionQuery &query);
// Of what was captured in the range, by start, deletion by deletion; a span ends at a break of five minutes.
QVector<DeletedSpan> readDeletedSpans(db::Connection &db, CameraId camera, TimeRange range);
// Of all cameras, from kept counts: the hours or UTC days that begin in the range.
QHash<CameraId, QVector<DeletedSpan>> readDeletedSpans(db::Connection &db, DeletionUnit unit,
                                                       TimeRange range);

} // namespace gatehouse::catalog
