// An HTTP server that misbehaves as a test tells it to: each connection runs the test's handler on a thread
// of its own. Also a proxy that passes requests on to a real server and spoils what it likes. On 127.0.0.1.
#pragma once

#include <QByteArray>
#include <QtGlobal>
#include <atomic>
#include <functional>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

namespace gatehouse::tests
{

// A connected socket, blocking; gives up after a minute. One thread.
class FaultConnection
{
public:
    FaultConnection(int descriptor, int ordinal) : number(ordinal), m_descriptor(descriptor) {}
    ~FaultConnection() { close(); }
    Q_DISABLE_COPY_MOVE(FaultConnection)

    const int number; // counts the server's connections from 0

    // The request's lines up to the empty one; empty: the client has closed.
    QByteArray readHead();
    // Of the head that was read last, as sent; names are matched without regard to case.
    [[nodiscard]] QByteArray header(const QByteArray &name) const;
    [[nodiscard]] QByteArray requestLine() const { return m_head.left(m_head.indexOf("\r\n")); }
    // Up to so many bytes of the body; fewer: the client has closed.
    QByteArray read(qint64 bytes);
    // The whole body of the head that was read last, after 100 if the client waits for it.
    QByteArray readBody();
    // Reads until the client closes; how many bytes.
    qint64 drain();

    void send(const QByteArray &bytes);
    [[nodiscard]] qint64 sent() const { return m_sent; } // bytes that this PC's kernel took
    // So many bytes may wait to be read; without it, the kernel takes whatever is sent at first.
    void limitBuffer(int bytes);
    // status: "503 Slow Down". Adds Content-Length.
    void answer(const QByteArray &status, const QByteArray &body = {}, const QByteArray &headers = {});
    void answerError(const QByteArray &status, const QByteArray &code, const QByteArray &headers = {});
    // Sends the request with this head and body to the server on this port, and returns its whole answer.
    QByteArray forward(quint16 port, const QByteArray &body);

    void reset();
    void close();
    void shutDown();                                               // any thread: ends what blocks
    [[nodiscard]] bool isShutDown() const { return m_isShutDown; } // the server is going away

private:
    bool fill();

    std::mutex m_closing; // a closed descriptor may already be somebody else's
    std::atomic<int> m_descriptor;
    qint64 m_sent = 0;
    std::atomic<bool> m_isShutDown = false;
    QByteArray m_buffer;
    QByteArray m_head;
};

// A port that nobody listens at, and nobody else can get.
class ClosedPort
{
public:
    ClosedPort();
    ~ClosedPort();
    Q_DISABLE_COPY_MOVE(ClosedPort)

    [[nodiscard]] quint16 port() const { return m_port; }

private:
    int m_descriptor;
    quint16 m_port = 0;
};

class FaultServer
{
public:
    using Handler = std::function<void(FaultConnection &)>;

    explicit FaultServer(Handler handler);
    ~FaultServer();
    Q_DISABLE_COPY_MOVE(FaultServer)

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] int connections() const { return m_count; }

private:
    void accept();

    Handler m_handler;
    int m_listener = -1;
    quint16 m_port = 0;
    std::atomic<int> m_count = 0;
    std::mutex m_mutex;
    std::list<FaultConnection> m_connections; // guarded by m_mutex
    std::vector<std::thread> m_threads;       // guarded by m_mutex
    std::thread m_acceptor;
};

} // namespace gatehouse::tests
