// What a request sends: bytes, or a section of a file that no longer changes. It can be read several times:
// hashed, sent, and sent again on a new connection. A value; reading blocks on disk.
#pragma once

#include "base/result.h"
#include "s3/digest.h"

#include <QByteArray>
#include <QString>
#include <functional>
#include <memory>

namespace gatehouse::s3
{

// Reads one body from its start. One thread.
class BodyReader
{
public:
    BodyReader() = default;
    Q_DISABLE_COPY_MOVE(BodyReader)
    virtual ~BodyReader() = default;
    // Up to `size` bytes from this offset of the body; fewer than that only at its end. -1: the file cannot
    // be read, or has become shorter.
    virtual qint64 read(char *to, qint64 size, qint64 offset) = 0;
};

class Body
{
public:
    // Known hashes spare reading everything twice; wrong ones make the server refuse the request.
    static Body ofBytes(QByteArray bytes, ContentHashes known = {});
    // `offset` and `length` in bytes.
    static Body ofFile(QString path, qint64 offset, qint64 length, ContentHashes known = {});

    [[nodiscard]] qint64 size() const { return m_length; }
    [[nodiscard]] const ContentHashes &hashes() const { return m_hashes; }
    // NotFound, Denied or Corrupt (the file is shorter than it was).
    [[nodiscard]] Result<std::unique_ptr<BodyReader>> open() const;
    // Computes the hashes that are not known. Cancelled if isCancelled() says so meanwhile, which is asked
    // for every MiB.
    Result<void> hash(const std::function<bool()> &isCancelled);

private:
    QString m_path; // empty: bytes
    QByteArray m_bytes;
    qint64 m_offset = 0;
    qint64 m_length = 0;
    ContentHashes m_hashes;
};

} // namespace gatehouse::s3
