#include "ingest/importer.h"

#include "base/byte_name.h"
#include "ingest/folder_tree.h"
#include "ingest/receive/connection_test.h"
#include "ingest/receive/duplicate.h"
#include "ingest/receive/new_item.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QThread>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gatehouse::ingest
{

namespace
{

constexpr qint64 kChunk = 1 << 20;
constexpr qint64 kMaxPending = 8 << 20; // bytes being written
constexpr int kProgressEveryMs = 250;

QByteArray headOf(const QByteArray &path)
{
    QFile file;
    const int descriptor = ::open(path.constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0 || !file.open(descriptor, QIODevice::ReadOnly, QFile::AutoCloseHandle))
        return {};
    return file.read(kMaxConnectionTestBytes);
}

QString above(const QString &path)
{
    return path.left(std::max<qsizetype>(1, path.lastIndexOf(QLatin1Char('/'))));
}

bool isSameFolder(const QString &one, const QString &other)
{
    struct stat first {
    };
    struct stat second {
    };
    return ::stat(QFile::encodeName(one).constData(), &first) == 0 &&
           ::stat(QFile::encodeName(other).constData(), &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

// Compares the folders themselves, not their paths: a disk may be mounted twice.
bool lieInEachOther(const QString &folder, const QString &archive)
{
    const auto mark = archiveMarkIn(QFile::encodeName(archive));
    for (QString path = folder;; path = above(path)) {
        if (mark && archiveMarkIn(QFile::encodeName(path)) == mark)
            return true;
        if (path == above(path))
            break;
    }
    for (QString path = archive;; path = above(path)) {
        if (isSameFolder(path, folder))
            return true;
        if (path == above(path))
            return false;
    }
}

} // namespace

struct Importer::Private {
    Private(catalog::Writer &catalogWriter, archive::Archive &archiveFolder,
            std::shared_ptr<const vendors::Matcher> vendorMatcher, const Clock &systemClock)
        : writer(catalogWriter), archive(archiveFolder), matcher(std::move(vendorMatcher)), clock(systemClock)
    {
    }

    catalog::Writer &writer;
    archive::Archive &archive;
    std::shared_ptr<const vendors::Matcher> matcher;
    const Clock &clock;
    std::unique_ptr<QThread> thread;
    std::atomic_bool stopping = false;

    void work(Importer *q, const ImportRequest &request);
    void takeOne(const ImportRequest &request, const TreeFile &file, ImportProgress &progress);
    Result<catalog::Added> take(const ImportRequest &request, const TreeFile &file,
                                const vendors::PathMetadata &metadata);
    Result<archive::Placed> place(const QByteArray &path, const archive::Placement &placement);
};

Importer::Importer(catalog::Writer &writer, archive::Archive &archive,
                   std::shared_ptr<const vendors::Matcher> matcher, const Clock &clock, QObject *parent)
    : QObject(parent), d(new Private(writer, archive, std::move(matcher), clock))
{
    qRegisterMetaType<ImportProgress>();
}

Importer::~Importer()
{
    stop();
    if (d->thread)
        d->thread->wait();
}

Result<void> Importer::check(const QString &wanted) const
{
    if (isRunning())
        return fail(ErrorKind::Unavailable, tr("An import is already running"));
    const QString folder = QFileInfo(wanted).canonicalFilePath();
    if (folder.isEmpty() || !QFileInfo(folder).isDir())
        return fail(ErrorKind::Invalid, tr("Folder not found: %1").arg(wanted));
    const QString archive = QFileInfo(d->archive.root()).canonicalFilePath();
    if (!archive.isEmpty() && lieInEachOther(folder, archive))
        return fail(ErrorKind::Invalid, tr("%1 and Gatehouse's own archive overlap").arg(folder));
    return {};
}

Result<void> Importer::start(const ImportRequest &request)
{
    if (auto fits = check(request.folder); !fits)
        return fits;
    d->stopping = false;
    ImportRequest own = request;
    own.folder = QFileInfo(request.folder).canonicalFilePath();
    d->thread.reset(QThread::create([this, own] { d->work(this, own); }));
    d->thread->start();
    return {};
}

void Importer::stop()
{
    d->stopping = true;
}

bool Importer::isRunning() const
{
    return d->thread && d->thread->isRunning();
}

void Importer::Private::work(Importer *q, const ImportRequest &request)
{
    ImportProgress progress;
    QElapsedTimer sinceProgress;
    sinceProgress.start();
    const FolderTree tree = readTree(request.folder, archiveMarkIn(QFile::encodeName(archive.root())),
                                     stopping); // by name, which is by time with every brand
    progress.total = tree.files.size();
    progress.failed = tree.unread.size();
    progress.lastError = tree.unread.value(0);
    for (const TreeFile &file : tree.files) {
        if (stopping)
            break;
        takeOne(request, file, progress);
        if (sinceProgress.elapsed() >= kProgressEveryMs) {
            sinceProgress.restart();
            Q_EMIT q->progressed(progress);
        }
    }
    progress.finished = true;
    progress.stopped = stopping;
    Q_EMIT q->finished(progress);
}

void Importer::Private::takeOne(const ImportRequest &request, const TreeFile &file, ImportProgress &progress)
{
    ++progress.done;
    const QString &sourcePath = file.name;
    vendors::PathMetadata metadata = matcher->match(sourcePath, std::min(file.modified, clock.now()));
    const QByteArray head = metadata.isTestName ? headOf(file.path) : QByteArray();
    if (file.bytes == 0 || isConnectionTest(metadata, file.bytes, head)) {
        ++progress.passed;
        return;
    }
    takeKindFromContent(metadata, head);
    const auto taken = take(request, file, metadata);
    if (!taken) {
        ++progress.failed;
        progress.lastError = QStringLiteral("%1: %2").arg(readableName(sourcePath), taken.error().text);
        return;
    }
    ++(taken->duplicate ? progress.known : progress.added);
    progress.bytes += taken->duplicate ? 0 : file.bytes;
    // Only what is safe in archive and catalog is removed at the source.
    if (request.move && ::unlink(file.path.constData()) != 0)
        progress.lastError =
            Importer::tr("%1 was imported but could not be removed").arg(readableName(sourcePath));
}

Result<catalog::Added> Importer::Private::take(const ImportRequest &request, const TreeFile &file,
                                               const vendors::PathMetadata &metadata)
{
    const QString &sourcePath = file.name;
    catalog::NewItem item =
        toNewItem(metadata, sourcePath, std::min(file.modified, clock.now()), QTimeZone::systemTimeZone());
    item.id = writer.ids().next();
    item.account = request.account;
    item.live = false;
    // It goes into today's folder, so that repair at startup looks there if the row is lost.
    const archive::Placement placement{item.id,    request.user, archiveFolder(request.user, metadata),
                                       sourcePath, clock.now(),  QString(),
                                       false,      item.received};
    const auto placed = place(file.path, placement);
    if (!placed)
        return tl::unexpected(placed.error());
    item.archive = placed->archive;
    item.relativePath = placed->relativePath;
    item.bytes = placed->bytes;
    item.sha256 = placed->sha256;
    // The import's own thread may block.
    const Result<catalog::Added> added = addPlaced({writer, archive, item, placement}).result();
    if (!added && added.error().kind != ErrorKind::Cancelled)
        archive.remove(item.id, item.relativePath, Importer::tr("It could not be catalogued"));
    return added;
}

Result<archive::Placed> Importer::Private::place(const QByteArray &path, const archive::Placement &placement)
{
    QFile file;
    const int descriptor = ::open(path.constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0 || !file.open(descriptor, QIODevice::ReadOnly, QFile::AutoCloseHandle))
        return fail(ErrorKind::Denied, QString::fromLocal8Bit(std::strerror(errno)));
    auto staged = archive.stageFile({});
    if (!staged)
        return tl::unexpected(staged.error());
    while (!file.atEnd()) {
        const QByteArray chunk = file.read(kChunk);
        if (chunk.isEmpty())
            return fail(ErrorKind::Unavailable, file.errorString());
        (*staged)->write(chunk);
        while ((*staged)->pending() > kMaxPending)
            QThread::msleep(1);
    }
    auto placed = (*staged)->place(placement);
    return placed.result();
}

} // namespace gatehouse::ingest
