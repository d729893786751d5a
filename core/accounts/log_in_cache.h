// Caches logins verified in the last minutes, so that a camera with a session per file costs one password
// hash per hour, not one per file. Stores no password: an HMAC under a key of this process.
// One thread. Call forget() after changing or disabling an account.
#pragma once

#include "base/clock.h"
#include "base/ids.h"

#include <QByteArray>
#include <QHash>
#include <QString>
#include <optional>

namespace gatehouse::accounts
{

class LogInCache
{
public:
    explicit LogInCache(const Clock &clock, qint64 lifetime = 60 * 60'000); // ms since the verification

    [[nodiscard]] std::optional<AccountId> find(const QString &user, const QByteArray &password) const;
    void remember(const QString &user, const QByteArray &password, AccountId account);
    void forget(AccountId account);
    void clear();

private:
    struct Entry {
        AccountId account;
        QByteArray proof;
        qint64 verified = 0; // elapsed ms
    };
    [[nodiscard]] QByteArray proofOf(const QString &user, const QByteArray &password) const;

    const Clock &m_clock;
    const qint64 m_lifetime;
    QByteArray m_key;
    QHash<QString, Entry> m_entries; // by user: one each, so bounded by the number of accounts
};

} // namespace gatehouse::accounts
