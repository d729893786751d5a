// One HTTP exchange, as Transport performs it: no knowledge of S3. Values.
#pragma once

#include "s3/body.h"
#include "s3/signer.h"

#include <functional>
#include <limits>
#include <optional>

namespace gatehouse::s3
{

// Takes what arrives of an object, on the network thread: must not block for long. False: stop the transfer.
using Sink = std::function<bool(QByteArrayView)>;

struct HttpRequest {
    QByteArray method;
    QByteArray url;
    Headers headers;
    std::optional<Body> body;
    // Sets url and headers on the network thread when the transfer begins: a signature lasts for 15 minutes,
    // waiting may take longer.
    std::function<void(HttpRequest &)> sign = {};
    bool isUrgent = false;        // goes before all that wait and are not
    bool expectsContinue = false; // send the body only after the server's 100, or a second without it
    qint64 maxAnswer = 1 << 20;   // bytes of the answer's body that are kept; more is a fault
    Sink sink = {};               // takes the body of an answer with `sinkStatus`
    int sinkStatus = 200;
    qint64 sinkLimit =
        std::numeric_limits<qint64>::max(); // bytes; more is a fault, and the sink gets none of it
    std::function<bool()> isCancelled = [] { return false; }; // asked on the network thread
};

enum class HttpFault {
    None,
    Cancelled,
    Resolve, // the name is unknown
    ProxyTrouble,
    Connect, // refused or unreachable
    ConnectTimeout,
    Stalled, // nothing, or next to nothing, moved for the stall time
    TlsTrouble,
    Cut,     // the connection ended within the exchange
    TooLong, // the answer exceeded maxAnswer or sinkLimit
    SinkRefused,
    BodyUnreadable,
    Other
};

struct HttpResponse {
    int status = 0;      // 0: none came; may be set even with a fault
    Headers headers;     // names in lower case
    QByteArray body;     // without what the sink took
    qint64 received = 0; // bytes, with what the sink took
    HttpFault fault = HttpFault::None;
    QString faultText; // what the file system or the network says; may be empty

    [[nodiscard]] QByteArray header(QByteArrayView name) const // in lower case; empty: none
    {
        for (const Header &one : headers) {
            if (one.name == name)
                return one.value;
        }
        return {};
    }
};

} // namespace gatehouse::s3
