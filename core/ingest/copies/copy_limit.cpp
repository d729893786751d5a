#include "ingest/copies/copy_limit.h"

#include "base/when_done.h"
#include "catalog/operations/derivatives.h"
#include "ingest/retention/retention_plan.h"

#include <algorithm>
#include <chrono>

namespace gatehouse::ingest
{

namespace
{

constexpr int kCountEveryMs = 60'000;
constexpr int kMaxAtOnce = 500;
constexpr std::chrono::hours kSparedFor{1};

qint64 sizeOf(const QVector<catalog::Derivative> &copies)
{
    qint64 out = 0;
    for (const catalog::Derivative &copy : copies)
        out += copy.bytes;
    return out;
}

} // namespace

std::optional<qint64> CopyReserve::margin(qint64 pending) const
{
    const auto space = m_files->space(m_folder);
    if (!space)
        return std::nullopt;
    return space->free + pending - reserveOn(space->total, m_wanted) / 4 * 3;
}

bool CopyReserve::allows(qint64 bytes) const
{
    return margin(0).value_or(bytes) >= bytes;
}

bool CopyReserve::allowsIdleCopies() const
{
    const auto space = m_files->space(m_folder);
    return !space || space->free > reserveOn(space->total, m_wanted) / 8 * 7;
}

QVector<catalog::Derivative> CopyReserve::stillThere(const QVector<catalog::Derivative> &copies) const
{
    QVector<catalog::Derivative> out;
    for (const catalog::Derivative &copy : copies) {
        if (m_files->stat(m_folder + QLatin1Char('/') + copy.path))
            out.append(copy);
    }
    return out;
}

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

void CopyLimit::noteAsked(ItemId item, catalog::DerivativeKind kind)
{
    m_asked.insert_or_assign({item, kind}, QDeadlineTimer(kSparedFor));
}

std::set<CopyLimit::Key> CopyLimit::askedLately()
{
    std::erase_if(m_asked, [](const auto &asked) { return asked.second.hasExpired(); });
    std::set<Key> out;
    for (const auto &asked : m_asked)
        out.insert(asked.first);
    return out;
}

void CopyLimit::look()
{
    if (m_isLooking) {
        m_isWantedAgain = true;
        return;
    }
    m_isLooking = true;
    const auto asked = m_readers.ask([terms = Terms{m_maxBytes, reserve(), m_discarded, askedLately()}](
                                         catalog::Reader &reader) { return find(reader, terms); });
    whenDone(asked, this, [this](const Result<Finding> &finding) { take(finding); });
}

Result<CopyLimit::Finding> CopyLimit::find(catalog::Reader &reader, const Terms &terms)
{
    Finding out;
    const auto bytes = reader.copyBytes();
    if (!bytes)
        return tl::unexpected(bytes.error());
    out.bytes = *bytes;
    out.discarded = terms.reserve.stillThere(terms.discarded);
    const qint64 excess = out.bytes - terms.maxBytes;
    const qint64 lacking = -terms.reserve.margin(sizeOf(out.discarded)).value_or(0);
    out.hasRoom = excess < 0 && terms.reserve.allowsIdleCopies();
    if ((excess <= 0 && lacking <= 0) || out.bytes == 0)
        return out;
    const auto copies = reader.copies(kMaxAtOnce + int(terms.asked.size()));
    if (!copies)
        return tl::unexpected(copies.error());
    QVector<catalog::Derivative> spared;
    qint64 freed = 0;
    const auto discard = [&out, &freed](const catalog::Derivative &copy, qint64 wanted) {
        if (freed >= wanted || out.unwanted.size() >= kMaxAtOnce)
            return;
        freed += copy.bytes;
        out.unwanted.append(copy);
    };
    for (const catalog::Derivative &copy : *copies) {
        if (terms.asked.contains({copy.item, copy.kind}))
            spared.append(copy);
        else
            discard(copy, std::max(excess, lacking));
    }
    for (const catalog::Derivative &copy : spared)
        discard(copy, excess);
    return out;
}

void CopyLimit::take(const Result<Finding> &finding)
{
    m_hasRoom = finding && finding->hasRoom;
    if (finding) {
        m_bytes = finding->bytes;
        m_discarded = finding->discarded + finding->unwanted;
    }
    if (!finding || finding->unwanted.isEmpty()) {
        goOn(false);
        return;
    }
    whenDone(m_writer.submit(catalog::DiscardDerivatives{finding->unwanted}), this,
             [this, isMore = finding->unwanted.size() == kMaxAtOnce](const Result<void> &discarded) {
                 if (!discarded)
                     m_discarded.clear();
                 goOn(discarded && isMore);
             });
}

void CopyLimit::goOn(bool isMore)
{
    m_isLooking = false;
    if (std::exchange(m_isWantedAgain, false) || isMore)
        look();
    else
        Q_EMIT looked();
}

} // namespace gatehouse::ingest
