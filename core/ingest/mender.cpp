#include "ingest/mender.h"

#include "archive/check.h"
#include "archive/layout.h"
#include "ingest/describe.h"

#include <QCoreApplication>
#include <QLoggingCategory>

namespace gatehouse::ingest
{

namespace
{

Q_LOGGING_CATEGORY(lcMender, "gatehouse.repair")

// A clock that went back, and files that were placed out of order, by far.
constexpr qint64 kMarginMs = 48 * 3'600'000;

} // namespace

Mender::Mender(catalog::Writer &writer, archive::Archive &archive, Files &files, QString databasePath,
               std::shared_ptr<const vendors::Matcher> matcher)
    : m_writer(writer), m_archive(archive), m_files(files), m_databasePath(std::move(databasePath)),
      m_matcher(std::move(matcher))
{
}

Result<Mended> Mender::mendAtStart()
{
    const auto list = catalog::FileList::open(m_databasePath);
    const Result<qint64> newest = list ? (*list)->newestArrival() : tl::unexpected(list.error());
    if (!newest)
        return tl::unexpected(newest.error());
    m_newestAtStart = *newest;
    // A full disk is mended too: that is when it was most likely left in the middle of something.
    if (const auto ready = m_archive.ready(); !ready && ready.error().kind == ErrorKind::Unavailable)
        return Mended();
    if (const auto left = archive::removeLeftOvers(m_files, m_archive.root()); !left)
        return tl::unexpected(left.error());
    return mendNewest(0);
}

Result<Mended> Mender::mendNewest(qint64 before)
{
    archive::OrphanSearch search;
    search.since = std::max<qint64>(0, m_newestAtStart - kMarginMs);
    search.before = before;
    return mend(search);
}

Result<Mended> Mender::mendAll(qint64 before, const std::function<bool(qint64)> &progress)
{
    archive::OrphanSearch search;
    search.before = before;
    search.progress = progress;
    return mend(search);
}

Result<Mended> Mender::mend(archive::OrphanSearch search)
{
    const auto list = catalog::FileList::open(m_databasePath);
    if (!list)
        return tl::unexpected(list.error());
    Mended mended;
    search.root = m_archive.root();
    search.known = [&](const QStringList &paths) { return known(**list, paths); };
    search.found = [&](const QVector<archive::Orphan> &orphans) {
        for (const archive::Orphan &orphan : orphans)
            take(orphan, mended);
    };
    const auto looked = archive::findOrphans(m_files, search);
    if (!looked)
        return tl::unexpected(looked.error());
    mended.looked = *looked;
    if (mended.added + mended.removed + mended.failed > 0)
        qCInfo(lcMender) << "rows made:" << mended.added << "removals finished:" << mended.removed
                         << "failed:" << mended.failed;
    return mended;
}

Result<QSet<QString>> Mender::known(catalog::FileList &list, const QStringList &paths) const
{
    QVector<ItemId> items;
    for (const QString &path : paths) {
        if (const auto meaning = archive::meaningOfPath(path))
            items.append(meaning->item);
    }
    return list.pathsOf(items);
}

Result<AccountId> Mender::accountOf(const archive::Orphan &orphan)
{
    const QString user =
        orphan.placement.account.isEmpty() ? QStringLiteral("recovered") : orphan.placement.account;
    const Result<catalog::Account> found = m_writer.account(user).result();
    if (found)
        return found->id;
    if (found.error().kind != ErrorKind::NotFound)
        return tl::unexpected(found.error());
    // The catalog lost the log-in: the evidence gets a home, the camera needs a new password.
    catalog::Account fresh;
    fresh.user = user;
    fresh.enabled = false;
    const Result<catalog::Camera> made = m_writer.addCamera(user, fresh).result();
    if (!made)
        return tl::unexpected(made.error());
    return made->account;
}

void Mender::take(const archive::Orphan &orphan, Mended &mended)
{
    if (!orphan.removedBecause.isEmpty()) {
        m_archive.remove(orphan.placement.item, orphan.relativePath, orphan.removedBecause).waitForFinished();
        ++mended.removed;
        return;
    }
    const auto account = accountOf(orphan);
    const auto hash =
        orphan.sha256.isEmpty()
            ? archive::hashFile(m_files, m_archive.root() + QLatin1Char('/') + orphan.relativePath,
                                [](qint64) { return true; })
            : Result<QByteArray>(orphan.sha256);
    if (!account || !hash) {
        ++mended.failed;
        return;
    }
    const QString &source = orphan.placement.sourcePath;
    catalog::NewItem item =
        describe(m_matcher->match(source), source, orphan.placement.received, QTimeZone::systemTimeZone());
    item.id = orphan.placement.item.isValid() ? orphan.placement.item : m_writer.nextItemId();
    item.account = *account;
    item.archive = m_archive.id();
    item.relativePath = orphan.relativePath;
    item.bytes = orphan.bytes;
    item.sha256 = *hash;
    // What its camera sent stays what its camera sees; an import has no peer.
    item.live = orphan.inJournal && !orphan.placement.peer.isEmpty();
    if (orphan.placement.cut) {
        item.state = ItemState::Incomplete;
        item.reason = Mender::tr("The upload was cut");
    } else if (item.kind != Kind::Still && item.kind != Kind::Clip) {
        item.state = ItemState::Ok;
    }
    const Result<catalog::Added> added = m_writer.addItem(item).result();
    if (!added) {
        qCWarning(lcMender).noquote() << orphan.relativePath << added.error().text;
        ++mended.failed;
    } else if (added->duplicate) {
        m_archive.remove(item.id, item.relativePath, Mender::tr("The same file is kept already"))
            .waitForFinished();
        ++mended.removed;
    } else {
        ++mended.added;
    }
}

} // namespace gatehouse::ingest
