// A small blocking FTP client for tests, as simple as a camera's. One thread each.
#pragma once

#include <QByteArray>
#include <QTcpSocket>
#include <memory>

namespace gatehouse::tests
{

class FtpClient
{
public:
    // False: unexpected reply, see lastReply().
    bool logIn(quint16 port, const QByteArray &user, const QByteArray &password);
    // Sends a command and waits for its reply; empty: disconnected or timed out.
    QByteArray command(const QByteArray &line);
    // Creates the folders as needed. True: 226.
    bool store(const QByteArray &path, const QByteArray &bytes);
    // Sends only the first `bytes` and resets the data connection.
    void storeCut(const QByteArray &path, const QByteArray &bytes);
    // A transfer in steps: "STOR name", bytes, end. Null: refused.
    std::unique_ptr<QTcpSocket> begin(const QByteArray &transfer);
    static void send(QTcpSocket &data, const QByteArray &bytes);
    QByteArray end(QTcpSocket &data); // its reply
    void quit();
    // Sends these bytes verbatim, reads until nothing more comes, and disconnects with a reset: on the
    // session that has logged in, or on a connection of its own.
    bool sendRaw(const QByteArray &bytes);
    static bool sendRaw(quint16 port, const QByteArray &bytes);
    [[nodiscard]] QByteArray lastReply() const { return m_reply; }

private:
    QByteArray readReply();
    std::unique_ptr<QTcpSocket> openData();
    QByteArray enterFolders(const QByteArray &path); // returns the file's own name

    std::unique_ptr<QTcpSocket> m_control;
    QByteArray m_reply;
};

} // namespace gatehouse::tests
