// A receiver on its own thread, with a clock that tests advance, and a camera that talks to it over a plain
// blocking socket: tests see the bytes on the wire.
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
    Q_DISABLE_COPY_MOVE(Receiver)

    QTemporaryDir folder;
    DiskBackend backend;
    MovableClock clock;
    ftp::Server *server = nullptr; // lives on m_thread
    quint16 port = 0;
    Result<void> listening;

    // Runs on the receiver's thread, and waits for it.
    void run(const std::function<void()> &job);
    [[nodiscard]] int sessions();

private:
    QThread m_thread;
    QObject m_there; // lives on m_thread
};

// What a receiver reports about its clients from now on. Arrives by this thread's event loop: use QTRY.
class FaultLog
{
public:
    explicit FaultLog(const Receiver &receiver);

    [[nodiscard]] QVector<ftp::Fault> of(FaultKind kind) const;
    [[nodiscard]] qsizetype size() const { return m_seen.size(); }
    [[nodiscard]] qsizetype over(FaultKind kind) const { return m_over.count(kind); }
    [[nodiscard]] QString text() const; // the kinds, in order
    void clear() { m_seen.clear(); }

private:
    QVector<ftp::Fault> m_seen;
    QVector<FaultKind> m_over;
    QObject m_here; // last: disconnects first
};

class CameraSocket
{
public:
    explicit CameraSocket(quint16 port, const QHostAddress &address = QHostAddress::LocalHost,
                          const QHostAddress &from = {});
    ~CameraSocket();
    Q_DISABLE_COPY_MOVE(CameraSocket)

    QSslSocket control;
    void send(const QByteArray &bytes); // verbatim
    // One reply line without its end; empty if the connection ended or on timeout.
    QByteArray line(int ms = 20'000);
    // Sends the command and returns the reply: the lines of a multi-line one, joined by line feeds.
    QByteArray ask(const QByteArray &command);
    QByteArray reply();
    bool logIn(); // reads the greeting, too
    bool startTls();
    [[nodiscard]] bool isClosed(int ms = 20'000); // by the receiver

    // PASV, or EPSV on IPv6; null when refused.
    std::unique_ptr<QSslSocket> openData();
    // A whole upload; returns the last reply.
    QByteArray store(const QByteArray &command, const QByteArray &bytes);
    // The data of LIST, NLST or MLSD.
    QByteArray fetch(const QByteArray &command);
};

// Creates a self-signed certificate in this folder; fails the test on error.
ftp::TlsIdentity makeTlsIdentity(const QTemporaryDir &folder, const QString &name = QStringLiteral("c"));
ftp::ServerOptions optionsWith(const ftp::TlsIdentity &identity);
// Bytes of every kind that a text conversion would alter.
QByteArray picture(qsizetype bytes);
// Port of a 227 or 229 reply, otherwise 0.
quint16 portOf(const QByteArray &reply);
// Closes with a reset.
void reset(QAbstractSocket &socket);
// Sends the rest, then closes cleanly.
void finish(QAbstractSocket &socket);

} // namespace gatehouse::tests
