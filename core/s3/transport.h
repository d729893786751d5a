// HTTP by libcurl's multi interface on a thread of its own: one easy handle per transfer, connections reused,
// certificates always verified, redirects never followed. It reads the files it sends, so that a slow disk
// slows down transfers, and nothing else. Memory is bounded: 256 kB per active transfer, plus the answers.
// Thread-safe.
#pragma once

#include "s3/http.h"

#include <memory>
#include <optional>

namespace gatehouse::s3
{

struct TransportOptions {
    // "http://user:password@host:3128", "socks5h://…"; empty: as https_proxy and no_proxy say. See
    // ProxyAddress.
    QString proxy = {};
    QString caFile = {};         // PEM, trusted in place of the system's authorities
    int connectTimeout = 10'000; // ms, with the name, TLS and proxy
    int stallTimeout = 30'000;   // ms without progress; twice that at most
    int continueTimeout = 1000;  // ms that a body waits for the server's 100
    int maxTransfers = 8;        // at a time, and two more that are urgent; others wait in order
    qint64 uploadLimit = 0;      // bytes per second of all bodies together; 0: none
};

// A proxy in the parts that libcurl takes, so that no message of its own can contain the password.
struct ProxyAddress {
    QByteArray address = {}; // "http://host:3128"; empty: none is set
    QByteArray user = {};
    QByteArray password = {};

    // Of http, https, socks4, socks4a, socks5 and socks5h; without a scheme, http. Empty for anything else.
    static std::optional<ProxyAddress> parse(const QString &text);
};

class Transport
{
public:
    explicit Transport(const TransportOptions &options); // whose proxy must be valid
    ~Transport(); // ends what runs and waits as Cancelled, and waits for the thread
    Q_DISABLE_COPY_MOVE(Transport)

    // `done` is called once, on the network thread, and may start the next one.
    void start(HttpRequest request, std::function<void(HttpResponse)> done);
    // Takes effect at once, for running transfers too.
    void setUploadLimit(qint64 bytesPerSecond);

private:
    class Loop;
    std::unique_ptr<Loop> m_loop;
};

} // namespace gatehouse::s3
