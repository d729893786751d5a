#include "archive/root_watch.h"

#include "archive/archive.h"
#include "archive/layout.h"
#include "base/messages.h"

#include <QLoggingCategory>
#include <algorithm>

namespace gatehouse::archive
{

namespace
{

Q_LOGGING_CATEGORY(watchLog, "gatehouse.archive")

constexpr qint64 kLookEvery = 2000; // ms
constexpr qint64 kTryEvery = 500;   // while nothing can be written

} // namespace

RootWatch::RootWatch(FileSystem &files, const Clock &clock, QString root, ArchiveId identity)
    : m_files(files), m_clock(clock), m_root(std::move(root)), m_identity(std::move(identity))
{
    look();
}

Result<void> RootWatch::verify()
{
    const QString path = m_root + QLatin1Char('/') + kIdFileName;
    const auto there = m_files.stat(path);
    {
        const std::lock_guard lock(m_mutex);
        if (there && m_read == *there)
            return {};
    }
    return readAnew(path, there);
}

Result<void> RootWatch::readAnew(const QString &path, const Result<FileStat> &there)
{
    Result<void> state;
    const auto raw = m_files.read(path, 0, m_identity.raw.size() + 1);
    if (!raw || *raw != m_identity.raw) {
        const auto found = readArchiveId(m_files, m_root);
        if (!found)
            state = tl::unexpected(found.error());
        else if (found->id != m_identity.id)
            state =
                fail(ErrorKind::Unavailable,
                     Messages::tr("The disk of another archive is mounted at %1. Mount the right one there.")
                         .arg(m_root),
                     QStringLiteral("archive"));
    }
    if (!state)
        remember(state);
    const std::lock_guard lock(m_mutex);
    m_read = state && there ? std::optional(*there) : std::nullopt;
    return state;
}

void RootWatch::look()
{
    const QString path = m_root + QLatin1Char('/') + kIdFileName;
    Result<void> state = readAnew(path, m_files.stat(path));
    if (state) {
        const auto space = m_files.space(m_root);
        if (space && space->free < minFree(space->total))
            state = fail(ErrorKind::Full, Messages::tr("The disk that holds %1 is full.").arg(m_root),
                         QStringLiteral("archive"));
        else if (const auto can = canWrite(); !can)
            state = can;
        const auto found = m_files.stat(m_root);
        const std::lock_guard lock(m_mutex);
        if (found && m_device != 0 && m_device != found->device)
            qCInfo(watchLog) << "the archive's disk was remounted at" << m_root;
        if (found)
            m_device = found->device;
    }
    remember(state);
    const std::lock_guard lock(m_mutex);
    m_lastLook = m_clock.elapsed();
}

std::chrono::milliseconds RootWatch::untilDue() const
{
    const std::lock_guard lock(m_mutex);
    const qint64 left = m_lastLook + (m_hasFailed ? kTryEvery : kLookEvery) - m_clock.elapsed();
    return std::chrono::milliseconds(std::clamp<qint64>(left, 0, kLookEvery));
}

Result<void> RootWatch::ready() const
{
    const std::lock_guard lock(m_mutex);
    return m_ready;
}

Error RootWatch::unwritable(const Error &error) const
{
    if (error.kind == ErrorKind::Full)
        return {ErrorKind::Full, Messages::tr("The disk that holds %1 is full.").arg(m_root), error.text};
    return {ErrorKind::Unavailable,
            Messages::tr("Can't write to the archive folder %1: %2").arg(m_root, error.text), error.where};
}

Result<void> RootWatch::canWrite()
{
    for (const QString &name : {kIncomingName, kJournalName}) {
        const QString folder = m_root + QLatin1Char('/') + name;
        Result<void> can = m_files.writable(folder);
        if (!can && can.error().kind == ErrorKind::NotFound)
            continue; // created when needed
        if (can && hasFailed())
            can = tryToWrite(folder);
        if (!can)
            return tl::unexpected(unwritable(can.error()));
    }
    setFailed(false);
    return {};
}

Result<void> RootWatch::tryToWrite(const QString &folder)
{
    const std::lock_guard lock(m_tries);
    const QString path = folder + QStringLiteral("/try") + kPartSuffix;
    static_cast<void>(m_files.remove(path)); // left by a crash
    const auto fd = m_files.create(path);
    if (!fd)
        return tl::unexpected(fd.error());
    const auto written =
        m_files.write(*fd, QByteArray(4096, 't')).and_then([&] { return m_files.sync(*fd); });
    m_files.close(*fd);
    static_cast<void>(m_files.remove(path));
    return written;
}

Error RootWatch::explain(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Full:
    case ErrorKind::NotFound:
    case ErrorKind::Denied:
    case ErrorKind::Unavailable:
    case ErrorKind::Internal:
        break;
    default:
        return error;
    }
    setFailed(true);
    look();
    const auto state = ready();
    if (!state && state.error().kind == ErrorKind::Unavailable)
        return state.error();
    return unwritable(error);
}

bool RootWatch::hasFailed() const
{
    const std::lock_guard lock(m_mutex);
    return m_hasFailed;
}

void RootWatch::setFailed(bool hasFailed)
{
    const std::lock_guard lock(m_mutex);
    m_hasFailed = hasFailed;
}

void RootWatch::remember(const Result<void> &state)
{
    const std::lock_guard lock(m_mutex);
    if (bool(state) != bool(m_ready) || (!state && state.error().text != m_ready.error().text)) {
        if (state)
            qCInfo(watchLog) << "the archive is ready again:" << m_root;
        else
            qCWarning(watchLog).noquote() << state.error().text;
    }
    m_ready = state;
}

} // namespace gatehouse::archive
