#include "s3/bucket_test.h"

#include "base/messages.h"
#include "base/when_done.h"
#include "s3/failures.h"

#include <QUuid>
#include <algorithm>
#include <cstdlib>
#include <functional>

namespace gatehouse::s3
{

namespace
{

constexpr qint64 kTolerableSkew =
    60'000;                          // ms; servers accept 15 minutes, times of recordings should be right
constexpr qint64 kLockTime = 60'000; // ms
constexpr qint64 kRangeFirst = 100;
constexpr qint64 kRangeLength = 1000;

QByteArray samplePicture()
{
    QByteArray out(4096, Qt::Uninitialized);
    for (qsizetype i = 0; i < out.size(); ++i)
        out[i] = char(i * 31 >> 3);
    return out;
}

// Says nothing about the bucket, and may be gone the next time.
bool isPassing(const S3Error &error)
{
    return error.remedy == Remedy::TryAgain && error.reason != Reason::UnexpectedAnswer &&
           error.reason != Reason::BadDigest && error.reason != Reason::NoSuchUpload;
}

// Runs the steps one after the other; each is continued on the network thread.
class BucketTestRun : public std::enable_shared_from_this<BucketTestRun>
{
public:
    BucketTestRun(Client &client, const Clock &clock, const QString &prefix)
        : m_client(client), m_clock(clock),
          m_folder(QStringLiteral("%1gatehouse-test-%2/")
                       .arg(prefix, QUuid::createUuid().toString(QUuid::WithoutBraces)))
    {
    }

    QFuture<BucketReport> start()
    {
        write();
        return m_promise.future();
    }

private:
    // Goes on with the step's result, unless the test was cancelled.
    template<typename T, typename Step>
    void then(const QFuture<Reply<T>> &future, Step step)
    {
        whenDone(future, [self = shared_from_this(), step](const Reply<T> &reply) {
            if (!self->m_promise.future().isCanceled())
                step(reply);
        });
    }

    void add(BucketCheck check, Verdict verdict, const QString &text)
    {
        m_report.findings.append({check, verdict, text});
    }

    void finish()
    {
        m_report.region = m_client.region();
        m_promise.resolve(m_report);
    }

    [[nodiscard]] QString key(const char *name) const { return m_folder + QLatin1String(name); }

    void write()
    {
        const QByteArray bytes = samplePicture();
        then(m_client.putObject(key("picture"), Body::ofBytes(bytes)),
             [this](const Reply<StoredObject> &put) {
                 if (!put) {
                     add(BucketCheck::Write, Verdict::Bad, put.error().text);
                     return finish();
                 }
                 remember("picture", put->versionId);
                 add(BucketCheck::Write, Verdict::Good,
                     Messages::tr("Gatehouse can write to the bucket %1.").arg(m_client.bucket()));
                 checkClock();
                 writeDamaged();
             });
    }

    void checkClock()
    {
        const std::optional<qint64> skew = m_client.knownSkew();
        if (!skew)
            add(BucketCheck::Clock, Verdict::Limited,
                Messages::tr("The server does not tell the time, so this PC's clock could not be tested."));
        else if (std::llabs(*skew) <= kTolerableSkew)
            add(BucketCheck::Clock, Verdict::Good, Messages::tr("This PC's clock is right."));
        else
            add(BucketCheck::Clock, Verdict::Limited, clockText(*skew));
    }

    // Once with a wrong MD5, once with a wrong SHA-256: some servers check only one of them.
    void writeDamaged()
    {
        const QByteArray bytes = samplePicture();
        const ContentHashes wrongMd5{sha256Of(bytes), md5Of("damaged")};
        const ContentHashes wrongSha256{sha256Of("damaged"), md5Of(bytes)};
        then(m_client.putObject(key("damaged"), Body::ofBytes(bytes, wrongMd5)),
             [this, bytes, wrongSha256](const Reply<StoredObject> &byMd5) {
                 then(m_client.putObject(key("damaged"), Body::ofBytes(bytes, wrongSha256)),
                      [this, byMd5](const Reply<StoredObject> &bySha256) {
                          judgeDamaged(byMd5, bySha256);
                          createUpload();
                      });
             });
    }

