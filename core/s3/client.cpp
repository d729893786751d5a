#include "s3/client.h"

#include "base/messages.h"
#include "s3/answers.h"
#include "s3/client_core.h"

#include <QDateTime>
#include <algorithm>

namespace gatehouse::s3
{

namespace
{

constexpr qint64 kMaxPage = 16 << 20; // bytes of a listing: 1000 keys of 1 kB, each byte encoded as three
constexpr char kMetadataPrefix[] = "x-amz-meta-";

tl::unexpected<S3Error> unexpectedAnswer(const HttpResponse &response, const RequestContext &context)
{
    return tl::unexpected(errorOf(Reason::UnexpectedAnswer, response, context));
}

QByteArray isoSecond(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODate).toLatin1();
}

Headers headersOf(const PutOptions &options)
{
    Headers out{{"Content-Type", options.contentType}};
    for (auto it = options.metadata.cbegin(); it != options.metadata.cend(); ++it)
        out.push_back({kMetadataPrefix + it.key(), it.value()});
    if (!options.storageClass.isEmpty())
        out.push_back({"x-amz-storage-class", options.storageClass});
    if (options.encrypts)
        out.push_back({"x-amz-server-side-encryption", "AES256"});
    if (options.retention) {
        const bool isGovernance = options.retention->mode == Retention::Mode::Governance;
        out.push_back({"x-amz-object-lock-mode", isGovernance ? "GOVERNANCE" : "COMPLIANCE"});
        out.push_back({"x-amz-object-lock-retain-until-date", isoSecond(options.retention->until)});
    }
    if (options.onlyIfAbsent)
        out.push_back({"If-None-Match", "*"});
    return out;
}

std::optional<Retention> retentionIn(const HttpResponse &response)
{
    const QByteArray mode = response.header("x-amz-object-lock-mode").toUpper();
    const qint64 until =
        timeFromIso(QString::fromLatin1(response.header("x-amz-object-lock-retain-until-date")));
    if (until == 0 || (mode != "GOVERNANCE" && mode != "COMPLIANCE"))
        return std::nullopt;
    return Retention{mode == "GOVERNANCE" ? Retention::Mode::Governance : Retention::Mode::Compliance, until};
}

ObjectInfo infoIn(const HttpResponse &response)
{
    ObjectInfo out;
    out.size = response.header("content-length").toLongLong();
    out.etag = withoutQuotes(response.header("etag"));
    out.modified = timeFromHttp(response.header("last-modified"));
    out.contentType = response.header("content-type");
    out.storageClass = response.header("x-amz-storage-class");
    out.isEncrypted = !response.header("x-amz-server-side-encryption").isEmpty();
    out.retention = retentionIn(response);
    out.versionId = response.header("x-amz-version-id");
    for (const Header &header : response.headers) {
        if (header.name.startsWith(kMetadataPrefix))
            out.metadata.insert(header.name.mid(qsizetype(sizeof kMetadataPrefix) - 1), header.value);
    }
    return out;
}

// "bytes 0-9/443" -> first, last, whole.
struct ContentRange {
    qint64 first = -1;
    qint64 last = -1;
    qint64 whole = -1;
};

ContentRange contentRangeIn(const HttpResponse &response)
{
    const QByteArray text = response.header("content-range");
    const qsizetype dash = text.indexOf('-');
    const qsizetype slash = text.indexOf('/', dash);
    ContentRange out;
    if (!text.startsWith("bytes ") || dash < 0 || slash < 0)
        return out;
    out.first = text.mid(6, dash - 6).toLongLong();
    out.last = text.mid(dash + 1, slash - dash - 1).toLongLong();
    out.whole = text.mid(slash + 1).toLongLong();
    return out;
}

// Chunks end with a mark, which libcurl waits for; an answer that ends with the connection may be cut short.
bool isWhole(const HttpResponse &response)
{
    if (response.status != 200)
        return false;
    const QByteArray length = response.header("content-length");
    return length.isEmpty() ? response.header("transfer-encoding").toLower().contains("chunked")
                            : length.toLongLong() == response.received;
}

bool isHex(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// Some servers' ETags are other hashes, or numbers. Encrypted with a key of the account, by the bucket's
// configuration, one is no MD5 anywhere.
bool mayBeMd5(const HttpResponse &response, const QByteArray &etag)
{
    constexpr qsizetype digits = 32;
    const QByteArray hash = etag.left(digits).toLower();
    const QByteArray rest = etag.mid(digits);
    const bool isNumber =
        rest.size() > 1 && rest.startsWith('-') &&
        std::all_of(rest.begin() + 1, rest.end(), [](char c) { return c >= '0' && c <= '9'; });
    return hash.size() == digits && isHex(hash) && (rest.isEmpty() || isNumber) &&
           !response.header("x-amz-server-side-encryption").startsWith("aws:kms");
}

Reply<StoredObject> storedIn(const HttpResponse &response, const QByteArray &etag, const QByteArray &expected,
                             bool isMd5, const RequestContext &context)
{
    StoredObject out{etag, response.header("x-amz-version-id"), false};
    const bool isSameForm = etag.contains('-') == expected.contains('-');
    if (!isMd5 || expected.isEmpty() || !isSameForm || !mayBeMd5(response, etag))
        return out;
    if (etag.toLower() != expected)
        return tl::unexpected(errorOf(Reason::BadDigest, response, context));
    out.isVerified = true;
    return out;
}

// The MD5 of the parts' MD5s and their number; empty where one is unknown.
QByteArray multipartEtag(const QVector<UploadedPart> &parts)
{
    QByteArray all;
    for (const UploadedPart &part : parts) {
        if (part.md5.isEmpty())
            return {};
        all += part.md5;
    }
    return md5Of(all).toHex() + '-' + QByteArray::number(parts.size());
}

Call callAbout(const QString &key, const QByteArray &method, const Query &query = {})
{
    Call call{method, key.toUtf8(), query};
    call.isObject = true;
    return call;
}

Query withVersion(const QByteArray &versionId)
{
    return versionId.isEmpty() ? Query() : Query{{"versionId", versionId}};
}

bool isHeaderText(const QByteArray &text)
{
    return !text.isEmpty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

tl::unexpected<Error> wrongOption(const char *field, const QString &text)
{
    return tl::unexpected(Error{ErrorKind::Invalid, text, QStringLiteral("s3"), QString::fromLatin1(field)});
}

} // namespace

Client::Client(std::unique_ptr<Core> core) : m_core(std::move(core)) {}
Client::~Client() = default;

Result<std::unique_ptr<Client>> Client::open(const ClientOptions &options, const Clock &clock)
{
    if (!isHeaderText(options.credentials.accessKey))
        return wrongOption("accessKey", Messages::tr("Enter the access key"));
    if (!isHeaderText(options.credentials.secretKey))
        return wrongOption("secretKey", Messages::tr("Enter the secret key"));
    if (!options.credentials.sessionToken.isEmpty() && !isHeaderText(options.credentials.sessionToken))
        return wrongOption("sessionToken",
                           Messages::tr("The session token contains other than printable characters"));
    if (!ProxyAddress::parse(options.transport.proxy))
        return wrongOption("proxy", Messages::tr("Enter the proxy's address, for example http://proxy:3128"));
    auto endpoint = Endpoint::make(options.profile, options.address);
    if (!endpoint)
        return tl::unexpected(endpoint.error());
    return std::unique_ptr<Client>(new Client(std::make_unique<Core>(options, std::move(*endpoint), clock)));
}

const ProviderProfile &Client::profile() const
{
    return m_core->profile;
}

QString Client::bucket() const
{
    return m_core->endpoint().bucket();
}

QString Client::region() const
{
    return m_core->endpoint().region();
}

qint64 Client::clockCorrection() const
{
    return m_core->clockCorrection();
}

qint64 Client::lastSkew() const
{
    return m_core->lastSkew();
}

std::optional<qint64> Client::knownSkew() const
{
    return m_core->knownSkew();
}

void Client::setUploadLimit(qint64 bytesPerSecond)
{
    m_core->setUploadLimit(bytesPerSecond);
}

QFuture<Reply<StoredObject>> Client::putObject(const QString &key, Body body, const PutOptions &options)
{
    Call call = callAbout(key, "PUT");
    call.headers = headersOf(options);
    call.body = std::move(body);
    call.isUrgent = options.isUrgent;
    call.permission = "s3:PutObject";
    return m_core->send<StoredObject>(
        std::move(call), [core = m_core.get()](const HttpResponse &response, const Call &sent) {
            return storedIn(response, withoutQuotes(response.header("etag")), sent.body->hashes().md5.toHex(),
                            core->profile.etagIsMd5, core->contextOf(sent));
        });
}

QFuture<Reply<ObjectInfo>> Client::headObject(const QString &key, const QByteArray &versionId)
{
    Call call = callAbout(key, "HEAD", withVersion(versionId));
    call.permission = "s3:GetObject";
    return m_core->send<ObjectInfo>(
        std::move(call),
        [core = m_core.get()](const HttpResponse &response, const Call &sent) -> Reply<ObjectInfo> {
            // Something in between may answer 200 to everything.
            if (response.header("content-length").isEmpty() || response.header("etag").isEmpty())
                return unexpectedAnswer(response, core->contextOf(sent));
            return infoIn(response);
        });
}

QFuture<Reply<FetchedObject>> Client::getObject(const QString &key, std::optional<ByteRange> range,
                                                const QByteArray &versionId)
{
    return getObject(key, range, Sink(), versionId);
}

QFuture<Reply<FetchedObject>> Client::getObject(const QString &key, std::optional<ByteRange> range, Sink sink,
                                                const QByteArray &versionId)
{
    Call call = callAbout(key, "GET", withVersion(versionId));
    call.permission = "s3:GetObject";
    call.maxAnswer = kMaxInMemory;
    call.isContent = true;
    call.sink = std::move(sink);
    if (range) {
        call.sinkStatus = 206; // a server that ignores ranges must not fill the sink with the whole object
        call.headers.push_back({"Range", "bytes=" + QByteArray::number(range->first) + '-' +
                                             QByteArray::number(range->first + range->length - 1)});
        call.maxAnswer = std::min(kMaxInMemory, range->length + (1 << 16));
        call.sinkLimit = range->length;
    }
    return m_core->send<FetchedObject>(
        std::move(call),
        [core = m_core.get(), range](const HttpResponse &response, const Call &sent) -> Reply<FetchedObject> {
            FetchedObject out{infoIn(response), response.body};
            if (!range) {
                if (!isWhole(response))
                    return unexpectedAnswer(response, core->contextOf(sent));
                out.info.size = response.received;
                return out;
            }
            const ContentRange got = contentRangeIn(response);
            const qint64 last = std::min(range->first + range->length, got.whole) - 1;
            if (response.status != 206 || got.first != range->first || got.last != last ||
                response.received != last - got.first + 1)
                return unexpectedAnswer(response, core->contextOf(sent));
            out.info.size = got.whole;
            return out;
        });
}

QFuture<Reply<DeletedObject>> Client::deleteObject(const QString &key, const QByteArray &versionId)
{
    Call call = callAbout(key, "DELETE", withVersion(versionId));
    call.permission = versionId.isEmpty() ? "s3:DeleteObject" : "s3:DeleteObjectVersion";
    return m_core->send<DeletedObject>(
        std::move(call), [](const HttpResponse &response, const Call &) -> Reply<DeletedObject> {
            return DeletedObject{response.header("x-amz-version-id"),
                                 response.header("x-amz-delete-marker") == "true"};
        });
}

QFuture<Reply<ListPage>> Client::listObjects(const ListRequest &request)
{
    const bool isSecondVersion = profile().listVersion == 2;
    Call call{"GET"};
    call.permission = "s3:ListBucket";
    call.maxAnswer = kMaxPage;
    if (isSecondVersion)
        call.query.push_back({"list-type", "2"});
    if (profile().urlEncodesLists)
        call.query.push_back({"encoding-type", "url"});
    call.query.push_back({"max-keys", QByteArray::number(request.maxKeys)});
    call.query.push_back({"prefix", request.prefix.toUtf8()});
    if (!request.delimiter.isEmpty())
        call.query.push_back({"delimiter", request.delimiter.toUtf8()});
    if (!request.token.isEmpty())
        call.query.push_back({isSecondVersion ? "continuation-token" : "marker", request.token});
    else if (!request.startAfter.isEmpty())
        call.query.push_back({isSecondVersion ? "start-after" : "marker", request.startAfter.toUtf8()});
    return m_core->send<ListPage>(
        std::move(call),
        [core = m_core.get()](const HttpResponse &response, const Call &sent) -> Reply<ListPage> {
            if (auto page = readListPage(response.body.trimmed()))
                return std::move(*page);
            return unexpectedAnswer(response, core->contextOf(sent));
        });
}

QFuture<Reply<QByteArray>> Client::createMultipartUpload(const QString &key, const PutOptions &options)
{
    PutOptions atFirst = options;
    atFirst.onlyIfAbsent = false; // is for completeMultipartUpload()
    Call call = callAbout(key, "POST", {{"uploads", {}}});
    call.headers = headersOf(atFirst);
    call.body = Body::ofBytes({});
    call.isUrgent = options.isUrgent;
    call.permission = "s3:PutObject";
    return m_core->send<QByteArray>(
        std::move(call),
        [core = m_core.get()](const HttpResponse &response, const Call &sent) -> Reply<QByteArray> {
            if (auto id = readUploadId(response.body.trimmed()))
                return std::move(*id);
            return unexpectedAnswer(response, core->contextOf(sent));
        });
}

QFuture<Reply<UploadedPart>> Client::uploadPart(const QString &key, const QByteArray &uploadId, int number,
                                                Body body)
{
    Call call = callAbout(key, "PUT", {{"partNumber", QByteArray::number(number)}, {"uploadId", uploadId}});
    call.body = std::move(body);
    call.permission = "s3:PutObject";
    return m_core->send<UploadedPart>(
        std::move(call),
        [core = m_core.get(), number](const HttpResponse &response, const Call &sent) -> Reply<UploadedPart> {
            const RequestContext context = core->contextOf(sent);
            const QByteArray &md5 = sent.body->hashes().md5;
            const auto stored = storedIn(response, withoutQuotes(response.header("etag")), md5.toHex(),
                                         core->profile.etagIsMd5, context);
            if (!stored)
                return tl::unexpected(stored.error());
            // Without it, the upload cannot be completed.
            if (stored->etag.isEmpty())
                return unexpectedAnswer(response, context);
            return UploadedPart{number, stored->etag, md5, sent.body->size()};
        });
}

QFuture<Reply<PartPage>> Client::listParts(const QString &key, const QByteArray &uploadId, int afterNumber)
{
    Call call = callAbout(key, "GET", {{"uploadId", uploadId}});
    call.permission = "s3:ListMultipartUploadParts";
    call.maxAnswer = kMaxPage;
    if (afterNumber > 0)
        call.query.push_back({"part-number-marker", QByteArray::number(afterNumber)});
    return m_core->send<PartPage>(
        std::move(call),
        [core = m_core.get()](const HttpResponse &response, const Call &sent) -> Reply<PartPage> {
            if (auto page = readPartPage(response.body.trimmed()))
                return std::move(*page);
            return unexpectedAnswer(response, core->contextOf(sent));
        });
}

QFuture<Reply<StoredObject>> Client::completeMultipartUpload(const QString &key, const QByteArray &uploadId,
                                                             const QVector<UploadedPart> &parts,
                                                             bool onlyIfAbsent)
{
    Call call = callAbout(key, "POST", {{"uploadId", uploadId}});
    call.headers = {{"Content-Type", "application/xml"}};
    call.body = Body::ofBytes(completionDocument(parts));
    call.permission = "s3:PutObject";
    if (onlyIfAbsent)
        call.headers.push_back({"If-None-Match", "*"});
    return m_core->send<StoredObject>(
        std::move(call),
        [core = m_core.get(), expected = multipartEtag(parts)](const HttpResponse &response,
                                                               const Call &sent) -> Reply<StoredObject> {
            const RequestContext context = core->contextOf(sent);
            const auto completed = readCompleted(response.body.trimmed());
            if (!completed)
                return unexpectedAnswer(response, context);
            return storedIn(response, completed->etag, expected, core->profile.multipartEtagIsMd5, context);
        });
}

QFuture<Reply<void>> Client::abortMultipartUpload(const QString &key, const QByteArray &uploadId)
{
    Call call = callAbout(key, "DELETE", {{"uploadId", uploadId}});
    call.permission = "s3:AbortMultipartUpload";
    return m_core->send<void>(std::move(call),
                              [](const HttpResponse &, const Call &) -> Reply<void> { return {}; });
}

QFuture<Reply<UploadPage>> Client::listMultipartUploads(const QString &prefix, const QString &keyMarker,
                                                        const QByteArray &uploadIdMarker)
{
    Call call{"GET", {}, {{"uploads", {}}, {"prefix", prefix.toUtf8()}}};
    call.permission = "s3:ListBucketMultipartUploads";
    call.maxAnswer = kMaxPage;
    // Not encoding-type=url: Ceph 16 then encodes the keys, but does not say so.
    if (!keyMarker.isEmpty())
        call.query.push_back({"key-marker", keyMarker.toUtf8()});
    if (!uploadIdMarker.isEmpty())
        call.query.push_back({"upload-id-marker", uploadIdMarker});
    return m_core->send<UploadPage>(
        std::move(call),
        [core = m_core.get()](const HttpResponse &response, const Call &sent) -> Reply<UploadPage> {
            if (auto page = readUploadPage(response.body.trimmed()))
                return std::move(*page);
            return unexpectedAnswer(response, core->contextOf(sent));
        });
}

QFuture<Reply<void>> Client::headBucket()
{
    Call call{"HEAD"};
    call.permission = "s3:ListBucket";
    return m_core->send<void>(std::move(call),
                              [](const HttpResponse &, const Call &) -> Reply<void> { return {}; });
}

QFuture<Reply<QString>> Client::bucketLocation()
{
    Call call{"GET", {}, {{"location", {}}}};
    call.permission = "s3:GetBucketLocation";
    return m_core->send<QString>(
        std::move(call),
        [core = m_core.get()](const HttpResponse &response, const Call &sent) -> Reply<QString> {
            if (auto location = readLocation(response.body.trimmed()))
                return location->isEmpty() ? QStringLiteral("us-east-1") : *location;
            return unexpectedAnswer(response, core->contextOf(sent));
        });
}

} // namespace gatehouse::s3
