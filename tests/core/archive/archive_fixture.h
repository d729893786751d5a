// An archive in a temporary folder, and the few steps every test takes with it. Test thread.
#pragma once

#include "archive/archive.h"
#include "base/posix_file_system.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

namespace gatehouse::tests
{

using archive::Archive;
using archive::Placed;
using archive::Placement;
using archive::StagingOptions;

template<typename T>
Result<T> waitFor(QFuture<Result<T>> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 60'000))
        return fail(ErrorKind::Internal, QStringLiteral("the future was not resolved"));
    return future.result();
}

inline QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

inline Placement placement(qint64 item, const QString &source)
{
    Placement p;
    p.item = ItemId{item};
    p.account = QStringLiteral("porch");
    p.cameraFolder = QStringLiteral("Front Door");
    p.sourcePath = source;
    p.received = 1'795'269'802'480; // 2026-11-21T14:03:22.480Z
    p.peer = QStringLiteral("192.168.1.20");
    return p;
}

struct ArchiveFixture {
    explicit ArchiveFixture(FileSystem &f) : files(f) {}
    ArchiveFixture() : files(posix) {}

    Result<void> open(bool create = true)
    {
        archive.reset();
        auto opened = Archive::open({root()}, files, clock, create);
        if (!opened)
            return tl::unexpected(opened.error());
        archive = std::move(*opened);
        return {};
    }
    [[nodiscard]] QString root() const { return folder.filePath(QStringLiteral("disk/archive")); }

    QFuture<Result<Placed>> begin(const Placement &where, const QByteArray &bytes,
                                  const StagingOptions &options = {})
    {
        auto staged = archive->stageFile(options);
        if (!staged)
            return QtFuture::makeReadyFuture(Result<Placed>(tl::unexpected(staged.error())));
        (*staged)->write(bytes);
        return (*staged)->place(where);
    }
    Result<Placed> place(const Placement &where, const QByteArray &bytes, const StagingOptions &options = {})
    {
        return waitFor(begin(where, bytes, options));
    }
    Result<QByteArray> read(const QString &relativePath)
    {
        return posix.read(root() + QLatin1Char('/') + relativePath, 0, qint64(16) << 20);
    }
    // Every file below the root, relative, sorted.
    [[nodiscard]] QStringList tree() const
    {
        QStringList out;
        QDirIterator it(root(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext())
            out.append(it.next().mid(root().size() + 1));
        out.sort();
        return out;
    }
    [[nodiscard]] QByteArray journal() const
    {
        QByteArray out;
        for (const QString &path : tree().filter(QStringLiteral("journal/"))) {
            QFile file(root() + QLatin1Char('/') + path);
            if (file.open(QIODevice::ReadOnly))
                out += file.readAll();
        }
        return out;
    }

    QTemporaryDir folder;
    PosixFileSystem posix;
    FileSystem &files;
    SystemClock clock;
    std::unique_ptr<Archive> archive;
};

} // namespace gatehouse::tests
