#include "archive/incoming_hash.h"

namespace gatehouse::archive
{

namespace
{

// From this size on, hashing next to writing gains more than the hand-over costs.
constexpr qsizetype kHandOverFrom = 64 << 10; // bytes

} // namespace

IncomingHash::IncomingHash(StorageThread &hashing, qint64 prefixBytes, QByteArray prefixSha256)
    : m_hashing(hashing)
{
    m_state->prefixBytes = prefixBytes;
    m_state->prefixSha256 = std::move(prefixSha256);
}

void IncomingHash::add(QByteArrayView bytes, const std::shared_ptr<const void> &owner)
{
    m_isHandedOver = m_isHandedOver || bytes.size() >= kHandOverFrom;
    if (!m_isHandedOver)
        return addNow(bytes);
    {
        const std::lock_guard lock(m_state->mutex);
        ++m_state->waiting;
    }
    m_hashing.post([state = m_state, bytes, owner] {
        state->add(bytes);
        state->finishChunk();
    });
}

void IncomingHash::addNow(QByteArrayView bytes)
{
    m_state->add(bytes);
}

QByteArray IncomingHash::sha256() const
{
    m_state->waitUntilIdle();
    return m_state->hasher.current();
}

bool IncomingHash::prefixMatches() const
{
    m_state->waitUntilIdle();
    return m_state->prefixMatches;
}

void IncomingHash::State::add(QByteArrayView added)
{
    const qint64 left = prefixBytes - bytes;
    if (left > 0 && left <= added.size()) {
        hasher.add(added.first(left));
        prefixMatches = hasher.current() == prefixSha256;
        hasher.add(added.sliced(left));
    } else {
        hasher.add(added);
    }
    bytes += added.size();
}

void IncomingHash::State::finishChunk()
{
    const std::lock_guard lock(mutex);
    if (--waiting == 0)
        idle.notify_all();
}

void IncomingHash::State::waitUntilIdle()
{
    std::unique_lock lock(mutex);
    idle.wait(lock, [this] { return waiting == 0; });
}

} // namespace gatehouse::archive
