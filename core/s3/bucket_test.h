// Tests everything that off-site copies will ask of a bucket, with real requests of the same client, and says
// in plain words what the bucket can do. It writes below `prefix` and removes what it wrote, as far as the
// access key may; a locked object remains for a minute at least.
#pragma once

#include "s3/client.h"

#include <QVector>

namespace gatehouse::s3
{

enum class BucketCheck {
    Write,
    Clock,
    Checksum, // damaged uploads are refused
    Multipart,
    List,
    Read, // ranges of an object
    ConditionalWrite,
    Lock,
    Delete
};

enum class Verdict {
    Good,
    Limited, // works without it, tested or not
    Bad      // off-site copies are impossible or not safe, or that could not be tested
};

struct BucketFinding {
    BucketCheck check;
    Verdict verdict;
    QString text; // a sentence or two for a person
};

struct BucketReport {
    QVector<BucketFinding> findings; // in the order of the checks; after a failed Write there are no others
    QString region;                  // the bucket's
    bool refusesDamage = false;
    bool isConditionalPutReal = false;
    // Locked, confirmed, and its deletion refused, though the key can delete what is not locked.
    bool isLockReal = false;
    bool canDelete = false;

    [[nodiscard]] bool isUsable() const;
    [[nodiscard]] const BucketFinding *find(BucketCheck check) const; // null: not checked
};

// Takes some seconds, and uploads 5 MB and a little. Resolves on the client's network thread; if cancelled,
// it ends after the running step. Client and clock must outlive it.
QFuture<BucketReport> testBucket(Client &client, const Clock &clock, const QString &prefix);

} // namespace gatehouse::s3
