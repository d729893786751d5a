// A regular file opened for reading, and libav's access to it: all bytes come through this descriptor, so no
// crafted file makes libav open another file or the network. One thread.
// Errors: NotFound, Denied, Invalid (not a regular file), Unavailable, Corrupt (unknown container).
#pragma once

#include "base/result.h"
#include "media/demux/av.h"

#include <QByteArray>
#include <memory>

namespace gatehouse::media
{

class Source
{
public:
    static Result<std::unique_ptr<Source>> open(const QString &path);
    // Wraps a descriptor opened elsewhere and takes ownership; `path` only names it.
    static Result<std::unique_ptr<Source>> take(int descriptor, const QString &path);
    // The same file, read from its start.
    [[nodiscard]] std::unique_ptr<Source> again() const;

    [[nodiscard]] int descriptor() const { return *m_descriptor; }

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    // Up to `count` bytes from `offset`; shorter at the end.
    [[nodiscard]] QByteArray at(qint64 offset, qint64 count) const;

private:
    friend class Input;
    Source(QString path, std::shared_ptr<const int> descriptor, qint64 bytes)
        : m_path(std::move(path)), m_descriptor(std::move(descriptor)), m_bytes(bytes)
    {
    }
    static int read(void *source, uint8_t *buffer, int size);
    static int64_t seek(void *source, int64_t offset, int whence);

    QString m_path;
    std::shared_ptr<const int> m_descriptor; // closed by the last reader
    qint64 m_bytes;
    qint64 m_position = 0;
};

// The demuxer over a Source, which must outlive it.
class Input
{
public:
    // Detects the container by content, among those that cameras write. Reads stream details from the first
    // megabytes (`analyze` ms of them).
    static Result<std::unique_ptr<Input>> open(Source &source, int analyze);
    ~Input();
    Q_DISABLE_COPY_MOVE(Input)

    [[nodiscard]] AVFormatContext *format() const { return m_format.get(); }
    // libav's short name: "mov", "matroska", "mpegts", "h264", …
    [[nodiscard]] QString container() const;
    // Frames without a container: often the frame rate is unknown.
    [[nodiscard]] bool isBareStream() const;

private:
    Input() = default;

    AVIOContext *m_io = nullptr;
    Av<AVFormatContext> m_format;
};

} // namespace gatehouse::media
