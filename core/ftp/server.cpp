#include "ftp/server.h"

#include "base/escaped.h"
#include "ftp/client_habits.h"
#include "ftp/listener.h"
#include "ftp/session.h"
#include "ftp/session_host.h"
#include "ftp/socket_address.h"
#include "ftp/throttle.h"

#include <QLoggingCategory>
#include <QMetaMethod>
#include <QSet>
#include <QTimer>
#include <algorithm>
#include <functional>
#include <sys/socket.h>
#include <tuple>
#include <unistd.h>
#include <unordered_map>

namespace gatehouse::ftp
{

namespace
{
Q_LOGGING_CATEGORY(logFtp, "gatehouse.ftp", QtInfoMsg)

constexpr int kMaxSweepMs = 1000; // ms
constexpr int kMinSweepMs = 20;
constexpr int kListenBacklog = 128;
constexpr qint64 kMinHoldMs = 2000;  // ms that a session may hold a passive port that others need
constexpr int kMaxEvictedAtOnce = 8; // sessions, when descriptors run short
} // namespace

struct Server::Private final : SessionHost {
    Private(Server &server, ServerOptions serverOptions, Backend &uploads, const Clock &time)
        : SessionHost(std::move(serverOptions), uploads, time), q(server),
          habits([this](const Fault &fault) { emitFault(fault); },
                 [this](const QString &user, FaultKind kind) { Q_EMIT q.faultOver(escaped(user), kind); })
    {
        dialogueSignal = QMetaMethod::fromSignal(&Server::dialogue);
        QObject::connect(&sweepTimer, &QTimer::timeout, &sweepTimer, [this] { sweep(); });
        const Limits &limits = options.limits;
        const int shortest = std::min({limits.logInTimeout, limits.idleTimeout, limits.dataTimeout,
                                       limits.connectTimeout, limits.passiveTimeout, kMaxSweepMs * 4});
        sweepTimer.setInterval(std::max(shortest / 4, kMinSweepMs));
    }

    ~Private() override { closeAll(); }

    Result<void> listenOn(const QHostAddress &address, quint16 port);
    void accepted(int descriptor);
    void refuse(int descriptor, QByteArrayView text);
    bool evict(const QByteArray &onlyOf = {});
    void sweep();
    void closeAll();
    void emitFault(Fault fault);

    [[nodiscard]] Session *find(SessionId id) const override
    {
        const auto found = sessions.find(id);
        return found == sessions.end() ? nullptr : found->second.get();
    }
    void ended(Session &session) override;
    bool freePassivePort(const Session &asking) override;
    void later(std::function<void()> call) override
    {
        QMetaObject::invokeMethod(&poller, std::move(call), Qt::QueuedConnection);
    }
    void callLater(int ms, SessionId id, std::function<void(Session &)> call) override
    {
        QTimer::singleShot(ms, &sweepTimer, [this, id, call = std::move(call)] {
            if (Session *session = find(id))
                call(*session);
        });
    }

    [[nodiscard]] bool wantsDialogue() const override { return q.isSignalConnected(dialogueSignal); }
    void notifyDialogue(const Dialogue &line) override { Q_EMIT q.dialogue(line); }
    void notifyLoggedIn(AccountId account, const QHostAddress &peer, const QString &user) override
    {
        habits.notifyLoggedIn(peer);
        Q_EMIT q.loggedIn(account, peer, escaped(user));
    }
    void notifyFault(const Fault &fault) override { habits.notifyFault(fault); }
    void notifyNoLogIn(const QHostAddress &peer, bool isProbe) override
    {
        habits.notifyNoLogIn(peer, isProbe);
    }
    void notifyPassiveUnused(const Fault &fault, bool isCertain) override
    {
        habits.notifyPassiveUnused(fault, isCertain);
    }
    void notifyDataLinked(const QString &user) override { habits.notifyDataLinked(user); }
    void notifyUploadEnded(const QString &user, const QHostAddress &peer, bool isEmpty) override
    {
        habits.notifyUploadEnded(user, peer, isEmpty);
    }
    void notifyUploadFailed(const QString &user, const QString &path, const QString &reason,
                            bool isRefused) override
    {
        Q_EMIT q.uploadFailed(escaped(user), escaped(path), reason);
        if (!isRefused)
            return;
        refused.insert(user);
        Q_EMIT q.uploadRefused(escaped(user), reason);
    }
    void notifyUploadKept(const QString &user, const QString &path) override
    {
        habits.notifyFileKept(user, path);
        if (refused.remove(user))
            Q_EMIT q.uploadKeptAgain(escaped(user));
    }

