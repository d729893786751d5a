// A receiver on its own thread, with a clock that tests move, and a camera that talks to it over a plain
// blocking socket: what is on the wire is what is tested.
#pragma once

#include "fakes/disk_backend.h"
#include "ftp/certificate.h"
#include "ftp/server.h"

#include <QSslSocket>
#include <QTemporaryDir>
#include <QThread>
#include <atomic>

namespace gatehouse::tests
{

// Real time plus what the test adds.
class MovableClock final : public Clock
{
public:
    [[nodiscard]] qint64 now() const override { return m_real.now() + m_added; }
    [[nodiscard]] qint64 elapsed() const override { return m_real.elapsed() + m_added; }
    void add(qint64 ms) { m_added += ms; }

private:
    SystemClock m_real;
    std::atomic<qint64> m_added = 0;
};

class Receiver
{
public:
    explicit Receiver(ftp::ServerOptions options = {});
    ~Receiver();
    Receiver(const Receiver &) = delete;
    Receiver &operator=(const Receiver &) = delete;

    QTemporaryDir folder;
    DiskBackend backend;
    MovableClock clock;
    ftp::Server *server = nullptr; // lives on the thread
    quint16 port = 0;
    Result<void> listening;

    // Runs on the receiver's thread, and waits.
    void run(const std::function<void()> &job);
    [[nodiscard]] int sessions();

private:
    QThread m_thread;
    QObject m_there; // belongs to the thread
};

class CameraSocket
{
public:
    explicit CameraSocket(quint16 port, const QHostAddress &address = QHostAddress::LocalHost,
                          const QHostAddress &from = {});
    ~CameraSocket();
    CameraSocket(const CameraSocket &) = delete;
    CameraSocket &operator=(const CameraSocket &) = delete;

    QSslSocket control;
    void send(const QByteArray &bytes); // as they are
    // One reply line without its end; empty when the connection ended or nothing came in time.
    QByteArray line(int ms = 20'000);
    // Sends "command\r\n" and returns the reply: all lines of a long one, joined by "\n".
    QByteArray ask(const QByteArray &command);
    QByteArray reply();
    bool logIn(); // takes the greeting too
    bool startTls();
    [[nodiscard]] bool isClosed(int ms = 20'000); // by the receiver

    // PASV, or EPSV on IPv6; null when refused.
    std::unique_ptr<QSslSocket> openData();
    // A whole upload; returns the last reply.
    QByteArray store(const QByteArray &command, const QByteArray &bytes);
    // What LIST, NLST or MLSD sends.
    QByteArray fetch(const QByteArray &command);
};

// A self-signed certificate, made in this folder; a failure is the test's.
ftp::TlsIdentity makeTlsIdentity(const QTemporaryDir &folder, const QString &name = QStringLiteral("c"));
ftp::ServerOptions optionsWith(const ftp::TlsIdentity &identity);
// Bytes of every kind that a text conversion would touch.
QByteArray picture(qsizetype bytes);
// Port of a 227 or 229 reply, 0 when it is none.
quint16 portOf(const QByteArray &reply);
// Closes so that the other side gets a reset.
void reset(QAbstractSocket &socket);
// Sends the rest, then closes in order.
void finish(QAbstractSocket &socket);

} // namespace gatehouse::tests
