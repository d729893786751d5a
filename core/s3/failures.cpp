#include "s3/failures.h"

#include "base/escaped.h"
#include "base/messages.h"
#include "s3/answers.h"
#include "s3/endpoint.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <tuple>

namespace gatehouse::s3
{

namespace
{

constexpr qint64 kMaxRetryAfter = 3'600'000; // ms; a server may not silence uploads for longer
constexpr qint64 kRefusedSkew = 900'000;     // ms; servers accept less
constexpr qint64 kMinute = 60'000;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;

struct CodeRow {
    const char *code;
    Reason reason;
};

// Of S3 and of servers that speak it. Codes that are not here go by their status.
constexpr std::array kCodes = {
    CodeRow{"AccessDenied", Reason::Permission},
    CodeRow{"AccountProblem", Reason::Quota},
    CodeRow{"AllAccessDisabled", Reason::Permission},
    CodeRow{"AuthorizationHeaderMalformed", Reason::WrongRegion},
    CodeRow{"BadDigest", Reason::BadDigest},
    CodeRow{"CapExceeded", Reason::Quota},
    CodeRow{"ConditionalRequestConflict", Reason::ServerTrouble},
    CodeRow{"ExpiredToken", Reason::Credentials},
    CodeRow{"IllegalLocationConstraintException", Reason::WrongRegion},
    CodeRow{"IncompleteBody", Reason::Network},
    CodeRow{"InsufficientStorage", Reason::Quota},
    CodeRow{"InternalError", Reason::ServerTrouble},
    CodeRow{"InvalidAccessKeyId", Reason::Credentials},
    CodeRow{"InvalidEncryptionAlgorithmError", Reason::Unsupported},
    CodeRow{"InvalidObjectState", Reason::Unsupported},
    CodeRow{"InvalidPart", Reason::NoSuchUpload},
    CodeRow{"InvalidPartOrder", Reason::NoSuchUpload},
    CodeRow{"InvalidStorageClass", Reason::Unsupported},
    CodeRow{"InvalidToken", Reason::Credentials},
    CodeRow{"NoSuchBucket", Reason::NoSuchBucket},
    CodeRow{"NoSuchKey", Reason::NoSuchObject},
    CodeRow{"NoSuchUpload", Reason::NoSuchUpload},
    CodeRow{"NoSuchVersion", Reason::NoSuchObject},
    CodeRow{"NotImplemented", Reason::Unsupported},
    CodeRow{"NotSignedUp", Reason::Credentials},
    CodeRow{"ObjectLocked", Reason::Permission},
    CodeRow{"OperationAborted", Reason::ServerTrouble},
    CodeRow{"PermanentRedirect", Reason::WrongRegion},
    CodeRow{"PreconditionFailed", Reason::ConditionFailed},
    CodeRow{"QuotaExceeded", Reason::Quota},
    CodeRow{"RequestExpired", Reason::ClockSkew},
    CodeRow{"RequestTimeTooSkewed", Reason::ClockSkew},
    CodeRow{"RequestTimeout", Reason::Timeout},
    CodeRow{"ServerBusy", Reason::SlowDown},
    CodeRow{"ServiceUnavailable", Reason::ServerTrouble},
    CodeRow{"SignatureDoesNotMatch", Reason::Credentials},
    CodeRow{"SlowDown", Reason::SlowDown},
    CodeRow{"TemporaryRedirect", Reason::WrongRegion},
    CodeRow{"Throttling", Reason::SlowDown},
    CodeRow{"TooManyRequests", Reason::SlowDown},
    CodeRow{"UserSuspended", Reason::Quota},
    CodeRow{"XAmzContentSHA256Mismatch", Reason::BadDigest},
    CodeRow{"XMinioStorageFull", Reason::Quota},
};

Reason reasonOfStatus(int status, bool isObject)
{
    switch (status) {
    case 401:
    case 403:
        return Reason::Permission;
    case 404:
        return isObject ? Reason::NoSuchObject : Reason::NoSuchBucket;
    case 405:
    case 413:
    case 501:
        return Reason::Unsupported;
    case 407:
        return Reason::Proxy;
    case 408:
        return Reason::Timeout;
    case 409:
        return Reason::ServerTrouble;
    case 412:
        return Reason::ConditionFailed;
    case 429:
    case 503:
        return Reason::SlowDown;
    case 507:
        return Reason::Quota;
    case 511:
        return Reason::SignInPage;
    default:
        break;
    }
    if (status >= 500)
        return Reason::ServerTrouble;
    // S3 names the region in its redirects; others lead to a page.
    return status >= 300 && status < 400 ? Reason::SignInPage : Reason::InvalidRequest;
}

// Proxies and load balancers send these with a page of their own.
bool isClearAnyway(int status)
{
    return status == 407 || status == 408 || status == 413 || status == 429;
}

// A refusal in words that are not S3's.
bool saysSomethingElse(const HttpResponse &response, const QString &code)
{
    return response.status >= 400 && response.status < 500 && !isClearAnyway(response.status) &&
           code.isEmpty() && response.fault == HttpFault::None && !response.body.isEmpty();
}

Reason reasonOf(const HttpResponse &response, const QString &code, const RequestContext &context)
{
    for (const CodeRow &row : kCodes) {
        if (code != QLatin1String(row.code))
            continue;
        // Also sent for a malformed header, without a region to correct.
        const bool namesNone = otherRegionIn(response, context.region).isEmpty();
        if (row.reason == Reason::WrongRegion && response.status == 400 && namesNone)
            return Reason::InvalidRequest;
        // A new bucket's name is not known everywhere at once.
        if (row.reason == Reason::WrongRegion && response.status == 307 && namesNone)
            return Reason::ServerTrouble;
        // Ceph says that the key is missing where the upload is.
        if (row.reason == Reason::NoSuchObject && context.isUpload)
            return Reason::NoSuchUpload;
        return row.reason;
    }
    if (!otherRegionIn(response, context.region).isEmpty())
        return Reason::WrongRegion;
    if (response.status == 307 && !response.header("x-amz-bucket-region").isEmpty())
        return Reason::ServerTrouble;
    const bool mayBeTheLock =
        code == QLatin1String("InvalidRequest") || code == QLatin1String("InvalidArgument");
    if (context.hasLock && mayBeTheLock)
        return Reason::Unsupported;
    if (response.status == 405 && response.header("x-amz-delete-marker") == "true")
        return Reason::NoSuchObject;
    // HEAD has no code.
    const qint64 dated = context.signedAt != 0 ? context.signedAt : context.now;
    if (response.status == 403 && code.isEmpty() &&
        std::llabs(skewIn(response, dated).value_or(0)) >= kRefusedSkew)
        return Reason::ClockSkew;
    if (saysSomethingElse(response, code))
        return Reason::UnexpectedAnswer;
    const Reason reason = reasonOfStatus(response.status, context.isObject);
    return reason == Reason::NoSuchObject && context.isUpload ? Reason::NoSuchUpload : reason;
}

Reason reasonOf(HttpFault fault)
{
    switch (fault) {
    case HttpFault::Cancelled:
        return Reason::Cancelled;
    case HttpFault::Resolve:
        return Reason::Dns;
    case HttpFault::ProxyTrouble:
        return Reason::Proxy;
    case HttpFault::ConnectTimeout:
    case HttpFault::Stalled:
        return Reason::Timeout;
    case HttpFault::TlsTrouble:
        return Reason::Tls;
    case HttpFault::BodyUnreadable:
    case HttpFault::SinkRefused:
        return Reason::LocalFile;
    case HttpFault::TooLong:
        return Reason::UnexpectedAnswer;
    case HttpFault::None:
    case HttpFault::Connect:
    case HttpFault::Cut:
    case HttpFault::Other:
        break;
    }
    return Reason::Network;
}

std::pair<Remedy, ErrorKind> remedyOf(Reason reason)
{
    switch (reason) {
    case Reason::Cancelled:
        return {Remedy::TryAgain, ErrorKind::Cancelled};
    case Reason::Network:
    case Reason::Timeout:
    case Reason::Dns:
    case Reason::NoSuchUpload:
    case Reason::SlowDown:
    case Reason::ServerTrouble:
    case Reason::BadDigest:
    case Reason::UnexpectedAnswer:
        return {Remedy::TryAgain, ErrorKind::Unavailable};
    case Reason::Tls:
    case Reason::Proxy:
    case Reason::SignInPage:
    case Reason::Credentials:
    case Reason::Permission:
        return {Remedy::YourTurn, ErrorKind::Denied};
    case Reason::ClockSkew:
    case Reason::WrongRegion:
    case Reason::Unsupported:
        return {Remedy::YourTurn, ErrorKind::Invalid};
    case Reason::NoSuchBucket:
    case Reason::NoSuchObject:
        return {Remedy::YourTurn, ErrorKind::NotFound};
    case Reason::LocalFile:
        return {Remedy::YourTurn, ErrorKind::Corrupt};
    case Reason::Quota:
        return {Remedy::YourTurn, ErrorKind::Full};
    case Reason::ConditionFailed:
        return {Remedy::OurBug, ErrorKind::Invalid};
    case Reason::InvalidRequest:
        break;
    }
    return {Remedy::OurBug, ErrorKind::Internal};
}

// "3 h 12 min", in the largest units.
QString skewText(qint64 ms)
{
    const qint64 amount = std::llabs(ms);
    const qint64 days = amount / kDay;
    const qint64 hours = amount % kDay / kHour;
    const qint64 minutes = amount % kHour / kMinute;
    QStringList parts;
    if (days > 0)
        parts.append(Messages::tr("%1 d").arg(days));
    if (hours > 0)
        parts.append(Messages::tr("%1 h").arg(hours));
    if (minutes > 0 && days == 0)
        parts.append(Messages::tr("%1 min").arg(minutes));
    if (parts.isEmpty())
        parts.append(Messages::tr("%1 s").arg(amount / 1000));
    return parts.join(QLatin1Char(' '));
}

QString credentialsText(const QString &code)
{
    if (code == QLatin1String("SignatureDoesNotMatch"))
        return Messages::tr("The secret key does not belong to this access key. Enter both again.");
    return Messages::tr("The server does not know this access key; it may have been replaced or revoked. "
                        "Enter the current key.");
}

// Never in libcurl's words: they may quote the password.
QString proxyText(const HttpResponse &response)
{
    const QString status = response.status != 0 ? QString::number(response.status) : response.faultText;
    return status.isEmpty()
               ? Messages::tr("The proxy cannot be used. Check its address and password.")
               : Messages::tr(
                     "The proxy does not let the connection through (%1). Check its address and password.")
                     .arg(escaped(status));
}

QString unsupportedText(const S3Error &error)
{
    if (error.httpStatus == 413)
        return Messages::tr("The server or a proxy in front of it limits the size of uploads.");
    if (error.code == QLatin1String("InvalidObjectState"))
        return Messages::tr("The object is archived. Restore it at the provider first.");
    return Messages::tr("The server cannot do this (%1). Choose another setting or provider.")
        .arg(escaped(error.code.isEmpty() ? QString::number(error.httpStatus) : error.code));
}

QString textOf(const S3Error &error, const HttpResponse &response, const RequestContext &context,
               const QString &message)
{
    switch (error.reason) {
    case Reason::Cancelled:
        return Messages::tr("The transfer was cancelled.");
    case Reason::Network:
        return error.httpStatus == 0 && response.fault == HttpFault::Connect
                   ? Messages::tr("%1 cannot be reached. Check the internet connection and the address.")
                         .arg(context.host)
                   : Messages::tr("The connection to %1 was lost.").arg(context.host);
    case Reason::Timeout:
        return Messages::tr("%1 does not answer.").arg(context.host);
    case Reason::Dns:
        return Messages::tr("The name %1 cannot be found. Check the internet connection and the address.")
            .arg(context.host);
    case Reason::Tls:
        return Messages::tr(
                   "The identity of %1 cannot be verified (%2). If this is your own server, choose "
                   "its CA certificate; otherwise check this PC's date, and whether the network asks "
                   "you to sign in.")
            .arg(context.host, escaped(response.faultText));
    case Reason::Proxy:
        return proxyText(response);
    case Reason::SignInPage:
        return Messages::tr("A web page answered in place of the storage server. Sign in to the network, or "
                            "check the address.");
    case Reason::LocalFile:
        if (response.fault == HttpFault::SinkRefused)
            return Messages::tr("What was downloaded cannot be stored.");
        return response.faultText.isEmpty() ? Messages::tr("The file can no longer be read while it is sent.")
                                            : response.faultText;
    case Reason::ClockSkew:
        return clockText(error.clockSkew);
    case Reason::WrongRegion:
        return error.region.isEmpty() ? Messages::tr("The bucket %1 is in another region. Choose its region.")
                                            .arg(context.bucket)
                                      : Messages::tr("The bucket %1 is in the region %2. Choose that region.")
                                            .arg(context.bucket, error.region);
    case Reason::Credentials:
        return credentialsText(error.code);
    case Reason::Permission:
        return Messages::tr("The server refuses the access key. Give it the permission %1 for the bucket %2, "
                            "or enter the current key.")
            .arg(context.permission, context.bucket);
    case Reason::NoSuchBucket:
        return Messages::tr("The bucket %1 does not exist. Check its name, or create it.")
            .arg(context.bucket);
    case Reason::NoSuchObject:
        return Messages::tr("The object is not in the bucket %1.").arg(context.bucket);
    case Reason::NoSuchUpload:
        return Messages::tr("The server no longer knows this upload. It will be sent again.");
    case Reason::Quota:
        return Messages::tr(
            "The storage is full, or its account is suspended. Free space, raise the limit or "
            "check the account at the provider.");
    case Reason::SlowDown:
        return Messages::tr("The server is asking Gatehouse to slow down.");
    case Reason::ServerTrouble:
        return Messages::tr("The server reports an internal error (%1).").arg(error.httpStatus);
    case Reason::BadDigest:
        return Messages::tr("The data arrived damaged and will be sent again.");
    case Reason::ConditionFailed:
        return Messages::tr("The object already exists.");
    case Reason::Unsupported:
        return unsupportedText(error);
    case Reason::UnexpectedAnswer:
        return Messages::tr("%1 sent an answer that is incomplete or not S3's.").arg(context.host);
    case Reason::InvalidRequest:
        break;
    }
    if (error.httpStatus == 0)
        return message; // it was never sent
    return Messages::tr("The server refuses the request (%1): %2")
        .arg(escaped(error.code.isEmpty() ? QString::number(error.httpStatus) : error.code),
             escaped(message));
}

std::optional<qint64> retryAfterIn(const HttpResponse &response, qint64 now)
{
    const QByteArray value = response.header("retry-after");
    bool isNumber = false;
    qint64 wait = std::clamp<qint64>(value.toLongLong(&isNumber), 0, kMaxRetryAfter / 1000) * 1000;
    if (!isNumber) {
        const qint64 date = timeFromHttp(response.header("date"));
        const qint64 until = value.isEmpty() ? 0 : timeFromHttp(value);
        if (until == 0)
            return std::nullopt;
        wait = until - (date == 0 ? now : date);
    }
    return std::clamp<qint64>(wait, 0, kMaxRetryAfter);
}

// Hotel networks answer everything with a page of theirs; S3 answers with XML, or with its own headers.
bool isForeign(const HttpResponse &response)
{
    if (response.fault != HttpFault::None || response.status >= 500 || isClearAnyway(response.status) ||
        !response.header("content-type").toLower().startsWith("text/html") ||
        !response.header("etag").isEmpty())
        return false;
    return std::none_of(response.headers.begin(), response.headers.end(),
                        [](const Header &header) { return header.name.startsWith("x-amz-"); });
}

bool isSuccess(int status)
{
    return status >= 200 && status < 300;
}

std::optional<ErrorDocument> documentIn(const HttpResponse &response, bool isContent)
{
    if (response.body.isEmpty() || (isContent && isSuccess(response.status)))
        return std::nullopt;
    return readError(response.body.trimmed());
}

} // namespace

QString clockText(qint64 skew)
{
    if (std::llabs(skew) < kMinute)
        return Messages::tr("The server says that this PC's clock is wrong. Set the date and time.");
    const QString amount = skewText(skew);
    return skew > 0
               ? Messages::tr("This PC's clock is %1 behind. Set the date and time, or turn on automatic "
                              "time.")
                     .arg(amount)
               : Messages::tr("This PC's clock is %1 ahead. Set the date and time, or turn on automatic "
                              "time.")
                     .arg(amount);
}

std::optional<qint64> skewIn(const HttpResponse &response, qint64 now)
{
    const QByteArray date = response.header("date");
    const qint64 server = date.isEmpty() ? 0 : timeFromHttp(date);
    return server == 0 ? std::nullopt : std::optional(server - now);
}

QString otherRegionIn(const HttpResponse &response, const QString &signedFor)
{
    if (response.status != 301 && response.status != 307 && response.status != 400)
        return {};
    QString region = QString::fromLatin1(response.header("x-amz-bucket-region"));
    if (region.isEmpty()) {
        if (const auto document = documentIn(response, false))
            region = document->region;
    }
    return isRegionName(region) && region != signedFor ? region : QString();
}

S3Error errorOf(Reason reason, const HttpResponse &response, const RequestContext &context)
{
    S3Error error;
    error.reason = reason;
    std::tie(error.remedy, error.kind) = remedyOf(reason);
    error.where = QStringLiteral("s3");
    error.httpStatus = response.status;
    QString message = response.faultText;
    if (const auto document = documentIn(response, context.isContent)) {
        error.code = document->code;
        error.requestId = document->requestId;
        message = document->message;
    }
    if (const QByteArray id = response.header("x-amz-request-id"); !id.isEmpty())
        error.requestId = QString::fromLatin1(id.left(200));
    error.retryAfter = retryAfterIn(response, context.now);
    error.region = otherRegionIn(response, context.region);
    if (reason == Reason::ClockSkew)
        error.clockSkew = skewIn(response, context.now).value_or(0);
    error.text = textOf(error, response, context, message);
    return error;
}

std::optional<S3Error> errorIn(const HttpResponse &response, const RequestContext &context)
{
    const auto document = documentIn(response, context.isContent);
    // A server that refuses early and then closes is in the right, even if that cuts what is being sent.
    const bool isRefusal = response.status >= 300 || document;
    if (response.fault == HttpFault::Cancelled || (response.fault != HttpFault::None && !isRefusal))
        return errorOf(reasonOf(response.fault), response, context);
    if (isForeign(response))
        return errorOf(Reason::SignInPage, response, context);
    if (isSuccess(response.status) && !document)
        return std::nullopt;
    if (response.status == 0)
        return errorOf(Reason::Network, response, context);
    const QString code = document ? document->code : QString();
    Reason reason = reasonOf(response, code, context);
    // "200 with <Error>" and a code that nobody knows: the server failed after it had begun to answer.
    if (isSuccess(response.status) && reason == Reason::InvalidRequest)
        reason = Reason::ServerTrouble;
    return errorOf(reason, response, context);
}

} // namespace gatehouse::s3
