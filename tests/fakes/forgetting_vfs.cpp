#include "fakes/forgetting_vfs.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QMap>
#include <QRandomGenerator>
#include <QVector>
#include <algorithm>
#include <cstring>
#include <mutex>
#include <sqlite3.h>
#include <vector>

namespace gatehouse::tests
{

namespace
{

struct Write {
    qint64 offset = 0;
    QByteArray bytes; // null: truncated to `offset`
};

void apply(QByteArray &content, const Write &write)
{
    if (write.bytes.isNull()) {
        content.resize(write.offset);
        return;
    }
    const qint64 end = write.offset + write.bytes.size();
    if (content.size() < end)
        content.append(QByteArray(end - content.size(), '\0'));
    std::memcpy(content.data() + write.offset, write.bytes.constData(), size_t(write.bytes.size()));
}

struct Stored {
    QByteArray now;
    QByteArray synced;
    QVector<Write> unsynced;
    bool nameSynced = false;
    std::vector<std::unique_ptr<char[]>> shared;
};

} // namespace

struct ForgettingVfs::Disk {
    std::mutex mutex;
    std::shared_ptr<Power> power;
    QMap<QByteArray, std::shared_ptr<Stored>> files;
    QMap<QByteArray, std::shared_ptr<Stored>> gone; // removed names that may still be on disk
    bool forgetful = false;
    QByteArray name;
    sqlite3_vfs vfs{};

