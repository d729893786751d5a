#include "s3/transport.h"

#include "s3/rate_limiter.h"

#include <QFile>
#include <QUrl>
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <curl/curl.h>
#include <deque>
#include <mutex>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <thread>
#include <vector>

namespace gatehouse::s3
{

namespace
{

constexpr long kUploadBuffer = 256 * 1024; // bytes
constexpr qint64 kMaxHeaders = 64 * 1024;  // bytes of one answer
constexpr qint64 kWatchPeriod = 100;       // ms between looks at cancellations and stalls
constexpr qint64 kSlowestBody = 100;       // bytes per second; a body that moves more slowly has stalled
constexpr int kUnsent = 64 * 1024;         // bytes that the kernel may hold back
constexpr int kUrgentTransfers = 2;        // beyond maxTransfers
constexpr int kIdleWait = 600'000;         // ms; a new request wakes the loop

using SteadyClock = std::chrono::steady_clock;

qint64 microsecondsNow()
{
    return std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now().time_since_epoch())
        .count();
}

qint64 millisecondsNow()
{
    return microsecondsNow() / 1000;
}

void prepareCurl()
{
    static const CURLcode result = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (result != CURLE_OK)
        qFatal("libcurl cannot be initialized: %s", curl_easy_strerror(result));
}

using EasyHandle = std::unique_ptr<CURL, void (*)(CURL *)>;
using MultiHandle = std::unique_ptr<CURLM, CURLMcode (*)(CURLM *)>;
using HeaderList = std::unique_ptr<curl_slist, void (*)(curl_slist *)>;

HttpFault faultOf(CURLcode code, const QString &text)
{
    // libcurl's words for a connection that broke within the handshake, which says nothing about TLS.
    if (code == CURLE_SSL_CONNECT_ERROR && (text.startsWith(QLatin1String("OpenSSL SSL_connect: ")) ||
                                            text.contains(QLatin1String("unexpected eof while reading")) ||
                                            text.startsWith(QLatin1String("Recv failure: ")) ||
                                            text.startsWith(QLatin1String("Send failure: "))))
        return HttpFault::Cut;
    switch (code) {
    case CURLE_OK:
        return HttpFault::None;
    case CURLE_COULDNT_RESOLVE_HOST:
        return HttpFault::Resolve;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY:
        return HttpFault::ProxyTrouble;
    case CURLE_COULDNT_CONNECT:
        return HttpFault::Connect;
    case CURLE_OPERATION_TIMEDOUT:
        return HttpFault::ConnectTimeout; // the only time limit that libcurl keeps itself
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CERTPROBLEM:
        return HttpFault::TlsTrouble;
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2:
    case CURLE_SEND_FAIL_REWIND:
        return HttpFault::Cut;
    default:
        return HttpFault::Other;
    }
}

} // namespace

// Everything below runs on the network thread, except where it says otherwise.
class Transport::Loop
{
public:
    explicit Loop(const TransportOptions &options)
        : m_options((prepareCurl(), options)),
          m_proxy(ProxyAddress::parse(options.proxy).value_or(ProxyAddress())),
          m_uploadLimit(options.uploadLimit)
    {
        curl_multi_setopt(m_multi.get(), CURLMOPT_MAXCONNECTS, long(options.maxTransfers + kUrgentTransfers));
        m_thread = std::thread([this] { run(); });
    }

    ~Loop() // any thread
    {
        m_isStopping = true;
        curl_multi_wakeup(m_multi.get());
        m_thread.join();
    }
    Q_DISABLE_COPY_MOVE(Loop)

    // Any thread.
    void start(HttpRequest request, std::function<void(HttpResponse)> done)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_arrived.push_back({std::move(request), std::move(done)});
        }
        curl_multi_wakeup(m_multi.get());
    }

    // Any thread.
    void setUploadLimit(qint64 bytesPerSecond)
    {
        m_uploadLimit = bytesPerSecond;
        curl_multi_wakeup(m_multi.get());
    }