    // The client notices by the ETag what the server has kept nevertheless: then the status is 2xx. Anything
    // else, such as a server in trouble, says nothing.
    void judgeDamaged(const Reply<StoredObject> &byMd5, const Reply<StoredObject> &bySha256)
    {
        const auto isRefused = [](const Reply<StoredObject> &reply) {
            return !reply && (reply.error().httpStatus == 400 || reply.error().httpStatus == 403);
        };
        const auto isKept = [](const Reply<StoredObject> &reply) {
            return reply || (reply.error().httpStatus >= 200 && reply.error().httpStatus < 300);
        };
        if (!isRefused(byMd5) || !isRefused(bySha256))
            remember("damaged", {});
        m_report.refusesDamage = isRefused(byMd5) || isRefused(bySha256);
        if (m_report.refusesDamage)
            add(BucketCheck::Checksum, Verdict::Good,
                Messages::tr("The server refuses uploads that were damaged on the way."));
        else if (isKept(byMd5) && isKept(bySha256))
            add(BucketCheck::Checksum, Verdict::Limited,
                Messages::tr("The server keeps uploads that were damaged on the way. Gatehouse reads back "
                             "what it cannot verify otherwise."));
        else
            add(BucketCheck::Checksum, Verdict::Limited,
                Messages::tr("Whether the server refuses damaged uploads could not be tested. %1")
                    .arg(byMd5 ? bySha256.error().text : byMd5.error().text));
    }

    void createUpload()
    {
        then(m_client.createMultipartUpload(key("clip")), [this](const Reply<QByteArray> &id) {
            if (!id)
                return endUpload(id.error());
            m_uploadId = *id;
            uploadPart(1, QByteArray(m_client.profile().minPart, 'g'));
        });
    }

    void uploadPart(int number, const QByteArray &bytes)
    {
        then(m_client.uploadPart(key("clip"), m_uploadId, number, Body::ofBytes(bytes)),
             [this, number](const Reply<UploadedPart> &part) {
                 if (!part)
                     return endUpload(part.error());
                 m_parts.append(*part);
                 if (number == 1)
                     uploadPart(2, samplePicture());
                 else
                     completeUpload();
             });
    }

    void completeUpload()
    {
        then(m_client.completeMultipartUpload(key("clip"), m_uploadId, m_parts),
             [this](const Reply<StoredObject> &stored) {
                 if (!stored)
                     return endUpload(stored.error());
                 m_uploadId.clear();
                 remember("clip", stored->versionId);
                 add(BucketCheck::Multipart, Verdict::Good,
                     Messages::tr("Large files can be uploaded in parts and resumed."));
                 list();
             });
    }

    void endUpload(const S3Error &error)
    {
        if (isPassing(error))
            add(BucketCheck::Multipart, Verdict::Bad,
                Messages::tr("Uploads in parts could not be tested. %1").arg(error.text));
        else
            add(BucketCheck::Multipart, Verdict::Bad,
                Messages::tr("Large files cannot be uploaded in parts. %1").arg(error.text));
        if (m_uploadId.isEmpty())
            return list();
        then(m_client.abortMultipartUpload(key("clip"), m_uploadId), [this](const Reply<void> &) { list(); });
    }

    void list()
    {
        ListRequest request;
        request.prefix = m_folder;
        then(m_client.listObjects(request), [this](const Reply<ListPage> &page) {
            const auto isListed = [&](const QString &name) {
                return std::any_of(page->objects.begin(), page->objects.end(),
                                   [&](const ListedObject &one) { return one.key == name; });
            };
            if (!page && isPassing(page.error()))
                add(BucketCheck::List, Verdict::Bad,
                    Messages::tr("Listing the bucket could not be tested. %1").arg(page.error().text));
            else if (!page)
                add(BucketCheck::List, Verdict::Bad,
                    Messages::tr("The bucket cannot be listed, so nothing can be restored from it. %1")
                        .arg(page.error().text));
            else if (!isListed(key("picture")))
                add(BucketCheck::List, Verdict::Bad,
                    Messages::tr("The file just written is missing from the bucket's listing."));
            else
                add(BucketCheck::List, Verdict::Good, Messages::tr("The bucket can be listed."));
            read();
        });
    }

