// The rows of the outbox, and the operations of the copier on them: see the invariants in
// resources/schema/catalog/0011_offsite.sql. Times are UTC ms, sizes bytes.
#pragma once

#include "catalog/operations/operation.h"
#include "catalog/types/item.h"
#include "offsite/part.h"
#include "s3/s3_error.h"

#include <QSet>
#include <QVector>
#include <array>

namespace gatehouse::offsite
{

struct Row {
    PartId id;
    Rank rank = Rank::Full;
    State state = State::Pending;
    qint64 bytes = 0;
    int attempts = 0;
    int badDigests = 0;
    bool looksFirst = false; // an earlier catalog may have sent it
    QString key;             // empty: not decided yet
    QByteArray upload;       // id of its multipart upload; empty: none
    qint64 partSize = 0;     // of it; 0: in one piece
};

// A row with what is needed to send it.
struct Task {
    Row row;
    catalog::Item item;
    QString camera; // its name
    QString poster; // of a poster: its path below the cache folder
};

struct Work {
    QVector<Task> urgent;
    QVector<Task> bulk;
    QVector<Task> backlog;
    qint64 nextDue = 0; // when the next row's wait ends; 0: none waits
};

// What may be sent now, the first ones first. Forgets posters that are no longer needed.
struct FindWork {
    qint64 now = 0;
    ItemId freshFrom;  // older ones are the backlog
    QSet<PartId> held; // being sent
    int limit = 8;     // of each lane

    Result<Work> run(catalog::WriteContext &context) const;
};

// About to be sent under this key. False: the row is gone, as in all the next ones.
struct BeginUpload {
    PartId part;
    QString key;
    qint64 bytes = 0;

    Result<bool> run(catalog::WriteContext &context) const;
};

// Has a multipart upload; an empty id: no longer.
struct KeepUploadId {
    PartId part;
    QByteArray upload;
    qint64 partSize = 0;

    Result<bool> run(catalog::WriteContext &context) const;
};

struct MarkVerifying {
    static constexpr auto kUrgency = db::Urgency::Deferred;

    PartId part;

    Result<bool> run(catalog::WriteContext &context) const;
};

struct MarkDurable {
    PartId part;
    qint64 bytes = 0;
    QByteArray etag;
    QByteArray sha256;
    qint64 at = 0;

    Result<bool> run(catalog::WriteContext &context) const;
};

// Failed, and will be tried again.
struct Postpone {
    PartId part;
    qint64 until = 0; // 0: as soon as there is a slot
    QString reason;
    s3::Remedy remedy = s3::Remedy::TryAgain;
    bool isBadDigest = false;
    bool counts = true; // as an attempt: false where it is not the object's fault

    Result<bool> run(catalog::WriteContext &context) const;
};

// Failed for good.
struct GiveUp {
    PartId part;
    QString reason;
    s3::Remedy remedy = s3::Remedy::OurBug;

    Result<bool> run(catalog::WriteContext &context) const;
};

// No low-res copy can be made: its original goes instead, whatever the choice.
struct ReplaceLowRes {
    ItemId item;
    qint64 now = 0;

    Result<bool> run(catalog::WriteContext &context) const;
};

// What failed for good is tried again.
struct RetryFailed {
    Result<void> run(catalog::WriteContext &context) const;
};

// Ends waits that go on for longer than this: after a failure, and others, too, where not even a name would
// be waited for as long, because the clock has gone back since.
struct ShortenWaits {
    qint64 failedUntil = 0;
    qint64 anyUntil = 0;

    Result<void> run(catalog::WriteContext &context) const;
};

// Ids of the multipart uploads that will be gone on with.
struct ReadUploadIds {
    Result<QSet<QByteArray>> run(catalog::WriteContext &context) const;
};

struct OutboxCount {
    qint64 files = 0;
    qint64 bytes = 0;
};

struct OutboxCounts {
    std::array<OutboxCount, kRanks.size()> waiting = {};
    std::array<ItemId, kRanks.size()> oldest = {}; // that waits; none
    OutboxCount durable;
    OutboxCount failed;
    bool isLookingThrough = false;
};

struct CountOutbox {
    static constexpr auto kUrgency = db::Urgency::Deferred;

    Result<OutboxCounts> run(catalog::WriteContext &context) const;
};

} // namespace gatehouse::offsite
