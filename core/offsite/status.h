// How the copying to S3 stands, for the status bar, the page and the command line. Times are UTC ms, sizes
// bytes. A value; any thread.
#pragma once

#include "offsite/part.h"
#include "s3/s3_error.h"

#include <QVector>
#include <array>
#include <optional>

namespace gatehouse::offsite
{

struct Amount {
    qint64 files = 0;
    qint64 bytes = 0; // a low-res copy that has not been made yet counts as 0

    friend bool operator==(const Amount &, const Amount &) = default;
};

struct Transfer {
    PartId part;
    QString key;
    qint64 bytes = 0;
    qint64 sent = 0; // what the server has confirmed: parts of a long file; 0 of a short one until the end

    friend bool operator==(const Transfer &, const Transfer &) = default;
};

struct Failure {
    QString text; // a sentence; for YourTurn with what to do
    s3::Remedy remedy = s3::Remedy::TryAgain;
    s3::Reason reason = s3::Reason::Network;
    qint64 at = 0;      // when it first failed so
    qint64 nextTry = 0; // 0: at once, or never by itself

    friend bool operator==(const Failure &, const Failure &) = default;
};

struct Status {
    bool isSet = false;
    bool isPaused = false;
    bool isArchiveAway = false; // nothing is sent until its disk is back
    // Older recordings are still being looked through, newest first: more will be waiting.
    bool isLookingThrough = false;
    std::array<Amount, kRanks.size()> waiting = {}; // by rank; without what has failed
    Amount failed;
    Amount durable;
    qint64 oldestWaiting = 0; // arrival; 0: nothing waits
    // Everything that arrived before is off-site, but for what has failed: now, if nothing waits.
    // 0: not known yet.
    qint64 stillsSafeUpTo = 0;
    qint64 allSafeUpTo = 0;
    QVector<Transfer> transfers;
    qint64 bytesPerSecond = 0;      // confirmed lately
    std::optional<Failure> failure; // none: the latest request succeeded

    [[nodiscard]] Amount waitingInAll() const
    {
        Amount sum;
        for (const Amount &one : waiting) {
            sum.files += one.files;
            sum.bytes += one.bytes;
        }
        return sum;
    }

    friend bool operator==(const Status &, const Status &) = default;
};

} // namespace gatehouse::offsite
