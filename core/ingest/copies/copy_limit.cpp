#include "ingest/copies/copy_limit.h"

#include "base/when_done.h"
#include "catalog/operations/derivatives.h"

#include <algorithm>

namespace gatehouse::ingest
{

namespace
{

constexpr int kCountEveryMs = 60'000;
constexpr int kMaxAtOnce = 500;
// Recordings are deleted below the reserve: copies go before.
constexpr qint64 kMargin = 500'000'000;

} // namespace

CopyLimit::CopyLimit(catalog::Writer &writer, catalog::ReaderPool &readers, FileSystem &files,
                     QString cacheFolder, QObject *parent)
    : QObject(parent), m_writer(writer), m_readers(readers), m_files(files),
      m_cacheFolder(std::move(cacheFolder))
{
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &CopyLimit::look);
    m_timer.start(kCountEveryMs);
}

void CopyLimit::setLimits(qint64 maxBytes, qint64 reserveBytes)
{
    m_maxBytes = maxBytes;
    m_reserveBytes = reserveBytes;
    look();
}

void CopyLimit::look()
{
    if (m_isLooking) {
        m_isWantedAgain = true;
        return;
    }
    m_isLooking = true;
    const auto asked =
        m_readers.ask([&files = m_files, folder = m_cacheFolder, max = m_maxBytes,
                       reserve = m_reserveBytes + kMargin](catalog::Reader &reader) -> Result<Finding> {
            Finding out;
            const auto bytes = reader.copyBytes();
            if (!bytes)
                return tl::unexpected(bytes.error());
            out.bytes = *bytes;
            out.excess = out.bytes - max;
            if (const auto space = files.space(folder))
                out.excess = std::max(out.excess, reserve - space->free);
            if (out.excess <= 0 || out.bytes == 0)
                return out;
            const auto copies = reader.copies(kMaxAtOnce);
            if (!copies)
                return tl::unexpected(copies.error());
            qint64 freed = 0;
            for (const catalog::Derivative &copy : *copies) {
                if (freed >= out.excess)
                    break;
                freed += copy.bytes;
                out.unwanted.append(copy);
            }
            return out;
        });
    whenDone(asked, this, [this](const Result<Finding> &finding) { take(finding); });
}

void CopyLimit::take(const Result<Finding> &finding)
{
    m_isLooking = false;
    m_hasRoom = finding && finding->excess < 0;
    if (finding) {
        m_bytes = finding->bytes;
        if (!finding->unwanted.isEmpty())
            m_writer.submit(catalog::DiscardDerivatives{finding->unwanted});
    }
    if (std::exchange(m_isWantedAgain, false))
        look();
    else
        Q_EMIT looked();
}

} // namespace gatehouse::ingest
