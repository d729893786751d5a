#include "ftp/other_protocol.h"

#include "ftp/verbs.h"

#include <algorithm>

namespace gatehouse::ftp
{

namespace
{

constexpr qsizetype kTlsHeader = 6;   // record header and the type of its first message
constexpr qsizetype kMqttHeader = 12; // up to the protocol's name, with the longest length field
constexpr qsizetype kRtmpHeader = 9;

uchar at(QByteArrayView bytes, qsizetype i)
{
    return uchar(bytes[i]);
}

// RFC 8446 5.1: a handshake record of any version, with a ClientHello; or the hello of SSL 2, which old
// clients send for SSL 3 and TLS 1.0, too (RFC 5246 E.2).
bool isClientHello(QByteArrayView head)
{
    if (head.size() < kTlsHeader)
        return false;
    const bool isRecord = at(head, 0) == 0x16 && at(head, 1) == 3 && at(head, 5) == 1;
    const bool isOldHello = (at(head, 0) & 0x80) != 0 && at(head, 2) == 1 &&
                            (at(head, 3) == 3 || (at(head, 3) == 0 && at(head, 4) == 2));
    return isRecord || isOldHello;
}

// A NetBIOS frame with an SMB message, or its session request (RFC 1002 4.3).
bool isSmb(QByteArrayView head)
{
    if (head.size() < 8)
        return false;
    return (at(head, 0) == 0 && head.sliced(5, 3) == "SMB") ||
           (at(head, 0) == 0x81 && at(head, 1) == 0 && at(head, 2) == 0);
}

bool isMqtt(QByteArrayView head)
{
    const QByteArrayView start = head.first(std::min(head.size(), kMqttHeader));
    return !head.isEmpty() && at(head, 0) == 0x10 && (start.indexOf("MQTT") > 0 || start.indexOf("MQIs") > 0);
}

// C0 and the zeros of C1.
bool isRtmp(QByteArrayView head)
{
    return head.size() >= kRtmpHeader && at(head, 0) == 3 &&
           head.sliced(5, 4) == QByteArrayView("\0\0\0\0", 4);
}

// No text starts like that; Telnet's commands (from 240 on), blanks and line ends do not count.
bool isControl(uchar c)
{
    return c < 0x20 && c != '\t' && c != '\r' && c != '\n';
}

std::optional<OtherProtocol> named(const char *name)
{
    return OtherProtocol{false, QString::fromLatin1(name)};
}

} // namespace

bool mayBecomeTls(QByteArrayView head)
{
    return !head.isEmpty() && head.size() < kTlsHeader && at(head, 0) == 0x16;
}

std::optional<OtherProtocol> otherProtocolOfLine(QByteArrayView line)
{
    if (line.startsWith("SSH-"))
        return named("SFTP");
    const qsizetype blank = line.indexOf(' ');
    if (blank >= 0 && findVerb(line.first(blank).toByteArray().toUpper()) != nullptr)
        return std::nullopt; // with an odd name
    if (line.contains(" RTSP/"))
        return named("RTSP");
    if (line.contains(" SIP/"))
        return named("SIP");
    if (line.contains(" HTTP/"))
        return named("HTTP");
    const QByteArray verb = line.first(std::min<qsizetype>(line.size(), 5)).toByteArray().toUpper();
    if (verb == "EHLO " || verb == "HELO ")
        return named("SMTP");
    return std::nullopt;
}

std::optional<OtherProtocol> otherProtocol(QByteArrayView head)
{
    if (isClientHello(head))
        return OtherProtocol{true, {}};
    if (isSmb(head))
        return named("SMB");
    if (isMqtt(head))
        return named("MQTT");
    if (isRtmp(head))
        return named("RTMP");
    // Enough of it for the ones above to be recognized.
    if (head.size() >= kMqttHeader && isControl(at(head, 0)))
        return named("");
    const qsizetype end = head.indexOf('\n');
    if (end >= 0 || head.startsWith("SSH-"))
        return otherProtocolOfLine(head.first(end >= 0 ? end : head.size()));
    return std::nullopt;
}

} // namespace gatehouse::ftp
