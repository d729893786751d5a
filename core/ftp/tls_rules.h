// How well a connection must be protected: a rule of the receiver, and others for single users, stricter or
// laxer.
//
// AUTH TLS comes before USER (RFC 4217 4): while the version is negotiated nobody knows whose connection it
// is. So the handshake takes the oldest version that any user may have (floor()), and a user's own rule is
// held against the connection once it is named: at USER, so that a camera which waits for the answer never
// sends its password over a connection that is too weak for it (one that sends all in one blast does), and
// again at PASS. The data connection is made when the user is known; it keeps to the user's own rule from its
// first byte. What a lower floor costs: a session of which no user is known yet may be weaker. Nothing is
// done for such a session. Nobody on the way can bring a better camera down to the floor: both ends confirm
// the versions they offered (RFC 5246 7.4.9, RFC 8446 4.1.3), and the better camera is refused over a worse
// version all the same. A rule on versions says nothing of connections without TLS; those are refused only
// where it is required. Values: any thread.
#pragma once

#include <QHash>
#include <QString>
#include <optional>

namespace gatehouse::ftp
{

enum class TlsVersion { V1_0, V1_1, V1_2, V1_3 };

// "1.2"
QString versionText(TlsVersion version);
// None: it is none of "1.0" to "1.3".
std::optional<TlsVersion> versionFrom(const QString &text);

struct TlsRule {
    bool isRequired = false;         // it logs in and sends over TLS only
    std::optional<TlsVersion> least; // none: the receiver's

    friend bool operator==(const TlsRule &, const TlsRule &) = default;
};

struct TlsRules {
    TlsVersion least = TlsVersion::V1_0; // of users without a version of their own, and of unknown ones
    QHash<QString, TlsRule> users;       // "anonymous" stands for all its names

    [[nodiscard]] TlsVersion floor() const;
    [[nodiscard]] TlsVersion minVersionOf(const QString &user) const;
    [[nodiscard]] bool isRequiredOf(const QString &user) const;

    friend bool operator==(const TlsRules &, const TlsRules &) = default;

private:
    [[nodiscard]] TlsRule ruleOf(const QString &user) const;
};

} // namespace gatehouse::ftp
