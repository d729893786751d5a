// A small blocking FTP client for tests, as plain as a camera's. One thread each.
#pragma once

#include <QByteArray>
#include <QTcpSocket>
#include <memory>

namespace gatehouse::tests
{

class FtpClient
{
public:
    // False: the server did not answer as it should; lastReply() tells.
    bool logIn(quint16 port, const QByteArray &user, const QByteArray &password);
    // Sends a command and waits for its reply; empty: the connection is gone or the time is over.
    QByteArray command(const QByteArray &line);
    // Folders are made on the way. True: 226.
    bool store(const QByteArray &path, const QByteArray &bytes);
    // Sends the first `bytes` only and resets the data connection.
    void storeCut(const QByteArray &path, const QByteArray &bytes);
    // A transfer in steps: "STOR name", bytes, end. None: refused.
    std::unique_ptr<QTcpSocket> begin(const QByteArray &transfer);
    static void send(QTcpSocket &data, const QByteArray &bytes);
    QByteArray end(QTcpSocket &data); // its reply
    void quit();
    [[nodiscard]] QByteArray lastReply() const { return m_reply; }

private:
    QByteArray readReply();
    std::unique_ptr<QTcpSocket> openData();
    QByteArray enterFolders(const QByteArray &path); // the file's own name

    std::unique_ptr<QTcpSocket> m_control;
    QByteArray m_reply;
};

} // namespace gatehouse::tests
