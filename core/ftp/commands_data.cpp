// PASV, EPSV, PORT, EPRT: where the data connection is made. RFC 959 4.1.2, RFC 2428, RFC 2577 2 to 4.
#include "base/limits.h"
#include "ftp/session.h"
#include "ftp/verbs.h"

#include <QHostAddress>
#include <array>

namespace gatehouse::ftp
{

namespace
{
constexpr int kFirstActivePort = 1024; // below are the services that bounce attacks target

struct Target {
    QHostAddress address;
    int port = 0;

    [[nodiscard]] QByteArray text() const
    {
        return address.toString().toLatin1() + ", port " + QByteArray::number(port);
    }
};

// "192,168,1,20,4,1"
std::optional<Target> parsePort(const QByteArray &argument)
{
    const QList<QByteArray> parts = argument.trimmed().split(',');
    if (parts.size() != 6)
        return std::nullopt;
    std::array<uint, 6> numbers = {};
    for (size_t i = 0; i < numbers.size(); ++i) {
        bool isNumber = false;
        numbers[i] = parts[qsizetype(i)].trimmed().toUInt(&isNumber);
        if (!isNumber || numbers[i] > 255)
            return std::nullopt;
    }
    return Target{QHostAddress((numbers[0] << 24) | (numbers[1] << 16) | (numbers[2] << 8) | numbers[3]),
                  int(numbers[4] * 256 + numbers[5])};
}

bool isPrivate(const QHostAddress &address)
{
    return address.isNull() || address.isLoopback() || address.isLinkLocal() ||
           address.isUniqueLocalUnicast() || address == QHostAddress(QHostAddress::AnyIPv4) ||
           address.isInSubnet(QHostAddress(0x0a000000U), 8) ||
           address.isInSubnet(QHostAddress(0xac100000U), 12) ||
           address.isInSubnet(QHostAddress(0xc0a80000U), 16) ||
           address.isInSubnet(QHostAddress(0x64400000U), 10);
}

constexpr qsizetype kMaxShownArgument = 60; // bytes

void refusePort(Session &session, const QByteArray &argument, QByteArrayView text)
{
    session.reportFault(FaultKind::PortRefused, QString::fromLatin1(argument.left(kMaxShownArgument)));
    session.reply(501, text);
}

// The connection always goes to the peer. If a private address differs, it is from a camera behind NAT that
// sends its own address; any other difference is a request to connect to a third party and is refused.
void setActive(Session &session, const Target &target)
{
    QHostAddress named = target.address;
    named.setScopeId({});
    QHostAddress peer = session.peer();
    peer.setScopeId({});
    if (target.port < kFirstActivePort || target.port > limits::kMaxPort)
        return refusePort(session, target.text(), "Ports below 1024 are not allowed.");
    if (named != peer && !isPrivate(named))
        return refusePort(session, target.text(), "Data connections are only allowed to your own address.");
    session.useActivePort(quint16(target.port));
    session.reply(200, "OK.");
}

void doPort(Session &session, const Command &command)
{
    if (session.state().onlyExtended)
        return session.reply(503, "Not allowed after EPSV ALL.");
    const auto target = parsePort(command.argument);
    if (!target)
        return refusePort(session, command.argument, "PORT h1,h2,h3,h4,p1,p2");
    setActive(session, *target);
}

// "|1|192.168.1.20|1025|", with any character as the delimiter
void doEprt(Session &session, const Command &command)
{
    if (session.state().onlyExtended)
        return session.reply(503, "Not allowed after EPSV ALL.");
    const QByteArray argument = command.argument.trimmed();
    const QList<QByteArray> parts =
        argument.isEmpty() ? QList<QByteArray>() : argument.split(argument.front());
    if (parts.size() != 5)
        return refusePort(session, command.argument, "EPRT |family|address|port|");
    const bool peerIsIPv4 = session.peer().protocol() == QAbstractSocket::IPv4Protocol;
    if (parts[1] != (peerIsIPv4 ? "1" : "2"))
        return session.reply(522, peerIsIPv4 ? "Use protocol (1)." : "Use protocol (2).");
    bool isNumber = false;
    const Target target{QHostAddress(QString::fromLatin1(parts[2])), parts[3].toInt(&isNumber)};
    const auto family = peerIsIPv4 ? QAbstractSocket::IPv4Protocol : QAbstractSocket::IPv6Protocol;
    if (!isNumber || target.address.protocol() != family)
        return refusePort(session, command.argument, "EPRT |family|address|port|");
    setActive(session, target);
}

quint16 listenForData(Session &session)
{
    const quint16 port = session.offerPort();
    if (port == 0)
        session.reply(425, "No passive port available.");
    return port;
}

void doPasv(Session &session, const Command &)
{
    if (session.state().onlyExtended)
        return session.reply(503, "Not allowed after EPSV ALL.");
    const QHostAddress advertised =
        session.host().passiveAddresses.addressFor(session.peer(), session.local());
    if (session.peer().protocol() != QAbstractSocket::IPv4Protocol)
        return session.reply(425, "Use EPSV over IPv6.");
    const quint16 port = listenForData(session);
    if (port == 0)
        return;
    const quint32 a = advertised.toIPv4Address();
    const QByteArray text = "Entering Passive Mode (" + QByteArray::number(a >> 24) + ',' +
                            QByteArray::number((a >> 16) & 255) + ',' + QByteArray::number((a >> 8) & 255) +
                            ',' + QByteArray::number(a & 255) + ',' + QByteArray::number(port >> 8) + ',' +
                            QByteArray::number(port & 255) + ").";
    session.reply(227, text);
}

void doEpsv(Session &session, const Command &command)
{
    const QByteArray argument = command.argument.trimmed().toUpper();
    if (argument == "ALL") {
        session.state().onlyExtended = true;
        return session.reply(200, "OK.");
    }
    const bool isIPv4 = session.peer().protocol() == QAbstractSocket::IPv4Protocol;
    if (!argument.isEmpty() && argument != (isIPv4 ? "1" : "2"))
        return session.reply(522, isIPv4 ? "Use protocol (1)." : "Use protocol (2).");
    const quint16 port = listenForData(session);
    if (port == 0)
        return;
    const QByteArray text = "Entering Extended Passive Mode (|||" + QByteArray::number(port) + "|)";
    session.reply(229, text);
}

constexpr std::array kDataGroup = {
    Verb{"PASV", doPasv},
    Verb{"EPSV", doEpsv},
    Verb{"PORT", doPort},
    Verb{"EPRT", doEprt},
};
} // namespace

std::span<const Verb> dataVerbs()
{
    return kDataGroup;
}

} // namespace gatehouse::ftp
