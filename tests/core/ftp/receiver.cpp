#include "receiver.h"
#include "support/durations.h"

#include <QElapsedTimer>
#include <algorithm>
#include <sys/socket.h>

namespace gatehouse::tests
{

namespace
{
}

Receiver::Receiver(ftp::ServerOptions options) : backend(folder.path())
{
    options.port = 0;
    m_there.moveToThread(&m_thread);
    m_thread.start();
    run([&] {
        server = new ftp::Server(std::move(options), backend, clock);
        listening = server->listen();
        port = server->port();
    });
}

Receiver::~Receiver()
{
    run([&] { delete server; });
    m_thread.quit();
    m_thread.wait();
}

void Receiver::run(const std::function<void()> &job)
{
    QMetaObject::invokeMethod(&m_there, job, Qt::BlockingQueuedConnection);
}

int Receiver::sessions()
{
    int count = 0;
    run([&] { count = server->sessionCount(); });
    return count;
}

FaultLog::FaultLog(const Receiver &receiver)
{
    QObject::connect(receiver.server, &ftp::Server::faultSeen, &m_here,
                     [this](const ftp::Fault &fault) { m_seen.append(fault); });
    QObject::connect(receiver.server, &ftp::Server::faultOver, &m_here,
                     [this](const QString &, FaultKind kind) { m_over.append(kind); });
}

QVector<ftp::Fault> FaultLog::of(FaultKind kind) const
{
    QVector<ftp::Fault> out;
    std::copy_if(m_seen.begin(), m_seen.end(), std::back_inserter(out),
                 [kind](const ftp::Fault &fault) { return fault.kind == kind; });
    return out;
}

QString FaultLog::text() const
{
    QStringList out;
    for (const ftp::Fault &fault : m_seen)
        out.append(
            QStringLiteral("%1 %2 %3").arg(QString::number(int(fault.kind)), fault.user, fault.detail));
    return out.join(QLatin1Char('\n'));
}

CameraSocket::CameraSocket(quint16 port, const QHostAddress &address, const QHostAddress &from)
{
    if (!from.isNull())
        control.bind(from);
    control.setPeerVerifyMode(QSslSocket::VerifyNone);
    control.connectToHost(address, port);
    control.waitForConnected(kPatience);
    control.setSocketOption(QAbstractSocket::LowDelayOption, 1);
}

CameraSocket::~CameraSocket()
{
    control.abort();
}

void CameraSocket::send(const QByteArray &bytes)
{
    control.write(bytes);
    while (control.bytesToWrite() > 0 && control.waitForBytesWritten(kPatience)) {
    }
}

QByteArray CameraSocket::line(int ms)
{
    QElapsedTimer timer;
    timer.start();
    while (!control.canReadLine()) {
        const qint64 left = ms - timer.elapsed();
        if (left <= 0 || !control.waitForReadyRead(int(left)))
            break;
    }
    QByteArray text = control.readLine();
    while (text.endsWith('\n') || text.endsWith('\r'))
        text.chop(1);
    return text;
}

QByteArray CameraSocket::reply()
{
    QByteArray all = line();
    if (all.size() < 4 || all.at(3) != '-')
        return all;
    const QByteArray end = all.left(3) + ' ';
    for (;;) {
        const QByteArray next = line();
        all += '\n' + next;
        if (next.isEmpty() || next.startsWith(end))
            return all;
    }
}

QByteArray CameraSocket::ask(const QByteArray &command)
{
    send(command + "\r\n");
    return reply();
}

bool CameraSocket::logIn()
{
    return line().startsWith("220") && ask("USER cam").startsWith("331") && ask("PASS cam").startsWith("230");
}

bool CameraSocket::startTls()
{
    if (!ask("AUTH TLS").startsWith("234"))
        return false;
    control.startClientEncryption();
    return control.waitForEncrypted(kPatience);
}

bool CameraSocket::isClosed(int ms)
{
    QElapsedTimer timer;
    timer.start();
    while (control.state() == QAbstractSocket::ConnectedState && timer.elapsed() < ms) {
        control.waitForReadyRead(50);
        control.readAll();
    }
    return control.state() != QAbstractSocket::ConnectedState;
}

std::unique_ptr<QSslSocket> CameraSocket::openData()
{
    const bool isIPv6 = control.peerAddress().protocol() == QAbstractSocket::IPv6Protocol;
    const quint16 port = portOf(ask(isIPv6 ? "EPSV" : "PASV"));
    if (port == 0)
        return nullptr;
    auto data = std::make_unique<QSslSocket>();
    data->setPeerVerifyMode(QSslSocket::VerifyNone);
    data->bind(control.localAddress()); // or the receiver rejects it as foreign
    data->connectToHost(control.peerAddress(), port);
    data->waitForConnected(kPatience);
    return data;
}

QByteArray CameraSocket::store(const QByteArray &command, const QByteArray &bytes)
{
    const auto data = openData();
    if (!data)
        return {};
    const QByteArray opening = ask(command);
    if (!opening.startsWith("150"))
        return opening;
    data->write(bytes);
    finish(*data);
    return reply();
}

QByteArray CameraSocket::fetch(const QByteArray &command)
{
    const auto data = openData();
    if (!data)
        return {};
    const QByteArray opening = ask(command);
    if (!opening.startsWith("150"))
        return opening;
    QByteArray all;
    while (data->waitForReadyRead(kPatience))
        all += data->readAll();
    all += data->readAll();
    return reply().startsWith("226") ? all : QByteArray();
}

ftp::TlsIdentity makeTlsIdentity(const QTemporaryDir &folder, const QString &name)
{
    const auto made = ftp::loadOrMakeTlsIdentity(folder.filePath(name + QStringLiteral(".pem")),
                                                 folder.filePath(name + QStringLiteral("-key.pem")),
                                                 QStringLiteral("Gatehouse"), 1'700'000'000'000);
    if (!made)
        qFatal("%s", qPrintable(made.error().text));
    return *made;
}

ftp::ServerOptions optionsWith(const ftp::TlsIdentity &identity)
{
    ftp::ServerOptions options;
    options.certificates = identity.certificates;
    options.key = identity.key;
    return options;
}

QByteArray picture(qsizetype bytes)
{
    QByteArray out("\xff\xd8\r\n\n\r\x1a\0\xff\xf4", 10);
    while (out.size() < bytes)
        out.append(char(out.size() * 7)).append("\n", out.size() % 5 == 0 ? 1 : 0);
    return out;
}

quint16 portOf(const QByteArray &reply)
{
    if (reply.startsWith("229")) {
        const QList<QByteArray> parts = reply.split('|');
        return parts.size() == 5 ? quint16(parts[3].toUInt()) : quint16(0);
    }
    if (!reply.startsWith("227"))
        return 0;
    const qsizetype open = reply.indexOf('(');
    const QList<QByteArray> numbers = reply.mid(open + 1, reply.indexOf(')') - open - 1).split(',');
    return numbers.size() == 6 ? quint16(numbers[4].toUInt() * 256 + numbers[5].toUInt()) : quint16(0);
}

void reset(QAbstractSocket &socket)
{
    const linger now = {1, 0};
    ::setsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    socket.abort();
}

void finish(QAbstractSocket &socket)
{
    while (socket.bytesToWrite() > 0 && socket.waitForBytesWritten(kPatience)) {
    }
    socket.disconnectFromHost();
    if (socket.state() != QAbstractSocket::UnconnectedState)
        socket.waitForDisconnected(kPatience);
}

} // namespace gatehouse::tests
