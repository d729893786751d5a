// What all of the client's requests share: hashing, signing, sending, and the two corrections. Not for users
// of the module.
#pragma once

#include "base/futures.h"
#include "s3/client.h"
#include "s3/failures.h"

#include <QThreadPool>
#include <atomic>
#include <limits>
#include <mutex>

namespace gatehouse::s3
{

// One request, before it is signed.
struct Call {
    QByteArray method;
    QByteArray key = {}; // empty: the bucket
    Query query = {};
    Headers headers = {};
    std::optional<Body> body = {};
    const char *permission = "";
    qint64 maxAnswer = 1 << 20; // bytes
    Sink sink = {};
    int sinkStatus = 200;
    bool isContent = false;
    bool isObject = false; // about an object: the key must not be empty
    bool isUrgent = false;
    qint64 sinkLimit = std::numeric_limits<qint64>::max();
};

class Client::Core
{
public:
    Core(const ClientOptions &options, Endpoint endpoint, const Clock &clock);
    ~Core();
    Q_DISABLE_COPY_MOVE(Core)

    // interpret: Reply<T>(const HttpResponse &, const Call &) for an answer without an error. It runs on the
    // network thread.
    template<typename T, typename Interpret>
    QFuture<Reply<T>> send(Call call, Interpret interpret)
    {
        const SharedPromise<Reply<T>> promise;
        const QFuture<Reply<T>> future = promise.future();
        auto attempt = std::make_shared<Attempt>();
        attempt->call = std::move(call);
        attempt->isCancelled = [future] { return future.isCanceled(); };
        attempt->done = [promise, interpret = std::move(interpret)](const Reply<HttpResponse> &response,
                                                                    const Call &sent) {
            if (response)
                promise.resolve(interpret(*response, sent));
            else
                promise.resolve(tl::unexpected(response.error()));
        };
        hash(std::move(attempt));
        return future;
    }

    [[nodiscard]] RequestContext contextOf(const Call &call) const;

    const ProviderProfile profile;

    [[nodiscard]] Endpoint endpoint() const;
    [[nodiscard]] qint64 clockCorrection() const { return m_correction; }
    [[nodiscard]] qint64 lastSkew() const { return m_lastSkew; }
    [[nodiscard]] std::optional<qint64> knownSkew() const
    {
        return m_isSkewKnown ? std::optional(m_lastSkew.load()) : std::nullopt;
    }
    void setUploadLimit(qint64 bytesPerSecond) { m_transport.setUploadLimit(bytesPerSecond); }

private:
    struct Attempt {
        Call call;
        std::function<bool()> isCancelled;
        std::function<void(const Reply<HttpResponse> &, const Call &)> done;
        bool isClockCorrected = false;
        std::optional<Endpoint> corrected = {}; // in the bucket's region, until it proves right
        qint64 signedAt = 0;                    // UTC ms
        QString signedFor = {};                 // the region
    };
    using AttemptPointer = std::shared_ptr<Attempt>;

    void hash(AttemptPointer attempt);
    void begin(const AttemptPointer &attempt);
    void sign(Attempt &attempt, HttpRequest &request); // on the network thread
    void refuse(const AttemptPointer &attempt, Reason reason, const QString &text = {});
    [[nodiscard]] RequestContext contextOf(const Attempt &attempt) const;
    void answered(const AttemptPointer &attempt, const HttpResponse &response);
    [[nodiscard]] bool correctClock(Attempt &attempt, const S3Error &error, std::optional<qint64> skew);
    [[nodiscard]] bool correctRegion(Attempt &attempt, const S3Error &error);

    const Credentials m_credentials;
    const Clock &m_clock;
    mutable std::mutex m_mutex;
    Endpoint m_endpoint;                  // guarded by m_mutex
    std::atomic<qint64> m_correction = 0; // ms
    std::atomic<qint64> m_lastSkew = 0;   // ms
    std::atomic<bool> m_isSkewKnown = false;
    std::atomic<bool> m_isClosing = false;
    QThreadPool m_hashing;
    Transport m_transport; // last: its thread uses all of the above
};

} // namespace gatehouse::s3
