#include "control/peer_credentials.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLocalSocket>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gatehouse::control
{

Result<void> makePrivateFolder(const QString &socketPath)
{
    const QString folder = QFileInfo(socketPath).path();
    const QByteArray path = QFile::encodeName(folder);
    ::mkdir(path.constData(), S_IRWXU); // exists already, or the checks below fail
    struct stat found {
    };
    // lstat: another user's link could lead anywhere.
    const bool isOurs = ::lstat(path.constData(), &found) == 0 && S_ISDIR(found.st_mode) &&
                        found.st_uid == ::geteuid() && (found.st_mode & S_ISVTX) == 0;
    const bool isOpen = (found.st_mode & (S_IRWXG | S_IRWXO)) != 0; // restored from a backup, for example
    if (isOurs && (!isOpen || ::chmod(path.constData(), S_IRWXU) == 0))
        return {};
    return fail(ErrorKind::Denied,
                QCoreApplication::translate("Control", "%1 must be a folder that belongs to this user only")
                    .arg(folder),
                QStringLiteral("control"));
}

bool isTrustedClient(const QLocalSocket &client)
{
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(int(client.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
        return false;
    return peer.uid == ::geteuid() || peer.uid == 0;
}

bool isTrustedEngine(const QLocalSocket &engine)
{
    return ::geteuid() == 0 || isTrustedClient(engine);
}

} // namespace gatehouse::control
