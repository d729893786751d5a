// Incremental SHA-256 using OpenSSL's EVP, which uses the CPU's SHA instructions; Qt's does not. One thread
// at a time. Only running out of memory can fail, and aborts.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <memory>
#include <openssl/evp.h>

namespace gatehouse::archive
{

class Hasher
{
public:
    Hasher();
    void add(QByteArrayView bytes);
    // The hash of the bytes so far; more may be added.
    [[nodiscard]] QByteArray current() const; // 32 bytes

private:
    struct Free {
        void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> m_context;
};

} // namespace gatehouse::archive
