#include "protocol/camera_login_text.h"

#include "base/messages.h"

namespace gatehouse::protocol
{

QString encryptionText(const CameraLogin &login)
{
    return login.isTlsRequired
               ? Messages::tr("explicit FTPS (AUTH TLS) only, TLS %1 or newer").arg(login.minTls)
               : Messages::tr("plain FTP, or explicit FTPS (AUTH TLS) with TLS %1 or newer")
                     .arg(login.minTls);
}

QString dataPortsText(const CameraLogin &login)
{
    return login.passiveFirst == 0
               ? QString()
               : Messages::tr("%1 to %2")
                     .arg(QString::number(login.passiveFirst), QString::number(login.passiveLast));
}

} // namespace gatehouse::protocol