private:
    struct Job {
        HttpRequest request;
        std::function<void(HttpResponse)> done;
    };

    struct Transfer {
        Job job;
        Loop *loop = nullptr;
        EasyHandle easy{nullptr, &curl_easy_cleanup};
        HeaderList headers{nullptr, &curl_slist_free_all};
        std::unique_ptr<BodyReader> reader;
        HttpResponse response;
        std::array<char, CURL_ERROR_SIZE> errorText{};
        qint64 sent = 0; // of the body
        qint64 headerBytes = 0;
        bool isPaused = false;
        // Progress is judged per window: see isStalled().
        qint64 windowStart = 0; // ms
        qint64 moved = 0;       // bytes that came in the window
        qint64 uploaded = 0;    // bytes of the body that the kernel had taken at the window's start
        bool isMovingBody = false;
    };

    void run()
    {
        // With OpenSSL, libcurl writes to sockets in a way that raises SIGPIPE.
        sigset_t pipe;
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
        pthread_setname_np(pthread_self(), "s3");

        while (!m_isStopping) {
            takeArrived();
            startWaiting();
            applyLimit();
            int running = 0;
            curl_multi_perform(m_multi.get(), &running);
            finishDone();
            watch();
            if (!hasArrived())
                curl_multi_poll(m_multi.get(), nullptr, 0, pollTime(), nullptr);
        }
        stopAll();
    }

    bool hasArrived()
    {
        const std::lock_guard lock(m_mutex);
        return !m_arrived.empty();
    }

    void takeArrived()
    {
        const std::lock_guard lock(m_mutex);
        for (Job &job : m_arrived) {
            const auto isNotUrgent = [](const Job &waiting) { return !waiting.request.isUrgent; };
            const auto at = job.request.isUrgent
                                ? std::find_if(m_waiting.begin(), m_waiting.end(), isNotUrgent)
                                : m_waiting.end();
            m_waiting.insert(at, std::move(job));
        }
        m_arrived.clear();
    }

    bool mayBegin() const
    {
        if (m_waiting.empty())
            return false;
        const int beyond = m_waiting.front().request.isUrgent ? kUrgentTransfers : 0;
        return int(m_active.size()) < m_options.maxTransfers + beyond;
    }

    void startWaiting()
    {
        while (mayBegin()) {
            Job job = std::move(m_waiting.front());
            m_waiting.pop_front();
            begin(std::move(job));
        }
    }

    static void endWithout(const Job &job, HttpFault fault, const QString &text = {})
    {
        HttpResponse response;
        response.fault = fault;
        response.faultText = text;
        job.done(std::move(response));
    }

    void begin(Job job)
    {
        if (job.request.isCancelled())
            return endWithout(job, HttpFault::Cancelled);
        auto transfer = std::make_unique<Transfer>();
        if (job.request.body) {
            auto reader = job.request.body->open();
            if (!reader)
                return endWithout(job, HttpFault::BodyUnreadable, reader.error().text);
            transfer->reader = std::move(*reader);
        }
        transfer->job = std::move(job);
        transfer->loop = this;
        transfer->windowStart = millisecondsNow();
        if (m_idle.empty()) {
            transfer->easy.reset(curl_easy_init());
        } else {
            transfer->easy = std::move(m_idle.back());
            m_idle.pop_back();
        }
        if (!transfer->easy)
            return endWithout(transfer->job, HttpFault::Other);
        if (transfer->job.request.sign)
            transfer->job.request.sign(transfer->job.request);
        configure(*transfer);
        if (curl_multi_add_handle(m_multi.get(), transfer->easy.get()) != CURLM_OK)
            return endWithout(transfer->job, HttpFault::Other);
        m_active.push_back(std::move(transfer));
    }

    void configure(Transfer &transfer)
    {
        CURL *easy = transfer.easy.get();
        const HttpRequest &request = transfer.job.request;
        curl_easy_setopt(easy, CURLOPT_PRIVATE, &transfer);
        curl_easy_setopt(easy, CURLOPT_URL, request.url.constData());
        curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L); // "a/../b" is a key
        curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, long(CURL_HTTP_VERSION_1_1));
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); // a cancelled transfer does not wait for its name
        curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, &Loop::tuneSocket);
        curl_easy_setopt(easy, CURLOPT_SOCKOPTDATA, this);
        curl_easy_setopt(easy, CURLOPT_EXPECT_100_TIMEOUT_MS, long(m_options.continueTimeout));
        curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
        curl_easy_setopt(easy, CURLOPT_USERAGENT, "Gatehouse/" GATEHOUSE_VERSION);
        curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, long(m_options.connectTimeout));
        curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer.errorText.data());
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
        curl_easy_setopt(easy, CURLOPT_SSLVERSION, long(CURL_SSLVERSION_TLSv1_2));
        if (!m_options.caFile.isEmpty())
            curl_easy_setopt(easy, CURLOPT_CAINFO, QFile::encodeName(m_options.caFile).constData());
        curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L); // what the proxy says is not the answer
        if (!m_proxy.address.isEmpty()) {
            curl_easy_setopt(easy, CURLOPT_PROXY, m_proxy.address.constData());
            curl_easy_setopt(easy, CURLOPT_NOPROXY, ""); // what the environment says is about its own proxy
        }
        if (!m_proxy.user.isEmpty()) {
            curl_easy_setopt(easy, CURLOPT_PROXYUSERNAME, m_proxy.user.constData());
            curl_easy_setopt(easy, CURLOPT_PROXYPASSWORD, m_proxy.password.constData());
        }

        curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Loop::takeHeader);
        curl_easy_setopt(easy, CURLOPT_HEADERDATA, &transfer);
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Loop::takeBody);
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
        if (request.method == "HEAD")
            curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
        else if (request.body)
            configureBody(transfer);
        if (request.method != "GET" && request.method != "HEAD")
            curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.constData());

        curl_slist *list = nullptr;
        for (const Header &header : request.headers)
            list = curl_slist_append(list, lineOf(header).constData());
        // By default, libcurl decides itself.
        list = curl_slist_append(list, request.expectsContinue ? "Expect: 100-continue" : "Expect:");
        transfer.headers.reset(list);
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, list);
    }

    // libcurl leaves out a header without a value, unless it is written like this.
    static QByteArray lineOf(const Header &header)
    {
        return header.value.isEmpty() ? header.name + ';' : header.name + ": " + header.value;
    }

    // The kernel takes no more than it can soon send, so that what it has taken shows how fast the line is;
    // and it gives up a dead connection, later than isStalled() does.
    static int tuneSocket(void *user, curl_socket_t socket, curlsocktype purpose)
    {
        if (purpose != CURLSOCKTYPE_IPCXN)
            return CURL_SOCKOPT_OK;
        const unsigned int patience = 2U * unsigned(static_cast<Loop *>(user)->m_options.stallTimeout);
        ::setsockopt(socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &kUnsent, sizeof kUnsent);
        ::setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &patience, sizeof patience);
        return CURL_SOCKOPT_OK;
    }

    static void configureBody(Transfer &transfer)
    {
        CURL *easy = transfer.easy.get();
        curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(transfer.job.request.body->size()));
        curl_easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, kUploadBuffer);
        curl_easy_setopt(easy, CURLOPT_READFUNCTION, &Loop::giveBody);
        curl_easy_setopt(easy, CURLOPT_READDATA, &transfer);
        curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, &Loop::seekBody);
        curl_easy_setopt(easy, CURLOPT_SEEKDATA, &transfer);
    }

    static size_t giveBody(char *to, size_t size, size_t count, void *user)
    {
        Transfer &transfer = *static_cast<Transfer *>(user);
        const qint64 left = transfer.job.request.body->size() - transfer.sent;
        const qint64 wanted = std::min(qint64(size * count), left);
        if (wanted == 0)
            return 0;
        const qint64 granted = transfer.loop->m_limiter.take(wanted, microsecondsNow());
        if (granted == 0) {
            transfer.isPaused = true;
            transfer.loop->m_paused.push_back(&transfer);
            return CURL_READFUNC_PAUSE;
        }
        const qint64 got = transfer.reader->read(to, granted, transfer.sent);
        if (got <= 0) {
            transfer.response.fault = HttpFault::BodyUnreadable;
            return CURL_READFUNC_ABORT;
        }
        transfer.sent += got;
        transfer.isMovingBody = transfer.sent < transfer.job.request.body->size();
        return size_t(got);
    }

    // A reused connection may turn out to be dead: libcurl then begins again on a new one.
    static int seekBody(void *user, curl_off_t offset, int origin)
    {
        if (origin != SEEK_SET)
            return CURL_SEEKFUNC_CANTSEEK;
        static_cast<Transfer *>(user)->sent = offset;
        return CURL_SEEKFUNC_OK;
    }

    static size_t takeHeader(char *from, size_t size, size_t count, void *user)
    {
        Transfer &transfer = *static_cast<Transfer *>(user);
        const QByteArrayView line(from, qsizetype(size * count));
        transfer.moved += line.size();
        transfer.headerBytes += line.size();
        if (transfer.headerBytes > kMaxHeaders) {
            transfer.response.fault = HttpFault::TooLong;
            return 0;
        }
        if (line.startsWith("HTTP/")) {
            transfer.response.headers.clear(); // of a 100 before it
            const QByteArray text = line.toByteArray();
            transfer.response.status = text.mid(text.indexOf(' ') + 1, 3).toInt();
            // A server in trouble may have peers behind the same name that are well.
            if (transfer.response.status >= 500)
                curl_easy_setopt(transfer.easy.get(), CURLOPT_FORBID_REUSE, 1L);
            return size_t(line.size());
        }
        if (const qsizetype colon = line.indexOf(':'); colon > 0)
            transfer.response.headers.push_back({line.first(colon).toByteArray().trimmed().toLower(),
                                                 line.sliced(colon + 1).toByteArray().trimmed()});
        return size_t(line.size());
    }

    static size_t takeBody(char *from, size_t size, size_t count, void *user)
    {
        Transfer &transfer = *static_cast<Transfer *>(user);
        const HttpRequest &request = transfer.job.request;
        HttpResponse &response = transfer.response;
        const QByteArrayView bytes(from, qsizetype(size * count));
        transfer.moved += bytes.size();
        response.received += bytes.size();
        if (request.sink && response.status == request.sinkStatus) {
            transfer.isMovingBody = true;
            if (response.received > request.sinkLimit) {
                response.fault = HttpFault::TooLong;
                return 0;
            }
            if (request.sink(bytes))
                return size_t(bytes.size());
            response.fault = HttpFault::SinkRefused;
            return 0;
        }
        if (response.body.size() + bytes.size() > request.maxAnswer) {
            response.fault = HttpFault::TooLong;
            return 0;
        }
        response.body.append(bytes.data(), bytes.size());
        return size_t(bytes.size());
    }

    void finishDone()
    {
        int left = 0;
        while (const CURLMsg *message = curl_multi_info_read(m_multi.get(), &left)) {
            if (message->msg != CURLMSG_DONE)
                continue;
            Transfer *transfer = nullptr;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
            const CURLcode code = message->data.result;
            if (code != CURLE_OK && transfer->response.fault == HttpFault::None)
                explain(*transfer, code);
            end(*transfer);
        }
    }

    static void explain(Transfer &transfer, CURLcode code)
    {
        HttpResponse &response = transfer.response;
        long refusal = 0;
        curl_easy_getinfo(transfer.easy.get(), CURLINFO_HTTP_CONNECTCODE, &refusal);
        if (refusal >= 400 && response.status == 0) {
            response.fault = refusal < 500 ? HttpFault::ProxyTrouble : HttpFault::Cut;
            response.faultText = QString::number(refusal);
            return;
        }
        response.faultText = QString::fromLocal8Bit(transfer.errorText[0] ? transfer.errorText.data()
                                                                          : curl_easy_strerror(code));
        response.fault = faultOf(code, response.faultText);
        if (response.fault == HttpFault::ProxyTrouble)
            response.faultText.clear(); // it may quote a password from the environment
    }

    void end(Transfer &transfer)
    {
        curl_multi_remove_handle(m_multi.get(), transfer.easy.get());
        std::erase(m_paused, &transfer);
        const auto at = std::find_if(m_active.begin(), m_active.end(),
                                     [&](const auto &one) { return one.get() == &transfer; });
        const std::unique_ptr<Transfer> ended = std::move(*at);
        m_active.erase(at);
        curl_easy_reset(ended->easy.get());
        m_idle.push_back(std::move(ended->easy));
        if (ended->response.status < 200) { // only a 100 came
            ended->response.status = 0;
            ended->response.headers.clear();
        }
        ended->job.done(std::move(ended->response));
    }

    void end(Transfer &transfer, HttpFault fault)
    {
        transfer.response.fault = fault;
        end(transfer);
    }

    void watch()
    {
        const qint64 now = millisecondsNow();
        if (now - m_watched < kWatchPeriod)
            return;
        m_watched = now;
        std::vector<std::pair<Transfer *, HttpFault>> ending;
        for (const auto &transfer : m_active) {
            if (transfer->job.request.isCancelled())
                ending.emplace_back(transfer.get(), HttpFault::Cancelled);
            else if (isStalled(*transfer, now))
                ending.emplace_back(transfer.get(), HttpFault::Stalled);
        }
        for (const auto &[transfer, fault] : ending)
            end(*transfer, fault);
        const auto cancelled = std::stable_partition(
            m_waiting.begin(), m_waiting.end(), [](const Job &job) { return !job.request.isCancelled(); });
        const std::vector<Job> dropped(std::make_move_iterator(cancelled),
                                       std::make_move_iterator(m_waiting.end()));
        m_waiting.erase(cancelled, m_waiting.end());
        for (const Job &job : dropped)
            endWithout(job, HttpFault::Cancelled);
    }

    // libcurl's own check counts a transfer that waits for the bandwidth limit as stalled. A body must move
    // at a pace; while the server thinks, any byte counts.
    bool isStalled(Transfer &transfer, qint64 now) const
    {
        if (now - transfer.windowStart < m_options.stallTimeout && !transfer.isPaused)
            return false;
        curl_off_t uploaded = 0;
        curl_easy_getinfo(transfer.easy.get(), CURLINFO_SIZE_UPLOAD_T, &uploaded);
        const qint64 moved = transfer.moved + std::max<qint64>(0, uploaded - transfer.uploaded);
        const qint64 expected =
            transfer.isMovingBody ? std::max<qint64>(1, kSlowestBody * m_options.stallTimeout / 1000) : 1;
        transfer.windowStart = now;
        transfer.moved = 0;
        transfer.uploaded = uploaded;
        return !transfer.isPaused && moved < expected;
    }

    void applyLimit()
    {
        const qint64 now = microsecondsNow();
        if (const qint64 wanted = m_uploadLimit; wanted != m_limit) {
            m_limit = wanted;
            m_limiter.setRate(wanted, now);
        }
        // Urgent ones continue first, then those that have waited longest.
        qint64 pieces = m_limiter.isLimited() ? m_limiter.pieces(now) : qint64(m_paused.size());
        while (pieces-- > 0 && !m_paused.empty()) {
            const auto urgent = std::find_if(m_paused.begin(), m_paused.end(),
                                             [](const Transfer *one) { return one->job.request.isUrgent; });
            const auto next = urgent == m_paused.end() ? m_paused.begin() : urgent;
            Transfer *transfer = *next;
            m_paused.erase(next);
            transfer->isPaused = false;
            curl_easy_pause(transfer->easy.get(), CURLPAUSE_CONT);
        }
    }

    int pollTime()
    {
        if (m_active.empty() && m_waiting.empty())
            return kIdleWait;
        if (mayBegin())
            return 0;
        if (m_paused.empty())
            return int(kWatchPeriod);
        return int(std::clamp<qint64>((m_limiter.wait(microsecondsNow()) + 999) / 1000, 1, kWatchPeriod));
    }

    void stopAll()
    {
        takeArrived();
        while (!m_active.empty())
            end(*m_active.front(), HttpFault::Cancelled);
        takeArrived();
        for (const Job &job : std::exchange(m_waiting, {}))
            endWithout(job, HttpFault::Cancelled);
    }

    const TransportOptions m_options;
    const ProxyAddress m_proxy;
    MultiHandle m_multi{curl_multi_init(), &curl_multi_cleanup};
    std::vector<EasyHandle> m_idle;
    std::vector<std::unique_ptr<Transfer>> m_active;
    std::deque<Transfer *> m_paused; // by the bandwidth limit, longest first
    std::deque<Job> m_waiting;
    RateLimiter m_limiter;
    qint64 m_limit = 0;
    qint64 m_watched = 0; // ms

    std::atomic<qint64> m_uploadLimit;
    std::atomic<bool> m_isStopping = false;
    std::mutex m_mutex;
    std::vector<Job> m_arrived; // guarded by m_mutex

    std::thread m_thread; // last: uses all of the above
};

