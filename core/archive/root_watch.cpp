#include "archive/root_watch.h"

#include "archive/layout.h"
#include "archive/retention.h"
#include "archive/sentences.h"

#include <QLoggingCategory>

namespace gatehouse::archive
{

namespace
{

Q_LOGGING_CATEGORY(watchLog, "gatehouse.archive")

constexpr qint64 lookEvery = 2000; // ms

} // namespace

RootWatch::RootWatch(Files &files, const Clock &clock, QString root, Identity identity)
    : m_files(files), m_clock(clock), m_root(std::move(root)), m_identity(std::move(identity))
{
    look();
}

Result<void> RootWatch::verify()
{
    const QString path = m_root + QLatin1Char('/') + identityName;
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
        const auto found = readIdentity(m_files, m_root);
        if (!found)
            state = tl::unexpected(found.error());
        else if (found->id != m_identity.id)
            state = fail(ErrorKind::Unavailable,
                         Sentences::tr("Another archive's disk is mounted at %1. Mount the "
                                       "right one there again.")
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
    const QString path = m_root + QLatin1Char('/') + identityName;
    Result<void> state = readAnew(path, m_files.stat(path));
    if (state) {
        const auto space = m_files.space(m_root);
        if (space && space->free < leastFree(space->total))
            state = fail(ErrorKind::Full, Sentences::tr("The disk of %1 is full.").arg(m_root),
                         QStringLiteral("archive"));
        const auto found = m_files.stat(m_root);
        const std::lock_guard lock(m_mutex);
        if (found && m_device != 0 && m_device != found->device)
            qCInfo(watchLog) << "the archive's disk was mounted anew at" << m_root;
        if (found)
            m_device = found->device;
    }
    remember(state);
    const std::lock_guard lock(m_mutex);
    m_lastLook = m_clock.elapsed();
}

bool RootWatch::isDue() const
{
    const std::lock_guard lock(m_mutex);
    return m_clock.elapsed() - m_lastLook >= lookEvery;
}

Result<void> RootWatch::ready() const
{
    const std::lock_guard lock(m_mutex);
    return m_ready;
}

Error RootWatch::explain(const Error &error)
{
    look();
    const auto state = ready();
    if (!state && state.error().kind == ErrorKind::Unavailable)
        return state.error();
    switch (error.kind) {
    case ErrorKind::Full:
        return {ErrorKind::Full, Sentences::tr("The disk of %1 is full.").arg(m_root), error.text};
    case ErrorKind::NotFound:
    case ErrorKind::Denied:
    case ErrorKind::Unavailable:
    case ErrorKind::Internal:
        return {ErrorKind::Unavailable,
                Sentences::tr("The archive folder %1 can't be written: %2").arg(m_root, error.text),
                error.where};
    default:
        return error;
    }
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
