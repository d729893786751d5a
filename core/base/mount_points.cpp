#include "base/mount_points.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>
#include <cstdio>
#include <memory>
#include <mntent.h>

namespace gatehouse
{

namespace
{

QSet<QString> mountPointsIn(const QString &table)
{
    QSet<QString> out;
    const std::unique_ptr<FILE, int (*)(FILE *)> file(::setmntent(QFile::encodeName(table).constData(), "re"),
                                                      ::endmntent);
    while (const mntent *entry = file ? ::getmntent(file.get()) : nullptr)
        out.insert(QDir::cleanPath(QFile::decodeName(entry->mnt_dir)));
    return out;
}

// Resolves symbolic links as far as the path exists.
QString followed(const QString &path)
{
    const QFileInfo found(path);
    const QString real = found.canonicalFilePath();
    if (!real.isEmpty())
        return real;
    if (found.isSymLink())
        return followed(found.symLinkTarget());
    const QString parent = found.path();
    return parent == path ? path : followed(parent) + QLatin1Char('/') + found.fileName();
}

} // namespace

QString unmountedAbove(const QString &path, const QString &table, const QString &mounted)
{
    QSet<QString> missing = mountPointsIn(table);
    missing.subtract(mountPointsIn(mounted));
    const QString real = followed(QDir::cleanPath(path));
    for (const QString &point : std::as_const(missing)) {
        if (real == point || real.startsWith(point + QLatin1Char('/')))
            return point;
    }
    return {};
}

} // namespace gatehouse
