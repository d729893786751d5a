#include "s3/client_core.h"

#include <algorithm>

namespace gatehouse::s3
{

namespace
{

constexpr int kHashingThreads = 2;
constexpr qint64 kExpectFrom = 1 << 20; // bytes; below it, waiting for the 100 costs more than it saves

} // namespace

Client::Core::Core(const ClientOptions &options, Endpoint endpoint, const Clock &clock)
    : profile(options.profile), m_credentials(options.credentials), m_clock(clock),
      m_endpoint(std::move(endpoint)), m_transport(options.transport)
{
    m_hashing.setMaxThreadCount(kHashingThreads);
}

Client::Core::~Core()
{
    m_isClosing = true;
    m_hashing.clear(); // their futures are cancelled
    m_hashing.waitForDone();
}

Endpoint Client::Core::endpoint() const
{
    const std::lock_guard lock(m_mutex);
    return m_endpoint;
}

RequestContext Client::Core::contextOf(const Call &call) const
{
    const Endpoint there = endpoint();
    return {there.bucket(),
            QString::fromLatin1(there.host()),
            QString::fromLatin1(call.permission),
            !call.key.isEmpty(),
            std::any_of(call.query.begin(), call.query.end(),
                        [](const auto &one) { return one.first == "uploadId"; }),
            call.isContent,
            m_clock.now()};
}

// Hashes must be in the headers, so that a body whose hashes are not known is read twice.
void Client::Core::hash(AttemptPointer attempt)
{
    if (!attempt->call.body || attempt->call.body->hashes().isComplete())
        return sign(attempt);
    m_hashing.start([this, attempt = std::move(attempt)] {
        const Result<void> hashed =
            attempt->call.body->hash([&] { return m_isClosing || attempt->isCancelled(); });
        if (hashed)
            return sign(attempt);
        HttpResponse unread;
        unread.fault =
            hashed.error().kind == ErrorKind::Cancelled ? HttpFault::Cancelled : HttpFault::BodyUnreadable;
        unread.faultText = hashed.error().text;
        answered(attempt, unread);
    });
}

void Client::Core::sign(const AttemptPointer &attempt)
{
    const Call &call = attempt->call;
    const Endpoint there = endpoint();
    SignableRequest signable{call.method, there.path(call.key), call.query, call.headers};
    signable.headers.push_back({"Host", there.host()});
    if (call.body) {
        signable.payloadHash = call.body->hashes().sha256.toHex();
        signable.headers.push_back({"Content-MD5", call.body->hashes().md5.toBase64()});
    } else {
        static const QByteArray nothing = sha256Of({}).toHex();
        signable.payloadHash = nothing;
    }
    HttpRequest request;
    request.method = call.method;
    request.url = there.url(call.key, call.query);
    request.headers = Signer(m_credentials, there.region().toLatin1())
                          .signedHeaders(signable, m_clock.now() + m_correction);
    request.body = call.body;
    request.expectsContinue = call.body && profile.expectContinue && call.body->size() >= kExpectFrom;
    request.maxAnswer = call.maxAnswer;
    request.sink = call.sink;
    request.sinkStatus = call.sinkStatus;
    request.isCancelled = attempt->isCancelled;
    m_transport.start(std::move(request),
                      [this, attempt](const HttpResponse &response) { answered(attempt, response); });
}

void Client::Core::answered(const AttemptPointer &attempt, const HttpResponse &response)
{
    const RequestContext context = contextOf(attempt->call);
    const std::optional<qint64> skew = skewIn(response, context.now);
    if (skew)
        m_lastSkew = *skew;
    const std::optional<S3Error> error = errorIn(response, context);
    if (!error) {
        attempt->done(response, attempt->call);
        return;
    }
    if (correctClock(*attempt, *error, skew) || correctRegion(*attempt, *error))
        sign(attempt);
    else
        attempt->done(tl::unexpected(*error), attempt->call);
}

bool Client::Core::correctClock(Attempt &attempt, const S3Error &error, std::optional<qint64> skew)
{
    if (error.reason != Reason::ClockSkew || !skew || attempt.isClockCorrected)
        return false;
    attempt.isClockCorrected = true;
    m_correction = *skew;
    return true;
}

bool Client::Core::correctRegion(Attempt &attempt, const S3Error &error)
{
    if (error.reason != Reason::WrongRegion || error.region.isEmpty() || attempt.isRegionCorrected)
        return false;
    attempt.isRegionCorrected = true;
    const std::lock_guard lock(m_mutex);
    // Another request may have learned it meanwhile.
    if (auto moved = m_endpoint.inRegion(error.region))
        m_endpoint = std::move(*moved);
    return true;
}

} // namespace gatehouse::s3
