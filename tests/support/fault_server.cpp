#include "support/fault_server.h"

#include <algorithm>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace gatehouse::tests
{

namespace
{

constexpr time_t kPatience = 60; // seconds
constexpr size_t kChunk = 65'536;

sockaddr_in loopback(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

void limitPatience(int descriptor)
{
    const timeval patience{kPatience, 0};
    ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

} // namespace

bool FaultConnection::fill()
{
    QByteArray chunk(kChunk, Qt::Uninitialized);
    const ssize_t got = ::recv(m_descriptor, chunk.data(), size_t(chunk.size()), 0);
    if (got <= 0)
        return false;
    m_buffer.append(chunk.constData(), got);
    return true;
}

QByteArray FaultConnection::readHead()
{
    qsizetype end = -1;
    while ((end = m_buffer.indexOf("\r\n\r\n")) < 0) {
        if (!fill())
            return {};
    }
    m_head = m_buffer.left(end + 4);
    m_buffer.remove(0, end + 4);
    return m_head;
}

QByteArray FaultConnection::header(const QByteArray &name) const
{
    const qsizetype start = m_head.toLower().indexOf("\r\n" + name.toLower() + ':');
    if (start < 0)
        return {};
    const qsizetype value = start + name.size() + 3;
    return m_head.mid(value, m_head.indexOf("\r\n", value) - value).trimmed();
}

QByteArray FaultConnection::read(qint64 bytes)
{
    while (m_buffer.size() < bytes && fill()) {
    }
    const QByteArray out = m_buffer.left(bytes);
    m_buffer.remove(0, out.size());
    return out;
}

QByteArray FaultConnection::readBody()
{
    if (header("Expect").toLower() == "100-continue")
        send("HTTP/1.1 100 Continue\r\n\r\n");
    return read(header("Content-Length").toLongLong());
}

qint64 FaultConnection::drain()
{
    qint64 bytes = m_buffer.size();
    m_buffer.clear();
    while (fill()) {
        bytes += m_buffer.size();
        m_buffer.clear();
    }
    return bytes;
}

void FaultConnection::send(const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t sent =
            ::send(m_descriptor, bytes.constData() + done, size_t(bytes.size() - done), MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        done += sent;
        m_sent += sent;
    }
}

void FaultConnection::answer(const QByteArray &status, const QByteArray &body, const QByteArray &headers)
{
    send("HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + headers +
         "\r\n" + body);
}

void FaultConnection::answerError(const QByteArray &status, const QByteArray &code, const QByteArray &headers)
{
    answer(status, "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code></Error>",
           "Content-Type: application/xml\r\n" + headers);
}

QByteArray FaultConnection::forward(quint16 port, const QByteArray &body)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    FaultConnection upstream(descriptor, 0);
    limitPatience(descriptor);
    const sockaddr_in address = loopback(port);
    if (::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        return {};
    QByteArray head = m_head;
    head.insert(head.size() - 2, "Connection: close\r\n"); // its end marks the answer's
    if (const qsizetype expect = head.toLower().indexOf("\r\nexpect:"); expect >= 0)
        head.remove(expect, head.indexOf("\r\n", expect + 2) - expect);
    upstream.send(head + body);
    while (upstream.fill()) {
    }
    return upstream.m_buffer;
}

void FaultConnection::limitBuffer(int bytes)
{
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

void FaultConnection::reset()
{
    const linger hard{1, 0};
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    close();
}

void FaultConnection::close()
{
    const std::lock_guard lock(m_closing);
    if (const int descriptor = m_descriptor.exchange(-1); descriptor >= 0)
        ::close(descriptor);
}

void FaultConnection::shutDown()
{
    m_isShutDown = true;
    const std::lock_guard lock(m_closing);
    if (m_descriptor >= 0)
        ::shutdown(m_descriptor, SHUT_RDWR);
}

ClosedPort::ClosedPort() : m_descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(m_descriptor, reinterpret_cast<const sockaddr *>(&address), size) != 0 ||
        ::getsockname(m_descriptor, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        qFatal("no port can be bound");
    m_port = ntohs(address.sin_port);
}

ClosedPort::~ClosedPort()
{
    ::close(m_descriptor);
}

FaultServer::FaultServer(Handler handler) : m_handler(std::move(handler))
{
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(m_listener, reinterpret_cast<const sockaddr *>(&address), size) != 0 ||
        ::listen(m_listener, 64) != 0 ||
        ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        qFatal("the fault server cannot listen");
    m_port = ntohs(address.sin_port);
    m_acceptor = std::thread([this] { accept(); });
}

FaultServer::~FaultServer()
{
    ::shutdown(m_listener, SHUT_RDWR);
    m_acceptor.join();
    ::close(m_listener);
    {
        const std::lock_guard lock(m_mutex);
        for (FaultConnection &connection : m_connections)
            connection.shutDown();
    }
    for (std::thread &thread : m_threads)
        thread.join();
}

void FaultServer::accept()
{
    for (;;) {
        const int descriptor = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (descriptor < 0)
            return;
        limitPatience(descriptor);
        const std::lock_guard lock(m_mutex);
        FaultConnection &connection = m_connections.emplace_back(descriptor, m_count++);
        m_threads.emplace_back([this, &connection] {
            m_handler(connection);
            connection.close();
        });
    }
}

} // namespace gatehouse::tests
