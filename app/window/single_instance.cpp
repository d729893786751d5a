#include "app/window/single_instance.h"

#include "control/peer_credentials.h"

#include <QDir>
#include <memory>

namespace gatehouse::app
{

namespace
{

// Before the event loop: nothing is visible yet that could freeze.
constexpr int kAskMs = 2'000;
constexpr int kSuccessorMs = 5'000; // what was deleted is sent to the engine first
constexpr qint64 kMaxLine = 200;

const QByteArray kGreetingWord = QByteArrayLiteral("gatehouse ");
const QByteArray kShowWord = QByteArrayLiteral("show");
const QByteArray kQuitWord = QByteArrayLiteral("quit");

} // namespace

SingleInstance::SingleInstance(const settings::Paths &paths, QString version, QObject *parent)
    : QObject(parent), m_version(std::move(version)), m_socket(paths.socket + QStringLiteral("-window")),
      m_lock(paths.windowLock())
{
    QDir().mkpath(paths.data);
    m_lock.setStaleLockTime(0);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *other = m_server.nextPendingConnection())
            greet(other);
    });
}

// An older version says nothing and wants to see this window.
void SingleInstance::greet(QLocalSocket *other)
{
    const auto isAnswered = std::make_shared<bool>(false);
    const auto take = [this, other, isAnswered] {
        if (*isAnswered || !other->canReadLine())
            return;
        *isAnswered = true;
        other->readLine(kMaxLine).trimmed() == kQuitWord ? Q_EMIT quitRequested() : Q_EMIT showRequested();
    };
    connect(other, &QLocalSocket::readyRead, this, take);
    connect(other, &QLocalSocket::disconnected, this, [this, other, isAnswered, take] {
        take();
        if (!std::exchange(*isAnswered, true))
            Q_EMIT showRequested();
        other->deleteLater();
    });
    const QByteArray greeting = kGreetingWord + m_version.toUtf8() + '\n';
    other->write(greeting);
}

bool SingleInstance::takeLock(int ms)
{
    if (!m_lock.tryLock(ms))
        return false;
    QLocalServer::removeServer(m_socket); // left over from a killed window
    if (control::makePrivateFolder(m_socket))
        m_server.listen(m_socket);
    return true;
}

SingleInstance::Taken SingleInstance::take()
{
    if (takeLock(0))
        return Taken::Yes;
    m_other.connectToServer(m_socket);
    if (!m_other.waitForConnected(kAskMs) || !m_other.waitForReadyRead(kAskMs))
        return Taken::Silent;
    const QByteArray line = m_other.readLine(kMaxLine).trimmed();
    m_otherVersion = QString::fromUtf8(line.mid(kGreetingWord.size()));
    if (!line.startsWith(kGreetingWord))
        return Taken::Silent;
    if (m_otherVersion != m_version)
        return Taken::OtherVersion;
    show();
    return Taken::Shown;
}

void SingleInstance::say(const QByteArray &word)
{
    const QByteArray line = word + '\n';
    m_other.write(line);
    m_other.waitForBytesWritten(kAskMs);
}

void SingleInstance::show()
{
    say(kShowWord);
}

bool SingleInstance::replace()
{
    say(kQuitWord);
    return takeLock(kSuccessorMs);
}

} // namespace gatehouse::app
