#include "settings/paths.h"

#include <QCryptographicHash>
#include <QDir>
#include <QStandardPaths>

namespace gatehouse::settings
{

namespace
{
// The socket stands in the user's runtime folder, because a deep --data folder would not fit into
// the 108 bytes of a Unix socket's address.
QString socketFor(const QString &data)
{
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    const QString folder = runtime.isEmpty() ? QDir::tempPath() : runtime;
    const QByteArray key =
        QCryptographicHash::hash(data.toUtf8(), QCryptographicHash::Sha256).toHex().left(12);
    return QStringLiteral("%1/gatehouse-%2.sock").arg(folder, QString::fromLatin1(key));
}
} // namespace

Paths Paths::of(const QString &dataFolder)
{
    Paths out;
    if (dataFolder.isEmpty()) {
        using Location = QStandardPaths::StandardLocation;
        const auto folder = [](Location location) {
            return QStandardPaths::writableLocation(location) + QStringLiteral("/gatehouse");
        };
        out.data = folder(QStandardPaths::GenericDataLocation);
        out.config = folder(QStandardPaths::GenericConfigLocation);
        out.cache = folder(QStandardPaths::GenericCacheLocation);
    } else {
        out.data = QDir(dataFolder).absolutePath();
        out.config = out.data + QStringLiteral("/config");
        out.cache = out.data + QStringLiteral("/cache");
    }
    out.socket = socketFor(out.data);
    return out;
}

} // namespace gatehouse::settings
