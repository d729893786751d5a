// Talks to one bucket of one S3 server: signs, sends, reads answers, and explains failures. Its transfers run
// on a network thread of its own, hashing on another; futures resolve on either. A future that is cancelled
// stops its transfer within a tenth of a second and has no result.
// A request is repeated in two cases only, once each: with the server's time where it refuses this PC's, and
// in the bucket's region where the server names it. Besides, libcurl sends again what a reused connection has
// swallowed without an answer, so that a request may reach the server twice. Everything else is the caller's
// to repeat (see Remedy). InvalidRequest without anything being sent: an empty key or upload id, or a header
// that is not printable ASCII.
// Thread-safe.
#pragma once

#include "base/clock.h"
#include "s3/endpoint.h"
#include "s3/http.h"
#include "s3/objects.h"
#include "s3/provider_profile.h"
#include "s3/s3_error.h"
#include "s3/transport.h"

#include <QFuture>
#include <memory>

namespace gatehouse::s3
{

struct ClientOptions {
    ProviderProfile profile;
    BucketAddress address;
    Credentials credentials;
    TransportOptions transport = {};
};

class Client
{
public:
    // Invalid names the field: those of Endpoint::make(), "accessKey", "secretKey", "sessionToken" or
    // "proxy". The clock must outlive the client.
    static Result<std::unique_ptr<Client>> open(const ClientOptions &options, const Clock &clock);
    // What runs ends as Cancelled. Not from a continuation of one of its futures: it waits for their threads.
    ~Client();
    Q_DISABLE_COPY_MOVE(Client)

    [[nodiscard]] const ProviderProfile &profile() const;
    [[nodiscard]] QString bucket() const;
    // The one that requests are signed for: as set, or as the server named it.
    [[nodiscard]] QString region() const;
    // By how much requests are dated other than by this PC's clock, ms; 0 until a server has refused it.
    [[nodiscard]] qint64 clockCorrection() const;
    // How far the server was ahead of this PC by its last answer with a date, ms, to about a second; 0: none
    // yet.
    [[nodiscard]] qint64 lastSkew() const;
    [[nodiscard]] std::optional<qint64> knownSkew() const; // the same; empty: none yet
    // Bytes per second of all uploads; 0: no limit. Takes effect at once.
    void setUploadLimit(qint64 bytesPerSecond);

    // Up to 5 GiB. BadDigest: the server's ETag is not the MD5 of what was sent, though it should be.
    // ConditionFailed may mean that an earlier answer was lost: compare by headObject().
    QFuture<Reply<StoredObject>> putObject(const QString &key, Body body, const PutOptions &options = {});
    QFuture<Reply<ObjectInfo>> headObject(const QString &key, const QByteArray &versionId = {});
    // In memory, up to kMaxInMemory. UnexpectedAnswer: the server ignores ranges, or gave another one.
    QFuture<Reply<FetchedObject>> getObject(const QString &key, std::optional<ByteRange> range = {},
                                            const QByteArray &versionId = {});
    // Hands the bytes to the sink as they arrive; after a failure, some may have been.
    QFuture<Reply<FetchedObject>> getObject(const QString &key, std::optional<ByteRange> range, Sink sink,
                                            const QByteArray &versionId = {});
    // Also succeeds where there is no such object. Without a version, a bucket that keeps versions only hides
    // it.
    QFuture<Reply<DeletedObject>> deleteObject(const QString &key, const QByteArray &versionId = {});
    QFuture<Reply<ListPage>> listObjects(const ListRequest &request);

    // A multipart upload: parts of equal size, but the last; see the profile's limits.
    QFuture<Reply<QByteArray>> createMultipartUpload(const QString &key, const PutOptions &options = {});
    QFuture<Reply<UploadedPart>> uploadPart(const QString &key, const QByteArray &uploadId, int number,
                                            Body body);
    QFuture<Reply<PartPage>> listParts(const QString &key, const QByteArray &uploadId, int afterNumber = 0);
    // In order of their numbers. Where the parts' MD5s are known, the ETag is checked as for putObject().
    // NoSuchUpload may mean that an earlier answer was lost: headObject() tells.
    QFuture<Reply<StoredObject>> completeMultipartUpload(const QString &key, const QByteArray &uploadId,
                                                         const QVector<UploadedPart> &parts,
                                                         bool onlyIfAbsent = false);
    QFuture<Reply<void>> abortMultipartUpload(const QString &key, const QByteArray &uploadId);
    QFuture<Reply<UploadPage>> listMultipartUploads(const QString &prefix, const QString &keyMarker = {},
                                                    const QByteArray &uploadIdMarker = {});

    // Whether the bucket is there and the key may use it; region() is its region afterwards.
    QFuture<Reply<void>> headBucket();
    // The region as the bucket's configuration says.
    QFuture<Reply<QString>> bucketLocation();

    static constexpr qint64 kMaxInMemory = 64 << 20; // bytes

private:
    class Core;
    explicit Client(std::unique_ptr<Core> core);

    std::unique_ptr<Core> m_core;
};

} // namespace gatehouse::s3
