// USER, PASS, ACCT, REIN, QUIT: who the camera is. RFC 959 4.1.1, RFC 2577 5 and 6.
#include "base/byte_name.h"
#include "base/limits.h"
#include "ftp/reply.h"
#include "ftp/session.h"
#include "ftp/verbs.h"

#include <QCoreApplication>
#include <array>

namespace gatehouse::ftp
{

namespace
{
constexpr int kMaxWrongPasswords = 5;

struct Weakness {
    QByteArray answer; // to the camera
    FaultKind fault = FaultKind::NotEncrypted;
    QString is = {}; // TLS versions
    QString wanted = {};
};

// How this connection falls short of the user's TLS rule, if it does.
std::optional<Weakness> weaknessFor(Session &session, const QString &user)
{
    const TlsRules &rules = session.host().tlsRules;
    if (!session.isTls()) {
        if (!rules.isRequiredOf(user))
            return std::nullopt;
        return Weakness{"Use AUTH TLS first."};
    }
    const TlsVersion least = rules.minVersionOf(user);
    if (session.tlsVersion() >= least)
        return std::nullopt;
    const QString is = versionText(session.tlsVersion());
    const QString wanted = versionText(least);
    return Weakness{"TLS " + wanted.toLatin1() + " or newer is required, this is " + is.toLatin1() + '.',
                    FaultKind::OldTls, is, wanted};
}

bool refuseIfTooWeak(Session &session)
{
    auto &state = session.state();
    const auto weakness = weaknessFor(session, state.user);
    if (!weakness)
        return false;
    state.hasUser = false;
    session.reportFault(weakness->fault, weakness->is, weakness->wanted);
    if (++state.wrongPasswords >= kMaxWrongPasswords) // each refusal is reported
        session.end("421 " + weakness->answer + "\r\n");
    else
        session.reply(530, weakness->answer);
    return true;
}

void doUser(Session &session, const Command &command)
{
    auto &state = session.state();
    const QString user = readableName(nameFromBytes(command.argument.trimmed()));
    if (user.isEmpty() || user.size() > limits::kMaxUserName) {
        if (user.isEmpty() && !session.isLoggedIn()) {
            state.user.clear();
            state.hasUser = false;
            session.reportFault(FaultKind::NoUserName);
        }
        return session.reply(501, "User name missing.");
    }
    session.logOut();
    state.folder = QStringLiteral("/");
    state.user = user;
    if (refuseIfTooWeak(session))
        return; // before the password crosses the network in the clear
    state.hasUser = true;
    session.reply(331, "Password required."); // for unknown users, too: reveals nothing
}

void refuseLogIn(Session &session)
{
    auto &state = session.state();
    session.reportFault(state.isPasswordEmpty ? FaultKind::NoPassword : FaultKind::WrongPassword);
    state.hasUser = false;
    if (++state.wrongPasswords >= kMaxWrongPasswords)
        return session.end("421 Too many wrong passwords.\r\n");
    session.reply(530, "Wrong user or password.");
    session.resume();
}

void loggedIn(Session &session, const Result<AccountId> &account)
{
    auto &state = session.state();
    SessionHost &host = session.host();
    if (account) {
        host.throttle.right(session.peer(), state.user, host.clock.elapsed());
        session.logIn(*account);
        session.reply(230, "Logged in.");
        return session.resume();
    }
    if (account.error().kind == ErrorKind::Denied) {
        host.throttle.wrong(session.peer(), state.user, host.clock.elapsed());
        return refuseLogIn(session);
    }
    // Our own failure: after a 530, many cameras give up until somebody re-enters the password.
    session.reportFault(FaultKind::OwnTrouble, account.error().text);
    session.end("421 Temporarily unavailable, try again later.\r\n");
}

void askBackend(Session &session, const QByteArray &password)
{
    session.letGo();
    session.state().isPasswordEmpty = password.isEmpty();
    const auto &user = session.state().user;
    session.await<AccountId>(session.host().backend.logIn(user, password, session.peer(), session.presence()),
                             loggedIn);
}

void doPass(Session &session, const Command &command)
{
    SessionHost &host = session.host();
    if (!session.state().hasUser)
        return session.reply(503, "Use USER first.");
    if (refuseIfTooWeak(session))
        return; // the rules have changed since USER
    // Delay before the password is checked: delaying only wrong ones would reveal the result.
    const int delay = host.throttle.delayOf(session.peer(), session.state().user, host.clock.elapsed());
    if (delay == 0)
        return askBackend(session, command.argument);
    session.holdBack();
    session.state().password = command.argument; // not in the timer, so that it is destroyed with the session
    host.callLater(delay, session.id(),
                   [](Session &late) { askBackend(late, std::exchange(late.state().password, {})); });
}

void doAcct(Session &session, const Command &)
{
    session.reply(202, "ACCT is not required.");
}

void doRein(Session &session, const Command &)
{
    const int wrongPasswords = session.state().wrongPasswords;
    const bool protectsData = session.state().protectsData;
    session.dropDataLink(); // while its user is known
    session.logOut();
    session.state() = {};
    session.state().wrongPasswords = wrongPasswords;
    session.state().protectsData = protectsData;
    session.reply(220, "Ready for new user.");
}

void doQuit(Session &session, const Command &)
{
    session.reply(221, "Goodbye.");
    session.endAfterReplies();
}

constexpr std::array kLogInGroup = {
    Verb{"USER", doUser, false}, Verb{"PASS", doPass, false, true}, Verb{"ACCT", doAcct, false, true},
    Verb{"REIN", doRein, false}, Verb{"QUIT", doQuit, false},
};
} // namespace

std::span<const Verb> logInVerbs()
{
    return kLogInGroup;
}

} // namespace gatehouse::ftp
