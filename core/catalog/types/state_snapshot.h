// User decisions that only the catalog knows: accounts with password hashes, cameras with names, zones, clock
// offsets and merges, protection and reviewed marks. A backup is kept next to the files, so that a lost,
// damaged or older catalog gets it back. Values: any thread.
#pragma once

#include "base/result.h"
#include "catalog/types/camera.h"

#include <QByteArray>
#include <QVector>
#include <optional>

namespace gatehouse::db
{
class Connection;
}

namespace gatehouse::catalog
{

struct SnapshotCamera {
    QString user; // of its account
    QString key;  // empty: none
    QString name;
    QByteArray zone;
    qint64 offset = 0; // ms
    bool offsetLearned = false;
    bool offsetFixed = false;
    qint64 created = 0; // UTC ms
    bool removed = false;
    int mergedInto = -1;                    // index among the snapshot's cameras; -1: not merged
    std::optional<int> namesUtcOffset = {}; // s; none: it writes its names in its zone

    friend bool operator==(const SnapshotCamera &, const SnapshotCamera &) = default;
};

// A rebuild renumbers events, and may group them differently until their clips are examined: reviewed ones
// are identified by camera and time.
struct ReviewedEvent {
    int camera = -1;  // index among the snapshot's cameras
    qint64 start = 0; // UTC ms
    qint64 end = 0;

    friend bool operator==(const ReviewedEvent &, const ReviewedEvent &) = default;
};

struct StateSnapshot {
    qint64 revision = 0;    // incremented with every change; the catalog remembers its own
    qint64 lastRemoval = 0; // UTC ms; an older catalog has rows of deleted files
    QVector<Account> accounts;
    QVector<SnapshotCamera> cameras;
    QVector<ItemId> protectedItems;
    QVector<ReviewedEvent> reviewed;
};

inline const QString kStateRevisionKey = QStringLiteral("state_revision"); // in the table meta

QByteArray toJson(const StateSnapshot &state);
// Corrupt: not a snapshot, or from a later version.
Result<StateSnapshot> stateFromJson(const QByteArray &json);

// Reads the revision first: everything else is at least as new. Errors stay in the connection.
StateSnapshot readState(db::Connection &db);

} // namespace gatehouse::catalog
