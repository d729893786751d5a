#include "accounts/password.h"

#include "accounts/words.h"

#include <QRandomGenerator>
#include <new>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace gatehouse::accounts
{

namespace
{

constexpr int currentIterations = 200'000;
constexpr int saltBytes = 16;
constexpr int hashBytes = 32;
constexpr int numbers = 90'000; // 10000 to 99999

// Three words are 3 * log2(size) bits, the number 16.4: together 40 need 2^23.6 combinations of words.
static_assert(shortWords.size() * shortWords.size() * shortWords.size() >= 12'800'000);

QByteArray derive(QByteArrayView password, const QByteArray &salt, int iterations)
{
    QByteArray hash(hashBytes, Qt::Uninitialized);
    if (PKCS5_PBKDF2_HMAC(password.data(), int(password.size()),
                          reinterpret_cast<const unsigned char *>(salt.constData()), int(salt.size()),
                          iterations, EVP_sha256(), hashBytes,
                          reinterpret_cast<unsigned char *>(hash.data())) != 1)
        throw std::bad_alloc();
    return hash;
}

} // namespace

Secret makeSecret(QByteArrayView password)
{
    QByteArray salt(saltBytes, Qt::Uninitialized);
    if (RAND_bytes(reinterpret_cast<unsigned char *>(salt.data()), saltBytes) != 1)
        throw std::bad_alloc();
    return {salt, derive(password, salt, currentIterations), currentIterations};
}

bool matches(const Secret &secret, QByteArrayView password)
{
    if (secret.hash.size() != hashBytes || secret.salt.isEmpty() || secret.iterations < 1)
        return false;
    const QByteArray hash = derive(password, secret.salt, secret.iterations);
    return CRYPTO_memcmp(hash.constData(), secret.hash.constData(), hashBytes) == 0;
}

void pretend(QByteArrayView password)
{
    derive(password, QByteArray(saltBytes, '\0'), currentIterations);
}

QString newPassword()
{
    QRandomGenerator &random = *QRandomGenerator::system();
    QString out;
    for (int i = 0; i < 3; ++i)
        out += QLatin1String(shortWords[random.bounded(quint32(shortWords.size()))]) + QLatin1Char('-');
    return out + QString::number(10'000 + random.bounded(numbers));
}

} // namespace gatehouse::accounts
