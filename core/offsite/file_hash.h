// Hashes files on a thread of its own: whether an original still has the bytes that arrived, and what a
// server must say of them. Errors: NotFound, Corrupt (shorter than it was) or Denied: the file; Unavailable:
// the disk; Cancelled. Futures resolve on that thread.
#pragma once

#include "base/futures.h"
#include "base/result.h"
#include "s3/digest.h"

#include <QFuture>
#include <QThreadPool>
#include <QVector>
#include <atomic>

namespace gatehouse::offsite
{

struct FileHash {
    qint64 bytes = 0;
    QByteArray sha256;                // of the whole file
    QByteArray md5;                   // of the whole file; empty where it was hashed in parts
    QVector<s3::ContentHashes> parts; // empty: in one piece

    // What S3 gives as the ETag of it where that is an MD5.
    [[nodiscard]] QByteArray etag() const;
};

class FileHasher
{
public:
    FileHasher();
    ~FileHasher(); // what runs ends as Cancelled
    Q_DISABLE_COPY_MOVE(FileHasher)

    // partSize in bytes; 0: in one piece.
    QFuture<Result<FileHash>> hash(const QString &path, qint64 partSize);

private:
    std::atomic<bool> m_isStopping = false;
    QThreadPool m_thread;
};

} // namespace gatehouse::offsite