    void read()
    {
        then(m_client.getObject(key("picture"), ByteRange{kRangeFirst, kRangeLength}),
             [this](const Reply<FetchedObject> &got) {
                 if (!got && isPassing(got.error()))
                     add(BucketCheck::Read, Verdict::Bad,
                         Messages::tr("Reading back could not be tested. %1").arg(got.error().text));
                 else if (!got)
                     add(BucketCheck::Read, Verdict::Bad,
                         Messages::tr("Nothing can be read back. %1").arg(got.error().text));
                 else if (got->bytes != samplePicture().mid(kRangeFirst, kRangeLength))
                     add(BucketCheck::Read, Verdict::Bad,
                         Messages::tr("What was read back differs from what was written."));
                 else
                     add(BucketCheck::Read, Verdict::Good,
                         Messages::tr("Clips can be played from the bucket."));
                 overwrite();
             });
    }

    void overwrite()
    {
        PutOptions options;
        options.onlyIfAbsent = true;
        then(m_client.putObject(key("picture"), Body::ofBytes(samplePicture()), options),
             [this](const Reply<StoredObject> &put) {
                 m_report.isConditionalPutReal = !put && put.error().reason == Reason::ConditionFailed;
                 if (put)
                     remember("picture", put->versionId);
                 if (m_report.isConditionalPutReal)
                     add(BucketCheck::ConditionalWrite, Verdict::Good,
                         Messages::tr("The server never overwrites a copy that exists."));
                 else if (!put && isPassing(put.error()))
                     add(BucketCheck::ConditionalWrite, Verdict::Limited,
                         Messages::tr("Whether the server prevents overwriting could not be tested. %1")
                             .arg(put.error().text));
                 else
                     add(BucketCheck::ConditionalWrite, Verdict::Limited,
                         Messages::tr(
                             "The server cannot prevent overwriting. Gatehouse never reuses a name."));
                 remove();
             });
    }

    void remember(const char *name, const QByteArray &versionId) { m_written.append({key(name), versionId}); }

    // Everything; whether the key may do so is a finding of its own, and tells what a lock's refusal means.
    void remove()
    {
        if (m_written.isEmpty()) {
            m_delete = {
                BucketCheck::Delete, Verdict::Limited,
                Messages::tr("This access key can delete copies. A key that cannot is enough, and safer.")};
            m_report.canDelete = true;
            return lock();
        }
        const auto [name, versionId] = m_written.last();
        then(m_client.deleteObject(name, versionId),
             [this, name = name, versionId = versionId](const Reply<DeletedObject> &deleted) {
                 if (deleted) {
                     m_written.removeLast();
                     return remove();
                 }
                 // A key may be allowed to hide objects, but not to delete their versions.
                 if (!versionId.isEmpty() && deleted.error().reason == Reason::Permission)
                     return hide(name);
                 keep(deleted.error());
             });
    }

    void hide(const QString &name)
    {
        then(m_client.deleteObject(name), [this](const Reply<DeletedObject> &hidden) {
            if (!hidden)
                return keep(hidden.error());
            m_delete = {
                BucketCheck::Delete, Verdict::Limited,
                Messages::tr("This access key can hide copies, but not delete them. The test's files remain "
                             "in %1.")
                    .arg(m_folder)};
            lock();
        });
    }

    void keep(const S3Error &error)
    {
        if (error.reason == Reason::Permission)
            m_delete = {BucketCheck::Delete, Verdict::Good,
                        Messages::tr("This access key cannot delete anything. The test's files remain in %1.")
                            .arg(m_folder)};
        else
            m_delete = {BucketCheck::Delete, Verdict::Limited,
                        Messages::tr("The test's files remain in %1. %2").arg(m_folder, error.text)};
        lock();
    }

