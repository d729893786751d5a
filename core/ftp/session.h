// One control connection with its login, folder and transfer. Runs commands one at a time; during a transfer,
// NOOP, STAT and ABOR are answered at once and everything else waits, so a QUIT sent right after a STOR ends
// the session only once the file is in. The verbs are in the commands_*.cpp files. Lives on the network
// thread; never deleted inside its own callbacks.
#pragma once

#include "ftp/data_link.h"
#include "ftp/line_parser.h"
#include "ftp/listing.h"
#include "ftp/other_protocol.h"
#include "ftp/session_host.h"
#include "ftp/stream.h"
#include "ftp/transfer.h"

#include <QHostAddress>
#include <optional>

namespace gatehouse::ftp
{

// A transfer was requested without PASV or PORT.
inline constexpr Failure kUnprepared{
    425, QT_TRANSLATE_NOOP("ftp", "Use PASV or PORT first, and connect within 30 s.")};

class Session final : public StreamOwner, public DataLinkOwner, public TransferOwner
{
public:
    // Parameters set by the client, for the verbs.
    struct State {
        QString user;
        AccountId account; // valid once logged in
        QString folder = QStringLiteral("/");
        QString renameFrom; // set by RNFR for the very next command
        qint64 restart = 0; // set by REST for the next transfer
        FactChoice facts;
        bool hasUser = false;
        bool protectsData = false; // PROT P
        bool onlyExtended = false; // EPSV ALL
        QByteArray password;       // held back because of earlier wrong ones
        int wrongPasswords = 0;
        int unknownCommands = 0;
        bool isPasswordEmpty = false; // of the attempt being checked
    };

    Session(SessionHost &host, SessionId id, int descriptor, const QHostAddress &peer);
    ~Session() override;

    void welcome();
    void sweep(qint64 now);
    // Ends at once: a transfer in progress counts as cut. `farewell` may be empty.
    void end(QByteArrayView farewell = {});
    // The same, for a reason that is not the client's.
    void dismiss(QByteArrayView farewell);

    [[nodiscard]] SessionId id() const { return m_id; }
    [[nodiscard]] const QHostAddress &peer() const { return m_peer; }
    [[nodiscard]] const QHostAddress &local(); // local end of the control connection
    [[nodiscard]] bool isLoggedIn() const { return m_state.account.isValid(); }
    [[nodiscard]] bool hasEnded() const { return m_ended; }
    [[nodiscard]] bool isTransferring() const { return m_transfer != nullptr; }
    // A reply is pending; false while a password is held back because of earlier wrong ones.
    [[nodiscard]] bool isAwaited() const { return m_suspended && !m_isHeldBack; }
    [[nodiscard]] qint64 outSince() const { return m_outSince; } // elapsed ms since which nobody is logged in

    // For the verbs. Faults are reported with the user named so far.
    void reportFault(FaultKind kind, const QString &detail = {}, const QString &wanted = {});
    void logIn(AccountId account);
    State &state() { return m_state; }
    SessionHost &host() { return m_host; }
    [[nodiscard]] bool isDataPrepared() const { return m_link.isPrepared(); }
    // A port for PASV and EPSV; 0: none is free.
    [[nodiscard]] quint16 offerPort();
    void useActivePort(quint16 port);
    // Discards what was prepared for the next transfer: releases a passive port at once.
    void dropDataLink();
    // How long (ms) it has held passive ports without a connection, including the current one, whatever it
    // requested in between; none: it holds no port.
    [[nodiscard]] std::optional<qint64> heldPortFor() const;
    void takePortBack();
    void reply(int code, QByteArrayView text) override;
    void replyWhole(int code, QByteArrayView text) override;
    void replyRaw(const QByteArray &lines);
    void startTransfer(std::shared_ptr<Transfer> transfer);
    void abortTransfer();
    void endAfterReplies(); // flushes pending replies first
    [[nodiscard]] bool isTls() const { return m_control.isTls(); }
    [[nodiscard]] TlsVersion tlsVersion() const { return m_control.tlsVersion(); } // isTls()
    void startTls();
    // Runs no further command until resume(): the reply comes later.
    void suspend() { m_suspended = true; }
    void resume();
    // The same, but the session counts as idle until letGo().
    void holdBack();
    void letGo() { m_isHeldBack = false; }
    void logOut(); // restarts the login timeout
    // Expires when the session ends.
    [[nodiscard]] std::weak_ptr<const void> presence() const { return m_presence; }
    // Delivers a result to this session, if it still exists.
    template<typename T>
    void await(QFuture<Result<T>> future, std::function<void(Session &, const Result<T> &)> done)
    {
        suspend();
        m_host.completions.await<T>(
            std::move(future), [host = &m_host, id = m_id, done = std::move(done)](const Result<T> &result) {
                if (Session *session = host->find(id))
                    done(*session, result);
            });
    }

    void streamReadable(bool lastBytes) override;
    void streamSent() override;
    void dataLinked(int descriptor) override;
    void transferOver() override;

private:
    [[nodiscard]] bool isOtherProtocol();
    void refuseProtocol(const OtherProtocol &spoken);
    void reportTlsTrouble();
    void reportMissingLogIn();
    void reportUnusedPort(bool isCertain);
    void process();
    void goOnLater();
    void run(const Command &command);
    [[nodiscard]] bool isLogInAbandoned(qint64 now);
    void reportLine(bool fromCamera, QByteArrayView line);

    SessionHost &m_host;
    SessionId m_id;
    QHostAddress m_peer;
    QHostAddress m_local;
    Stream m_control;
    DataLink m_link;
    LineParser m_parser;
    State m_state;
    std::shared_ptr<Transfer> m_transfer;
    qint64 m_outSince;   // elapsed ms: when it connected or logged out
    qint64 m_lastAction; // elapsed ms: last command or end of a transfer
    qint64 m_linkSince = 0;
    qint64 m_offeredAt = 0;    // elapsed ms: when the passive port was offered
    qint64 m_heldBefore = 0;   // ms: held before that port, since the last connection
    qint64 m_inputEndedAt = 0; // elapsed ms
    std::shared_ptr<const void> m_presence = std::make_shared<char>();
    bool m_linking = false;
    bool m_heard = false;       // a first command: the client speaks FTP
    bool m_tried = false;       // to do something other than leave
    bool m_hasLoggedIn = false; // at any time
    bool m_isExplained = false; // why it has not
    bool m_isDismissed = false;
    bool m_suspended = false;
    bool m_isHeldBack = false;
    bool m_processing = false;
    bool m_goesOnLater = false;
    bool m_abortAsked = false;
    bool m_inputEnded = false; // the client will send no more; what it has sent is still processed
    bool m_ended = false;
};

} // namespace gatehouse::ftp
