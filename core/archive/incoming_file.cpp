#include "archive/incoming_file.h"

#include "archive/layout.h"
#include "base/messages.h"

#include <algorithm>

namespace gatehouse::archive
{

namespace
{

constexpr qint64 kCopyStep = qint64(1) << 20;
// Writes back a long clip while it arrives, so that the final sync has little left to do.
constexpr qint64 kWritebackEvery = qint64(8) << 20;

} // namespace

IncomingFile::IncomingFile(std::shared_ptr<ArchiveContext> context, StagingOptions options, QString path)
    : m_owner(std::move(context)), m_context(*m_owner), m_options(std::move(options)),
      m_path(std::move(path)), m_hash(m_context.hashing, m_options.prefixBytes, m_options.prefixSha256)
{
}

IncomingFile::~IncomingFile()
{
    discard();
}

void IncomingFile::append(QByteArrayView bytes, const std::shared_ptr<const void> &owner)
{
    if (m_error || bytes.isEmpty())
        return;
    if (m_fd < 0) {
        if (auto opened = open(); !opened)
            return failWith(opened.error());
    }
    if (m_options.maxBytes > 0 && m_bytes + bytes.size() > m_options.maxBytes)
        return failWith({ErrorKind::Invalid,
                         Messages::tr("The file is larger than %1 bytes.").arg(m_options.maxBytes),
                         QStringLiteral("archive")});
    m_hash.add(bytes, owner);
    if (auto written = m_context.files.write(m_fd, bytes); !written)
        return failWith(m_context.watch.explain(written.error()));
    m_bytes += bytes.size();
    if (m_bytes - m_writtenBack >= kWritebackEvery) {
        m_context.files.startWriteback(m_fd);
        m_writtenBack = m_bytes;
    }
}

Result<void> IncomingFile::seal()
{
    if (!m_error && m_fd < 0) {
        if (auto opened = open(); !opened)
            failWith(opened.error());
    }
    if (m_error)
        return tl::unexpected(*m_error);
    return {};
}

Result<void> IncomingFile::sync()
{
    auto synced = m_context.files.sync(m_fd);
    m_context.files.close(m_fd);
    m_fd = -1;
    return synced;
}

Result<void> IncomingFile::moveTo(const QString &path)
{
    auto moved = m_context.files.rename(m_path, path);
    if (moved)
        m_exists = false;
    return moved;
}

void IncomingFile::discard()
{
    if (m_fd >= 0)
        m_context.files.close(m_fd);
    m_fd = -1;
    // If this fails, the file stays in incoming/ and is removed at the next start.
    if (m_exists)
        static_cast<void>(m_context.files.remove(m_path));
    m_exists = false;
}

Result<void> IncomingFile::open()
{
    if (auto there = m_context.watch.verify(); !there)
        return there;
    auto fd = m_context.files.create(m_path);
    if (!fd && fd.error().kind == ErrorKind::NotFound) {
        // Somebody removed incoming/. The root is the right one, so create it again.
        if (auto there = m_context.watch.verify(); !there)
            return there;
        if (m_context.files.makeFolder(m_context.pathOf(kIncomingName)))
            fd = m_context.files.create(m_path);
    }
    if (!fd)
        return tl::unexpected(m_context.watch.explain(fd.error()));
    m_fd = *fd;
    m_exists = true;
    return m_options.copyBytes > 0 ? copyPrefix() : Result<void>();
}

Result<void> IncomingFile::copyPrefix()
{
    const QString from = m_context.pathOf(m_options.copyFrom);
    if (auto copied = m_context.files.copyInto(m_fd, from, m_options.copyBytes); !copied) {
        const Error &error = copied.error();
        if (error.kind == ErrorKind::NotFound && m_context.watch.verify())
            return fail(ErrorKind::NotFound, error.text, error.where);
        return tl::unexpected(m_context.watch.explain(error));
    }
    // Accepted bytes never change, so what is read here equals what was copied.
    for (qint64 done = 0; done < m_options.copyBytes;) {
        const auto read =
            m_context.files.read(from, done, std::min<qint64>(kCopyStep, m_options.copyBytes - done));
        if (!read)
            return tl::unexpected(m_context.watch.explain(read.error()));
        if (read->isEmpty())
            return fail(ErrorKind::Corrupt, Messages::tr("%1 has become shorter.").arg(from),
                        QStringLiteral("archive"));
        m_hash.addNow(*read);
        m_bytes += read->size();
        done += read->size();
    }
    if (m_options.copyBytes == m_options.prefixBytes && !m_hash.prefixMatches())
        return fail(ErrorKind::Corrupt, Messages::tr("%1 has changed since it was received.").arg(from),
                    QStringLiteral("archive"));
    return {};
}

void IncomingFile::failWith(const Error &error)
{
    m_error = error;
    discard();
}

} // namespace gatehouse::archive
