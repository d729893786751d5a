#include "offsite/transfer.h"

#include "base/messages.h"
#include "base/when_done.h"

#include <algorithm>

namespace gatehouse::offsite
{

namespace
{

constexpr qint64 kUsualPart = 8 << 20; // bytes
constexpr qint64 kMiB = 1 << 20;

s3::S3Error errorOf(const Error &error)
{
    s3::S3Error out;
    static_cast<Error &>(out) = error;
    out.reason = s3::Reason::LocalFile;
    out.remedy = error.kind == ErrorKind::Unavailable ? s3::Remedy::TryAgain : s3::Remedy::YourTurn;
    return out;
}

s3::S3Error otherBytes(const QString &text)
{
    s3::S3Error out;
    out.kind = ErrorKind::Unavailable;
    out.text = text;
    out.where = QStringLiteral("offsite");
    out.reason = s3::Reason::BadDigest;
    out.remedy = s3::Remedy::TryAgain;
    return out;
}

bool isOfFile(const Error &error)
{
    return error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Corrupt;
}

} // namespace

qint64 partSizeFor(qint64 bytes, const s3::ProviderProfile &profile)
{
    if (bytes <= kMaxInOnePiece)
        return 0;
    const qint64 smallest = (bytes + profile.maxParts - 1) / profile.maxParts;
    const qint64 size = std::max({kUsualPart, profile.minPart, smallest});
    return (size + kMiB - 1) / kMiB * kMiB;
}

ObjectTransfer::ObjectTransfer(s3::Client &client, catalog::Writer &writer, FileHasher &hasher,
                               const Clock &clock, TransferJob job, QObject *parent)
    : QObject(parent), m_client(client), m_writer(writer), m_hasher(hasher), m_clock(clock),
      m_job(std::move(job))
{
    m_overwrites = m_job.row.badDigests > 0;
}

ObjectTransfer::~ObjectTransfer()
{
    if (m_cancel)
        m_cancel();
}

template<typename T, typename Then>
void ObjectTransfer::request(QFuture<s3::Reply<T>> future, Then then)
{
    m_cancel = [future]() mutable { future.cancel(); };
    whenDone(future, this, [this, then = std::move(then)](const s3::Reply<T> &reply) mutable {
        m_cancel = {};
        then(reply);
    });
}

// false: somebody has removed the item meanwhile.
template<typename Then>
void ObjectTransfer::record(const QFuture<Result<bool>> &future, Then then)
{
    whenDone(future, this, [this, then = std::move(then)](const Result<bool> &done) mutable {
        if (!done)
            return end(How::NotRecorded, errorOf(done.error()));
        if (!*done)
            return end(How::Gone);
        then();
    });
}

template<typename Then>
void ObjectTransfer::hashFirst(Then then)
{
    if (m_isHashed)
        return then();
    whenDone(m_hasher.hash(m_job.file, m_job.row.partSize), this,
             [this, then = std::move(then)](const Result<FileHash> &hash) mutable {
                 if (!hash)
                     return isOfFile(hash.error()) ? endAsDamaged(hash.error().text)
                                                   : end(How::Failed, errorOf(hash.error()));
                 if (!m_job.sha256.isEmpty() && hash->sha256 != m_job.sha256)
                     return endAsDamaged(
                         Messages::tr("%1 no longer has the bytes that arrived.").arg(m_job.file));
                 m_hash = *hash;
                 m_isHashed = true;
                 then();
             });
}

void ObjectTransfer::start()
{
    const auto begin = [this] {
        if (m_job.row.partSize == 0)
            m_job.row.partSize = partSizeFor(m_job.bytes, m_client.profile());
        record(m_writer.submit(BeginUpload{m_job.row.id, m_job.key, m_job.bytes}), [this] {
            const bool mayBeThere = m_job.row.state != State::Pending || m_job.row.looksFirst;
            mayBeThere ? lookFirst() : send();
        });
    };
    if (!m_job.sha256.isEmpty())
        return begin();
    // A derivative: only the file says what it is.
    hashFirst([this, begin] {
        m_job.bytes = m_hash.bytes;
        m_job.sha256 = m_hash.sha256;
        m_job.row.partSize = 0;
        if (partSizeFor(m_job.bytes, m_client.profile()) > 0)
            m_isHashed = false; // again, in parts
        begin();
    });
}

void ObjectTransfer::setHeld(bool held)
{
    m_isHeld = held;
    if (!held && std::exchange(m_waitsForLine, false))
        nextPart();
}

void ObjectTransfer::lookFirst()
{
    request(m_client.headObject(m_job.key), [this](const s3::Reply<s3::ObjectInfo> &found) {
        if (found)
            return compare(*found);
        // Without the permission to list, a missing object is one that may not be seen.
        const s3::Reason reason = found.error().reason;
        if (reason == s3::Reason::NoSuchObject || reason == s3::Reason::Permission)
            return send();
        failWith(found.error());
    });
}

void ObjectTransfer::compare(const s3::ObjectInfo &found)
{
    // The checksum of other parts than ours says nothing.
    const qsizetype dash = found.etag.indexOf('-');
    const int parts = dash < 0 ? 0 : found.etag.mid(dash + 1).toInt();
    const qint64 partSize = m_job.row.partSize;
    const int ours = partSize == 0 ? 0 : int((m_job.bytes + partSize - 1) / partSize);
    if (found.size != m_job.bytes || (m_client.profile().etagIsMd5 && parts != ours)) {
        m_overwrites = true;
        return send();
    }
    hashFirst([this, found] {
        if (isSame(found, m_hash.etag()))
            return keep(found.etag);
        m_overwrites = true;
        send();
    });
}

bool ObjectTransfer::isSame(const s3::ObjectInfo &found, const QByteArray &etag) const
{
    if (found.size != m_job.bytes || found.metadata.value("sha256") != m_job.sha256.toHex())
        return false;
    const s3::ProviderProfile &profile = m_client.profile();
    const bool isMd5 = m_job.row.partSize > 0 ? profile.multipartEtagIsMd5 : profile.etagIsMd5;
    return !isMd5 || etag.isEmpty() || found.etag.toLower() == etag.toLower();
}

s3::PutOptions ObjectTransfer::putOptions() const
{
    s3::PutOptions options = m_job.options;
    options.metadata.insert("sha256", m_job.sha256.toHex());
    return options;
}

void ObjectTransfer::send()
{
    m_job.row.partSize > 0 ? sendInParts() : sendWhole();
}

void ObjectTransfer::sendWhole()
{
    s3::PutOptions options = putOptions();
    options.onlyIfAbsent = m_client.profile().conditionalPut && !m_overwrites;
    s3::ContentHashes known{m_job.sha256, {}};
    if (m_isHashed)
        known.md5 = m_hash.md5;
    const auto body = s3::Body::ofFile(m_job.file, 0, m_job.bytes, known);
    request(m_client.putObject(m_job.key, body, options), [this](const s3::Reply<s3::StoredObject> &stored) {
        if (stored) {
            m_sent = m_job.bytes;
            Q_EMIT progressed();
            return verify(stored->etag);
        }
        if (stored.error().reason != s3::Reason::ConditionFailed)
            return failWith(stored.error());
        request(m_client.headObject(m_job.key), [this](const s3::Reply<s3::ObjectInfo> &found) {
            if (!found)
                return failWith(found.error());
            hashFirst([this, found = *found] {
                isSame(found, m_hash.etag()) ? keep(found.etag) : end(How::KeyTaken);
            });
        });
    });
}

void ObjectTransfer::sendInParts()
{
    hashFirst([this] { m_job.row.upload.isEmpty() ? createUpload() : listParts(0); });
}

// What an earlier run has sent stays, if it is what is to be there.
void ObjectTransfer::listParts(int after)
{
    request(m_client.listParts(m_job.key, m_job.row.upload, after),
            [this](const s3::Reply<s3::PartPage> &page) {
                if (!page) {
                    if (page.error().reason != s3::Reason::NoSuchUpload)
                        return failWith(page.error());
                    m_parts.clear();
                    return createUpload();
                }
                for (s3::UploadedPart part : page->parts) {
                    const qint64 offset = (part.number - 1) * m_job.row.partSize;
                    if (part.number < 1 || part.number > m_hash.parts.size() ||
                        part.size != std::min(m_job.row.partSize, m_job.bytes - offset))
                        continue;
                    part.md5 = m_hash.parts[part.number - 1].md5;
                    if (m_client.profile().etagIsMd5 && part.etag.toLower() != part.md5.toHex())
                        continue;
                    m_sent += part.size;
                    m_parts.insert(part.number, part);
                }
                Q_EMIT progressed();
                page->nextMarker > 0 ? listParts(page->nextMarker) : nextPart();
            });
}

void ObjectTransfer::createUpload()
{
    request(m_client.createMultipartUpload(m_job.key, putOptions()), [this](const s3::Reply<QByteArray> &id) {
        if (!id)
            return failWith(id.error());
        m_job.row.upload = *id;
        record(m_writer.submit(KeepUploadId{m_job.row.id, *id, m_job.row.partSize}), [this] { nextPart(); });
    });
}

void ObjectTransfer::nextPart()
{
    int number = 1;
    while (m_parts.contains(number))
        ++number;
    if (number > m_hash.parts.size())
        return complete();
    if (m_isHeld) {
        m_waitsForLine = true;
        return;
    }
    const qint64 offset = (number - 1) * m_job.row.partSize;
    const auto body = s3::Body::ofFile(m_job.file, offset, std::min(m_job.row.partSize, m_job.bytes - offset),
                                       m_hash.parts[number - 1]);
    request(m_client.uploadPart(m_job.key, m_job.row.upload, number, body),
            [this, number](const s3::Reply<s3::UploadedPart> &part) {
                if (!part)
                    return failWith(part.error());
                m_parts.insert(number, *part);
                m_sent += part->size;
                Q_EMIT progressed();
                nextPart();
            });
}

void ObjectTransfer::complete()
{
    const auto parts = QVector<s3::UploadedPart>(m_parts.cbegin(), m_parts.cend());
    request(m_client.completeMultipartUpload(m_job.key, m_job.row.upload, parts),
            [this](const s3::Reply<s3::StoredObject> &stored) {
                if (!stored)
                    return failWith(stored.error());
                verify(stored->etag);
            });
}

// A server may answer 200 and store something else, or nothing.
void ObjectTransfer::verify(const QByteArray &etag)
{
    m_writer.submit(MarkVerifying{m_job.row.id});
    request(m_client.headObject(m_job.key), [this, etag](const s3::Reply<s3::ObjectInfo> &found) {
        if (!found && found.error().reason == s3::Reason::NoSuchObject)
            return end(How::OtherStored,
                       otherBytes(Messages::tr("The server says that it stored an object, but has none.")));
        if (!found)
            return failWith(found.error());
        if (!isSame(*found, etag))
            return end(How::OtherStored,
                       otherBytes(Messages::tr("The server has stored other bytes than were sent.")));
        keep(found->etag);
    });
}

void ObjectTransfer::keep(const QByteArray &etag)
{
    const qint64 at = m_clock.now();
    m_sent = m_job.bytes;
    record(m_writer.submit(MarkDurable{m_job.row.id, m_job.bytes, etag, m_job.sha256, at}), [this, at] {
        TransferEnd last{How::Durable};
        last.at = at;
        Q_EMIT ended(last);
    });
}

void ObjectTransfer::failWith(const s3::S3Error &error)
{
    if (error.reason == s3::Reason::BadDigest)
        return end(How::OtherStored, error);
    // The upload is over, complete or not: whoever looks first next time finds out.
    if (error.reason == s3::Reason::NoSuchUpload)
        return record(m_writer.submit(KeepUploadId{m_job.row.id, {}, m_job.row.partSize}),
                      [this, error] { end(How::Failed, error); });
    end(How::Failed, error);
}

void ObjectTransfer::end(How how, const s3::S3Error &error)
{
    // What will never be completed would be charged for.
    const bool isOver = how == How::Gone || how == How::Damaged;
    if (isOver && !m_job.row.upload.isEmpty()) {
        m_client.abortMultipartUpload(m_job.key, m_job.row.upload);
        if (how == How::Damaged)
            m_writer.submit(KeepUploadId{m_job.row.id, {}, m_job.row.partSize});
    }
    TransferEnd last{how};
    last.error = error;
    Q_EMIT ended(last);
}

void ObjectTransfer::endAsDamaged(const QString &text)
{
    s3::S3Error error;
    error.kind = ErrorKind::Corrupt;
    error.text = text;
    error.where = QStringLiteral("offsite");
    error.reason = s3::Reason::LocalFile;
    error.remedy = s3::Remedy::YourTurn;
    end(How::Damaged, error);
}

} // namespace gatehouse::offsite
