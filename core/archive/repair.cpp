#include "archive/repair.h"

#include "archive/archive_id.h"
#include "archive/journal_reader.h"
#include "archive/layout.h"
#include "base/escaped.h"
#include "base/iso_time.h"
#include "base/messages.h"

#include <QHash>
#include <QLoggingCategory>
#include <QRegularExpression>
#include <algorithm>

namespace gatehouse::archive
{

namespace
{

Q_LOGGING_CATEGORY(repairLog, "gatehouse.archive")

constexpr qsizetype kOrphansPerPortion = 20'000; // orphans between two passes over the journal: some 16 MB
constexpr int kStepsBetweenQuestions = 256;

bool isDay(const QString &folder)
{
    static const QRegularExpression shape(QStringLiteral("^\\d{4}-\\d\\d-\\d\\d$"));
    return shape.match(folder).hasMatch();
}

Error searchStopped()
{
    return {ErrorKind::Cancelled, Messages::tr("The scan was stopped."), QStringLiteral("repair")};
}

class Search
{
public:
    Search(FileSystem &files, const OrphanSearch &search) : m_files(files), m_search(search) {}

    Result<qint64> run()
    {
        if (auto identity = readArchiveId(m_files, m_search.root); !identity)
            return tl::unexpected(identity.error());
        auto cameras = m_files.list(m_search.root);
        if (!cameras)
            return tl::unexpected(cameras.error());
        cameras->sort();
        for (const QString &camera : *cameras) {
            if (camera == kIncomingName || camera == kJournalName || !isFolder(camera))
                continue;
            if (auto searched = searchCamera(camera); !searched)
                return tl::unexpected(searched.error());
        }
        if (auto reported = reportOrphans(); !reported)
            return tl::unexpected(reported.error());
        // A disk that disappeared looks like one with fewer files.
        if (auto identity = readArchiveId(m_files, m_search.root); !identity)
            return tl::unexpected(identity.error());
        return m_looked;
    }

private:
    bool isFolder(const QString &relative)
    {
        const auto found = m_files.stat(m_search.root + QLatin1Char('/') + relative);
        return found && found->isFolder;
    }

    bool isWanted(const QString &day) const
    {
        return isDay(day) && (m_search.since == 0 || day >= toIsoUtc(m_search.since).left(10)) &&
               (m_search.before == 0 || day <= toIsoUtc(m_search.before).left(10));
    }

    Result<void> searchCamera(const QString &camera)
    {
        auto days = m_files.list(m_search.root + QLatin1Char('/') + camera);
        if (!days)
            return tl::unexpected(days.error());
        days->sort();
        for (const QString &day : *days) {
            if (!isWanted(day))
                continue;
            if (auto searched = searchDay(camera + QLatin1Char('/') + day); !searched)
                return searched;
            if (!mayGoOn())
                return tl::unexpected(searchStopped());
        }
        return {};
    }

    bool mayGoOn() const { return !m_search.progress || m_search.progress(m_looked - m_orphans.size()); }
    bool mayGoOnOnceInAWhile() { return ++m_steps % kStepsBetweenQuestions != 0 || mayGoOn(); }

    Result<void> searchDay(const QString &folder)
    {
        const auto names = m_files.list(m_search.root + QLatin1Char('/') + folder);
        if (!names)
            return tl::unexpected(names.error());
        QStringList paths;
        for (const QString &name : *names) {
            const QString path = folder + QLatin1Char('/') + name;
            const auto archived = parseArchivedPath(path);
            if (archived && (m_search.before == 0 || archived->received < m_search.before))
                paths.append(path);
        }
        m_looked += paths.size();
        const auto known = m_search.known(paths);
        if (!known)
            return tl::unexpected(known.error());
        for (const QString &path : paths) {
            if (known->contains(path))
                continue;
            add(path);
            if (!mayGoOnOnceInAWhile())
                return tl::unexpected(searchStopped());
            if (m_orphans.size() < kOrphansPerPortion)
                continue;
            if (auto reported = reportOrphans(); !reported)
                return reported;
        }
        return {};
    }

    void add(const QString &path)
    {
        const auto stat = m_files.stat(m_search.root + QLatin1Char('/') + path);
        if (!stat || stat->isFolder)
            return;
        const auto archived = parseArchivedPath(path);
        Orphan orphan;
        orphan.placement.item = archived->item;
        orphan.placement.cameraFolder = archived->cameraFolder;
        orphan.placement.sourcePath = QLatin1Char('/') + archived->name;
        orphan.placement.received = archived->received;
        orphan.relativePath = path;
        orphan.bytes = stat->bytes;
        m_byPath.insert(path, m_orphans.size());
        m_orphans.append(orphan);
    }

