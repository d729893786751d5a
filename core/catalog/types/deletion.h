// The deletion log: what was deleted and why. Values: any thread.
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
    QString reason;                      // a sentence
    qint64 at = 0;                       // UTC ms
    std::optional<qint64> duration = {}; // ms; none: unknown

    friend bool operator==(const Deletion &, const Deletion &) = default;
};

struct DeletionQuery {
    CameraId camera;                // none: all
    std::optional<TimeRange> range; // deleted then
    std::optional<Deletion> after;  // the next page: the last one of the previous page
    int limit = 100;
};

// Consecutive clips and stills that were deleted for the same reason and have no other copy.
struct DeletedSpan {
    TimeRange range; // from the first capture to the end of the last recording
    QString reason;
    int clips = 0;
    int stills = 0;
    qint64 at = 0; // UTC ms: when the last of them was deleted; 0: unknown, from counts
    // What was recorded in the range, by start; a still, or a clip of unknown length, is an empty one. From
    // counts: none, somewhere in the range.
    QVector<TimeRange> recordings = {};

    friend bool operator==(const DeletedSpan &, const DeletedSpan &) = default;
};

// The maximum break within a span that was read from counts: deletions in adjacent hours or days form one
// span.
enum class DeletionUnit : qint64 { Hour = 3'600'000, Day = 86'400'000 }; // ms

// Newest first. Errors stay in the connection.
QVector<Deletion> readDeletions(db::Connection &db, const DeletionQuery &query);
// For recordings captured in the range, by start, deletion by deletion; a break of five minutes ends a span.
// Recordings that started earlier and extend into the range are left out.
QVector<DeletedSpan> readDeletedSpans(db::Connection &db, CameraId camera, TimeRange range);
// Of all cameras, from kept counts: the hours or UTC days that begin in the range.
QHash<CameraId, QVector<DeletedSpan>> readDeletedSpans(db::Connection &db, DeletionUnit unit,
                                                       TimeRange range);

} // namespace gatehouse::catalog
