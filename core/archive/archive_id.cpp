#include "archive/archive_id.h"

#include "archive/layout.h"
#include "base/iso_time.h"
#include "base/messages.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>
#include <algorithm>

namespace gatehouse::archive
{

namespace
{

constexpr qint64 kMaxIdFileBytes = 4096;

QString above(const QString &path)
{
    const qsizetype slash = path.lastIndexOf(QLatin1Char('/'));
    return slash <= 0 ? QStringLiteral("/") : path.left(slash);
}

Result<void> makeFolders(FileSystem &files, const QString &path)
{
    const auto found = files.stat(path);
    if (found && found->isFolder)
        return {};
    if (path == QLatin1String("/"))
        return fail(ErrorKind::Invalid, path, QStringLiteral("archive"));
    const QString parent = above(path);
    if (auto made = makeFolders(files, parent); !made)
        return made;
    if (auto made = files.makeFolder(path); !made)
        return made;
    return files.syncFolder(parent);
}

Result<void> writeArchiveId(FileSystem &files, const QString &root, const QByteArray &raw)
{
    // Written under a temporary name and renamed, so that no crash leaves half an identity.
    const QString aside = root + QStringLiteral("/.") + kIdFileName + QStringLiteral(".new");
    static_cast<void>(files.remove(aside));
    const auto fd = files.create(aside);
    if (!fd)
        return tl::unexpected(fd.error());
    auto done = files.write(*fd, raw).and_then([&] { return files.sync(*fd); });
    files.close(*fd);
    return done.and_then([&] { return files.rename(aside, root + QLatin1Char('/') + kIdFileName); })
        .and_then([&] { return files.syncFolder(root); });
}

// Hidden files and a disk's own folders may exist already; anything else is somebody's data.
bool isSomebodysData(const QString &name)
{
    return !name.startsWith(QLatin1Char('.')) && name != QLatin1String("lost+found");
}

Result<void> requireUnused(FileSystem &files, const QString &root)
{
    const auto names = files.list(root);
    if (!names)
        return tl::unexpected(names.error());
    if (std::any_of(names->begin(), names->end(), isSomebodysData))
        return fail(
            ErrorKind::Invalid,
            Messages::tr("%1 is not an archive and contains other files. Choose an empty folder.").arg(root),
            QStringLiteral("archive"));
    return {};
}

} // namespace

Result<ArchiveId> readArchiveId(FileSystem &files, const QString &root)
{
    const QString path = root + QLatin1Char('/') + kIdFileName;
    const auto raw = files.read(path, 0, kMaxIdFileBytes);
    if (!raw && files.stat(path).value_or(FileStat()).isFolder)
        return fail(ErrorKind::Unavailable,
                    Messages::tr("%1 is a folder, but should be a file. Restore it from a backup.").arg(path),
                    QStringLiteral("archive"));
    if (!raw && raw.error().kind != ErrorKind::NotFound)
        return fail(ErrorKind::Unavailable,
                    Messages::tr("The archive folder %1 can't be read. Check its disk.").arg(root),
                    raw.error().text);
    if (!raw && !files.stat(root))
        return fail(ErrorKind::Unavailable,
                    Messages::tr("The archive folder %1 is missing. Reconnect or mount its disk.").arg(root),
                    QStringLiteral("archive"));
    if (!raw)
        return fail(
            ErrorKind::Unavailable,
            Messages::tr("The folder %1 is not the archive (it has no %2). Mount the archive disk there.")
                .arg(root, kIdFileName),
            QStringLiteral("archive"));
    const QJsonObject json = QJsonDocument::fromJson(*raw).object();
    ArchiveId identity;
    identity.id = json[QLatin1String("id")].toString();
    identity.made = fromIso(json[QLatin1String("made")].toString(), QTimeZone::utc()).value_or(0);
    identity.raw = *raw;
    if (identity.id.isEmpty())
        return fail(
            ErrorKind::Unavailable,
            Messages::tr("The file %1/%2 is damaged. Restore it from a backup, or choose another folder.")
                .arg(root, kIdFileName),
            QStringLiteral("archive"));
    return identity;
}

Result<ArchiveId> makeArchiveId(FileSystem &files, const Clock &clock, const QString &root)
{
    // A dangling link to a missing disk: its target must not be created.
    const auto found = files.stat(root);
    if (found && !found->isFolder && !files.list(root))
        return fail(
            ErrorKind::Unavailable,
            Messages::tr("The archive folder %1 is a broken link. Reconnect or mount its disk.").arg(root),
            QStringLiteral("archive"));
    auto made = makeFolders(files, root).and_then([&] { return requireUnused(files, root); });
    if (!made)
        return tl::unexpected(made.error());
    const QJsonObject json{
        {QStringLiteral("id"), QUuid::createUuid().toString(QUuid::WithoutBraces)},
        {QStringLiteral("made"), toIsoUtc(clock.now())},
        {QStringLiteral("what"), QStringLiteral("Gatehouse archive. This file identifies its disk.")}};
    if (auto written = writeArchiveId(files, root, QJsonDocument(json).toJson()); !written)
        return tl::unexpected(written.error());
    return readArchiveId(files, root);
}

bool hasOnlyArchiveId(FileSystem &files, const QString &root)
{
    const auto names = files.list(root);
    return names && names->contains(kIdFileName) &&
           std::none_of(names->begin(), names->end(),
                        [](const QString &name) { return name != kIdFileName && isSomebodysData(name); });
}

} // namespace gatehouse::archive
