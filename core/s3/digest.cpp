#include "s3/digest.h"

#include <array>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace gatehouse::s3
{

namespace
{

using DigestContext = std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX *)>;

DigestContext startDigest(const EVP_MD *algorithm)
{
    DigestContext context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    if (!context || EVP_DigestInit_ex(context.get(), algorithm, nullptr) != 1)
        qFatal("OpenSSL lacks a digest that S3 needs");
    return context;
}

QByteArray endDigest(const DigestContext &context)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned int size = 0;
    EVP_DigestFinal_ex(context.get(), out.data(), &size);
    return {reinterpret_cast<const char *>(out.data()), qsizetype(size)};
}

QByteArray digestOf(const EVP_MD *algorithm, QByteArrayView bytes)
{
    const DigestContext context = startDigest(algorithm);
    EVP_DigestUpdate(context.get(), bytes.data(), size_t(bytes.size()));
    return endDigest(context);
}

} // namespace

struct ContentHasher::Private {
    ContentHashes hashes;
    DigestContext sha256{nullptr, &EVP_MD_CTX_free}; // null: known
    DigestContext md5{nullptr, &EVP_MD_CTX_free};
};

ContentHasher::ContentHasher(ContentHashes known) : d(std::make_unique<Private>())
{
    d->hashes = std::move(known);
    if (d->hashes.sha256.isEmpty())
        d->sha256 = startDigest(EVP_sha256());
    if (d->hashes.md5.isEmpty())
        d->md5 = startDigest(EVP_md5());
}

ContentHasher::~ContentHasher() = default;

void ContentHasher::add(QByteArrayView bytes)
{
    for (const DigestContext *context : {&d->sha256, &d->md5}) {
        if (*context)
            EVP_DigestUpdate(context->get(), bytes.data(), size_t(bytes.size()));
    }
}

ContentHashes ContentHasher::finish()
{
    if (d->sha256)
        d->hashes.sha256 = endDigest(d->sha256);
    if (d->md5)
        d->hashes.md5 = endDigest(d->md5);
    return d->hashes;
}

QByteArray sha256Of(QByteArrayView bytes)
{
    return digestOf(EVP_sha256(), bytes);
}

QByteArray md5Of(QByteArrayView bytes)
{
    return digestOf(EVP_md5(), bytes);
}

QByteArray hmacSha256(QByteArrayView key, QByteArrayView message)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned int size = 0;
    HMAC(EVP_sha256(), key.data(), int(key.size()), reinterpret_cast<const unsigned char *>(message.data()),
         size_t(message.size()), out.data(), &size);
    return {reinterpret_cast<const char *>(out.data()), qsizetype(size)};
}

} // namespace gatehouse::s3
