#include "archive/batch.h"

#include "archive/layout.h"
#include "base/messages.h"

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

Batch::Batch(ArchiveContext &context, QString archiveId, int number)
    : m_context(context), m_archiveId(std::move(archiveId)),
      m_journal(context.files, context.clock, context.pathOf(kJournalName), number, context.journals)
{
}

void Batch::place(std::shared_ptr<IncomingFile> file, Placement placement,
                  const SharedPromise<Result<Placed>> &answer)
{
    PendingFile pending{std::move(file), std::move(placement), answer, {}, {}, {}};
    if (auto sealed = pending.file->seal(); !sealed)
        pending.error = sealed.error();
    m_pendingFiles.push_back(std::move(pending));
}

void Batch::remove(JournalRemove removal, const SharedPromise<Result<void>> &answer)
{
    removal.at = m_context.clock.now();
    const QString folder = folderOf(removal.relativePath);
    m_pendingEntries.push_back({std::move(removal), answer, folder, {}});
}

void Batch::restore(const Kept &kept, const QString &spare, const QString &reason,
                    const SharedPromise<Result<bool>> &answer)
{
    m_pendingRestores.push_back({{kept.placement, kept.relativePath, kept.bytes, kept.sha256, reason},
                                 spare,
                                 answer,
                                 folderOf(kept.relativePath),
                                 {}});
}

void Batch::noteRename(ItemId item, QString sourcePath, const SharedPromise<Result<void>> &answer)
{
    m_pendingEntries.push_back(
        {JournalRename{item, std::move(sourcePath), m_context.clock.now()}, answer, {}, {}});
}

qsizetype Batch::size() const
{
    return std::ssize(m_pendingFiles) + std::ssize(m_pendingRestores) + std::ssize(m_pendingEntries);
}

