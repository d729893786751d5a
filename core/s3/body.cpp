#include "s3/body.h"

#include "base/messages.h"

#include <QFile>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gatehouse::s3
{

namespace
{

constexpr qint64 kHashChunk = 1 << 20; // bytes

class BytesReader final : public BodyReader
{
public:
    explicit BytesReader(QByteArray bytes) : m_bytes(std::move(bytes)) {}
    qint64 read(char *to, qint64 size, qint64 offset) override
    {
        const qint64 given = std::min(size, m_bytes.size() - offset);
        std::memcpy(to, m_bytes.constData() + offset, size_t(given));
        return given;
    }

private:
    QByteArray m_bytes;
};

class FileReader final : public BodyReader
{
public:
    FileReader(int descriptor, qint64 start, qint64 length)
        : m_descriptor(descriptor), m_start(start), m_length(length)
    {
    }
    ~FileReader() override { ::close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(FileReader)

    qint64 read(char *to, qint64 size, qint64 offset) override
    {
        const qint64 wanted = std::min(size, m_length - offset);
        qint64 done = 0;
        while (done < wanted) {
            const ssize_t got =
                ::pread(m_descriptor, to + done, size_t(wanted - done), m_start + offset + done);
            if (got < 0 && errno == EINTR)
                continue;
            if (got <= 0)
                return -1;
            done += got;
        }
        return done;
    }

private:
    int m_descriptor;
    qint64 m_start;
    qint64 m_length;
};

tl::unexpected<Error> cannotRead(ErrorKind kind, const QString &path, const QString &why)
{
    return fail(kind, Messages::tr("%1 cannot be read: %2").arg(path, why), path);
}

} // namespace

Body Body::ofBytes(QByteArray bytes, ContentHashes known)
{
    Body body;
    body.m_length = bytes.size();
    body.m_bytes = std::move(bytes);
    body.m_hashes = std::move(known);
    return body;
}

Body Body::ofFile(QString path, qint64 offset, qint64 length, ContentHashes known)
{
    Body body;
    body.m_path = std::move(path);
    body.m_offset = offset;
    body.m_length = length;
    body.m_hashes = std::move(known);
    return body;
}

Result<std::unique_ptr<BodyReader>> Body::open() const
{
    if (m_path.isEmpty())
        return std::unique_ptr<BodyReader>(std::make_unique<BytesReader>(m_bytes));
    const int descriptor = ::open(QFile::encodeName(m_path).constData(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return cannotRead(errno == ENOENT ? ErrorKind::NotFound : ErrorKind::Denied, m_path,
                          qt_error_string(errno));
    auto reader = std::make_unique<FileReader>(descriptor, m_offset, m_length);
    struct stat status {
    };
    if (::fstat(descriptor, &status) != 0 || status.st_size < m_offset + m_length)
        return cannotRead(ErrorKind::Corrupt, m_path, Messages::tr("it has become shorter"));
    ::posix_fadvise(descriptor, m_offset, m_length, POSIX_FADV_SEQUENTIAL);
    return std::unique_ptr<BodyReader>(std::move(reader));
}

Result<void> Body::hash(const std::function<bool()> &isCancelled)
{
    if (m_hashes.isComplete())
        return {};
    const auto reader = open();
    if (!reader)
        return tl::unexpected(reader.error());
    ContentHasher hasher(m_hashes);
    QByteArray chunk(std::min(kHashChunk, m_length), Qt::Uninitialized);
    for (qint64 offset = 0; offset < m_length;) {
        if (isCancelled())
            return fail(ErrorKind::Cancelled, Messages::tr("The upload was cancelled"));
        const qint64 got = (*reader)->read(chunk.data(), chunk.size(), offset);
        if (got <= 0)
            return cannotRead(ErrorKind::Corrupt, m_path, Messages::tr("it has become shorter"));
        hasher.add(QByteArrayView(chunk.constData(), got));
        offset += got;
    }
    m_hashes = hasher.finish();
    return {};
}

} // namespace gatehouse::s3
