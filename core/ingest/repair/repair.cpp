#include "ingest/repair/repair.h"

#include "archive/check.h"
#include "archive/layout.h"
#include "base/escaped.h"
#include "catalog/operations/meta.h"
#include "ingest/receive/connection_test.h"
#include "ingest/receive/duplicate.h"
#include "ingest/receive/new_item.h"
#include "ingest/repair/file_owner.h"

#include <QCoreApplication>
#include <QLoggingCategory>

namespace gatehouse::ingest
{

namespace
{

Q_LOGGING_CATEGORY(lcRepair, "gatehouse.repair")

// Covers a clock that went back, and files placed out of order, by a wide margin.
constexpr qint64 kMarginMs = 48 * 3'600'000;

// Rows per transaction, roughly: a finishing upload waits for at most this many.
constexpr qsizetype kFilesAtOnce = 128;
constexpr qsizetype kMaxPathLength = 1'000;

// Adds the rows of a batch, some at a time.
class MendRound
{
public:
    MendRound(catalog::Writer &writer, archive::Archive &archive, FileSystem &files,
              const vendors::Matcher &matcher, catalog::FileList &list, const Repair::MayGoOn &mayGoOn,
              RepairReport &report)
        : m_writer(writer), m_archive(archive), m_files(files), m_matcher(matcher), m_owners(list, writer),
          m_mayGoOn(mayGoOn), m_mended(report)
    {
    }
    ~MendRound() { settle(); }

    // False: it must stop, or there is no space.
    bool take(const archive::Orphan &orphan)
    {
        if (!m_mayGoOn())
            return false;
        if (!orphan.removedBecause.isEmpty()) {
            m_removals.append(
                {orphan.relativePath,
                 m_archive.remove(orphan.placement.item, orphan.relativePath, orphan.removedBecause)});
        } else if (!add(orphan)) {
            return false;
        }
        if (m_additions.size() + m_removals.size() >= kFilesAtOnce)
            settle();
        return !m_mended.isFull;
    }

    // Completes what was requested.
    void settle()
    {
        for (const auto &[path, isRecovered, future] : std::exchange(m_additions, {}))
            count(path, isRecovered, future.result());
        for (const auto &[path, future] : std::exchange(m_removals, {})) {
            if (const auto removed = future.result(); removed)
                ++m_mended.removed;
            else
                fail(path, removed.error().text);
        }
    }

private:
    struct Addition {
        QString path;
        bool isRecovered = false;
        QFuture<Result<catalog::Added>> added;
    };
    struct Removal {
        QString path;
        QFuture<Result<void>> removed;
    };

    bool add(const archive::Orphan &orphan)
    {
        bool isGuessed = false;
        const auto item = itemOf(orphan, isGuessed);
        if (!item && item.error().kind == ErrorKind::Cancelled)
            return false;
        if (!item) {
            fail(orphan.relativePath, item.error().text);
            return true;
        }
        m_additions.append({orphan.relativePath, item->recovered,
                            addPlaced({m_writer, m_archive, *item, orphan.placement})});
        if (isGuessed)
            settle(); // the next file in its folder gets the same owner
        return true;
    }

    Result<catalog::NewItem> itemOf(const archive::Orphan &orphan, bool &isGuessed)
    {
        const archive::Placement &placement = orphan.placement;
        vendors::PathMetadata metadata = m_matcher.match(placement.sourcePath, placement.reference());
        const QString path = m_archive.root() + QLatin1Char('/') + orphan.relativePath;
        if (metadata.isTestName)
            takeKindFromContent(metadata,
                                m_files.read(path, 0, kMaxConnectionTestBytes).value_or(QByteArray()));
        const auto owner = m_owners.ownerOf(orphan, metadata);
        if (!owner)
            return tl::unexpected(owner.error());
        isGuessed = owner->isGuessed;
        const auto hash = orphan.sha256.isEmpty()
                              ? archive::hashFile(m_files, path, [this](qint64) { return m_mayGoOn(); })
                              : Result<QByteArray>(orphan.sha256);
        if (!hash)
            return tl::unexpected(hash.error());
        catalog::NewItem item =
            toNewItem(metadata, placement.sourcePath, placement.reference(), QTimeZone::systemTimeZone());
        item.id = placement.item.isValid() ? placement.item : m_writer.ids().next();
        item.account = owner->account;
        item.cameraKey = owner->cameraKey;
        item.cameraName = owner->cameraName;
        item.archive = m_archive.id();
        item.relativePath = orphan.relativePath;
        item.bytes = orphan.bytes;
        item.sha256 = *hash;
        item.repaired = true;
        item.recovered = !orphan.inJournal;
        // A camera keeps seeing what it sent; an import has no peer.
        item.live = orphan.inJournal && !placement.peer.isEmpty();
        if (placement.cut) {
            item.state = ItemState::Incomplete;
            item.reason = Repair::tr("The upload was interrupted");
        }
        if (item.recovered)
            item.reason = Repair::tr("Recovered without a journal entry: its full name is unknown");
        return item;
    }

