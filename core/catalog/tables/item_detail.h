// An item's cold row: location of its bytes, metadata of its name, origin of its time. Inside an operation.
#pragma once

#include "catalog/tables/camera_table.h"
#include "catalog/tables/item_row.h"
#include "catalog/tables/write_context.h"
#include "catalog/types/capture_time.h"

namespace gatehouse::catalog
{

struct ItemDetail {
    AccountId account;
    CameraId origin;
    qint64 archive = 0; // row of `archive`
    QString relativePath;
    QString sourcePath;
    QByteArray sha256;
    bool live = true;
    bool cut = false;
    ItemId extends;
    bool unfinished = false; // see invariant I8
    TimeSource timeSource = TimeSource::Arrival;
    qint64 clockOffset = 0;
    std::optional<qint64> hintLocal;
    std::optional<qint64> hintUtc;
    TimeSource hintSource = TimeSource::Arrival;
    bool hintIsDay = false; // see CaptureHint
    bool hintIsEnd = false;
    std::optional<bool> hintIsSummerTime;
    QString reason;

    // `duration`: ms, if it is known; otherwise 0.
    [[nodiscard]] CaptureFacts facts(qint64 received, qint64 duration) const
    {
        return {hintLocal, hintUtc,   hintSource,       received, live,
                hintIsDay, hintIsEnd, hintIsSummerTime, duration};
    }
    // With a camera that writes its names at this many seconds from UTC; none: in its zone.
    void take(const CaptureHint &hint, std::optional<int> namesUtcOffset);
    void readNamesAt(std::optional<int> namesUtcOffset);
};

ItemDetail detailOf(WriteContext &context, ItemId id);
void insertDetail(WriteContext &context, ItemId id, const ItemDetail &detail);
void updateDetail(WriteContext &context, ItemId id,
                  const ItemDetail &detail); // all but archive, path and hash
// Another item of this account with the same bytes and name.
ItemId sameUpload(WriteContext &context, AccountId account, const QString &sourcePath,
                  const QByteArray &sha256, ItemId except);
KeptFile keptFileOf(WriteContext &context, ItemId id);

// Computes the item's time in the camera's zone with this offset; sets the detail's source, too.
qint64 placeInTime(WriteContext &context, const CameraRow &camera, qint64 offset, ItemDetail &detail,
                   const ItemRow &item);

} // namespace gatehouse::catalog
