#include "accounts/password.h"

#include "accounts/password_wordlist.h"
#include "base/windows_1252.h"

#include <QRandomGenerator>
#include <QStringDecoder>
#include <algorithm>
#include <new>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace gatehouse::accounts
{

namespace
{

constexpr int kCurrentIterations = 200'000;
constexpr int kSaltBytes = 16;
constexpr int kHashBytes = 32;
constexpr int kPasswordNumbers = 90'000; // 10000 to 99999
constexpr int kShortLength = 7;          // what the strictest cameras take
constexpr QLatin1String kShortLetters("abcdefghjkmnpqrstuvwxyz");
constexpr QLatin1String kShortDigits("23456789");

// Three words are 3 * log2(size) bits, the number 16.4: together 40 need 2^23.6 combinations of words.
static_assert(kPasswordWords.size() * kPasswordWords.size() * kPasswordWords.size() >= 12'800'000);

QByteArray derive(QByteArrayView password, const QByteArray &salt, int iterations)
{
    QByteArray hash(kHashBytes, Qt::Uninitialized);
    if (PKCS5_PBKDF2_HMAC(password.data(), int(password.size()),
                          reinterpret_cast<const unsigned char *>(salt.constData()), int(salt.size()),
                          iterations, EVP_sha256(), kHashBytes,
                          reinterpret_cast<unsigned char *>(hash.data())) != 1)
        throw std::bad_alloc();
    return hash;
}

bool isAscii(const QByteArray &bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return uchar(c) < 0x80; });
}

bool isUtf8(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless); // reports a truncated end
    const QString text = decoder.decode(bytes);
    return !decoder.hasError() && !text.isNull();
}

bool hasOneOf(const QString &text, QLatin1String letters)
{
    return std::any_of(text.begin(), text.end(), [&](QChar c) { return letters.contains(c); });
}

} // namespace

Secret makeSecret(QByteArrayView password)
{
    QByteArray salt(kSaltBytes, Qt::Uninitialized);
    if (RAND_bytes(reinterpret_cast<unsigned char *>(salt.data()), kSaltBytes) != 1)
        throw std::bad_alloc();
    return {salt, derive(password, salt, kCurrentIterations), kCurrentIterations};
}

bool matches(const Secret &secret, QByteArrayView password)
{
    if (secret.hash.size() != kHashBytes || secret.salt.isEmpty() || secret.iterations < 1)
        return false;
    const QByteArray hash = derive(password, secret.salt, secret.iterations);
    return CRYPTO_memcmp(hash.constData(), secret.hash.constData(), kHashBytes) == 0;
}

QVector<QByteArray> readingsOf(const QByteArray &sent)
{
    if (isAscii(sent))
        return {sent};
    if (isUtf8(sent))
        return {sent, fromWindows1252(sent).toUtf8()};
    return {fromWindows1252(sent).toUtf8()};
}

void pretend(QByteArrayView password)
{
    derive(password, QByteArray(kSaltBytes, '\0'), kCurrentIterations);
}

QString newPassword()
{
    QRandomGenerator &random = *QRandomGenerator::system();
    QString out;
    for (int i = 0; i < 3; ++i)
        out +=
            QLatin1String(kPasswordWords[random.bounded(quint32(kPasswordWords.size()))]) + QLatin1Char('-');
    return out + QString::number(10'000 + random.bounded(kPasswordNumbers));
}

QString newShortPassword()
{
    QRandomGenerator &random = *QRandomGenerator::system();
    for (;;) {
        QString out;
        for (int i = 0; i < kShortLength; ++i) {
            const auto at = qsizetype(random.bounded(quint32(kShortLetters.size() + kShortDigits.size())));
            out += QChar(at < kShortLetters.size() ? kShortLetters[at]
                                                   : kShortDigits[at - kShortLetters.size()]);
        }
        if (hasOneOf(out, kShortLetters) && hasOneOf(out, kShortDigits)) // some cameras insist on both
            return out;
    }
}

} // namespace gatehouse::accounts
