// The TLS requirements of connections: a default for the receiver, and stricter or laxer rules per user.
//
// AUTH TLS comes before USER (RFC 4217 4), so the version is negotiated before the user is known. The
// handshake therefore accepts the oldest version that any user may use (floor()), and the user's own rule is
// checked once the user is named: at USER, so that a camera that waits for the reply never sends its password
// over a connection that is too weak for it (one that sends everything at once does), and again at PASS. The
// data connection is made when the user is known and follows the user's rule from its first byte. The cost of
// a lower floor: a session without a user may be weaker, but nothing is done for such a session. A man in the
// middle cannot downgrade a better camera to the floor: both ends authenticate the versions they offered (RFC
// 5246 7.4.9, RFC 8446 4.1.3), and its rule refuses the older version anyway. A minimum version does not
// affect connections without TLS; those are refused only if TLS is required. Values: any thread.
#pragma once

#include <QHash>
#include <QString>
#include <optional>

namespace gatehouse::ftp
{

enum class TlsVersion { V1_0, V1_1, V1_2, V1_3 };

// "1.2"
QString versionText(TlsVersion version);
// None: not one of "1.0" to "1.3".
std::optional<TlsVersion> versionFrom(const QString &text);

struct TlsRule {
    bool isRequired = false;         // accepted only over TLS
    std::optional<TlsVersion> least; // none: the receiver's default

    friend bool operator==(const TlsRule &, const TlsRule &) = default;
};

struct TlsRules {
    TlsVersion least = TlsVersion::V1_0; // for unknown users and those without a version of their own
    QHash<QString, TlsRule> users;       // "anonymous" covers all its aliases

    [[nodiscard]] TlsVersion floor() const;
    [[nodiscard]] TlsVersion minVersionOf(const QString &user) const;
    [[nodiscard]] bool isRequiredOf(const QString &user) const;

    friend bool operator==(const TlsRules &, const TlsRules &) = default;

private:
    [[nodiscard]] TlsRule ruleOf(const QString &user) const;
};

} // namespace gatehouse::ftp
