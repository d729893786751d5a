#include "archive/hasher.h"

#include <new>

namespace gatehouse::archive
{

Hasher::Hasher() : m_context(EVP_MD_CTX_new())
{
    // Fetched once: fetching the algorithm for each file costs more than hashing a small one.
    static const std::unique_ptr<EVP_MD, void (*)(EVP_MD *)> algorithm(
        EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free);
    if (!m_context || EVP_DigestInit_ex(m_context.get(), algorithm.get(), nullptr) != 1)
        throw std::bad_alloc();
}

void Hasher::add(QByteArrayView bytes)
{
    EVP_DigestUpdate(m_context.get(), bytes.data(), static_cast<size_t>(bytes.size()));
}

QByteArray Hasher::current() const
{
    const std::unique_ptr<EVP_MD_CTX, Free> copy(EVP_MD_CTX_new());
    QByteArray hash(EVP_MAX_MD_SIZE, Qt::Uninitialized);
    unsigned int size = 0;
    if (!copy || EVP_MD_CTX_copy_ex(copy.get(), m_context.get()) != 1 ||
        EVP_DigestFinal_ex(copy.get(), reinterpret_cast<unsigned char *>(hash.data()), &size) != 1)
        throw std::bad_alloc();
    hash.truncate(size);
    return hash;
}

} // namespace gatehouse::archive
