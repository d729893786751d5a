#include "support/ftp_client.h"

#include <QList>
#include <sys/socket.h>

namespace gatehouse::tests
{

namespace
{
constexpr int kWaitMs = 30'000;
constexpr int kNothingMoreMs = 500;

void reset(QTcpSocket &socket)
{
    const linger now{1, 0};
    ::setsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    socket.abort();
}
} // namespace

bool FtpClient::logIn(quint16 port, const QByteArray &user, const QByteArray &password)
{
    m_control = std::make_unique<QTcpSocket>();
    m_control->connectToHost(QStringLiteral("127.0.0.1"), port);
    if (!m_control->waitForConnected(kWaitMs) || !readReply().startsWith("220"))
        return false;
    command("USER " + user);
    return command("PASS " + password).startsWith("230") && command("TYPE I").startsWith("200");
}

QByteArray FtpClient::readReply()
{
    while (!m_control->canReadLine()) {
        if (!m_control->waitForReadyRead(kWaitMs)) {
            m_reply.clear();
            return m_reply;
        }
    }
    m_reply = m_control->readLine().trimmed();
    return m_reply;
}

QByteArray FtpClient::command(const QByteArray &line)
{
    m_control->write(line + "\r\n");
    if (!m_control->waitForBytesWritten(kWaitMs) && m_control->state() != QAbstractSocket::ConnectedState)
        return {};
    return readReply();
}

std::unique_ptr<QTcpSocket> FtpClient::openData()
{
    const QByteArray reply = command("EPSV");
    const QByteArrayList parts = reply.split('|');
    if (!reply.startsWith("229") || parts.size() < 4)
        return nullptr;
    auto data = std::make_unique<QTcpSocket>();
    data->connectToHost(QStringLiteral("127.0.0.1"), quint16(parts.at(3).toUInt()));
    return data->waitForConnected(kWaitMs) ? std::move(data) : nullptr;
}

QByteArray FtpClient::enterFolders(const QByteArray &path)
{
    QByteArrayList parts = path.split('/');
    const QByteArray name = parts.takeLast();
    command("CWD /");
    for (const QByteArray &folder : std::as_const(parts)) {
        if (folder.isEmpty() || command("CWD " + folder).startsWith("250"))
            continue;
        command("MKD " + folder);
        command("CWD " + folder);
    }
    return name;
}

std::unique_ptr<QTcpSocket> FtpClient::begin(const QByteArray &transfer)
{
    auto data = openData();
    if (!data || !command(transfer).startsWith("150"))
        return nullptr;
    return data;
}

void FtpClient::send(QTcpSocket &data, const QByteArray &bytes)
{
    data.write(bytes);
    while (data.bytesToWrite() > 0 && data.waitForBytesWritten(kWaitMs)) {
    }
}

QByteArray FtpClient::end(QTcpSocket &data)
{
    data.disconnectFromHost();
    if (data.state() != QAbstractSocket::UnconnectedState)
        data.waitForDisconnected(kWaitMs);
    return readReply();
}

bool FtpClient::store(const QByteArray &path, const QByteArray &bytes)
{
    const auto data = begin("STOR " + enterFolders(path));
    if (!data)
        return false;
    send(*data, bytes);
    return end(*data).startsWith("226");
}

void FtpClient::storeCut(const QByteArray &path, const QByteArray &bytes)
{
    const auto data = begin("STOR " + enterFolders(path));
    if (!data)
        return;
    send(*data, bytes);
    reset(*data);
    readReply();
}

bool FtpClient::sendRaw(const QByteArray &bytes)
{
    m_control->write(bytes);
    const bool isSent = m_control->waitForBytesWritten(kWaitMs);
    const bool isAnswered = bytes.contains("QUIT"); // the server ends it
    while (m_control->waitForReadyRead(isAnswered ? kWaitMs : kNothingMoreMs))
        m_control->readAll();
    reset(*m_control);
    return isSent;
}

bool FtpClient::sendRaw(quint16 port, const QByteArray &bytes)
{
    FtpClient client;
    client.m_control = std::make_unique<QTcpSocket>();
    client.m_control->connectToHost(QStringLiteral("127.0.0.1"), port);
    return client.m_control->waitForConnected(kWaitMs) && client.readReply().startsWith("220") &&
           client.sendRaw(bytes);
}

void FtpClient::quit()
{
    command("QUIT");
    m_control.reset();
}

} // namespace gatehouse::tests