    void notifyFileRefused(const Fault &fault, const QString &path) override
    {
        habits.notifyFileRefused(fault, path);
    }
    void notifyNameKept(const QString &user, const QString &path) override
    {
        habits.notifyNameKept(user, path);
    }

    Server &q;
    QMetaMethod dialogueSignal;
    QTimer sweepTimer;
    std::vector<std::unique_ptr<Listener>> listeners;
    std::unordered_map<SessionId, std::shared_ptr<Session>> sessions;
    QHash<QByteArray, int> perAddress; // keyed by addressKey()
    ClientHabits habits;
    QSet<QString> refused; // users whose last upload was refused
    SessionId lastId = 0;
};

void Server::Private::emitFault(Fault fault)
{
    fault.user = escaped(fault.user);
    fault.detail = escaped(fault.detail);
    Q_EMIT q.faultSeen(fault);
}

Result<void> Server::Private::listenOn(const QHostAddress &address, quint16 port)
{
    auto listener = std::make_unique<Listener>([this](int descriptor) { accepted(descriptor); });
    listener->setListenBacklogSize(kListenBacklog);
    if (!listener->listen(address, port)) {
        const QString where = QStringLiteral("ftp/server");
        const QString text = Server::tr("Can't listen for FTP on %1, port %2: %3")
                                 .arg(address.toString(), QString::number(port), listener->errorString());
        if (listener->serverError() == QAbstractSocket::SocketAccessError)
            return fail(ErrorKind::Denied, text, where);
        return fail(ErrorKind::Unavailable, text, where);
    }
    // Out of descriptors: QTcpServer pauses; the sweep resumes it.
    QObject::connect(listener.get(), &QTcpServer::acceptError, &sweepTimer, [this] {
        qCWarning(logFtp, "out of file descriptors for new connections");
        for (int i = 0; i < kMaxEvictedAtOnce && evict(); ++i) {
        }
        sweepTimer.start();
    });
    listeners.push_back(std::move(listener));
    return {};
}

void Server::Private::refuse(int descriptor, QByteArrayView text)
{
    ::send(descriptor, text.data(), size_t(text.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
    ::close(descriptor);
}

void Server::Private::accepted(int descriptor)
{
    const QHostAddress peer = peerAddress(descriptor);
    const QByteArray address = addressKey(peer);
    const Limits &limits = options.limits;
    // Evict from its own address first: no other session ends for a connection that is then refused anyway.
    if (perAddress.value(address) >= limits.sessionsPerAddress && !evict(address))
        return refuse(descriptor, "421 Too many sessions from your address.\r\n");
    if (qsizetype(sessions.size()) >= limits.sessions && !evict())
        return refuse(descriptor, "421 Too many sessions, try again later.\r\n");
    ++perAddress[address];
    const SessionId id = ++lastId;
    const auto session = std::make_shared<Session>(*this, id, descriptor, peer);
    sessions.emplace(id, session);
    if (!sweepTimer.isActive())
        sweepTimer.start();
    session->welcome();
    Q_EMIT q.dialogueOpened(peer);
}

// Ends a session that has not logged in: the oldest one of the address that has the most of them, so that
// opening many connections locks out no camera, whether they are idle or guessing. Within an address, those
// whose password is being checked come last.
bool Server::Private::evict(const QByteArray &onlyOf)
{
    struct Crowd {
        int waiting = 0;
        Session *oldest = nullptr;
        [[nodiscard]] auto rank() const { return std::pair(waiting, oldest->isAwaited() ? 0 : 1); }
    };
    QHash<QByteArray, Crowd> crowds;
    for (const auto &[id, session] : sessions) {
        const QByteArray address = addressKey(session->peer());
        if (session->isLoggedIn() || (!onlyOf.isEmpty() && address != onlyOf))
            continue;
        Crowd &crowd = crowds[address];
        ++crowd.waiting;
        const auto turn = [](const Session &one) {
            return std::tuple(one.isAwaited(), one.outSince(), one.id());
        };
        if (crowd.oldest == nullptr || turn(*session) < turn(*crowd.oldest))
            crowd.oldest = session.get();
    }
    const auto most = std::max_element(crowds.cbegin(), crowds.cend(),
                                       [](const Crowd &a, const Crowd &b) { return a.rank() < b.rank(); });
    if (most == crowds.cend())
        return false;
    most->oldest->dismiss("421 Too many sessions. Log in without delay.\r\n");
    return true;
}

// Prefers a session of the same address, so that a camera with failing data connections affects only itself.
bool Server::Private::freePassivePort(const Session &asking)
{
    Session *best = nullptr;
    const auto rank = [&asking](const Session &one) {
        return std::pair(one.peer() == asking.peer(), *one.heldPortFor());
    };
    for (const auto &[id, session] : sessions) {
        if (session.get() == &asking || session->heldPortFor().value_or(0) < kMinHoldMs)
            continue;
        if (best == nullptr || rank(*best) < rank(*session))
            best = session.get();
    }
    if (best == nullptr)
        return false;
    best->takePortBack();
    return true;
}

void Server::Private::ended(Session &session)
{
    const auto found = sessions.find(session.id());
    if (found == sessions.end())
        return;
    const QByteArray address = addressKey(session.peer());
    if (--perAddress[address] <= 0)
        perAddress.remove(address);
    poller.destroyLater(std::move(found->second));
    sessions.erase(found);
}

void Server::Private::sweep()
{
    const qint64 now = clock.elapsed();
    std::vector<std::shared_ptr<Session>> present; // copied: some may end during the loop
    present.reserve(sessions.size());
    for (const auto &[id, session] : sessions)
        present.push_back(session);
    for (const auto &session : present) {
        if (!session->hasEnded())
            session->sweep(now);
    }
    for (const auto &listener : listeners)
        listener->resumeAccepting();
    if (sessions.empty())
        sweepTimer.stop(); // an idle receiver causes no wakeups
}

void Server::Private::closeAll()
{
    listeners.clear();
    while (!sessions.empty())
        sessions.begin()->second->dismiss("421 Server is shutting down.\r\n");
    sweepTimer.stop();
}

Server::Server(ServerOptions options, Backend &backend, const Clock &clock, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(*this, std::move(options), backend, clock))
{
}

Server::~Server() = default;

Result<void> Server::listen()
{
    if (!d->options.certificates.isEmpty()) {
        if (auto taken = useCertificates(d->options.certificates, d->options.key); !taken)
            return taken;
    }
    QVector<QHostAddress> addresses = d->options.bind;
    if (addresses.isEmpty())
        addresses.append(QHostAddress(QHostAddress::Any));
    // Qt treats "::" as IPv6 only.
    std::replace(addresses.begin(), addresses.end(), QHostAddress(QHostAddress::AnyIPv6),
                 QHostAddress(QHostAddress::Any));
    for (const QHostAddress &address : std::as_const(addresses)) {
        const quint16 wanted = d->listeners.empty() ? d->options.port : port();
        if (auto listening = d->listenOn(address, wanted); !listening) {
            d->listeners.clear();
            return listening;
        }
    }
    return {};
}

Result<void> Server::useCertificates(const QList<QSslCertificate> &chain, const QSslKey &key)
{
    auto tls = TlsContext::make(chain, key);
    if (!tls)
        return tl::unexpected(tls.error());
    d->tls = std::move(*tls);
    return {};
}

void Server::setTlsRules(const TlsRules &rules)
{
    d->tlsRules = rules;
}

void Server::forgetWrongPasswords(const QString &user)
{
    d->throttle.forget(user);
}

quint16 Server::port() const
{
    return d->listeners.empty() ? quint16(0) : d->listeners.front()->serverPort();
}

int Server::sessionCount() const
{
    return int(d->sessions.size());
}

void Server::close()
{
    d->closeAll();
}

} // namespace gatehouse::ftp
