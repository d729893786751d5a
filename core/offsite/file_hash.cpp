#include "offsite/file_hash.h"

#include "base/messages.h"

#include <QFile>
#include <algorithm>
#include <limits>

namespace gatehouse::offsite
{

namespace
{

constexpr qint64 kReadAtOnce = 1 << 20; // bytes

Result<FileHash> hashFile(const QString &path, qint64 partSize, const std::atomic<bool> &isStopping)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        const ErrorKind kind = !file.exists()                                  ? ErrorKind::NotFound
                               : file.error() == QFileDevice::PermissionsError ? ErrorKind::Denied
                                                                               : ErrorKind::Unavailable;
        return fail(kind, Messages::tr("%1 cannot be read: %2").arg(path, file.errorString()), path);
    }
    const bool isInParts = partSize > 0;
    FileHash out;
    // A known MD5 is not computed.
    s3::ContentHasher whole(isInParts ? s3::ContentHashes{{}, QByteArray(16, '\0')} : s3::ContentHashes());
    auto part = std::make_unique<s3::ContentHasher>();
    qint64 inPart = 0;
    const qint64 partEnd = isInParts ? partSize : std::numeric_limits<qint64>::max();
    QByteArray chunk(kReadAtOnce, Qt::Uninitialized);
    for (;;) {
        if (isStopping)
            return fail(ErrorKind::Cancelled, Messages::tr("The transfer was cancelled."));
        const qint64 got = file.read(chunk.data(), std::min(kReadAtOnce, partEnd - inPart));
        if (got < 0)
            return fail(ErrorKind::Unavailable,
                        Messages::tr("%1 cannot be read: %2").arg(path, file.errorString()), path);
        if (got == 0)
            break;
        const QByteArrayView bytes(chunk.constData(), got);
        whole.add(bytes);
        out.bytes += got;
        if (!isInParts)
            continue;
        part->add(bytes);
        inPart += got;
        if (inPart == partSize) {
            out.parts.append(part->finish());
            part = std::make_unique<s3::ContentHasher>();
            inPart = 0;
        }
    }
    if (inPart > 0)
        out.parts.append(part->finish());
    const s3::ContentHashes hashes = whole.finish();
    out.sha256 = hashes.sha256;
    if (!isInParts)
        out.md5 = hashes.md5;
    return out;
}

} // namespace

QByteArray FileHash::etag() const
{
    if (parts.isEmpty())
        return md5.toHex();
    QByteArray all;
    for (const s3::ContentHashes &part : parts)
        all += part.md5;
    return s3::md5Of(all).toHex() + '-' + QByteArray::number(parts.size());
}

FileHasher::FileHasher()
{
    m_thread.setMaxThreadCount(1);
}

FileHasher::~FileHasher()
{
    m_isStopping = true;
    m_thread.waitForDone();
}

QFuture<Result<FileHash>> FileHasher::hash(const QString &path, qint64 partSize)
{
    const SharedPromise<Result<FileHash>> promise;
    m_thread.start(
        [this, promise, path, partSize] { promise.resolve(hashFile(path, partSize, m_isStopping)); });
    return promise.future();
}

} // namespace gatehouse::offsite
