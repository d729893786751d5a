#include "ingest/mender.h"

#include "archive/check.h"
#include "archive/layout.h"
#include "ingest/connection_test.h"
#include "ingest/describe.h"
#include "ingest/duplicate.h"
#include "ingest/file_owner.h"

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

Result<void> Mender::lookAtStart()
{
    const auto list = catalog::FileList::open(m_databasePath);
    const Result<qint64> newest = list ? (*list)->newestArrival() : tl::unexpected(list.error());
    if (!newest)
        return tl::unexpected(newest.error());
    m_newestAtStart = *newest;
    const QString memo = QString::fromLatin1(catalog::Writer::rebuildMemo);
    const auto due = m_writer.memo(memo).result();
    if (!due)
        return tl::unexpected(due.error());
    m_isRebuildDue = !due->isEmpty();
    m_since = m_isRebuildDue ? due->toLongLong() : std::max<qint64>(0, m_newestAtStart - kMarginMs);
    return {};
}

Result<Mended> Mender::mendAtStart()
{
    // A full disk is mended too: that is when it was most likely left in the middle of something.
    if (const auto ready = m_archive.ready(); !ready && ready.error().kind == ErrorKind::Unavailable)
        return tl::unexpected(ready.error());
    if (const auto left = archive::removeLeftOvers(m_files, m_archive.root()); !left)
        return tl::unexpected(left.error());
    return mendNewest(0);
}

Result<Mended> Mender::mendNewest(qint64 before)
{
    archive::OrphanSearch search;
    search.since = m_since;
    search.before = before;
    const auto mended = mend(search, true);
    return mended && m_isRebuildDue ? m_writer.rebuildIsWhole().result().map([&] { return *mended; })
                                    : mended;
}

Result<Mended> Mender::mendAll(qint64 before, const std::function<bool(qint64)> &progress)
{
    archive::OrphanSearch search;
    search.before = before;
    search.progress = progress;
    const auto mended = mend(search, false);
    if (!mended)
        return mended;
    if (const auto whole = m_writer.rebuildIsWhole().result(); !whole)
        return tl::unexpected(whole.error());
    const std::scoped_lock lock(m_mutex);
    Mended told = std::exchange(m_untold, {});
    told.looked = mended->looked;
    return told;
}

// Before the first row is made: a start that is killed looks from here again, whatever its newest row is by
// then. An ordinary start writes nothing.
void Mender::noteRebuild()
{
    if (!m_isRebuildDue)
        m_isRebuildDue =
            m_writer.setMemo(QString::fromLatin1(catalog::Writer::rebuildMemo), QString::number(m_since))
                .result()
                .has_value();
}

Result<qint64> Mender::newestArrival() const
{
    return catalog::FileList::open(m_databasePath).and_then([](const auto &list) {
        return list->newestArrival();
    });
}

Result<Mended> Mender::mend(archive::OrphanSearch search, bool isStart)
{
    const std::scoped_lock lock(m_mutex);
    const auto list = catalog::FileList::open(m_databasePath);
    if (!list)
        return tl::unexpected(list.error());
    Mended mended;
    search.root = m_archive.root();
    search.known = [&](const QStringList &paths) { return known(**list, paths); };
    search.found = [&](const QVector<archive::Orphan> &orphans) {
        if (isStart && !orphans.isEmpty())
            noteRebuild();
        // First those that have their names: by them the others find to whom they belong.
        for (const bool inJournal : {true, false}) {
            for (const archive::Orphan &orphan : orphans) {
                if (orphan.inJournal == inJournal)
                    take(**list, orphan, mended);
            }
        }
    };
    const auto looked = archive::findOrphans(m_files, search);
    if (!looked)
        return tl::unexpected(looked.error());
    mended.looked = *looked;
    m_untold.added += mended.added;
    m_untold.removed += mended.removed;
    m_untold.recovered += mended.recovered;
    m_untold.failed += mended.failed;
    if (mended.added + mended.removed + mended.failed > 0)
        qCInfo(lcMender) << "rows made:" << mended.added
                         << "of them without a line in the journal:" << mended.recovered
                         << "removals finished:" << mended.removed << "failed:" << mended.failed;
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

Result<catalog::NewItem> Mender::itemOf(catalog::FileList &list, const archive::Orphan &orphan)
{
    const archive::Placement &placement = orphan.placement;
    vendors::Meaning meaning = m_matcher->match(placement.sourcePath);
    const QString path = m_archive.root() + QLatin1Char('/') + orphan.relativePath;
    if (meaning.isTestName)
        takeKindFromContent(meaning, m_files.read(path, 0, largestConnectionTest).value_or(QByteArray()));
    const auto owner = ownerOf(orphan, meaning, list, m_writer);
    if (!owner)
        return tl::unexpected(owner.error());
    const auto hash =
        orphan.sha256.isEmpty() ? archive::hashFile(m_files, path, {}) : Result<QByteArray>(orphan.sha256);
    if (!hash)
        return tl::unexpected(hash.error());
    catalog::NewItem item =
        describe(meaning, placement.sourcePath, placement.received, QTimeZone::systemTimeZone());
    item.id = placement.item.isValid() ? placement.item : m_writer.nextItemId();
    item.account = owner->account;
    item.cameraKey = owner->cameraKey;
    item.cameraName = owner->cameraName;
    item.archive = m_archive.id();
    item.relativePath = orphan.relativePath;
    item.bytes = orphan.bytes;
    item.sha256 = *hash;
    item.recovered = !orphan.inJournal;
    // What its camera sent stays what its camera sees; an import has no peer.
    item.live = orphan.inJournal && !placement.peer.isEmpty();
    if (placement.cut) {
        item.state = ItemState::Incomplete;
        item.reason = Mender::tr("The upload was cut");
    } else if (item.kind != Kind::Still && item.kind != Kind::Clip) {
        item.state = ItemState::Ok;
    }
    if (item.recovered)
        item.reason = Mender::tr("Found without its line in the journal: its whole name is not known");
    return item;
}

void Mender::take(catalog::FileList &list, const archive::Orphan &orphan, Mended &mended)
{
    if (!orphan.removedBecause.isEmpty()) {
        m_archive.remove(orphan.placement.item, orphan.relativePath, orphan.removedBecause).waitForFinished();
        ++mended.removed;
        return;
    }
    const auto item = itemOf(list, orphan);
    const auto added = item ? addPlaced({m_writer, m_archive, *item, orphan.placement}).result()
                            : Result<catalog::Added>(tl::unexpected(item.error()));
    if (added && !added->duplicate) {
        ++mended.added;
        mended.recovered += item->recovered;
    } else if (added && added->kept.relativePath != item->relativePath) {
        ++mended.removed;
    } else {
        qCWarning(lcMender).noquote()
            << orphan.relativePath
            << (added ? Mender::tr("is not in the catalog, and may be all there is") : added.error().text);
        ++mended.failed;
    }
}

} // namespace gatehouse::ingest
