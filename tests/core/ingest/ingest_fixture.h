// A catalog and an archive of real files in one temporary folder, for the jobs of ingest. Test thread.
#pragma once

#include "archive/archive.h"
#include "base/posix_file_system.h"
#include "catalog/operations/add_item.h"
#include "catalog/operations/archives.h"
#include "catalog/operations/cameras.h"
#include "catalog/operations/item_removal.h"
#include "catalog/reader.h"
#include "catalog/types/garbage.h"
#include "catalog/writer.h"
#include "fakes/hooked_file_system.h"
#include "fakes/set_clock.h"
#include "ingest/receive/new_item.h"
#include "vendors/matcher.h"

#include <QDir>
#include <QDirIterator>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>

namespace gatehouse::tests
{

// Blocks the storage thread in the first matching file operation until letGo().
class HeldUp
{
public:
    HeldUp(HookedFileSystem &files, const QString &operation, const QString &part) : m_files(files)
    {
        files.setHook([state = m_state, operation, part](const QString &what, const QString &path) {
            if (what == operation && path.contains(part) && !state->isReached.exchange(true))
                state->mayGoOn.acquire();
            return Result<void>();
        });
    }
    ~HeldUp() { letGo(); }
    Q_DISABLE_COPY_MOVE(HeldUp)

    [[nodiscard]] bool isReached() const { return m_state->isReached; }
    void letGo()
    {
        m_files.setHook({});
        m_state->isReached = true;
        m_state->mayGoOn.release();
    }

private:
    struct State {
        std::atomic<bool> isReached = false;
        QSemaphore mayGoOn;
    };
    HookedFileSystem &m_files;
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

class IngestFixture
{
public:
    IngestFixture() { open(); }
    ~IngestFixture() { close(); }
    Q_DISABLE_COPY_MOVE(IngestFixture)

    // Call it again for a restart.
    void open()
    {
        close();
        catalog::WriterOptions options;
        options.databasePath = databasePath();
        options.defaultZone = "UTC";
        auto opened = catalog::Writer::open(options, clock);
        auto disk = archive::Archive::open({root()}, hooked, clock, true);
        if (!opened || !disk)
            qFatal("%s", qPrintable(opened ? disk.error().text : opened.error().text));
        writer = std::move(*opened);
        archive = std::move(*disk);
        writer->submit(catalog::SetArchive{archive->id(), root()}).waitForFinished();
        catalog::Account own;
        own.user = user();
        const auto known = writer->submit(catalog::FindAccount{user()}).result();
        account = known ? known->id
                        : writer->submit(catalog::AddCamera{QStringLiteral("Porch"), own}).result()->account;
    }
    void close()
    {
        archive.reset(); // its futures continue into the writer
        writer.reset();
    }

    [[nodiscard]] static QString user() { return QStringLiteral("porch"); }
    [[nodiscard]] QString databasePath() const { return folder.filePath(QStringLiteral("catalog.db")); }
    [[nodiscard]] QString root() const { return folder.filePath(QStringLiteral("archive")); }

    // Stores files like uploads that finish together.
    QVector<ItemId> add(const QVector<std::pair<QString, QByteArray>> &uploads)
    {
        QVector<catalog::NewItem> items;
        QVector<QFuture<Result<archive::Placed>>> placed;
        for (const auto &[path, bytes] : uploads) {
            const auto metadata = matcher->match(path);
            auto item = ingest::toNewItem(metadata, path, clock.now(), QTimeZone::utc());
            item.id = writer->ids().next();
            item.account = account;
            item.bytes = bytes.size();
            auto staged = archive->stageFile({});
            if (!staged)
                return {};
            (*staged)->write(bytes);
            placed.append((*staged)->place({item.id, user(), ingest::archiveFolder(user(), metadata), path,
                                            clock.now(), QString(), false}));
            items.append(item);
        }
        QVector<ItemId> out;
        QVector<QFuture<Result<catalog::Added>>> rows;
        for (qsizetype i = 0; i < items.size(); ++i) {
            const auto done = placed[i].result();
            if (!done)
                return {};
            items[i].archive = done->archive;
            items[i].relativePath = done->relativePath;
            items[i].sha256 = done->sha256;
            rows.append(writer->submit(catalog::AddItem{items[i]}));
            out.append(items[i].id);
        }
        for (const auto &row : rows) {
            if (!row.result())
                return {};
        }
        return out;
    }
    ItemId add(const QString &path, const QByteArray &bytes) { return add({{path, bytes}}).value(0); }

    // The oldest first.
    [[nodiscard]] QVector<catalog::Item> items() const
    {
        catalog::ItemQuery all;
        all.limit = 10'000;
        all.newestFirst = false;
        return (*catalog::Reader::open(databasePath()))->items(all).value_or(QVector<catalog::Item>());
    }
    [[nodiscard]] catalog::Item item(ItemId id) const
    {
        const auto found = (*catalog::Reader::open(databasePath()))->item(id);
        return found && *found ? **found : catalog::Item();
    }
    [[nodiscard]] QVector<catalog::Garbage> garbage() const
    {
        return *writer->submit(catalog::ReadGarbage{}).result();
    }
    // Camera files, relative to the root.
    [[nodiscard]] QStringList files() const
    {
        QStringList out;
        QDirIterator it(root(), QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const QString path = it.next().mid(root().size() + 1);
            if (path.startsWith(user()))
                out.append(path);
        }
        return out;
    }
    [[nodiscard]] QByteArray journal() const
    {
        QByteArray out;
        QDirIterator it(root() + QStringLiteral("/journal"), QDir::Files);
        while (it.hasNext()) {
            QFile file(it.next());
            if (file.open(QIODevice::ReadOnly))
                out += file.readAll();
        }
        return out;
    }

    // The archive's disk, pulled out and plugged in.
    [[nodiscard]] bool unplug() const { return QDir().rename(root(), root() + QStringLiteral(".away")); }
    [[nodiscard]] bool plugIn()
    {
        // The archive checks its disk at intervals of this clock.
        return QDir().rename(root() + QStringLiteral(".away"), root()) &&
               QTest::qWaitFor(
                   [this] {
                       clock.advance(500);
                       const auto ready = archive->ready();
                       return ready || ready.error().kind != ErrorKind::Unavailable;
                   },
                   30'000);
    }

    QTemporaryDir folder;
    PosixFileSystem posix;
    HookedFileSystem hooked{posix};    // what the archive writes with
    SetClock clock{1'781'258'400'000}; // 2026-06-12T10:00:00Z
    std::shared_ptr<const vendors::Matcher> matcher = *vendors::Matcher::load();
    std::unique_ptr<catalog::Writer> writer;
    std::unique_ptr<archive::Archive> archive;
    AccountId account;
};

} // namespace gatehouse::tests
