#include "protocol/camera_fault.h"

#include <QCoreApplication>

namespace gatehouse::protocol
{

namespace
{

struct Faults {
    Q_DECLARE_TR_FUNCTIONS(Faults)
};

FaultText oldTls(const CameraFault &fault)
{
    FaultText out;
    out.brief = Faults::tr("TLS too old since %1");
    out.what = fault.detail.isEmpty()
                   ? Faults::tr("The camera's TLS is too old: %1 or newer is required.").arg(fault.wanted)
                   : Faults::tr("The camera uses TLS %1, but %2 or newer is required.")
                         .arg(fault.detail, fault.wanted);
    out.todo = fault.wanted == QLatin1String("1.0")
                   ? Faults::tr("Update its firmware, or choose no encryption on it.")
                   : Faults::tr("Update its firmware, or allow the older version for this camera.");
    return out;
}

FaultText otherProtocol(const CameraFault &fault)
{
    FaultText out;
    out.brief = fault.detail.isEmpty()
                    ? Faults::tr("Not FTP since %1")
                    : Faults::tr("Speaks %1 since %2").arg(fault.detail, QStringLiteral("%1"));
    out.what = fault.detail.isEmpty() ? Faults::tr("What connects here does not speak FTP.")
                                      : Faults::tr("This camera speaks %1, not FTP.").arg(fault.detail);
    out.todo = Faults::tr("Choose FTP on the camera.");
    return out;
}

FaultText noPassiveData(const CameraFault &fault)
{
    FaultText out;
    out.brief = Faults::tr("No data since %1");
    if (!fault.detail.isEmpty()) {
        out.what =
            Faults::tr("The camera logs in, but sends its data from another address, %1.").arg(fault.detail);
        out.todo = Faults::tr("Let it use one network connection only, or set it to PORT (active).");
        return out;
    }
    out.what =
        Faults::tr("The camera logs in, but never reaches the data port: a firewall or Docker blocks it.");
    out.todo =
        fault.firstPort == 0
            ? Faults::tr(
                  "Set a range of passive ports in the settings and open it, or set the camera to PORT "
                  "(active).")
            : Faults::tr("Open ports %1 to %2, or set the camera to PORT (active).")
                  .arg(QString::number(fault.firstPort), QString::number(fault.lastPort));
    return out;
}

FaultText portRefused(const CameraFault &fault)
{
    FaultText out;
    out.brief = Faults::tr("PORT refused since %1");
    out.what = fault.detail.isEmpty()
                   ? Faults::tr("The camera asks for its data connection (PORT) without an address.")
                   : Faults::tr("The camera asks for its data connection (PORT) to %1, which is not allowed.")
                         .arg(fault.detail);
    out.todo = Faults::tr("Set the camera to PASV (passive).");
    return out;
}

FaultText fileTooLarge(const CameraFault &fault)
{
    return {Faults::tr("File too large since %1"),
            fault.detail.isEmpty()
                ? Faults::tr("The camera sends files that are larger than allowed.")
                : Faults::tr("The camera sends files of more than %1, the most that is allowed.")
                      .arg(fault.detail),
            Faults::tr("Choose shorter recordings on the camera, or raise the limit in the settings.")};
}

FaultText nameRefused(const CameraFault &fault)
{
    return {Faults::tr("Name refused since %1"),
            fault.detail.isEmpty()
                ? Faults::tr("The camera's files can't be stored under the names that it gives them.")
                : Faults::tr("The camera's file can't be stored under the name that it gives it: %1.")
                      .arg(fault.detail),
            Faults::tr("Choose other names for files and folders on the camera.")};
}

} // namespace

QString FaultText::sentences() const
{
    return todo.isEmpty() ? what : what + QLatin1Char(' ') + todo;
}

FaultText textOf(const CameraFault &fault)
{
    switch (fault.kind) {
    case FaultKind::WrongPassword:
        return {Faults::tr("Wrong login since %1"),
                Faults::tr("The camera logs in with a wrong user or password."),
                Faults::tr("Correct both on the camera, or create a new password here.")};
    case FaultKind::NoUserName:
        return {Faults::tr("No user name since %1"), Faults::tr("The camera sends no user name."),
                Faults::tr("Enter the user and the password on the camera.")};
    case FaultKind::NoPassword:
        return {Faults::tr("No password since %1"), Faults::tr("The camera sends no password."),
                Faults::tr("Enter it on the camera, or create a new one here.")};
    case FaultKind::NotEncrypted:
        return {Faults::tr("Unencrypted since %1"),
                Faults::tr("Encryption is required, but the camera does not encrypt."),
                Faults::tr("Choose FTPS (explicit TLS) on the camera.")};
    case FaultKind::OldTls:
        return oldTls(fault);
    case FaultKind::ImplicitTls:
        return {Faults::tr("Implicit FTPS since %1"), Faults::tr("This camera speaks implicit FTPS."),
                Faults::tr("Choose explicit FTPS or none on the camera.")};
    case FaultKind::TlsFailed:
        return {Faults::tr("TLS fails since %1"),
                fault.detail.isEmpty()
                    ? Faults::tr("The camera starts encryption (TLS), but does not complete it.")
                    : Faults::tr("The camera does not complete encryption (TLS): %1.").arg(fault.detail),
                Faults::tr("Turn off the check of certificates on the camera, or choose no encryption.")};
    case FaultKind::OtherProtocol:
        return otherProtocol(fault);
    case FaultKind::NoLogIn:
        return {Faults::tr("No login since %1"), Faults::tr("The camera connects, but does not log in."),
                Faults::tr("Enter the user and the password on the camera, and press its Test button.")};
    case FaultKind::OwnTrouble:
        return {Faults::tr("Can't log in since %1"),
                Faults::tr("The login could not be checked: %1.").arg(fault.detail),
                Faults::tr("The camera may try again.")};
    case FaultKind::NoPassiveData:
        return noPassiveData(fault);
    case FaultKind::NoActiveData:
        return {Faults::tr("No data since %1"),
                Faults::tr("Gatehouse could not reach the camera for the picture (PORT)."),
                Faults::tr("Set the camera to PASV (passive).")};
    case FaultKind::PortRefused:
        return portRefused(fault);
    case FaultKind::EmptyFiles:
        return {Faults::tr("Empty files since %1"), Faults::tr("The camera sends empty files."),
                Faults::tr("Choose PASV or PORT on it instead of \"auto\", then restart it.")};
    case FaultKind::FileTooLarge:
        return fileTooLarge(fault);
    case FaultKind::NameRefused:
        return nameRefused(fault);
    case FaultKind::ClockUnset:
        return {Faults::tr("Clock not set since %1"),
                Faults::tr("The camera's clock is years off, so its recordings are placed at their arrival."),
                Faults::tr("Set the date and time on the camera.")};
    }
    return {};
}

const CameraFault *faultOf(const QVector<CameraFault> &faults, const QString &user, CameraId camera)
{
    const CameraFault *found = nullptr;
    for (const CameraFault &fault : faults) {
        if (fault.user.isEmpty() || fault.user != user || (fault.camera.isValid() && fault.camera != camera))
            continue;
        if (!found || (isReceived(found->kind) && !isReceived(fault.kind)))
            found = &fault;
    }
    return found;
}

} // namespace gatehouse::protocol
