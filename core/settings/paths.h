// The locations of all files. Without --data: the XDG folders; with it: all in one folder. Values: any
// thread.
#pragma once

#include <QString>

namespace gatehouse::settings
{

struct Paths {
    QString data;   // catalog, archive
    QString config; // settings, certificate
    QString cache;  // posters and other derivatives, which can be made again
    QString socket; // control socket: absolute, at most 99 bytes, in a folder private to this user

    [[nodiscard]] QString catalog() const { return data + QStringLiteral("/catalog.db"); }
    [[nodiscard]] QString archive() const { return data + QStringLiteral("/archive"); }
    [[nodiscard]] QString settings() const { return config + QStringLiteral("/settings.json"); }
    [[nodiscard]] QString certificate() const { return config + QStringLiteral("/ftps-certificate.pem"); }
    [[nodiscard]] QString certificateKey() const { return config + QStringLiteral("/ftps-key.pem"); }
    [[nodiscard]] QString engineLock() const { return data + QStringLiteral("/engine.lock"); }
    [[nodiscard]] QString windowLock() const { return data + QStringLiteral("/window.lock"); }
    [[nodiscard]] QString openingMark() const { return data + QStringLiteral("/window.opening"); }

    // An empty folder means the XDG folders. Leaves nothing behind; checks on disk where the socket can be
    // created.
    static Paths of(const QString &dataFolder);
};

} // namespace gatehouse::settings