std::optional<ProxyAddress> ProxyAddress::parse(const QString &text)
{
    if (text.isEmpty())
        return ProxyAddress();
    const QUrl url(text.contains(QLatin1String("://")) ? text : QLatin1String("http://") + text,
                   QUrl::StrictMode);
    static const QStringList schemes{QStringLiteral("http"),   QStringLiteral("https"),
                                     QStringLiteral("socks4"), QStringLiteral("socks4a"),
                                     QStringLiteral("socks5"), QStringLiteral("socks5h")};
    const bool isPlain = url.path().isEmpty() || url.path() == QLatin1String("/");
    if (!url.isValid() || !schemes.contains(url.scheme()) || url.host().isEmpty() || !isPlain ||
        url.hasQuery() || url.hasFragment())
        return std::nullopt;
    QUrl bare;
    bare.setScheme(url.scheme());
    bare.setHost(url.host());
    bare.setPort(url.port());
    return ProxyAddress{bare.toEncoded(), url.userName(QUrl::FullyDecoded).toUtf8(),
                        url.password(QUrl::FullyDecoded).toUtf8()};
}

Transport::Transport(const TransportOptions &options) : m_loop(std::make_unique<Loop>(options)) {}
Transport::~Transport() = default;

void Transport::start(HttpRequest request, std::function<void(HttpResponse)> done)
{
    m_loop->start(std::move(request), std::move(done));
}

void Transport::setUploadLimit(qint64 bytesPerSecond)
{
    m_loop->setUploadLimit(bytesPerSecond);
}

} // namespace gatehouse::s3
