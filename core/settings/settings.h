// What a person may set, as typed structs, kept in one JSON file that is replaced atomically. The table in
// settings/fields.h says where each member is in the file and what it may be; its default is written here.
// Unknown members are kept when saving, so that an older version does not lose a newer one's settings.
// Values: any thread; load and save block on disk.
#pragma once

#include "base/limits.h"
#include "base/result.h"
#include "base/size_text.h"

#include <QHash>
#include <QJsonObject>
#include <QString>
#include <optional>

namespace gatehouse::settings
{

// What one user's connections must keep to.
struct TlsRule {
    bool isRequired = false; // it logs in and sends over TLS only
    QString least;           // "1.0" to "1.3"; empty: the receiver's

    friend bool operator==(const TlsRule &, const TlsRule &) = default;
};

struct Receiver {
    QString bind; // address; empty: the home network's (all private addresses) and loopback
    int port = 2121;
    int passiveFirst = 0; // 0: any free port
    int passiveLast = 0;
    QHash<QString, QString> passiveAddresses; // network in CIDR form -> address told to clients there
    bool anonymous = false;
    QString certificate; // PEM; empty: the self-signed one
    QString certificateKey;
    qint64 maxFileBytes = limits::kDefaultMaxFile;
    QString minTls = QStringLiteral("1.0"); // "1.0" to "1.3"
    QHash<QString, TlsRule> tlsRules;       // by user; none: the receiver's version, TLS or not

    friend bool operator==(const Receiver &, const Receiver &) = default;
};

struct Retention {
    int days = 60;                          // 0: keep until the space is needed
    qint64 reserveBytes = 10 * kBytesPerGb; // free space kept on the disk

    friend bool operator==(const Retention &, const Retention &) = default;
};

struct Settings {
    Receiver receiver;
    Retention retention;
    int eventGapSeconds = 60;
    bool startAtLogIn = false;
    QString theme; // "dark", "light", empty: the system's

    friend bool operator==(const Settings &, const Settings &) = default;

    // Members that are missing have their defaults. Invalid: Error::field is the first wrong one.
    static Result<Settings> fromJson(const QJsonObject &json);
    [[nodiscard]] QJsonObject toJson() const;
    // The members that differ, in their groups: what was changed elsewhere since `before` was read stays so.
    [[nodiscard]] QJsonObject changesSince(const Settings &before) const;
    // These with such changes: members that are left out stay as they are. Invalid as in fromJson().
    [[nodiscard]] Result<Settings> with(const QJsonObject &changes) const;
};

// Whether the receiver must listen again, which ends all sessions, to go from one to the other.
bool needsNewListener(const Settings &before, const Settings &now);

// A missing file gives the defaults. Corrupt: it is no JSON object. Invalid: names the file, the member and
// its range, and Error::field is that member.
Result<Settings> load(const QString &path);

struct LoadedSettings {
    Settings settings;
    std::optional<Error>
        trouble; // why these are not the file's, but the last that were good, or the defaults
};
// For a start, which a file edited by hand must not prevent. What could be read is kept as the last good.
LoadedSettings loadOrLastGood(const QString &path);
Result<void> save(const QString &path, const Settings &settings);

} // namespace gatehouse::settings