    void syncNames()
    {
        for (const auto &file : std::as_const(files))
            file->nameSynced = true;
        gone.clear();
    }
};

namespace
{

struct OpenFile {
    sqlite3_file base;
    ForgettingVfs::Disk *disk;
    std::shared_ptr<Stored> *stored;
    bool isJournal;
};

OpenFile *opened(sqlite3_file *file)
{
    return reinterpret_cast<OpenFile *>(file);
}

int closeFile(sqlite3_file *file)
{
    delete opened(file)->stored;
    return SQLITE_OK;
}

int readFile(sqlite3_file *file, void *out, int amount, sqlite3_int64 offset)
{
    const std::scoped_lock lock(opened(file)->disk->mutex);
    if (opened(file)->disk->power->isCut())
        return SQLITE_IOERR_READ;
    const QByteArray &content = (*opened(file)->stored)->now;
    const qint64 there = std::clamp<qint64>(content.size() - offset, 0, amount);
    std::memcpy(out, content.constData() + std::min<qint64>(offset, content.size()), size_t(there));
    std::memset(static_cast<char *>(out) + there, 0, size_t(amount - there));
    return there < amount ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

int change(sqlite3_file *file, const Write &write, int failure)
{
    const std::scoped_lock lock(opened(file)->disk->mutex);
    if (!opened(file)->disk->power->step())
        return failure;
    Stored &stored = **opened(file)->stored;
    apply(stored.now, write);
    stored.unsynced.append(write);
    return SQLITE_OK;
}

int writeFile(sqlite3_file *file, const void *bytes, int amount, sqlite3_int64 offset)
{
    return change(file, {offset, QByteArray(static_cast<const char *>(bytes), amount)}, SQLITE_IOERR_WRITE);
}

int truncateFile(sqlite3_file *file, sqlite3_int64 size)
{
    return change(file, {size, {}}, SQLITE_IOERR_TRUNCATE);
}

int syncFile(sqlite3_file *file, int)
{
    ForgettingVfs::Disk &disk = *opened(file)->disk;
    const std::scoped_lock lock(disk.mutex);
    if (!disk.power->step())
        return SQLITE_IOERR_FSYNC;
    if (disk.forgetful)
        return SQLITE_OK;
    Stored &stored = **opened(file)->stored;
    stored.synced = stored.now;
    stored.unsynced.clear();
    if (opened(file)->isJournal)
        disk.syncNames();
    return SQLITE_OK;
}

int sizeOfFile(sqlite3_file *file, sqlite3_int64 *size)
{
    const std::scoped_lock lock(opened(file)->disk->mutex);
    *size = (*opened(file)->stored)->now.size();
    return SQLITE_OK;
}

int lockFile(sqlite3_file *, int)
{
    return SQLITE_OK;
}

int checkReserved(sqlite3_file *, int *answer)
{
    *answer = 0;
    return SQLITE_OK;
}

int controlFile(sqlite3_file *, int, void *)
{
    return SQLITE_NOTFOUND;
}

int sectorSize(sqlite3_file *)
{
    return 4096;
}

int characteristics(sqlite3_file *)
{
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE; // what SQLite assumes on Unix
}

int mapShared(sqlite3_file *file, int region, int size, int, void volatile **out)
{
    const std::scoped_lock lock(opened(file)->disk->mutex);
    auto &shared = (*opened(file)->stored)->shared;
    while (int(shared.size()) <= region) {
        shared.push_back(std::make_unique<char[]>(size_t(size)));
        std::memset(shared.back().get(), 0, size_t(size));
    }
    *out = shared[size_t(region)].get();
    return SQLITE_OK;
}

int lockShared(sqlite3_file *, int, int, int)
{
    return SQLITE_OK;
}

void sharedBarrier(sqlite3_file *) {}

int unmapShared(sqlite3_file *file, int remove)
{
    if (remove)
        (*opened(file)->stored)->shared.clear();
    return SQLITE_OK;
}

const sqlite3_io_methods kFileMethods{
    2,          closeFile,     readFile,      writeFile,   truncateFile, syncFile,        sizeOfFile,
    lockFile,   lockFile,      checkReserved, controlFile, sectorSize,   characteristics, mapShared,
    lockShared, sharedBarrier, unmapShared,   nullptr,     nullptr};

ForgettingVfs::Disk &diskOf(sqlite3_vfs *vfs)
{
    return *static_cast<ForgettingVfs::Disk *>(vfs->pAppData);
}

int openFile(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *outFlags)
{
    ForgettingVfs::Disk &disk = diskOf(vfs);
    const std::scoped_lock lock(disk.mutex);
    opened(file)->base.pMethods = nullptr;
    const QByteArray name = path ? QByteArray(path) : QByteArray("temporary");
    if (disk.power->isCut())
        return SQLITE_IOERR;
    if (!disk.files.contains(name)) {
        if (!(flags & SQLITE_OPEN_CREATE) || !disk.power->step())
            return SQLITE_CANTOPEN;
        disk.files.insert(name, std::make_shared<Stored>());
    }
    opened(file)->disk = &disk;
    opened(file)->stored = new std::shared_ptr<Stored>(disk.files.value(name));
    opened(file)->isJournal = (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
    opened(file)->base.pMethods = &kFileMethods;
    if (outFlags)
        *outFlags = flags;
    return SQLITE_OK;
}

int deleteFile(sqlite3_vfs *vfs, const char *path, int syncFolder)
{
    ForgettingVfs::Disk &disk = diskOf(vfs);
    const std::scoped_lock lock(disk.mutex);
    if (!disk.files.contains(path))
        return SQLITE_IOERR_DELETE_NOENT;
    if (!disk.power->step())
        return SQLITE_IOERR_DELETE;
    const std::shared_ptr<Stored> file = disk.files.take(path);
    if (file->nameSynced)
        disk.gone.insert(path, file);
    if (syncFolder && !disk.forgetful)
        disk.syncNames();
    return SQLITE_OK;
}

int accessFile(sqlite3_vfs *vfs, const char *path, int, int *answer)
{
    const std::scoped_lock lock(diskOf(vfs).mutex);
    *answer = diskOf(vfs).files.contains(path);
    return SQLITE_OK;
}

int fullPath(sqlite3_vfs *, const char *path, int size, char *out)
{
    qstrncpy(out, path, size_t(size));
    return SQLITE_OK;
}

int randomness(sqlite3_vfs *, int size, char *out)
{
    sqlite3_vfs *system = sqlite3_vfs_find(nullptr);
    return system->xRandomness(system, size, out);
}

int sleepFor(sqlite3_vfs *, int microseconds)
{
    sqlite3_vfs *system = sqlite3_vfs_find(nullptr);
    return system->xSleep(system, microseconds);
}

int currentTime(sqlite3_vfs *, double *out)
{
    sqlite3_vfs *system = sqlite3_vfs_find(nullptr);
    return system->xCurrentTime(system, out);
}

int lastError(sqlite3_vfs *, int, char *)
{
    return 0;
}

QByteArray survivor(const Stored &file, ForgettingVfs::Survives survives, QRandomGenerator &random)
{
    if (survives == ForgettingVfs::Survives::Everything)
        return file.now;
    QByteArray content = file.synced;
    if (survives == ForgettingVfs::Survives::OnlySynced)
        return content;
    constexpr qint64 sector = 512;
    for (const Write &write : file.unsynced) {
        if (write.bytes.isNull()) {
            if (random.bounded(2))
                apply(content, write);
            continue;
        }
        for (qint64 at = 0; at < write.bytes.size(); at += sector) {
            if (random.bounded(2))
                apply(content, {write.offset + at, write.bytes.mid(at, sector)});
        }
    }
    return content;
}

} // namespace

ForgettingVfs::ForgettingVfs(std::shared_ptr<Power> power) : d(std::make_unique<Disk>())
{
    d->power = std::move(power);
    d->name = "forgetting-" + QByteArray::number(quintptr(d.get()), 16);
    sqlite3_vfs &vfs = d->vfs;
    vfs.iVersion = 1;
    vfs.szOsFile = sizeof(OpenFile);
    vfs.mxPathname = 1024;
    vfs.zName = d->name.constData();
    vfs.pAppData = d.get();
    vfs.xOpen = openFile;
    vfs.xDelete = deleteFile;
    vfs.xAccess = accessFile;
    vfs.xFullPathname = fullPath;
    vfs.xRandomness = randomness;
    vfs.xSleep = sleepFor;
    vfs.xCurrentTime = currentTime;
    vfs.xGetLastError = lastError;
    sqlite3_vfs_register(&vfs, 0);
}

ForgettingVfs::~ForgettingVfs()
{
    sqlite3_vfs_unregister(&d->vfs);
}

const char *ForgettingVfs::name() const
{
    return d->name.constData();
}

void ForgettingVfs::forgetSyncs()
{
    const std::scoped_lock lock(d->mutex);
    d->forgetful = true;
}

bool ForgettingVfs::saveTo(const QString &folder, Survives survives, quint32 seed) const
{
    const std::scoped_lock lock(d->mutex);
    QRandomGenerator random(seed);
    QMap<QByteArray, std::shared_ptr<Stored>> found;
    for (auto file = d->gone.cbegin(); file != d->gone.cend(); ++file) {
        if (survives == Survives::OnlySynced || (survives == Survives::AnyMixture && random.bounded(2)))
            found.insert(file.key(), file.value());
    }
    for (auto file = d->files.cbegin(); file != d->files.cend(); ++file) {
        if (file.value()->nameSynced || survives == Survives::Everything ||
            (survives == Survives::AnyMixture && random.bounded(2)))
            found.insert(file.key(), file.value());
    }
    for (auto file = found.cbegin(); file != found.cend(); ++file) {
        QFile out(QDir(folder).filePath(QString::fromUtf8(file.key()).section(QLatin1Char('/'), -1)));
        if (!out.open(QIODevice::WriteOnly) || out.write(survivor(*file.value(), survives, random)) < 0)
            return false;
    }
    return true;
}

} // namespace gatehouse::tests
