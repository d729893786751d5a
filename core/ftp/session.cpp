#include "ftp/session.h"

#include "base/escaped.h"
#include "ftp/reply.h"
#include "ftp/socket_address.h"
#include "ftp/verbs.h"

#include <QCoreApplication>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace gatehouse::ftp
{

namespace
{
constexpr qsizetype kControlReadBytes = 4096;
constexpr qsizetype kMaxBuffered = 64 << 10; // bytes of queued commands; then TCP holds back
constexpr int kMaxCommandsPerTurn = 16;
constexpr int kMaxUnknownCommands = 20;      // before login: clients of another protocol
constexpr qint64 kProbeMs = 5000;            // ms: a client that is gone by then only looked
constexpr qint64 kStalledMs = 5000;          // ms: one that left a passive port by then tried to reach it
constexpr qint64 kAbandonedSilence = 20'000; // ms: a transfer whose control connection is gone

void setOption(int descriptor, int level, int option)
{
    const int on = 1;
    ::setsockopt(descriptor, level, option, &on, sizeof on);
}
} // namespace

Session::Session(SessionHost &host, SessionId id, int descriptor, const QHostAddress &peer)
    : m_host(host), m_id(id), m_peer(peer), m_control(host.poller, descriptor, *this),
      m_link(host.poller, *this), m_parser(host.options.limits.lineLength), m_outSince(host.clock.elapsed()),
      m_lastAction(m_outSince)
{
    setOption(descriptor, IPPROTO_TCP, TCP_NODELAY);
    setOption(descriptor, SOL_SOCKET, SO_OOBINLINE); // ABOR's Synch arrives as urgent data
    setOption(descriptor, SOL_SOCKET, SO_KEEPALIVE); // a camera that loses power never says so
}

Session::~Session() = default;

void Session::welcome()
{
    reply(220, "Gatehouse FTP ready.");
    m_control.setReading(true);
}

const QHostAddress &Session::local()
{
    if (m_local.isNull())
        m_local = localAddress(m_control.descriptor());
    return m_local;
}

void Session::reportLine(bool fromCamera, QByteArrayView line)
{
    if (!m_host.wantsDialogue())
        return;
    while (!line.isEmpty() && (line.back() == '\n' || line.back() == '\r'))
        line.chop(1);
    m_host.notifyDialogue({m_host.clock.now(), m_peer, m_state.user, fromCamera, escaped(line)});
}

void Session::reply(int code, QByteArrayView text)
{
    replyRaw(replyLine(code, text));
}

void Session::replyWhole(int code, QByteArrayView text)
{
    replyRaw(replyLine(code, text, text.size()));
}

void Session::replyRaw(const QByteArray &lines)
{
    if (m_ended)
        return;
    reportLine(false, lines);
    if (!m_control.send(lines) && m_control.hasUnsent()) {
        // The client does not read its replies. Not at once, because a verb or transfer is on the stack. The
        // next read reveals a broken connection.
        m_host.later([host = &m_host, id = m_id] {
            if (Session *session = host->find(id))
                session->end();
        });
    }
}

void Session::streamReadable(bool)
{
    const Stream::State state = m_control.read(m_parser.buffer(), kControlReadBytes);
    if (state != Stream::State::Open && m_control.isShakingHands())
        reportTlsTrouble();
    if (!m_heard && isOtherProtocol())
        return;
    if (state == Stream::State::Cut && (!m_transfer || m_linking))
        return end();
    if (state != Stream::State::Open && !std::exchange(m_inputEnded, true))
        m_inputEndedAt = m_host.clock.elapsed();
    process();
}

void Session::reportFault(FaultKind kind, const QString &detail, const QString &wanted)
{
    m_isExplained = true;
    m_host.notifyFault({kind, m_state.user, m_peer, detail, wanted});
}

// True: do not parse it. A client of another protocol would wait for the login timeout, and so would the
// person.
bool Session::isOtherProtocol()
{
    const QByteArrayView head = m_parser.unparsed();
    if (mayBecomeTls(head) && !m_control.isTls())
        return true;
    const auto spoken = otherProtocol(head);
    if (spoken)
        refuseProtocol(*spoken);
    return spoken.has_value();
}

void Session::refuseProtocol(const OtherProtocol &spoken)
{
    if (!m_hasLoggedIn)
        reportFault(spoken.isTls ? FaultKind::ImplicitTls : FaultKind::OtherProtocol, spoken.name);
    end(spoken.isTls ? QByteArrayView("500 This port takes plain FTP or AUTH TLS, not implicit FTPS.\r\n")
                     : QByteArrayView("500 This is an FTP server.\r\n"));
}

void Session::reportTlsTrouble()
{
    if (m_isExplained)
        return;
    switch (m_control.tlsTrouble()) {
    case TlsFilter::Trouble::TooOld:
        return reportFault(FaultKind::OldTls, {}, versionText(m_host.tlsRules.floor()));
    case TlsFilter::Trouble::Certificate:
        return reportFault(FaultKind::TlsFailed,
                           QCoreApplication::translate("ftp", "it rejects the certificate"));
    case TlsFilter::Trouble::Ciphers:
        return reportFault(FaultKind::TlsFailed,
                           QCoreApplication::translate("ftp", "no encryption in common"));
    case TlsFilter::Trouble::None:
    case TlsFilter::Trouble::Other:
        break;
    }
    reportFault(FaultKind::TlsFailed);
}

void Session::reportMissingLogIn()
{
    if (m_hasLoggedIn || m_isExplained || m_suspended)
        return;
    if (m_control.isShakingHands())
        return reportTlsTrouble();
    if (m_state.hasUser)
        return reportFault(FaultKind::NoPassword);
    m_isExplained = true;
    m_host.notifyNoLogIn(m_peer, !m_tried && m_host.clock.elapsed() - m_outSince < kProbeMs);
}

void Session::reportUnusedPort(bool isCertain)
{
    m_host.notifyPassiveUnused({FaultKind::NoPassiveData, m_state.user, m_peer,
                                m_link.stranger().isNull() ? QString() : m_link.stranger().toString()},
                               isCertain);
}

void Session::logIn(AccountId account)
{
    m_state.account = account;
    m_hasLoggedIn = true;
    m_host.notifyLoggedIn(account, m_peer, m_state.user);
}

// Runs commands in order; results that are available at once re-enter process().
void Session::process()
{
    if (m_processing)
        return;
    m_processing = true;
    int commands = 0;
    while (!m_ended && !m_suspended && !m_control.hasUnsent() && commands < kMaxCommandsPerTurn) {
        const auto &next = m_parser.next();
        if (!next || (m_transfer && !isAnsweredAtOnce(*next)))
            break;
        run(m_parser.take());
        ++commands;
    }
    m_processing = false;
    if (m_ended)
        return;
    if (commands == kMaxCommandsPerTurn)
        goOnLater();
    else if (m_inputEnded && !m_suspended && !m_transfer && !m_control.hasUnsent())
        return end();
    m_control.setReading(!m_inputEnded && m_parser.buffered() < kMaxBuffered);
}

// Lets other sessions run first, so that a burst of commands, or a client that does not read, holds up
// nobody.
void Session::goOnLater()
{
    if (std::exchange(m_goesOnLater, true))
        return;
    m_host.later([host = &m_host, id = m_id] {
        if (Session *session = host->find(id)) {
            session->m_goesOnLater = false;
            session->process();
        }
    });
}

void Session::streamSent()
{
    process();
}

void Session::run(const Command &command)
{
    m_lastAction = m_host.clock.elapsed();
    if (command.isTooLong) {
        reply(500, "Line too long.");
        if (!isLoggedIn())
            endAfterReplies();
        return;
    }
    const Verb *verb = findVerb(command.verb);
    if (m_host.wantsDialogue())
        reportLine(true, verb != nullptr && verb->isSecret ? command.verb + " ***" : command.line);
    m_heard = true;
    m_tried |= command.verb != "QUIT" && command.verb != "NOOP";
    if (isForeignProtocol(command))
        return refuseProtocol(
            otherProtocolOfLine(command.line).value_or(OtherProtocol{false, QStringLiteral("HTTP")}));
    if (verb == nullptr) {
        reply(500, "Syntax error.");
        if (!isLoggedIn() && ++m_state.unknownCommands >= kMaxUnknownCommands)
            endAfterReplies();
        return;
    }
    if (verb->needsLogIn && !isLoggedIn())
        return reply(530, "Log in with USER and PASS.");
    const QString renameFrom = std::exchange(m_state.renameFrom, {});
    if (verb->followsRename)
        m_state.renameFrom = renameFrom;
    verb->run(*this, command);
}

quint16 Session::offerPort()
{
    const ServerOptions &options = m_host.options;
    dropDataLink();
    const auto listen = [&] {
        return m_link.listen(m_peer, local(), options.passiveFirst, options.passiveLast);
    };
    quint16 port = listen();
    if (port == 0 && m_host.freePassivePort(*this))
        port = listen();
    m_offeredAt = m_host.clock.elapsed();
    return port;
}

void Session::useActivePort(quint16 port)
{
    dropDataLink();
    m_link.setActivePort(port);
}

// Only a connection resets the count: otherwise a client that keeps requesting ports, with PORT, REIN or ABOR
// in between, would never have to give one back.
void Session::dropDataLink()
{
    if (m_link.wasReached())
        m_heldBefore = 0;
    else
        m_heldBefore = heldPortFor().value_or(m_heldBefore);
    if (m_link.holdsPort())
        reportUnusedPort(m_linking);
    m_link.cancel();
}

std::optional<qint64> Session::heldPortFor() const
{
    return m_link.holdsPort() ? std::optional(m_heldBefore + m_host.clock.elapsed() - m_offeredAt)
                              : std::nullopt;
}

void Session::takePortBack()
{
    if (m_link.holdsPort())
        reportUnusedPort(true);
    else if (m_linking)
        reportFault(FaultKind::NoActiveData);
    m_link.cancel();
    m_heldBefore = 0;
    if (!std::exchange(m_linking, false))
        return;
    // Deferred: ending the transfer runs the next command, and a PASV would take the port before the session
    // that it was reclaimed for.
    m_host.later([host = &m_host, id = m_id, weak = std::weak_ptr(m_transfer)] {
        const auto transfer = weak.lock();
        if (Session *session = host->find(id);
            session != nullptr && transfer && session->m_transfer == transfer)
            transfer->refuse({425, QT_TRANSLATE_NOOP("ftp", "No data connection was made.")});
    });
}

void Session::startTransfer(std::shared_ptr<Transfer> transfer)
{
    m_transfer = std::move(transfer);
    if (!m_link.isPrepared())
        return m_transfer->refuse(kUnprepared);
    const auto refuse = [this](const Failure &failure) {
        dropDataLink();
        m_transfer->refuse(failure);
    };
    if (m_state.protectsData && !m_host.tls)
        return refuse({425, QT_TRANSLATE_NOOP("ftp", "TLS is not available.")});
    if (!m_state.protectsData && m_host.tlsRules.isRequiredOf(m_state.user))
        return refuse({521, QT_TRANSLATE_NOOP("ftp", "Data must be encrypted. Use PROT P first.")});
    m_linking = true;
    m_linkSince = m_host.clock.elapsed();
    m_link.open(m_peer, local());
}

void Session::dataLinked(int descriptor)
{
    m_linking = false;
    if (descriptor < 0) {
        if (m_link.isActive())
            reportFault(FaultKind::NoActiveData);
        return m_transfer->refuse({425, QT_TRANSLATE_NOOP("ftp", "Can't open data connection.")});
    }
    if (m_link.wasReached())
        m_heldBefore = 0;
    m_host.notifyDataLinked(m_state.user);
    auto stream = std::make_unique<Stream>(m_host.poller, descriptor, *m_transfer);
    if (m_state.protectsData)
        stream->startTls(*m_host.tls, m_host.tlsRules.minVersionOf(m_state.user));
    m_transfer->start(std::move(stream));
}

void Session::transferOver()
{
    m_lastAction = m_host.clock.elapsed();
    m_host.poller.destroyLater(std::exchange(m_transfer, nullptr));
    if (std::exchange(m_abortAsked, false))
        reply(226, "Transfer aborted.");
    process();
}

void Session::abortTransfer()
{
    if (!m_transfer) {
        dropDataLink();
        return reply(226, "Nothing to abort.");
    }
    m_abortAsked = true;
    if (std::exchange(m_linking, false))
        dropDataLink();
    m_transfer->abort();
}

void Session::startTls()
{
    m_parser.clear();
    m_control.startTls(*m_host.tls, m_host.tlsRules.floor());
}

void Session::resume()
{
    m_suspended = false;
    process();
}

void Session::holdBack()
{
    suspend();
    m_isHeldBack = true;
}

void Session::logOut()
{
    if (!isLoggedIn())
        return; // repeated USER gains no time
    m_state.account = {};
    m_outSince = m_host.clock.elapsed();
}

// Nobody will read the reply, and nothing else is left to do, at least not for long.
bool Session::isLogInAbandoned(qint64 now)
{
    if (!m_inputEnded || !m_suspended || isLoggedIn())
        return false;
    const auto &next = m_parser.next();
    return !next || next->verb == "QUIT" || now - m_inputEndedAt >= kAbandonedSilence;
}

void Session::sweep(qint64 now)
{
    const Limits &limits = m_host.options.limits;
    const int maxHeld = limits.passiveTimeout + (m_linking ? limits.connectTimeout : 0);
    if (isLogInAbandoned(now))
        return end();
    if (heldPortFor().value_or(0) >= maxHeld || (m_linking && now - m_linkSince >= limits.connectTimeout))
        return takePortBack();
    if (m_linking)
        return;
    if (m_transfer) {
        m_transfer->sweep(now, m_inputEnded ? std::min<qint64>(kAbandonedSilence, limits.dataTimeout)
                                            : limits.dataTimeout);
    } else if (!isLoggedIn() && !m_suspended && now - m_outSince >= limits.logInTimeout) {
        end("421 Login timeout.\r\n");
    } else if (!m_suspended && now - m_lastAction >= limits.idleTimeout) {
        end("421 Idle timeout.\r\n");
    }
}

void Session::endAfterReplies()
{
    end();
}

void Session::dismiss(QByteArrayView farewell)
{
    m_isDismissed = true;
    end(farewell);
}

void Session::end(QByteArrayView farewell)
{
    if (m_ended)
        return;
    if (!m_isDismissed) {
        reportMissingLogIn();
        if (m_link.holdsPort())
            reportUnusedPort(m_linking || heldPortFor() >= kStalledMs);
    }
    if (!farewell.isEmpty()) {
        reportLine(false, farewell);
        m_control.send(farewell);
    }
    m_ended = true;
    m_presence.reset();
    if (m_transfer) {
        m_transfer->drop();
        m_host.poller.destroyLater(std::exchange(m_transfer, nullptr));
    }
    m_link.cancel();
    m_control.setReading(false);
    m_control.sendEnd();
    // Unread bytes would turn the close into a reset, and the client might miss the last reply.
    QByteArray unread;
    for (int i = 0; i < 16 && !m_inputEnded && !m_control.isTls(); ++i) {
        unread.resize(0);
        if (m_control.read(unread, kControlReadBytes) != Stream::State::Open || unread.isEmpty())
            break;
    }
    m_host.ended(*this);
}

} // namespace gatehouse::ftp
