#include "catalog/operations/salvage.h"

#include "base/messages.h"
#include "catalog/operations/salvaged_rows.h"
#include "catalog/operations/salvaged_whole.h"
#include "catalog/tables/schema.h"
#include "catalog/types/file_list.h"
#include "db/damaged.h"
#include "db/migrations.h"
#include "db/transaction.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <fcntl.h>
#include <unistd.h>

namespace gatehouse::catalog
{

namespace
{

// Files next to <catalog>: copy of the damaged one, the new one in progress, and the completed one.
constexpr QLatin1String kCopy(".salvage-copy");
constexpr QLatin1String kMaking(".salvage-new");
constexpr QLatin1String kWhole(".salvaged-");
constexpr QLatin1String kAside(".damaged-");

void removeWithLog(const QString &path)
{
    for (const char *suffix : {"", "-wal", "-shm", "-journal"})
        QFile::remove(path + QLatin1String(suffix));
}

Result<void> synced(const QString &path)
{
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    const bool done = fd >= 0 && ::fsync(fd) == 0;
    if (fd >= 0)
        ::close(fd);
    if (!done)
        return fail(ErrorKind::Unavailable, Messages::tr("Can't write %1").arg(path),
                    QStringLiteral("salvage"));
    return {};
}

Result<void> renamed(const QString &from, const QString &to)
{
    if (!QFile::rename(from, to))
        return fail(ErrorKind::Denied, Messages::tr("Can't rename %1").arg(from), QStringLiteral("salvage"));
    return {};
}

// Moves the damaged catalog aside, with its log; a crash may follow each step, and the next start continues.
Result<QString> putInPlace(const QString &path, const QString &whole)
{
    const QString aside = path + kAside + whole.mid(path.size() + kWhole.size());
    QFile::remove(path + QLatin1String("-shm"));
    for (const char *suffix : {"-wal", ""}) {
        const QString file = path + QLatin1String(suffix);
        if (!QFile::exists(file))
            continue;
        if (auto moved = renamed(file, aside + QLatin1String(suffix)); !moved)
            return tl::unexpected(moved.error());
    }
    const QString folder = QFileInfo(path).absolutePath();
    auto done = synced(folder).and_then([&] { return renamed(whole, path); }).and_then([&] {
        return synced(folder);
    });
    if (!done)
        return tl::unexpected(done.error());
    return aside;
}

Result<QVector<SalvagedTable>> makeNew(const SalvageOptions &options, const QString &copy,
                                       const QString &making, const Clock &clock)
{
    auto old = db::DamagedDatabase::open(copy);
    if (!old)
        return tl::unexpected(old.error());
    auto opened = db::Connection::open({making});
    if (!opened)
        return tl::unexpected(opened.error());
    db::Connection &db = **opened;
    // This file is worthless until it is complete and synced.
    db.script("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = 0; PRAGMA foreign_keys = 0;"
              "PRAGMA cache_size = -65536;");
    const int version = (*old)->version().value_or(std::numeric_limits<int>::max());
    if (auto made = migrateCatalog(db, version); !made)
        return tl::unexpected(made.error());
    auto copied = copyReadable(**old, db);
    if (!copied)
        return copied;
    if (options.archiveId.isEmpty()) {
        // Otherwise any disk would be accepted as the archive.
        db::Statement known = db.query("SELECT 1 FROM archive");
        if (!known.step())
            return fail(
                ErrorKind::Unavailable,
                Messages::tr("Connect the archive disk first: the catalog no longer says which one it is."),
                QStringLiteral("salvage"));
    }
    if (auto made = migrateCatalog(db); !made)
        return tl::unexpected(made.error());
    WriterOptions writerOptions;
    writerOptions.databasePath = making;
    writerOptions.eventGap = options.eventGap;
    ItemIds ids(clock, ItemId());
    WriteContext context{db, writerOptions, clock, ids};
    db::Transaction transaction(db, db::Transaction::Write);
    makeWhole(context, options);
    if (auto done = transaction.commit(); !done)
        return tl::unexpected(done.error());
    return copied;
}

} // namespace

Result<void> verifyCatalog(const QString &databasePath, const std::function<bool()> &stop)
{
    const auto list = FileList::open(databasePath);
    return list ? (*list)->verify(FileList::Verify::Everything, stop) : tl::unexpected(list.error());
}

Result<void> finishSalvage(const QString &databasePath)
{
    const QFileInfo file(databasePath);
    const QStringList whole =
        QDir(file.absolutePath())
            .entryList({file.fileName() + kWhole + QLatin1Char('*')}, QDir::Files, QDir::Name);
    if (whole.isEmpty())
        return {};
    const auto done =
        putInPlace(file.absoluteFilePath(), file.absolutePath() + QLatin1Char('/') + whole.last());
    return done ? Result<void>() : tl::unexpected(done.error());
}

Result<Salvaged> salvage(const SalvageOptions &options, const Clock &clock)
{
    if (auto finished = finishSalvage(options.databasePath); !finished)
        return tl::unexpected(finished.error());
    const auto sound = verifyCatalog(options.databasePath);
    if (sound)
        return fail(ErrorKind::Invalid, Messages::tr("The catalog is intact."), QStringLiteral("salvage"));
    if (sound.error().kind != ErrorKind::Corrupt)
        return tl::unexpected(sound.error());
    const QString path = QFileInfo(options.databasePath).absoluteFilePath();
    const QString copy = path + kCopy;
    const QString making = path + kMaking;
    removeWithLog(copy);
    removeWithLog(making);
    auto tables = db::copyWithLog(path, copy).and_then([&] { return makeNew(options, copy, making, clock); });
    removeWithLog(copy);
    if (!tables) {
        removeWithLog(making);
        return tl::unexpected(tables.error());
    }
    const QString whole =
        path + kWhole +
        QDateTime::fromMSecsSinceEpoch(clock.now(), Qt::UTC).toString(QStringLiteral("yyyyMMdd-HHmmss-zzz"));
    auto aside = synced(making).and_then([&] { return renamed(making, whole); }).and_then([&] {
        return putInPlace(path, whole);
    });
    if (!aside)
        return tl::unexpected(aside.error());
    return Salvaged{*aside, *tables};
}

} // namespace gatehouse::catalog
