#include "media/demux/source.h"

#include "base/messages.h"
#include "media/demux/picture_stream.h"

#include <QFile>
#include <QStringList>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gatehouse::media
{

namespace
{

constexpr int kIoBufferBytes = 1 << 15;
constexpr int kProbeBytes = 2 << 20;
constexpr int kMaxStreams = 32;
// None of these refers to other files; playlists and concatenations are excluded.
constexpr const char *kContainers =
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,dhav,h264,hevc,flv,asf,mpegvideo,m4v,mjpeg,"
    "mpjpeg,ogg,ivf,obu,wav";

// Demuxers answer a failed read in their own words: the reader knows better.
tl::unexpected<Error> errorOf(int error, const AVIOContext &io)
{
    const int cause = io.error < 0 ? io.error : error;
    const bool isElsewhere = cause == AVERROR(EIO) || cause == AVERROR(ENODEV) || cause == AVERROR(ENXIO) ||
                             cause == AVERROR(ENOMEM);
    return fail(isElsewhere ? ErrorKind::Unavailable : ErrorKind::Corrupt, avErrorText(cause));
}

int refuseToOpen(AVFormatContext *, AVIOContext **, const char *, int, AVDictionary **)
{
    return AVERROR(EACCES);
}

} // namespace

Result<std::unique_ptr<Source>> Source::open(const QString &path)
{
    // O_NONBLOCK: a FIFO in place of the file must not hang the worker.
    const int fd =
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0) {
        const ErrorKind kind = errno == ENOENT   ? ErrorKind::NotFound
                               : errno == EACCES ? ErrorKind::Denied
                                                 : ErrorKind::Unavailable;
        return fail(kind, QString::fromLocal8Bit(std::strerror(errno)), path);
    }
    return take(fd, path);
}

Result<std::unique_ptr<Source>> Source::take(int descriptor, const QString &path)
{
    const std::shared_ptr<const int> owner(new int(descriptor), [](const int *closed) {
        ::close(*closed);
        delete closed;
    });
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        return fail(ErrorKind::Invalid, Messages::tr("This is not a file."), path);
    return std::unique_ptr<Source>(new Source(path, owner, status.st_size));
}

std::unique_ptr<Source> Source::again() const
{
    return std::unique_ptr<Source>(new Source(m_path, m_descriptor, m_bytes));
}

QByteArray Source::at(qint64 offset, qint64 count) const
{
    if (offset < 0 || offset >= m_bytes || count <= 0)
        return {};
    QByteArray out(std::min(count, m_bytes - offset), Qt::Uninitialized);
    qint64 filled = 0;
    while (filled < out.size()) {
        const ssize_t got = ::pread(descriptor(), out.data() + filled,
                                    static_cast<size_t>(out.size() - filled), offset + filled);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        filled += got;
    }
    out.truncate(filled);
    return out;
}

int Source::read(void *source, uint8_t *buffer, int size)
{
    auto *self = static_cast<Source *>(source);
    const ssize_t got = ::pread(self->descriptor(), buffer, static_cast<size_t>(size), self->m_position);
    if (got == 0)
        return AVERROR_EOF;
    if (got < 0)
        return AVERROR(errno);
    self->m_position += got;
    return int(got);
}

int64_t Source::seek(void *source, int64_t offset, int whence)
{
    auto *self = static_cast<Source *>(source);
    switch (whence & ~AVSEEK_FORCE) {
    case AVSEEK_SIZE:
        return self->m_bytes;
    case SEEK_SET:
        break;
    case SEEK_CUR:
        offset += self->m_position;
        break;
    case SEEK_END:
        offset += self->m_bytes;
        break;
    default:
        return AVERROR(EINVAL);
    }
    if (offset < 0)
        return AVERROR(EINVAL);
    self->m_position = offset;
    return offset;
}

Result<std::unique_ptr<Input>> Input::open(Source &source, int analyze)
{
    std::unique_ptr<Input> input(new Input);
    source.m_position = 0;
    auto *buffer = static_cast<unsigned char *>(av_malloc(kIoBufferBytes));
    if (buffer != nullptr)
        input->m_io =
            avio_alloc_context(buffer, kIoBufferBytes, 0, &source, &Source::read, nullptr, &Source::seek);
    AVFormatContext *format = avformat_alloc_context();
    if (input->m_io == nullptr || format == nullptr) {
        if (input->m_io == nullptr)
            av_free(buffer);
        avformat_free_context(format);
        return fail(ErrorKind::Unavailable, Messages::tr("Not enough memory."));
    }
    format->pb = input->m_io;
    format->flags |= AVFMT_FLAG_CUSTOM_IO;
    format->io_open = refuseToOpen;
    format->probesize = kProbeBytes;
    format->max_analyze_duration = qint64(analyze) * 1000;
    format->max_streams = kMaxStreams;
    format->format_whitelist = av_strdup(kContainers);
    format->protocol_whitelist = av_strdup("file");
    // libav would take its first picture for a still.
    const auto *known = isPictureStream(source) ? av_find_input_format("mjpeg") : nullptr;
    // Frees the context itself on failure.
    if (const int error = avformat_open_input(&format, nullptr, known, nullptr); error < 0)
        return errorOf(error, *input->m_io);
    input->m_format.reset(format);
    if (const int error = avformat_find_stream_info(format, nullptr); error < 0)
        return errorOf(error, *input->m_io);
    return input;
}

Input::~Input()
{
    m_format.reset();
    if (m_io != nullptr) {
        av_freep(&m_io->buffer);
        avio_context_free(&m_io);
    }
}

QString Input::container() const
{
    return QString::fromLatin1(m_format->iformat->name).section(QLatin1Char(','), 0, 0);
}

bool Input::isBareStream() const
{
    static const QStringList bare{QStringLiteral("h264"), QStringLiteral("hevc"), QStringLiteral("mjpeg"),
                                  QStringLiteral("mpegvideo"), QStringLiteral("m4v")};
    return bare.contains(container());
}

} // namespace gatehouse::media
