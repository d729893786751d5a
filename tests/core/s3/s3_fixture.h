// Clients for tests, and how tests wait for them.
#pragma once

#include "s3/client.h"
#include "support/ceph_server.h"

#include <QFuture>
#include <atomic>
#include <memory>

namespace gatehouse::tests
{

// Real time plus what the test adds: the PC's wrong clock.
class WrongClock final : public Clock
{
public:
    [[nodiscard]] qint64 now() const override { return m_real.now() + m_added; }
    [[nodiscard]] qint64 elapsed() const override { return m_real.elapsed(); }
    void add(qint64 ms) { m_added += ms; }

private:
    SystemClock m_real;
    std::atomic<qint64> m_added = 0;
};

// For a server on this PC, as Ceph's profile describes it; fails the test on error.
s3::ClientOptions optionsFor(const QString &endpoint, const QString &bucket, const S3User &user);
std::unique_ptr<s3::Client> makeClient(const s3::ClientOptions &options, const Clock &clock);
std::unique_ptr<s3::Client> makeClient(const s3::ClientOptions &options); // with the right time

// Waits; an error or a cancellation fails the test and gives an empty value.
template<typename T>
s3::Reply<T> resultOf(QFuture<s3::Reply<T>> future)
{
    future.waitForFinished();
    if (future.resultCount() == 0)
        return tl::unexpected(s3::S3Error{{ErrorKind::Cancelled, QStringLiteral("no result"), {}}});
    return future.result();
}

// Bytes that no compression or mix-up leaves unnoticed; the same for the same number.
QByteArray contentOf(qsizetype bytes, quint32 seed = 1);

// Signs and sends a request that the client has no use for; returns the status. Blocks.
int sendSigned(const QString &endpoint, const S3User &user, const QByteArray &method, const QByteArray &path,
               const s3::Query &query = {}, const QByteArray &body = {}, const s3::Headers &headers = {});
// Fails the test on error.
void createBucket(const CephServer &server, const QString &bucket, bool withLock = false);

} // namespace gatehouse::tests

// A Reply that must hold a value: otherwise the test ends with the error's text.
#define S3_VERIFY(reply)                                                                                     \
    do {                                                                                                     \
        const auto &s3Reply = (reply);                                                                       \
        QVERIFY2(s3Reply.has_value(), qPrintable(s3Reply ? QString() : s3Reply.error().text));               \
    } while (false)
