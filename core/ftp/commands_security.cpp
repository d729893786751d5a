// AUTH, PBSZ, PROT, CCC: explicit FTPS. RFC 2228, RFC 4217.
#include "ftp/session.h"
#include "ftp/verbs.h"

#include <array>

namespace gatehouse::ftp
{

namespace
{
void doAuth(Session &session, const Command &command)
{
    const QByteArray mechanism = command.argument.trimmed().toUpper();
    if (!session.host().tls)
        return session.reply(502, "TLS is not available.");
    if (session.isTls())
        return session.reply(503, "TLS is already active.");
    if (mechanism != "TLS" && mechanism != "TLS-C" && mechanism != "SSL" && mechanism != "TLS-P")
        return session.reply(504, "Use AUTH TLS.");
    session.reply(234, "TLS required.");
    // RFC 4217 4: AUTH discards a login made in the clear.
    session.dropDataLink(); // while its user is known
    session.logOut();
    session.state() = {};
    session.startTls();
}

void doPbsz(Session &session, const Command &)
{
    if (!session.isTls())
        return session.reply(503, "Use AUTH TLS first.");
    session.reply(200, "PBSZ=0");
}

void doProt(Session &session, const Command &command)
{
    const QByteArray level = command.argument.trimmed().toUpper();
    if (!session.isTls())
        return session.reply(503, "Use AUTH TLS first.");
    if (level == "S" || level == "E")
        return session.reply(536, "Only levels C and P are supported.");
    if (level != "C" && level != "P")
        return session.reply(504, "Only levels C and P are supported.");
    session.state().protectsData = level == "P";
    session.reply(200,
                  level == "P" ? "Data connections are encrypted." : "Data connections are not encrypted.");
}

void doCcc(Session &session, const Command &)
{
    session.reply(533, "The control connection stays encrypted.");
}

constexpr std::array kSecurityGroup = {
    Verb{"AUTH", doAuth, false},
    Verb{"PBSZ", doPbsz, false},
    Verb{"PROT", doProt, false},
    Verb{"CCC", doCcc, false},
};
} // namespace

std::span<const Verb> securityVerbs()
{
    return kSecurityGroup;
}

} // namespace gatehouse::ftp
