// Makes errors of what a transfer came to. Any thread.
#pragma once

#include "s3/http.h"
#include "s3/s3_error.h"

namespace gatehouse::s3
{

struct RequestContext {
    QString bucket;
    QString host;
    QString permission;     // "s3:PutObject": what the key needs for this
    bool isObject = true;   // false: about the bucket
    bool isUpload = false;  // about a multipart upload
    bool isContent = false; // a successful answer is what somebody stored, whatever it looks like
    qint64 now = 0;         // UTC ms by this PC's clock, uncorrected
    qint64 signedAt = 0;    // UTC ms that the request was dated; 0: now
    QString region = {};    // that it was signed for
    bool hasLock = false;   // it asked for a retention
};

// The error in a response, if there is one: a fault, a status that is not 2xx, or an <Error> under one that
// is.
std::optional<S3Error> errorIn(const HttpResponse &response, const RequestContext &context);
// Errors that only the request's own code can see, such as an incomplete document.
S3Error errorOf(Reason reason, const HttpResponse &response, const RequestContext &context);

// "This PC's clock is 3 h 12 min behind. …", for a server that is ahead by so many ms.
QString clockText(qint64 skew);
// How far the server is ahead of this PC, by its Date header, ms; an empty optional: it sent none.
std::optional<qint64> skewIn(const HttpResponse &response, qint64 now);
// The bucket's region, if the response refuses the one that was signed for and names another; otherwise
// empty.
QString otherRegionIn(const HttpResponse &response, const QString &signedFor);

} // namespace gatehouse::s3
