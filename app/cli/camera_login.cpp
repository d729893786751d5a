#include "app/cli/camera_login.h"

#include "app/cli/support.h"
#include "app/cli/text.h"
#include "base/escaped.h"
#include "protocol/camera_login_text.h"

namespace gatehouse::app
{

namespace
{

QString modeText(const protocol::CameraLogin &login)
{
    const QString ports = protocol::dataPortsText(login);
    return ports.isEmpty() ? Cli::tr("passive (PASV)") : Cli::tr("passive (PASV), data ports %1").arg(ports);
}

QString passwordText(const protocol::CameraLogin &login, PasswordIs password)
{
    if (password == PasswordIs::New)
        return Cli::tr("%1   (shown this once)").arg(login.password);
    if (password == PasswordIs::Given)
        return Cli::tr("as given");
    if (login.isAnonymous)
        return Cli::tr("any");
    return login.isEnabled
               ? Cli::tr("can't be shown; 'gatehouse camera password %1' makes a new one")
                     .arg(login.camera.value)
               : Cli::tr("none yet; 'gatehouse camera password %1' makes one").arg(login.camera.value);
}

} // namespace

void printLogin(const protocol::CameraLogin &login, PasswordIs password, bool isJson)
{
    if (isJson) {
        QJsonObject out = protocol::toJson(login);
        if (password != PasswordIs::New)
            out.remove(QStringLiteral("password"));
        out.insert(QStringLiteral("mode"), QStringLiteral("passive"));
        out.insert(QStringLiteral("path"), QStringLiteral("/"));
        printJson(out);
        return;
    }
    const auto print = [](const QString &name, const QString &value) {
        printLine(QStringLiteral("%1 %2").arg(name.leftJustified(11), value));
    };
    print(Cli::tr("Server:"), login.addresses.value(0, Cli::tr("not connected to a network")));
    for (const QString &address : login.addresses.mid(1))
        print({}, Cli::tr("or %1").arg(address));
    print(Cli::tr("Port:"), QString::number(login.port));
    print(Cli::tr("Mode:"), modeText(login));
    print(Cli::tr("Encryption:"), protocol::encryptionText(login));
    print(Cli::tr("Path:"), QStringLiteral("/"));
    print(Cli::tr("User:"), escaped(login.user));
    print(Cli::tr("Password:"), passwordText(login, password));
    for (const QString &other : login.others)
        print(Cli::tr("Also for:"), escaped(other));
}

} // namespace gatehouse::app
