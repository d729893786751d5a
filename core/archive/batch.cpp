#include "archive/batch.h"

#include "archive/layout.h"
#include "archive/sentences.h"

namespace gatehouse::archive
{

namespace
{

constexpr int kMaxAttempts = 1000;
constexpr qsizetype kMaxKnownFolders = 10'000;

QString folderOf(const QString &relativePath)
{
    return relativePath.left(std::max<qsizetype>(0, relativePath.lastIndexOf(QLatin1Char('/'))));
}

bool staysBelowTheRoot(const QString &relativePath)
{
    return !relativePath.isEmpty() && !relativePath.startsWith(QLatin1Char('/')) &&
           !relativePath.split(QLatin1Char('/')).contains(QLatin1String(".."));
}

} // namespace

Batch::Batch(Store &store, QString archiveId, int number)
    : m_store(store), m_archiveId(std::move(archiveId)),
      m_journal(store.files, store.clock, store.pathOf(kJournalName), number, store.journals)
{
}

void Batch::place(std::shared_ptr<IncomingFile> file, Placement placement,
                  const Answer<Result<Placed>> &answer)
{
    Placing placing{std::move(file), std::move(placement), answer, {}, {}, {}};
    if (auto sealed = placing.file->seal(); !sealed)
        placing.error = sealed.error();
    m_placings.push_back(std::move(placing));
}

void Batch::remove(ItemId item, QString relativePath, QString reason, const Answer<Result<void>> &answer)
{
    const QString folder = folderOf(relativePath);
    m_notings.push_back({JournalRemove{item, std::move(relativePath), std::move(reason), m_store.clock.now()},
                         answer,
                         folder,
                         {}});
}

void Batch::restore(const Kept &kept, const QString &spare, const QString &reason,
                    const Answer<Result<bool>> &answer)
{
    m_restorings.push_back({{kept.placement, kept.relativePath, kept.bytes, kept.sha256, reason},
                            spare,
                            answer,
                            folderOf(kept.relativePath),
                            {}});
}

void Batch::noteRename(ItemId item, QString sourcePath, const Answer<Result<void>> &answer)
{
    m_notings.push_back({JournalRename{item, std::move(sourcePath), m_store.clock.now()}, answer, {}, {}});
}

qsizetype Batch::size() const
{
    return std::ssize(m_placings) + std::ssize(m_restorings) + std::ssize(m_notings);
}

void Batch::commit()
{
    if (size() == 0)
        return;
    if (auto there = m_store.watch.verify(); !there) {
        for (Placing &placing : m_placings)
            placing.error = placing.error.value_or(there.error());
        for (Restoring &restoring : m_restorings)
            restoring.error = there.error();
        for (Noting &noting : m_notings)
            noting.error = there.error();
    }
    syncFiles();
    moveFiles();
    restoreFiles();
    unlinkFiles();
    syncFolders();
    writeJournal();
    tidyFolders();
    finish();
}

void Batch::syncFiles()
{
    m_store.crew.run(m_placings.size(), [this](size_t i) {
        Placing &placing = m_placings[i];
        if (placing.error)
            return;
        if (auto synced = placing.file->sync(); !synced)
            placing.error = m_store.watch.explain(synced.error());
    });
}

void Batch::moveFiles()
{
    for (Placing &placing : m_placings) {
        if (placing.error)
            continue;
        placing.folder = spelledOnDisk(folderFor(placing.placement));
        auto moved = makeFolder(placing.folder).and_then([&] { return move(placing); });
        if (!moved && moved.error().kind == ErrorKind::NotFound && m_store.watch.verify()) {
            // The folder went meanwhile (its last file was removed): make it anew.
            m_knownFolders.clear();
            moved = makeFolder(placing.folder).and_then([&] { return move(placing); });
        }
        if (!moved)
            placing.error = m_store.watch.explain(moved.error());
    }
}

// NTFS, exFAT and many shares take two names for one that differ in upper and lower case only, or in how an
// accent is written. Row and journal call a camera's folder what a list of the disk will call it.
QString Batch::spelledOnDisk(const QString &folder)
{
    const QString camera = folder.section(QLatin1Char('/'), 0, 0);
    if (!m_spelling.contains(camera)) {
        const auto folded = [](const QString &name) {
            return name.normalized(QString::NormalizationForm_C).toCaseFolded();
        };
        const QStringList names = m_store.files.list(m_store.root).value_or(QStringList());
        const auto isTheSame = [&](const QString &name) {
            return folded(name) == folded(camera) &&
                   m_store.files.stat(m_store.pathOf(name)).value_or(FileStat()).isFolder;
        };
        const auto same =
            names.contains(camera) ? names.end() : std::find_if(names.begin(), names.end(), isTheSame);
        if (m_spelling.size() >= kMaxKnownFolders)
            m_spelling.clear();
        m_spelling.insert(camera, same == names.end() ? camera : *same);
    }
    return m_spelling.value(camera) + folder.mid(camera.size());
}

Result<void> Batch::move(Placing &placing)
{
    Result<void> moved;
    for (int attempt = 1; attempt <= kMaxAttempts; ++attempt) {
        const QString path = placing.folder + QLatin1Char('/') + fileNameFor(placing.placement, attempt);
        moved = placing.file->moveTo(m_store.pathOf(path));
        if (moved)
            placing.path = path;
        if (moved || moved.error().kind != ErrorKind::Invalid)
            break;
    }
    return moved;
}

Result<void> Batch::makeFolder(const QString &relative)
{
    if (relative.isEmpty() || m_knownFolders.contains(relative))
        return {};
    // One that exists already may be the trace of a crash before its sync: its parent is synced anyway.
    const QString parent = folderOf(relative);
    auto made =
        makeFolder(parent)
            .and_then([&] { return m_store.files.makeFolder(m_store.pathOf(relative)); })
            .and_then([&] {
                return m_store.files.syncFolder(parent.isEmpty() ? m_store.root : m_store.pathOf(parent));
            });
    if (m_knownFolders.size() >= kMaxKnownFolders)
        m_knownFolders.clear();
    if (made)
        m_knownFolders.insert(relative);
    return made;
}

void Batch::restoreFiles()
{
    for (Restoring &restoring : m_restorings) {
        if (restoring.error)
            continue;
        auto restored = restore(restoring);
        if (!restored && restored.error().kind == ErrorKind::NotFound && m_store.watch.verify()) {
            m_knownFolders.clear();
            restored = restore(restoring);
        }
        if (!restored)
            restoring.error = m_store.watch.explain(restored.error());
    }
}

// Made ready aside and then put in its place at once: a crash finds the broken file or the whole one.
// The broken one goes: all that was evidence in it, its bytes as they were received, is there again.
Result<void> Batch::restore(const Restoring &restoring)
{
    const QString &path = restoring.entry.relativePath;
    if (!staysBelowTheRoot(path))
        return fail(ErrorKind::Invalid, path, QStringLiteral("archive"));
    const QString number = QString::number(restoring.entry.placement.item.value);
    const QString aside =
        m_store.pathOf(QStringLiteral("%1/restored-%2").arg(kIncomingName, number) + kPartSuffix);
    static_cast<void>(m_store.files.remove(aside));
    auto done = makeFolder(restoring.folder).and_then([&] {
        return copyAside(m_store.pathOf(restoring.spare), aside);
    });
    if (!done)
        return done;
    const auto there = m_store.files.stat(m_store.pathOf(path));
    if (there && there->isFolder && !m_store.files.removeFolder(m_store.pathOf(path)))
        static_cast<void>(
            m_store.files.rename(m_store.pathOf(path), m_store.pathOf(path + QStringLiteral(".aside"))));
    done = m_store.files.replace(aside, m_store.pathOf(path));
    if (!done)
        static_cast<void>(m_store.files.remove(aside));
    return done;
}

Result<void> Batch::copyAside(const QString &from, const QString &aside)
{
    if (m_store.files.link(from, aside))
        return {};
    const auto found = m_store.files.stat(from);
    if (!found)
        return tl::unexpected(found.error());
    const auto fd = m_store.files.create(aside);
    if (!fd)
        return tl::unexpected(fd.error());
    auto copied =
        m_store.files.copyInto(*fd, from, found->bytes).and_then([&] { return m_store.files.sync(*fd); });
    m_store.files.close(*fd);
    if (!copied)
        static_cast<void>(m_store.files.remove(aside));
    return copied;
}

void Batch::unlinkFiles()
{
    for (Noting &noting : m_notings) {
        const auto *entry = std::get_if<JournalRemove>(&noting.entry);
        if (noting.error || !entry)
            continue;
        if (!staysBelowTheRoot(entry->relativePath)) {
            noting.error = Error{ErrorKind::Invalid, entry->relativePath, QStringLiteral("archive")};
            continue;
        }
        const auto gone = m_store.files.remove(m_store.pathOf(entry->relativePath));
        // Gone already is fine, unless the whole disk is.
        if (!gone && (gone.error().kind != ErrorKind::NotFound || !m_store.watch.verify()))
            noting.error = m_store.watch.explain(gone.error());
    }
}

void Batch::syncFolders()
{
    QHash<QString, size_t> indexes;
    std::vector<QString> folders;
    const auto want = [&](const QString &folder) {
        if (!folder.isEmpty() && !indexes.contains(folder)) {
            indexes.insert(folder, folders.size());
            folders.push_back(folder);
        }
    };
    for (const Placing &placing : m_placings) {
        if (!placing.error)
            want(placing.folder);
    }
    for (const Restoring &restoring : m_restorings) {
        if (!restoring.error)
            want(restoring.folder);
    }
    for (const Noting &noting : m_notings) {
        if (!noting.error)
            want(noting.folder);
    }
    std::vector<Result<void>> synced(folders.size());
    m_store.crew.run(folders.size(),
                     [&](size_t i) { synced[i] = m_store.files.syncFolder(m_store.pathOf(folders[i])); });
    for (Placing &placing : m_placings) {
        if (placing.error)
            continue;
        if (const auto &answer = synced[indexes[placing.folder]]; !answer)
            placing.error = m_store.watch.explain(answer.error());
    }
    for (Restoring &restoring : m_restorings) {
        if (restoring.error)
            continue;
        if (const auto &answer = synced[indexes[restoring.folder]]; !answer)
            restoring.error = m_store.watch.explain(answer.error());
    }
    for (Noting &noting : m_notings) {
        if (noting.error || noting.folder.isEmpty())
            continue;
        // Where a file was gone already, its folder may be, too.
        const auto &answer = synced[indexes[noting.folder]];
        if (!answer && (answer.error().kind != ErrorKind::NotFound || !m_store.watch.verify()))
            noting.error = m_store.watch.explain(answer.error());
    }
}

void Batch::writeJournal()
{
    QByteArray lines;
    for (const Placing &placing : m_placings) {
        if (!placing.error)
            lines += toLine(JournalAdd{
                placing.placement, placing.path, placing.file->bytes(), placing.file->sha256(), {}});
    }
    for (const Restoring &restoring : m_restorings) {
        if (!restoring.error)
            lines += toLine(restoring.entry);
    }
    for (const Noting &noting : m_notings) {
        if (!noting.error)
            lines += toLine(noting.entry);
    }
    if (lines.isEmpty())
        return;
    auto written = m_journal.append(lines);
    if (!written && written.error().kind == ErrorKind::NotFound && m_store.watch.verify() &&
        m_store.files.makeFolder(m_store.pathOf(kJournalName)) && m_store.files.syncFolder(m_store.root))
        written = m_journal.append(lines);
    if (written)
        return;
    const Error error = m_store.watch.explain(written.error());
    for (Placing &placing : m_placings)
        placing.error = placing.error.value_or(error);
    for (Restoring &restoring : m_restorings)
        restoring.error = restoring.error.value_or(error);
    for (Noting &noting : m_notings)
        noting.error = noting.error.value_or(error);
}

// A day whose last file was removed leaves no empty folder. Refused where files are left; where one is
// just coming, its rename makes the folder anew.
void Batch::tidyFolders()
{
    for (const Noting &noting : m_notings) {
        const auto *entry = std::get_if<JournalRemove>(&noting.entry);
        if (noting.error || !entry || !meaningOfPath(entry->relativePath))
            continue;
        if (m_store.files.removeFolder(m_store.pathOf(noting.folder)))
            m_knownFolders.remove(noting.folder);
    }
}

void Batch::finish()
{
    for (Placing &placing : m_placings) {
        if (!placing.error) {
            placing.answer.resolve(Placed{m_archiveId, placing.path, placing.file->bytes(),
                                          placing.file->sha256(), placing.file->prefixMatches()});
            continue;
        }
        // It got no "yes": nothing of it stays. What can't be removed now, the next start finds.
        if (!placing.path.isEmpty())
            static_cast<void>(m_store.files.remove(m_store.pathOf(placing.path)));
        placing.file->discard();
        placing.answer.resolve(tl::unexpected(*placing.error));
    }
    for (const Restoring &restoring : m_restorings)
        restoring.answer.resolve(restoring.error ? Result<bool>(tl::unexpected(*restoring.error)) : true);
    for (const Noting &noting : m_notings)
        noting.answer.resolve(noting.error ? Result<void>(tl::unexpected(*noting.error)) : Result<void>());
    m_placings.clear();
    m_restorings.clear();
    m_notings.clear();
}

} // namespace gatehouse::archive