    void lock()
    {
        PutOptions options;
        options.retention = Retention{Retention::Mode::Governance,
                                      m_clock.now() + m_client.knownSkew().value_or(0) + kLockTime};
        options.retention->until -= options.retention->until % 1000;
        then(m_client.putObject(key("locked"), Body::ofBytes("locked"), options),
             [this, wanted = *options.retention](const Reply<StoredObject> &put) {
                 if (put)
                     return confirmLock(*put, wanted);
                 if (isPassing(put.error()))
                     return endLock(Messages::tr("Locks could not be tested. %1").arg(put.error().text));
                 endLock(Messages::tr("This bucket has no object lock: anyone with a key that may delete can "
                                      "delete the copies."));
             });
    }

    void endLock(const QString &text)
    {
        add(BucketCheck::Lock, m_report.isLockReal ? Verdict::Good : Verdict::Limited, text);
        m_report.findings.append(m_delete);
        finish();
    }

    void confirmLock(const StoredObject &stored, const Retention &wanted)
    {
        then(m_client.headObject(key("locked"), stored.versionId),
             [this, stored, wanted](const Reply<ObjectInfo> &info) {
                 if (!info && isPassing(info.error()))
                     return endLock(Messages::tr("Locks could not be tested. %1").arg(info.error().text));
                 const QString ignored =
                     Messages::tr("The server accepts a lock and ignores it: nothing is locked.");
                 if (info && info->retention == wanted)
                     return breakLock(stored);
                 then(m_client.deleteObject(key("locked"), stored.versionId),
                      [this, ignored](const Reply<DeletedObject> &) { endLock(ignored); });
             });
    }

    void breakLock(const StoredObject &stored)
    {
        then(m_client.deleteObject(key("locked"), stored.versionId),
             [this](const Reply<DeletedObject> &deleted) {
                 if (deleted)
                     return endLock(
                         Messages::tr("The server confirms a lock, but does not keep it: the locked "
                                      "copy could be deleted."));
                 if (isPassing(deleted.error()))
                     return endLock(Messages::tr("Locks could not be tested. %1").arg(deleted.error().text));
                 // Only a key that can delete otherwise shows that it was the lock that refused. MinIO calls
                 // it InvalidRequest.
                 const bool isRefused = deleted.error().reason == Reason::Permission ||
                                        deleted.error().code == QLatin1String("InvalidRequest");
                 m_report.isLockReal = m_report.canDelete && isRefused;
                 endLock(m_report.isLockReal
                             ? Messages::tr(
                                   "Locked copies cannot be deleted before their time, whoever has the key.")
                             : Messages::tr(
                                   "The server confirms the lock; this key cannot delete, so it could not be "
                                   "put to the test."));
             });
    }

    Client &m_client;
    const Clock &m_clock;
    const QString m_folder;
    const SharedPromise<BucketReport> m_promise;
    BucketReport m_report;
    BucketFinding m_delete{BucketCheck::Delete, Verdict::Limited, {}}; // reported last
    QByteArray m_uploadId;
    QVector<UploadedPart> m_parts;
    QVector<std::pair<QString, QByteArray>> m_written; // keys and versions
};

} // namespace

bool BucketReport::isUsable() const
{
    return std::none_of(findings.begin(), findings.end(),
                        [](const BucketFinding &one) { return one.verdict == Verdict::Bad; });
}

const BucketFinding *BucketReport::find(BucketCheck check) const
{
    const auto at = std::find_if(findings.begin(), findings.end(),
                                 [&](const BucketFinding &one) { return one.check == check; });
    return at == findings.end() ? nullptr : &*at;
}

QFuture<BucketReport> testBucket(Client &client, const Clock &clock, const QString &prefix)
{
    return std::make_shared<BucketTestRun>(client, clock, prefix)->start();
}

} // namespace gatehouse::s3
