// The locations of all files. Without --data: the XDG folders; with it: all in one folder. Values: any
// thread.
#pragma once

#include <QString>

namespace gatehouse::settings
{

struct Paths {
    QString data;   // catalog and, unless the settings say another folder, archive
    QString config; // settings, certificate
    QString cache;  // posters and other derivatives, which can be made again
    QString socket; // control socket: absolute, at most 99 bytes, in a folder private to this user
    QString archiveFolder = {}; // from the settings; empty: in `data`

    [[nodiscard]] QString catalog() const { return data + QStringLiteral("/catalog.db"); }
    [[nodiscard]] QString archive() const { return archiveAt(archiveFolder); }
    // Where it is if the settings have this folder.
    [[nodiscard]] QString archiveAt(const QString &folder) const
    {
        return folder.isEmpty() ? data + QStringLiteral("/archive") : folder;
    }
    [[nodiscard]] QString settings() const { return config + QStringLiteral("/settings.json"); }
    [[nodiscard]] QString certificate() const { return config + QStringLiteral("/ftps-certificate.pem"); }
    [[nodiscard]] QString certificateKey() const { return config + QStringLiteral("/ftps-key.pem"); }
    // Folder of what only its owner may read, where there is no keychain.
    [[nodiscard]] QString secrets() const { return config + QStringLiteral("/secrets"); }
    [[nodiscard]] QString engineLock() const { return data + QStringLiteral("/engine.lock"); }
    [[nodiscard]] QString windowLock() const { return data + QStringLiteral("/window.lock"); }
    [[nodiscard]] QString openingMark() const { return data + QStringLiteral("/window.opening"); }

    // An empty folder means the XDG folders. Leaves nothing behind; checks on disk where the socket can be
    // created, and reads the settings for the archive's folder.
    static Paths of(const QString &dataFolder);
};

} // namespace gatehouse::settings
