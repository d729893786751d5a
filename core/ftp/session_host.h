// What the server provides to every session. Outlives the last session.
#pragma once

#include "base/clock.h"
#include "ftp/completions.h"
#include "ftp/passive_range.h"
#include "ftp/poller.h"
#include "ftp/server.h"
#include "ftp/throttle.h"
#include "ftp/tls.h"

#include <functional>

namespace gatehouse::ftp
{

class Session;
using SessionId = quint64;

class SessionHost
{
public:
    SessionHost(ServerOptions serverOptions, Backend &uploads, const Clock &time)
        : options(std::move(serverOptions)), backend(uploads), clock(time), completions(poller),
          passiveAddresses(options.passiveAddresses),
          throttle(options.limits.wrongPasswords, options.limits.forgiveAfter), tlsRules(options.tls)
    {
    }
    Q_DISABLE_COPY_MOVE(SessionHost)
    virtual ~SessionHost() = default;

    const ServerOptions options;
    Backend &backend;
    const Clock &clock;
    Poller poller;
    Completions completions;
    const PassiveAddresses passiveAddresses;
    Throttle throttle;
    std::unique_ptr<TlsContext> tls; // null: AUTH TLS is refused
    TlsRules tlsRules;

    // Null once the session has ended: late results must check first.
    [[nodiscard]] virtual Session *find(SessionId id) const = 0;
    virtual void ended(Session &session) = 0;
    // Reclaims an unused passive port for this session when the range is exhausted. False: none found.
    virtual bool freePassivePort(const Session &asking) = 0;
    // On the loop's next turn, or after a delay.
    virtual void later(std::function<void()> call) = 0;
    virtual void callLater(int ms, SessionId id, std::function<void(Session &)> call) = 0;

    [[nodiscard]] virtual bool wantsDialogue() const = 0;
    virtual void notifyDialogue(const Dialogue &line) = 0;
    virtual void notifyLoggedIn(AccountId account, const QHostAddress &peer, const QString &user) = 0;
    virtual void notifyFault(const Fault &fault) = 0;
    // It ended without a login, and nothing else is known. isProbe: at once, and without a command.
    virtual void notifyNoLogIn(const QHostAddress &peer, bool isProbe) = 0;
    // A logged-in user left a passive port without having connected to it. isCertain: it waited for that
    // connection.
    virtual void notifyPassiveUnused(const Fault &fault, bool isCertain) = 0;
    virtual void notifyDataLinked(const QString &user) = 0;
    // The data connection was there; isEmpty: without a byte.
    virtual void notifyUploadEnded(const QString &user, const QHostAddress &peer, bool isEmpty) = 0;
    // isRefused: by this side; otherwise the camera or the network cut it off.
    virtual void notifyUploadFailed(const QString &user, const QString &path, const QString &reason,
                                    bool isRefused) = 0;
    virtual void notifyUploadKept(const QString &user, const QString &path) = 0;
    // A file that is too large, or a name that cannot be stored. path: of the file; null: it is a folder.
    virtual void notifyFileRefused(const Fault &fault, const QString &path) = 0;
    // A stored file was renamed to this.
    virtual void notifyNameKept(const QString &user, const QString &path) = 0;
};

} // namespace gatehouse::ftp
