// What went wrong with a request to S3: an Error with who has to act, and what the server said. Reply<T> is
// to S3 what Result<T> is elsewhere, and converts to it. Values; any thread.
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>
#include <optional>

namespace gatehouse::s3
{

// Who can help. TryAgain has the kind Unavailable (or Cancelled): later, with jittered back-off, not before
// `retryAfter`. YourTurn: the user; the text says what to do. OurBug: nobody by trying; the caller asked for
// something that cannot be, unless it expected this reason.
enum class Remedy { TryAgain, YourTurn, OurBug };

enum class Reason {
    Cancelled,   // the client was closed
    Network,     // refused, reset, cut short
    Timeout,     // no connection, or nothing moved for a while
    Dns,         // the server's name is unknown
    Tls,         // its certificate cannot be verified, or it does not speak TLS
    Proxy,       // the proxy refuses
    SignInPage,  // something other than an S3 server answered
    LocalFile,   // the file to be sent cannot be read, or has changed
    ClockSkew,   // this PC's clock is wrong, by `clockSkew`
    WrongRegion, // the right one is `region`
    Credentials, // the key is unknown, or the secret does not belong to it
    Permission,  // the key may not do this
    NoSuchBucket,
    NoSuchObject,
    NoSuchUpload, // a multipart upload that is complete, was aborted or never was, or lacks a part
    Quota,        // full, suspended or unpaid
    SlowDown,     // too many requests
    ServerTrouble,
    BadDigest,        // the server received or stored other bytes than were sent
    ConditionFailed,  // with onlyIfAbsent: the object exists
    Unsupported,      // the server cannot do this, or not with this object
    UnexpectedAnswer, // not S3's, incomplete, or too long
    InvalidRequest
};

struct S3Error : Error {
    Reason reason = Reason::InvalidRequest;
    Remedy remedy = Remedy::OurBug;
    QString code = {};                     // the server's: "SlowDown"; empty: it gave none
    int httpStatus = 0;                    // 0: no answer
    std::optional<qint64> retryAfter = {}; // ms, as the server asked
    QString requestId = {};                // for the provider's support
    QString region = {};                   // the bucket's, if the server named it
    qint64 clockSkew = 0;                  // ms that the server is ahead of this PC
};

template<typename T>
using Reply = tl::expected<T, S3Error>;

} // namespace gatehouse::s3
