// Recognizes clients of other protocols by the first bytes they send: a camera set to SFTP, implicit FTPS or
// RTSP would otherwise wait until the login timeout, and nobody would know why. Any thread.
#pragma once

#include <QByteArrayView>
#include <QString>
#include <optional>

namespace gatehouse::ftp
{

struct OtherProtocol {
    bool isTls = false;
    QString name; // "SFTP", "HTTP", …; empty for TLS and for unknown binary ones
};

// None: it may be FTP, or is too short to tell. `head`: everything received so far.
std::optional<OtherProtocol> otherProtocol(QByteArrayView head);
// The beginning of a TLS record: wait for the rest.
bool mayBecomeTls(QByteArrayView head);
// The same for a complete line that is not an FTP command.
std::optional<OtherProtocol> otherProtocolOfLine(QByteArrayView line);

} // namespace gatehouse::ftp