    // The journal has what the path lacks. A line is written after the arrival it records, so the months
    // before the first arrival need not be read.
    Result<void> reportOrphans()
    {
        if (m_orphans.isEmpty())
            return {};
        QHash<qint64, JournalRename> renames;
        QSet<qint64> items;
        qint64 first = m_orphans.first().placement.received;
        for (const Orphan &orphan : m_orphans) {
            items.insert(orphan.placement.item.value);
            first = std::min(first, orphan.placement.received);
        }
        const auto apply = [&](const JournalEntry &entry) {
            if (const auto *add = std::get_if<JournalAdd>(&entry)) {
                takePlacement(*add);
            } else if (const auto *remove = std::get_if<JournalRemove>(&entry)) {
                if (const auto at = m_byPath.constFind(remove->relativePath); at != m_byPath.constEnd())
                    m_orphans[*at].removedBecause = remove->reason;
            } else if (const auto *rename = std::get_if<JournalRename>(&entry)) {
                if (renames[rename->item.value].at <= rename->at)
                    renames[rename->item.value] = *rename;
            }
        };
        bool isWhole = true;
        const JournalFilter filter{[&](ItemId item) { return items.contains(item.value); },
                                   [this] { return mayGoOn(); },
                                   [&](const QString &path, const Error &error) {
                                       isWhole = false;
                                       reportUnreadable(path, error);
                                   }};
        auto read = readJournal(m_files, m_search.root, first, apply, filter);
        if (!read && read.error().kind != ErrorKind::NotFound)
            return read;
        // A missing disk cannot be read.
        if (!isWhole) {
            if (auto identity = readArchiveId(m_files, m_search.root); !identity)
                return tl::unexpected(identity.error());
        }
        for (Orphan &orphan : m_orphans) {
            const QString renamed = renames.value(orphan.placement.item.value).sourcePath;
            if (!renamed.isEmpty())
                orphan.placement.sourcePath = renamed;
        }
        const bool goesOn = m_search.found(m_orphans);
        m_orphans.clear();
        m_byPath.clear();
        return goesOn ? Result<void>() : tl::unexpected(searchStopped());
    }

    void reportUnreadable(const QString &path, const Error &error)
    {
        if (m_unreadable.contains(path))
            return;
        m_unreadable.insert(path);
        if (m_search.unreadable)
            m_search.unreadable(path, error);
    }

    void takePlacement(const JournalAdd &add)
    {
        const auto at = m_byPath.constFind(add.relativePath);
        if (at == m_byPath.constEnd())
            return;
        Orphan &orphan = m_orphans[*at];
        orphan.placement = add.placement;
        orphan.inJournal = true;
        orphan.sha256 = add.bytes == orphan.bytes ? add.sha256 : QByteArray();
    }

    FileSystem &m_files;
    const OrphanSearch &m_search;
    QVector<Orphan> m_orphans;
    QHash<QString, qsizetype> m_byPath;
    QSet<QString> m_unreadable; // of the journal
    qint64 m_looked = 0;
    int m_steps = 0;
};

} // namespace

Result<int> removeLeftOvers(FileSystem &files, const QString &root)
{
    if (auto identity = readArchiveId(files, root); !identity)
        return tl::unexpected(identity.error());
    const QString folder = root + QLatin1Char('/') + kIncomingName;
    const auto names = files.list(folder);
    if (!names)
        return tl::unexpected(names.error());
    int removed = 0;
    for (const QString &name : *names) {
        if (!name.endsWith(kPartSuffix))
            continue;
        const QString path = folder + QLatin1Char('/') + name;
        const auto stat = files.stat(path);
        if (auto gone = files.remove(path); !gone)
            return tl::unexpected(gone.error());
        qCInfo(repairLog).noquote() << "removed an unacknowledged upload:" << escaped(path)
                                    << (stat ? stat->bytes : 0) << "bytes";
        ++removed;
    }
    if (removed > 0) {
        if (auto synced = files.syncFolder(folder); !synced)
            return tl::unexpected(synced.error());
    }
    return removed;
}

Result<qint64> findOrphans(FileSystem &files, const OrphanSearch &search)
{
    return Search(files, search).run();
}

Newest newestIn(FileSystem &files, const QString &root)
{
    Newest newest;
    const QStringList cameras = files.list(root).value_or(QStringList());
    for (const QString &camera : cameras) {
        if (camera == kIncomingName || camera == kJournalName)
            continue;
        QStringList days = files.list(root + QLatin1Char('/') + camera).value_or(QStringList());
        days.removeIf([](const QString &day) { return !isDay(day); });
        std::sort(days.begin(), days.end(), std::greater<>());
        for (const QString &day : std::as_const(days)) {
            const QString folder = camera + QLatin1Char('/') + day;
            const QStringList names = files.list(root + QLatin1Char('/') + folder).value_or(QStringList());
            qint64 ofDay = 0;
            for (const QString &name : names) {
                const auto archived = parseArchivedPath(folder + QLatin1Char('/') + name);
                if (!archived)
                    continue;
                ofDay = std::max(ofDay, archived->received);
                newest.highest = std::max(newest.highest, archived->item);
            }
            newest.arrival = std::max(newest.arrival, ofDay);
            if (ofDay > 0)
                break;
        }
    }
    return newest;
}

} // namespace gatehouse::archive
