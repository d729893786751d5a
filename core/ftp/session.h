// One control connection: its log-in, its folder, its transfer. It takes commands one after the other;
// while a transfer runs, NOOP, STAT and ABOR are answered at once and everything else waits, so a QUIT
// sent right after a STOR ends the session only after the file is in. What each verb does stands in the
// commands_*.cpp files. Lives on the network thread, is never deleted within its own callbacks.
#pragma once

#include "ftp/data_link.h"
#include "ftp/line_parser.h"
#include "ftp/listing.h"
#include "ftp/session_host.h"
#include "ftp/stream.h"
#include "ftp/transfer.h"

#include <QHostAddress>
#include <optional>

namespace gatehouse::ftp
{

// A transfer was asked for, and no way to make its data connection.
inline constexpr Failure kUnprepared{
    425, QT_TRANSLATE_NOOP("ftp", "Use PASV or PORT first, and connect within 30 s.")};

class Session final : public StreamOwner, public DataLinkOwner, public TransferOwner
{
public:
    // What the client has set, for the verbs.
    struct State {
        QString user;
        AccountId account; // valid: logged in
        QString folder = QStringLiteral("/");
        QString renameFrom; // set by RNFR for the very next command
        qint64 restart = 0; // set by REST for the next transfer
        FactChoice facts;
        bool hasUser = false;
        bool asUtf8 = true;
        bool protectsData = false; // PROT P
        bool onlyExtended = false; // EPSV ALL
        QByteArray password;       // that waits because there were wrong ones before
        int wrongPasswords = 0;
        int unknownCommands = 0;
    };

    Session(SessionHost &host, SessionId id, int descriptor, const QHostAddress &peer);
    ~Session() override;

    void welcome();
    void sweep(qint64 now);
    // Ends at once: the transfer counts as cut. `farewell` may be empty.
    void end(QByteArrayView farewell = {});

    [[nodiscard]] SessionId id() const { return m_id; }
    [[nodiscard]] const QHostAddress &peer() const { return m_peer; }
    [[nodiscard]] const QHostAddress &local(); // this end of the control connection
    [[nodiscard]] bool isLoggedIn() const { return m_state.account.isValid(); }
    [[nodiscard]] bool hasEnded() const { return m_ended; }
    [[nodiscard]] bool isTransferring() const { return m_transfer != nullptr; }
    // An answer is on its way; not while a password waits because there were wrong ones before.
    [[nodiscard]] bool isAwaited() const { return m_suspended && !m_isHeldBack; }
    [[nodiscard]] qint64 outSince() const { return m_outSince; } // elapsed ms: nobody is logged in

    // For the verbs.
    State &state() { return m_state; }
    SessionHost &host() { return m_host; }
    [[nodiscard]] bool isDataPrepared() const { return m_link.isPrepared(); }
    // A port for PASV and EPSV; 0: none is free.
    [[nodiscard]] quint16 offerPort();
    void useActivePort(quint16 port);
    // What was prepared for the next transfer is given up: a passive port is free at once.
    void dropDataLink();
    // How long (ms) it has held passive ports that nobody came to, the one it holds now included, whatever
    // was asked between them; none: it holds none.
    [[nodiscard]] std::optional<qint64> heldPortFor() const;
    void takePortBack();
    void reply(int code, QByteArrayView text) override;
    void replyWhole(int code, QByteArrayView text) override;
    void replyRaw(const QByteArray &lines);
    void startTransfer(std::shared_ptr<Transfer> transfer);
    void abortTransfer();
    void endAfterReplies(); // what is sent still goes out
    [[nodiscard]] bool isTls() const { return m_control.isTls(); }
    [[nodiscard]] TlsVersion tlsVersion() const { return m_control.tlsVersion(); } // isTls()
    void startTls();
    // No further command until resume(): its answer comes later.
    void suspend() { m_suspended = true; }
    void resume();
    // The same, and meanwhile it counts as one that says nothing: until letGo().
    void holdBack();
    void letGo() { m_isHeldBack = false; }
    void logOut(); // it has the whole time to log in again
    // Expires when it ends.
    [[nodiscard]] std::weak_ptr<const void> presence() const { return m_presence; }
    // Brings a result back to this session, if it still is there.
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
    qint64 m_outSince;   // elapsed ms: connected, or logged out again
    qint64 m_lastAction; // elapsed ms: a command, or the end of a transfer
    qint64 m_linkSince = 0;
    qint64 m_offeredAt = 0; // elapsed ms: the passive port
    qint64 m_heldBefore =
        0; // ms: how long it held the ports before that one, since somebody last came to one
    qint64 m_inputEndedAt = 0; // elapsed ms
    std::shared_ptr<const void> m_presence = std::make_shared<char>();
    bool m_linking = false;
    bool m_suspended = false;
    bool m_isHeldBack = false;
    bool m_processing = false;
    bool m_goesOnLater = false;
    bool m_abortAsked = false;
    bool m_inputEnded = false; // the client will send no more; what it has sent is still done
    bool m_ended = false;
};

} // namespace gatehouse::ftp
