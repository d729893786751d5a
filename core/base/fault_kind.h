// What keeps a camera from being received, or its pictures from being right, as far as the receiver can tell.
// The receiver reports it; protocol/camera_fault.h turns it into sentences. Any thread.
#pragma once

#include <QLatin1String>
#include <QMetaType>
#include <array>

namespace gatehouse
{

enum class FaultKind {
    // Until it has logged in; the user may be unknown.
    WrongPassword, // or user, or uploads are disabled for the account
    NoUserName,    // USER without a name
    NoPassword,    // USER and no PASS, or an empty one
    NotEncrypted,  // TLS is required but not used
    OldTls,        // its TLS version is too old
    ImplicitTls,   // TLS from the first byte: implicit FTPS
    TlsFailed,     // the handshake failed for another reason
    OtherProtocol, // it speaks something else: SSH, HTTP, RTSP, …
    NoLogIn,       // it connects, and that is all
    OwnTrouble,    // the login could not be checked
    // After that.
    NoPassiveData, // it never reaches the port it is given by PASV or EPSV
    NoActiveData,  // it cannot be reached at the port it names by PORT or EPRT
    PortRefused,   // that address or port is not allowed
    EmptyFiles,    // several in a row
    FileTooLarge,  // longer than the settings allow
    NameRefused,   // no file can have the name that it gives
    ClockUnset     // its times are years away
};

// Lower-case names for files, scripts and the control socket, in the order above.
constexpr auto namesOf(FaultKind)
{
    return std::array{
        QLatin1String("wrong_password"), QLatin1String("no_user_name"),    QLatin1String("no_password"),
        QLatin1String("not_encrypted"),  QLatin1String("old_tls"),         QLatin1String("implicit_tls"),
        QLatin1String("tls_failed"),     QLatin1String("other_protocol"),  QLatin1String("no_login"),
        QLatin1String("own_trouble"),    QLatin1String("no_passive_data"), QLatin1String("no_active_data"),
        QLatin1String("port_refused"),   QLatin1String("empty_files"),     QLatin1String("file_too_large"),
        QLatin1String("name_refused"),   QLatin1String("clock_unset")};
}

} // namespace gatehouse

Q_DECLARE_METATYPE(gatehouse::FaultKind)
