// The FTP receiver: listens, creates a session per connection, enforces the limits. RFC 959, 1123, 2228,
// 2389, 2428, 2640, 3659, 4217. Lives on the network thread with its event loop.
#pragma once

#include "base/clock.h"
#include "base/fault_kind.h"
#include "base/limits.h"
#include "ftp/backend.h"
#include "ftp/tls_rules.h"

#include <QHash>
#include <QHostAddress>
#include <QObject>
#include <QSslCertificate>
#include <QSslKey>
#include <memory>

namespace gatehouse::ftp
{

struct Limits {
    int sessions = 512;
    int sessionsPerAddress = 64; // an IPv6 /64 counts as one
    // At either limit, sessions that have not logged in are evicted.
    int logInTimeout = 60'000;   // ms to log in
    int idleTimeout = 1'800'000; // ms without a command and without a transfer
    int dataTimeout = 600'000;   // ms without a byte in a transfer
    int connectTimeout = 20'000; // ms to make a data connection
    int passiveTimeout = 30'000; // ms until a passive port that nobody comes to is free again
    int lineLength = 4096;       // bytes of one command
    qint64 fileBytes = limits::kDefaultMaxFile;
    // Per address and user until answers are delayed; ten times as many for an address as a whole.
    int wrongPasswords = 10;
    int forgiveAfter = 3'600'000; // ms until wrong passwords are forgotten
};

struct ServerOptions {
    QVector<QHostAddress> bind; // empty: every address of the PC, IPv4 and IPv6
    quint16 port = 2121;        // 0: any free one (tests)
    quint16 passiveFirst = 0;   // 0: any free one
    quint16 passiveLast = 0;
    QHash<QString, QString> passiveAddresses; // network "192.168.1.0/24" -> address announced there
    QList<QSslCertificate> certificates;      // empty: AUTH TLS is refused
    QSslKey key;
    TlsRules tls;
    Limits limits;
};

// Something a client does wrong, or that keeps it from uploading. Texts from the network are escaped.
struct Fault {
    FaultKind kind = FaultKind::NoLogIn;
    QString user; // empty: it named none
    QHostAddress peer;
    QString detail = {}; // the version, protocol, address or error that the kind is about; may be empty
    QString wanted = {}; // of OldTls: the oldest version allowed
};

// One line of a session's dialogue, for the window that helps to connect a camera. Already escaped; never
// contains a password.
struct Dialogue {
    qint64 at = 0; // UTC ms
    QHostAddress peer;
    QString user;
    bool fromCamera = false;
    QString line;
};

class Server : public QObject
{
    Q_OBJECT

public:
    Server(ServerOptions options, Backend &backend, const Clock &clock, QObject *parent = nullptr);
    ~Server() override;

    // Unavailable: the port is taken; Denied: no permission for a port below 1024. The text says which.
    Result<void> listen();
    // For new logins; existing sessions keep theirs.
    Result<void> useCertificates(const QList<QSslCertificate> &chain, const QSslKey &key);
    // For new logins and transfers.
    void setTlsRules(const TlsRules &rules);
    // The user's password has changed: earlier failures no longer delay logins.
    void forgetWrongPasswords(const QString &user);
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] int sessionCount() const;
    // Ends every session cleanly: uploads in progress count as cut.
    void close();

Q_SIGNALS:
    // A client received the greeting; it has not logged in yet.
    void dialogueOpened(const QHostAddress &peer);
    void loggedIn(gatehouse::AccountId account, const QHostAddress &peer, const QString &user);
    // At each occurrence. A login ends the faults before it.
    void faultSeen(const gatehouse::ftp::Fault &fault);
    // One of those after the login is over.
    void faultOver(const QString &user, gatehouse::FaultKind kind);
    void uploadFailed(const QString &user, const QString &path, const QString &reason);
    // Uploads that this side refused; and the user's first upload accepted after that.
    void uploadRefused(const QString &user, const QString &reason);
    void uploadKeptAgain(const QString &user);
    void dialogue(const gatehouse::ftp::Dialogue &line);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace gatehouse::ftp
