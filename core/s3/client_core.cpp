#include "s3/client_core.h"

#include "base/escaped.h"
#include "base/messages.h"

#include <algorithm>

namespace gatehouse::s3
{

namespace
{

constexpr int kHashingThreads = 2;
constexpr qint64 kExpectFrom = 1 << 20; // bytes; below it, waiting for the 100 costs more than it saves
constexpr qint64 kSmallBody = 1 << 20;  // bytes
constexpr int kSmall = 1;               // priorities of hashing, above 0
constexpr int kUrgent = 2;

bool isPrintable(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

bool isHeaderName(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
               c == '_' || c == '.';
    });
}

// What must not reach the server: without its key, a request about an object is one about the bucket, and
// without its upload, one about the object. Empty: nothing is wrong.
QString faultIn(const Call &call)
{
    if (call.isObject && call.key.isEmpty())
        return Messages::tr("The object's key is empty.");
    for (const auto &[name, value] : call.query) {
        if (name == "uploadId" && value.isEmpty())
            return Messages::tr("The upload's ID is empty.");
    }
    for (const Header &header : call.headers) {
        if (!isHeaderName(header.name) || !isPrintable(header.value))
            return Messages::tr("The header %1 contains other than printable ASCII characters.")
                .arg(escaped(QString::fromLatin1(header.name)));
    }
    return {};
}

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
    m_hashing.waitForDone(); // what waits for it ends as Cancelled, too
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
            call.isObject,
            std::any_of(call.query.begin(), call.query.end(),
                        [](const auto &one) { return one.first == "uploadId"; }),
            call.isContent,
            m_clock.now(),
            0,
            {},
            std::any_of(call.headers.begin(), call.headers.end(),
                        [](const Header &header) { return header.name.startsWith("x-amz-object-lock-"); })};
}

RequestContext Client::Core::contextOf(const Attempt &attempt) const
{
    RequestContext out = contextOf(attempt.call);
    out.signedAt = attempt.signedAt;
    out.region = attempt.signedFor; // another request may have learned the right one meanwhile
    if (attempt.corrected)
        out.host = QString::fromLatin1(attempt.corrected->host());
    return out;
}

void Client::Core::refuse(const AttemptPointer &attempt, Reason reason, const QString &text)
{
    HttpResponse unsent;
    unsent.faultText = text;
    attempt->done(tl::unexpected(errorOf(reason, unsent, contextOf(attempt->call))), attempt->call);
}

// Hashes must be in the headers, so that a body whose hashes are not known is read twice.
void Client::Core::hash(AttemptPointer attempt)
{
    if (const QString fault = faultIn(attempt->call); !fault.isEmpty())
        return refuse(attempt, Reason::InvalidRequest, fault);
    // What a continuation starts while the client closes must not reach the pool.
    if (m_isClosing || !attempt->call.body || attempt->call.body->hashes().isComplete())
        return begin(attempt);
    const int urgency =
        attempt->call.isUrgent ? kUrgent : (attempt->call.body->size() <= kSmallBody ? kSmall : 0);
    const auto work = [this, attempt = std::move(attempt)] {
        const Result<void> hashed =
            attempt->call.body->hash([&] { return m_isClosing || attempt->isCancelled(); });
        if (hashed)
            return begin(attempt);
        HttpResponse unread;
        unread.fault =
            hashed.error().kind == ErrorKind::Cancelled ? HttpFault::Cancelled : HttpFault::BodyUnreadable;
        unread.faultText = hashed.error().text;
        answered(attempt, unread);
    };
    m_hashing.start(work, urgency);
}

void Client::Core::begin(const AttemptPointer &attempt)
{
    if (m_isClosing)
        return refuse(attempt, Reason::Cancelled);
    const Call &call = attempt->call;
    HttpRequest request;
    request.method = call.method;
    request.sign = [this, attempt](HttpRequest &beginning) { sign(*attempt, beginning); };
    request.isUrgent = call.isUrgent;
    request.body = call.body;
    request.expectsContinue = call.body && profile.expectContinue && call.body->size() >= kExpectFrom;
    request.maxAnswer = call.maxAnswer;
    request.sink = call.sink;
    request.sinkStatus = call.sinkStatus;
    request.sinkLimit = call.sinkLimit;
    request.isCancelled = attempt->isCancelled;
    m_transport.start(std::move(request),
                      [this, attempt](const HttpResponse &response) { answered(attempt, response); });
}

void Client::Core::sign(Attempt &attempt, HttpRequest &request)
{
    const Call &call = attempt.call;
    const Endpoint there = attempt.corrected ? *attempt.corrected : endpoint();
    SignableRequest signable{call.method, there.path(call.key), call.query, call.headers};
    signable.headers.push_back({"Host", there.host()});
    if (call.body) {
        signable.payloadHash = call.body->hashes().sha256.toHex();
        signable.headers.push_back({"Content-MD5", call.body->hashes().md5.toBase64()});
    } else {
        static const QByteArray nothing = sha256Of({}).toHex();
        signable.payloadHash = nothing;
    }
    attempt.signedAt = m_clock.now() + m_correction;
    attempt.signedFor = there.region();
    request.url = there.url(call.key, call.query);
    request.headers =
        Signer(m_credentials, there.region().toLatin1()).signedHeaders(signable, attempt.signedAt);
}

void Client::Core::answered(const AttemptPointer &attempt, const HttpResponse &response)
{
    const RequestContext context = contextOf(*attempt);
    const std::optional<qint64> skew = skewIn(response, context.now);
    if (skew) {
        m_lastSkew = *skew;
        m_isSkewKnown = true;
    }
    const std::optional<S3Error> error = errorIn(response, context);
    if (!error) {
        if (attempt->corrected) {
            const std::lock_guard lock(m_mutex);
            m_endpoint = *attempt->corrected;
        }
        attempt->done(response, attempt->call);
        return;
    }
    if (correctClock(*attempt, *error, skew) || correctRegion(*attempt, *error))
        begin(attempt);
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
    if (error.reason != Reason::WrongRegion || error.region.isEmpty() || attempt.corrected)
        return false;
    auto moved = endpoint().inRegion(error.region);
    if (!moved)
        return false;
    attempt.corrected = std::move(*moved);
    return true;
}

} // namespace gatehouse::s3
