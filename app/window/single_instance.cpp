#include "app/window/single_instance.h"

#include "control/peer_credentials.h"

#include <QDir>
#include <QLocalSocket>

namespace gatehouse::app
{

namespace
{
constexpr int kAskMs = 2'000;
}

SingleInstance::SingleInstance(const settings::Paths &paths, QObject *parent)
    : QObject(parent), m_socket(paths.socket + QStringLiteral("-window")), m_lock(paths.windowLock())
{
    QDir().mkpath(paths.data);
    m_lock.setStaleLockTime(0);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *other = m_server.nextPendingConnection()) {
            connect(other, &QLocalSocket::disconnected, other, &QObject::deleteLater);
            Q_EMIT showRequested();
        }
    });
}

bool SingleInstance::take()
{
    if (m_lock.tryLock(0)) {
        QLocalServer::removeServer(m_socket); // left over from a killed window
        if (control::makePrivateFolder(m_socket))
            m_server.listen(m_socket);
        return true;
    }
    QLocalSocket other;
    other.connectToServer(m_socket);
    other.waitForConnected(kAskMs); // before the event loop: nothing is visible yet that could freeze
    return false;
}

} // namespace gatehouse::app