    void count(const QString &path, bool isRecovered, const Result<catalog::Added> &added)
    {
        if (added && !added->duplicate) {
            ++m_mended.added;
            m_mended.recovered += isRecovered;
        } else if (added && added->kept.relativePath != path) {
            ++m_mended.removed;
        } else {
            fail(path,
                 added ? Repair::tr("is not in the catalog, and may be the only copy") : added.error().text);
            m_mended.isFull = m_mended.isFull || (!added && added.error().kind == ErrorKind::Full);
        }
    }

    void fail(const QString &path, const QString &why)
    {
        qCWarning(lcRepair).noquote() << escaped(path, kMaxPathLength) << why;
        ++m_mended.failed;
    }

    catalog::Writer &m_writer;
    archive::Archive &m_archive;
    FileSystem &m_files;
    const vendors::Matcher &m_matcher;
    FileOwners m_owners;
    const Repair::MayGoOn &m_mayGoOn;
    RepairReport &m_mended;
    QVector<Addition> m_additions;
    QVector<Removal> m_removals;
};

} // namespace

Repair::Repair(catalog::Writer &writer, archive::Archive &archive, FileSystem &files, QString databasePath,
               std::shared_ptr<const vendors::Matcher> matcher)
    : m_writer(writer), m_archive(archive), m_files(files), m_databasePath(std::move(databasePath)),
      m_matcher(std::move(matcher))
{
}

Result<void> Repair::lookAtStart()
{
    const auto list = catalog::FileList::open(m_databasePath);
    const Result<qint64> newest = list ? (*list)->newestArrival() : tl::unexpected(list.error());
    if (!newest)
        return tl::unexpected(newest.error());
    m_newestAtStart = *newest;
    m_newestNamed = lookAtNames();
    const auto due = m_writer.submit(catalog::ReadMeta{QString::fromLatin1(catalog::kRebuildKey)}).result();
    if (!due)
        return tl::unexpected(due.error());
    if (!due->isEmpty())
        m_noted = due->toLongLong();
    m_since = m_noted.value_or(std::max<qint64>(0, m_newestAtStart - kMarginMs));
    noteDue(m_since);
    return {};
}

// A new file must not reuse the id of a file without a row: the clock may have gone back.
qint64 Repair::lookAtNames()
{
    if (const auto ready = m_archive.ready(); !ready && ready.error().kind == ErrorKind::Unavailable)
        return 0;
    const archive::Newest newest = archive::newestIn(m_files, m_archive.root());
    m_writer.ids().passed(newest.highest);
    m_areNamesKnown = true;
    return newest.arrival;
}

// On a full disk this is retried when there is something to record.
void Repair::noteDue(qint64 since)
{
    if (m_noted && *m_noted <= since)
        return;
    if (m_writer.submit(catalog::SetMeta{QString::fromLatin1(catalog::kRebuildKey), QString::number(since)})
            .result())
        m_noted = since;
}

Result<void> Repair::removeLeftOvers()
{
    return archive::removeLeftOvers(m_files, m_archive.root()).map([](int) {});
}

Result<RepairReport> Repair::repairNewest(const MayGoOn &mayGoOn)
{
    const std::scoped_lock lock(m_mutex);
    // A full disk is repaired, too: that is when something was most likely interrupted.
    if (const auto ready = m_archive.ready(); !ready && ready.error().kind == ErrorKind::Unavailable)
        return tl::unexpected(ready.error());
    return run(m_since, mayGoOn);
}

Result<RepairReport> Repair::repairAll(const MayGoOn &mayGoOn)
{
    const std::scoped_lock lock(m_mutex);
    const auto report = run(0, mayGoOn);
    if (!report)
        return report;
    RepairReport all = std::exchange(m_unreported, {});
    all.looked = report->looked;
    all.failed = report->failed; // earlier failures were retried
    return all;
}

Result<RepairReport> Repair::run(qint64 since, const MayGoOn &mayGoOn)
{
    if (!m_areNamesKnown)
        lookAtNames();
    const auto list = catalog::FileList::open(m_databasePath);
    if (!list)
        return tl::unexpected(list.error());
    RepairReport report;
    m_looked = 0;
    const auto searched = search(**list, since, mayGoOn, report);
    m_looked = -1;
    m_unreported.added += report.added;
    m_unreported.removed += report.removed;
    m_unreported.recovered += report.recovered;
    m_found += report.added + report.failed;
    if (report.added + report.removed + report.failed > 0)
        qCInfo(lcRepair) << "rows added:" << report.added
                         << "of these, without a line in the journal:" << report.recovered
                         << "deletions completed:" << report.removed << "failed:" << report.failed;
    // Failures are retried at the next start; if completion cannot be recorded, the next start searches
    // again.
    const bool isWhole = searched && report.failed == 0 && since <= m_noted.value_or(since);
    if (const auto noted =
            isWhole ? m_writer.submit(catalog::FinishRebuild{since == 0}).result() : Result<void>();
        !noted)
        qCWarning(lcRepair).noquote() << noted.error().text;
    else if (isWhole) {
        m_noted.reset();
        // Like the next start: a later search in this run, after a failure of a subsequent step, need not
        // check everything again.
        m_since = std::max(m_since, (*list)->newestArrival().value_or(0) - kMarginMs);
    }
    return searched.map([&] { return report; });
}

Result<void> Repair::search(catalog::FileList &list, qint64 since, const MayGoOn &mayGoOn,
                            RepairReport &report)
{
    archive::OrphanSearch search;
    search.root = m_archive.root();
    search.since = since;
    search.known = [&](const QStringList &paths) { return known(list, paths); };
    search.found = [&](const QVector<archive::Orphan> &orphans) {
        noteDue(since);
        MendRound round(m_writer, m_archive, m_files, *m_matcher, list, mayGoOn, report);
        // First those with a full name: they help to find the owners of the others.
        for (const bool inJournal : {true, false}) {
            for (const archive::Orphan &orphan : orphans) {
                if (orphan.inJournal != inJournal)
                    continue;
                if (!round.take(orphan))
                    return false;
                ++m_looked;
            }
            round.settle();
        }
        return true;
    };
    // Without its lines, files get their rows by name, and the next start searches again.
    search.unreadable = [&](const QString &path, const Error &error) {
        qCWarning(lcRepair).noquote() << escaped(path, kMaxPathLength) << error.text;
        ++report.failed;
    };
    search.progress = [&](qint64 files) {
        m_looked = files;
        return mayGoOn();
    };
    const auto looked = archive::findOrphans(m_files, search);
    if (!looked && !report.isFull)
        return tl::unexpected(looked.error());
    report.looked = looked.value_or(m_looked);
    return {};
}

Result<QSet<QString>> Repair::known(catalog::FileList &list, const QStringList &paths) const
{
    QVector<ItemId> items;
    QStringList arriving;
    for (const QString &path : paths) {
        const auto archived = archive::parseArchivedPath(path);
        if (archived && m_writer.ids().isOfThisRun(archived->item))
            arriving.append(path);
        else if (archived)
            items.append(archived->item);
    }
    return list.pathsOf(items).map([&](QSet<QString> known) {
        for (const QString &path : std::as_const(arriving))
            known.insert(path);
        return known;
    });
}

} // namespace gatehouse::ingest
