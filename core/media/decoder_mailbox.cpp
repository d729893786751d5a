#include "media/decoder_mailbox.h"

namespace gatehouse::media
{

namespace
{

constexpr size_t mostReady = 10;
constexpr size_t mostReadyBytes = size_t(64) << 20;
constexpr size_t leastReady = 3; // also of pictures so large that fewer would fit

size_t bytesOf(const Delivery &delivery)
{
    return delivery.picture ? delivery.picture->bytes.size() : 0;
}

} // namespace

void DecoderMailbox::wish(Wish wish)
{
    const std::lock_guard lock(m_mutex);
    m_wish = std::move(wish);
    m_ready.clear();
    m_readyBytes = 0;
    m_interrupted = true;
    m_changed.notify_one();
}

void DecoderMailbox::setNext(std::optional<ClipRequest> next)
{
    const std::lock_guard lock(m_mutex);
    m_next = std::move(next);
}

void DecoderMailbox::change(const std::function<void(DecoderSettings &)> &change)
{
    const std::lock_guard lock(m_mutex);
    change(m_settings);
}

void DecoderMailbox::quit()
{
    const std::lock_guard lock(m_mutex);
    m_quit = true;
    m_interrupted = true;
    m_changed.notify_one();
}

std::optional<Delivery> DecoderMailbox::front() const
{
    const std::lock_guard lock(m_mutex);
    return m_ready.empty() ? std::nullopt : std::optional(m_ready.front());
}

void DecoderMailbox::pop()
{
    const std::lock_guard lock(m_mutex);
    if (m_ready.empty())
        return;
    m_readyBytes -= bytesOf(m_ready.front());
    m_ready.pop_front();
    m_changed.notify_one();
}

bool DecoderMailbox::hasWish() const
{
    const std::lock_guard lock(m_mutex);
    return m_wish.kind != Wish::Kind::None;
}

DecoderMailbox::Work DecoderMailbox::await(bool canDecode, Deadline deadline)
{
    std::unique_lock lock(m_mutex);
    const auto hasWork = [&] {
        return m_quit || m_wish.kind != Wish::Kind::None || (canDecode && hasRoomLocked());
    };
    if (deadline)
        m_changed.wait_until(lock, *deadline, hasWork);
    else
        m_changed.wait(lock, hasWork);
    Work work{m_quit, std::exchange(m_wish, {}), m_settings};
    m_interrupted = m_quit;
    return work;
}

bool DecoderMailbox::deliver(Delivery delivery)
{
    const std::lock_guard lock(m_mutex);
    if (m_quit || m_wish.kind != Wish::Kind::None)
        return false;
    m_readyBytes += bytesOf(delivery);
    m_ready.push_back(std::move(delivery));
    return true;
}

std::optional<ClipRequest> DecoderMailbox::takeNext()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_next, std::nullopt);
}

bool DecoderMailbox::hasRoom() const
{
    const std::lock_guard lock(m_mutex);
    return hasRoomLocked();
}

bool DecoderMailbox::hasRoomLocked() const
{
    return m_ready.size() < leastReady || (m_ready.size() < mostReady && m_readyBytes < mostReadyBytes);
}

} // namespace gatehouse::media