void Batch::commit()
{
    if (size() == 0)
        return;
    if (auto there = m_context.watch.verify(); !there) {
        for (PendingFile &pending : m_pendingFiles)
            pending.error = pending.error.value_or(there.error());
        for (PendingRestore &pending : m_pendingRestores)
            pending.error = there.error();
        for (PendingEntry &pending : m_pendingEntries)
            pending.error = there.error();
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
    m_context.fsyncs.run(m_pendingFiles.size(), [this](size_t i) {
        PendingFile &pending = m_pendingFiles[i];
        if (pending.error)
            return;
        if (auto synced = pending.file->sync(); !synced)
            pending.error = m_context.watch.explain(synced.error());
    });
}

void Batch::moveFiles()
{
    for (PendingFile &pending : m_pendingFiles) {
        if (pending.error)
            continue;
        pending.folder = spelledOnDisk(folderFor(pending.placement));
        auto moved = makeFolder(pending.folder).and_then([&] { return move(pending); });
        if (!moved && moved.error().kind == ErrorKind::NotFound && m_context.watch.verify()) {
            // The folder was removed meanwhile, with its last file: create it again.
            m_knownFolders.clear();
            moved = makeFolder(pending.folder).and_then([&] { return move(pending); });
        }
        if (!moved)
            pending.error = m_context.watch.explain(moved.error());
    }
}

// NTFS, exFAT and many shares ignore case and the encoding of accents. Row and journal use a camera's folder
// name as the disk lists it.
QString Batch::spelledOnDisk(const QString &folder)
{
    const QString camera = folder.section(QLatin1Char('/'), 0, 0);
    if (!m_spelling.contains(camera)) {
        const auto folded = [](const QString &name) {
            return name.normalized(QString::NormalizationForm_C).toCaseFolded();
        };
        const QStringList names = m_context.files.list(m_context.root).value_or(QStringList());
        const auto isTheSame = [&](const QString &name) {
            return folded(name) == folded(camera) &&
                   m_context.files.stat(m_context.pathOf(name)).value_or(FileStat()).isFolder;
        };
        const auto same =
            names.contains(camera) ? names.end() : std::find_if(names.begin(), names.end(), isTheSame);
        if (m_spelling.size() >= kMaxKnownFolders)
            m_spelling.clear();
        m_spelling.insert(camera, same == names.end() ? camera : *same);
    }
    return m_spelling.value(camera) + folder.mid(camera.size());
}

Result<void> Batch::move(PendingFile &pending)
{
    Result<void> moved;
    for (int attempt = 1; attempt <= kMaxAttempts; ++attempt) {
        const QString path = pending.folder + QLatin1Char('/') + fileNameFor(pending.placement, attempt);
        moved = pending.file->moveTo(m_context.pathOf(path));
        if (moved)
            pending.path = path;
        if (moved || moved.error().kind != ErrorKind::Invalid)
            break;
    }
    return moved;
}

Result<void> Batch::makeFolder(const QString &relative)
{
    if (relative.isEmpty() || m_knownFolders.contains(relative))
        return {};
    // An existing one may stem from before a crash, unsynced: sync its parent anyway.
    const QString parent = folderOf(relative);
    auto made = makeFolder(parent)
                    .and_then([&] { return m_context.files.makeFolder(m_context.pathOf(relative)); })
                    .and_then([&] {
                        return m_context.files.syncFolder(parent.isEmpty() ? m_context.root
                                                                           : m_context.pathOf(parent));
                    });
    if (m_knownFolders.size() >= kMaxKnownFolders)
        m_knownFolders.clear();
    if (made)
        m_knownFolders.insert(relative);
    return made;
}

void Batch::restoreFiles()
{
    for (PendingRestore &pending : m_pendingRestores) {
        if (pending.error)
            continue;
        auto restored = restore(pending);
        if (!restored && restored.error().kind == ErrorKind::NotFound && m_context.watch.verify()) {
            m_knownFolders.clear();
            restored = restore(pending);
        }
        if (!restored)
            pending.error = m_context.watch.explain(restored.error());
    }
}

// Prepared under a temporary name and then moved into place atomically: after a crash there is either the
// damaged file or the complete one. The damaged one is deleted: the received bytes, which are all the
// evidence in it, exist again.
Result<void> Batch::restore(const PendingRestore &pending)
{
    const QString &path = pending.entry.relativePath;
    if (!staysBelowTheRoot(path))
        return fail(ErrorKind::Invalid, path, QStringLiteral("archive"));
    const QString number = QString::number(pending.entry.placement.item.value);
    const QString aside =
        m_context.pathOf(QStringLiteral("%1/restored-%2").arg(kIncomingName, number) + kPartSuffix);
    static_cast<void>(m_context.files.remove(aside));
    auto done = makeFolder(pending.folder).and_then([&] {
        return copyAside(m_context.pathOf(pending.spare), aside);
    });
    if (!done)
        return done;
    const auto there = m_context.files.stat(m_context.pathOf(path));
    if (there && there->isFolder && !m_context.files.removeFolder(m_context.pathOf(path)))
        static_cast<void>(m_context.files.rename(m_context.pathOf(path),
                                                 m_context.pathOf(path + QStringLiteral(".aside"))));
    done = m_context.files.replace(aside, m_context.pathOf(path));
    if (!done)
        static_cast<void>(m_context.files.remove(aside));
    return done;
}

Result<void> Batch::copyAside(const QString &from, const QString &aside)
{
    if (m_context.files.link(from, aside))
        return {};
    const auto found = m_context.files.stat(from);
    if (!found)
        return tl::unexpected(found.error());
    const auto fd = m_context.files.create(aside);
    if (!fd)
        return tl::unexpected(fd.error());
    auto copied =
        m_context.files.copyInto(*fd, from, found->bytes).and_then([&] { return m_context.files.sync(*fd); });
    m_context.files.close(*fd);
    if (!copied)
        static_cast<void>(m_context.files.remove(aside));
    return copied;
}

void Batch::unlinkFiles()
{
    for (PendingEntry &pending : m_pendingEntries) {
        const auto *entry = std::get_if<JournalRemove>(&pending.entry);
        if (pending.error || !entry)
            continue;
        if (!staysBelowTheRoot(entry->relativePath)) {
            pending.error = Error{ErrorKind::Invalid, entry->relativePath, QStringLiteral("archive")};
            continue;
        }
        const auto gone = m_context.files.remove(m_context.pathOf(entry->relativePath));
        // A missing file is fine, unless the whole disk is missing.
        if (!gone && (gone.error().kind != ErrorKind::NotFound || !m_context.watch.verify()))
            pending.error = m_context.watch.explain(gone.error());
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
    for (const PendingFile &pending : m_pendingFiles) {
        if (!pending.error)
            want(pending.folder);
    }
    for (const PendingRestore &pending : m_pendingRestores) {
        if (!pending.error)
            want(pending.folder);
    }
    for (const PendingEntry &pending : m_pendingEntries) {
        if (!pending.error)
            want(pending.folder);
    }
    std::vector<Result<void>> synced(folders.size());
    m_context.fsyncs.run(folders.size(), [&](size_t i) {
        synced[i] = m_context.files.syncFolder(m_context.pathOf(folders[i]));
    });
    for (PendingFile &pending : m_pendingFiles) {
        if (pending.error)
            continue;
        if (const auto &answer = synced[indexes[pending.folder]]; !answer)
            pending.error = m_context.watch.explain(answer.error());
    }
    for (PendingRestore &pending : m_pendingRestores) {
        if (pending.error)
            continue;
        if (const auto &answer = synced[indexes[pending.folder]]; !answer)
            pending.error = m_context.watch.explain(answer.error());
    }
    for (PendingEntry &pending : m_pendingEntries) {
        if (pending.error || pending.folder.isEmpty())
            continue;
        // If a file was already missing, its folder may be, too.
        const auto &answer = synced[indexes[pending.folder]];
        if (!answer && (answer.error().kind != ErrorKind::NotFound || !m_context.watch.verify()))
            pending.error = m_context.watch.explain(answer.error());
    }
}

void Batch::writeJournal()
{
    QByteArray lines;
    for (const PendingFile &pending : m_pendingFiles) {
        if (!pending.error)
            lines += toLine(JournalAdd{
                pending.placement, pending.path, pending.file->bytes(), pending.file->sha256(), {}});
    }
    for (const PendingRestore &pending : m_pendingRestores) {
        if (!pending.error)
            lines += toLine(pending.entry);
    }
    for (const PendingEntry &pending : m_pendingEntries) {
        if (!pending.error)
            lines += toLine(pending.entry);
    }
    if (lines.isEmpty())
        return;
    auto written = m_journal.append(lines);
    if (!written && written.error().kind == ErrorKind::NotFound && m_context.watch.verify() &&
        m_context.files.makeFolder(m_context.pathOf(kJournalName)) &&
        m_context.files.syncFolder(m_context.root))
        written = m_journal.append(lines);
    if (written)
        return;
    const Error error = m_context.watch.explain(written.error());
    for (PendingFile &pending : m_pendingFiles)
        pending.error = pending.error.value_or(error);
    for (PendingRestore &pending : m_pendingRestores)
        pending.error = pending.error.value_or(error);
    for (PendingEntry &pending : m_pendingEntries)
        pending.error = pending.error.value_or(error);
}

// Removes a day's folder with its last file. Fails if files are left; if one is just arriving, its rename
// creates the folder again.
void Batch::tidyFolders()
{
    for (const PendingEntry &pending : m_pendingEntries) {
        const auto *entry = std::get_if<JournalRemove>(&pending.entry);
        if (pending.error || !entry || !parseArchivedPath(entry->relativePath))
            continue;
        if (m_context.files.removeFolder(m_context.pathOf(pending.folder)))
            m_knownFolders.remove(pending.folder);
    }
}

void Batch::finish()
{
    for (PendingFile &pending : m_pendingFiles) {
        if (!pending.error) {
            pending.answer.resolve(Placed{m_archiveId, pending.path, pending.file->bytes(),
                                          pending.file->sha256(), pending.file->prefixMatches()});
            continue;
        }
        // It was not acknowledged: remove it. What cannot be removed now is found at the next start.
        if (!pending.path.isEmpty())
            static_cast<void>(m_context.files.remove(m_context.pathOf(pending.path)));
        pending.file->discard();
        pending.answer.resolve(tl::unexpected(*pending.error));
    }
    for (const PendingRestore &pending : m_pendingRestores)
        pending.answer.resolve(pending.error ? Result<bool>(tl::unexpected(*pending.error)) : true);
    for (const PendingEntry &pending : m_pendingEntries)
        pending.answer.resolve(pending.error ? Result<void>(tl::unexpected(*pending.error)) : Result<void>());
    m_pendingFiles.clear();
    m_pendingRestores.clear();
    m_pendingEntries.clear();
}

} // namespace gatehouse::archive
