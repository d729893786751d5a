#include "accounts/log_in_cache.h"

#include <QMessageAuthenticationCode>
#include <new>
#include <openssl/crypto.h>
#include <openssl/rand.h>

namespace gatehouse::accounts
{

namespace
{

constexpr int kKeyBytes = 32;
constexpr int kProofBytes = 32;

} // namespace

LogInCache::LogInCache(const Clock &clock, qint64 lifetime)
    : m_clock(clock), m_lifetime(lifetime), m_key(kKeyBytes, Qt::Uninitialized)
{
    if (RAND_bytes(reinterpret_cast<unsigned char *>(m_key.data()), kKeyBytes) != 1)
        throw std::bad_alloc();
}

std::optional<AccountId> LogInCache::find(const QString &user, const QByteArray &password) const
{
    const auto entry = m_entries.constFind(user);
    if (entry == m_entries.constEnd() || m_clock.elapsed() - entry->verified >= m_lifetime)
        return std::nullopt;
    const QByteArray proof = proofOf(user, password);
    if (CRYPTO_memcmp(proof.constData(), entry->proof.constData(), kProofBytes) != 0)
        return std::nullopt;
    return entry->account;
}

void LogInCache::remember(const QString &user, const QByteArray &password, AccountId account)
{
    m_entries.insert(user, {account, proofOf(user, password), m_clock.elapsed()});
}

void LogInCache::forget(AccountId account)
{
    m_entries.removeIf([account](auto entry) { return entry.value().account == account; });
}

void LogInCache::clear()
{
    m_entries.clear();
}

QByteArray LogInCache::proofOf(const QString &user, const QByteArray &password) const
{
    // A NUL can't be part of a user name that came as text, so no two pairs share a message.
    const QByteArray message = user.toUtf8() + '\0' + password;
    return QMessageAuthenticationCode::hash(message, m_key, QCryptographicHash::Sha256);
}

} // namespace gatehouse::accounts
