// SHA-256 as bytes pass by, on OpenSSL's EVP (which uses the processor's own instructions; Qt's does
// not). One thread at a time. An out-of-memory of the library is the only failure: it aborts.
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
    // The hash of what was added so far; adding may go on.
    [[nodiscard]] QByteArray current() const; // 32 bytes

private:
    struct Free {
        void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> m_context;
};

} // namespace gatehouse::archive
