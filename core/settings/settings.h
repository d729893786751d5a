// The settings as typed structs, stored in one JSON file that is replaced atomically. The table in
// settings/fields.h has each member's position in the file and its range; its default is here. Saving keeps
// unknown members, so that an older version does not lose a newer one's settings. Values: any thread; load
// and save block on disk.
#pragma once

#include "base/limits.h"
#include "base/result.h"
#include "base/size_text.h"

#include <QHash>
#include <QJsonObject>
#include <QString>
#include <optional>
#include <utility>

namespace gatehouse::settings
{

// The requirements for one user's connections.
struct TlsRule {
    bool isRequired = false; // accepted only over TLS
    QString least;           // "1.0" to "1.3"; empty: the receiver's

    friend bool operator==(const TlsRule &, const TlsRule &) = default;
};

struct Receiver {
    QString bind; // address; empty: the home network's (all private addresses) and loopback
    int port = 2121;
    int passiveFirst = 0; // 0: any free port
    int passiveLast = 0;
    QHash<QString, QString> passiveAddresses; // network in CIDR form -> address announced to clients there
    bool anonymous = false;
    QString certificate; // PEM; empty: the self-signed one
    QString certificateKey;
    qint64 maxFileBytes = limits::kDefaultMaxFile;
    QString minTls = QStringLiteral("1.0"); // "1.0" to "1.3"
    QHash<QString, TlsRule> tlsRules;       // by user; none: the receiver's version, TLS optional

    // The oldest version that this user's connections may have.
    [[nodiscard]] QString minTlsOf(const QString &user) const
    {
        const QString own = tlsRules.value(user).least;
        return own.isEmpty() ? minTls : own;
    }

    friend bool operator==(const Receiver &, const Receiver &) = default;
};

struct Retention {
    int days = 60;                          // 0: keep until the space is needed
    qint64 reserveBytes = 10 * kBytesPerGb; // free space kept on the disk

    friend bool operator==(const Retention &, const Retention &) = default;
};

// Low-res copies and previews, which can be made again.
struct Copies {
    qint64 maxBytes = 20 * kBytesPerGb;
    bool whenIdle = false; // made before anybody asks

    friend bool operator==(const Copies &, const Copies &) = default;
};

// Copies in an S3 bucket. The secret key is not here: see the module secrets.
struct Offsite {
    QString provider = QStringLiteral("other"); // id of a profile of resources/s3
    QString endpoint;                           // "https://nas.example:9000"; empty: the provider's
    QString region;                             // empty: the provider's default
    QString account;                            // where the provider needs one
    QString bucket;                             // empty: nothing goes off-site
    QString prefix;                             // above the site; empty: none
    QString site;                               // this house's folder in the bucket
    QString accessKey;
    QString caFile;                                // PEM, trusted in addition to the system's; empty: none
    int uploadLimit = 0;                           // bytes per second; 0: none
    QString choice = QStringLiteral("everything"); // "nothing", "stills", "low_res" or "everything"
    // For single cameras, by user and key, which a rebuilt catalog has again, unlike ids.
    QHash<std::pair<QString, QString>, QString> cameras;
    bool isPaused = false;

    [[nodiscard]] bool isSet() const { return !bucket.isEmpty(); }

    friend bool operator==(const Offsite &, const Offsite &) = default;
};

struct Settings {
    Receiver receiver;
    Retention retention;
    QString archiveFolder; // absolute; empty: in the data folder
    Copies copies;
    Offsite offsite;
    int eventGapSeconds = 60;
    bool startAtLogIn = false;
    bool reviewWatched = true; // events that were watched are marked as reviewed
    QString theme;             // "dark", "light", empty: the system's

    friend bool operator==(const Settings &, const Settings &) = default;

    // Missing members get their defaults. Invalid: Error::field is the first wrong one.
    static Result<Settings> fromJson(const QJsonObject &json);
    [[nodiscard]] QJsonObject toJson() const;
    // The members that differ, in their groups: later changes from elsewhere are preserved.
    [[nodiscard]] QJsonObject changesSince(const Settings &before) const;
    // Applies such changes: omitted members stay unchanged. Invalid as in fromJson().
    [[nodiscard]] Result<Settings> with(const QJsonObject &changes) const;
};

// Whether changing from one to the other requires the receiver to restart, which ends all sessions.
bool needsNewListener(const Settings &before, const Settings &now);

// A missing file yields the defaults. Corrupt: not a JSON object. Invalid: names the file, the member and its
// range, and Error::field is that member.
Result<Settings> load(const QString &path);

struct LoadedSettings {
    Settings settings;
    std::optional<Error>
        trouble; // why these are the last good settings, or the defaults, instead of the file's
};
// For startup, which a broken file must not prevent. A readable file is saved as the last good one.
LoadedSettings loadOrLastGood(const QString &path);
// The same settings, for whoever only looks: writes nothing.
Settings peek(const QString &path);
Result<void> save(const QString &path, const Settings &settings);

} // namespace gatehouse::settings
