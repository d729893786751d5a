// HTTP by libcurl's multi interface on a thread of its own: one easy handle per transfer, connections reused,
// certificates always verified, redirects never followed. It reads the files it sends, so that a slow disk
// slows down transfers, and nothing else. Memory is bounded: 256 kB per active transfer, plus the answers.
// Thread-safe.
#pragma once

#include "s3/http.h"

#include <memory>

namespace gatehouse::s3
{

struct TransportOptions {
    QString proxy =
        {}; // "http://user:password@host:3128", "socks5h://…"; empty: as https_proxy and no_proxy say
    QString caFile = {};         // PEM, trusted in addition to the system's
    int connectTimeout = 10'000; // ms, with the name, TLS and proxy
    int stallTimeout = 30'000;   // ms without progress; twice that at most
    int maxTransfers = 8;        // at a time; others wait in order
    qint64 uploadLimit = 0;      // bytes per second of all bodies together; 0: none
};

class Transport
{
public:
    explicit Transport(const TransportOptions &options);
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
