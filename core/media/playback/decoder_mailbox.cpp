#include "media/playback/decoder_mailbox.h"

namespace gatehouse::media
{

namespace
{

constexpr size_t kMaxReady = 10;
constexpr size_t kMaxReadyBytes = size_t(64) << 20;
constexpr size_t kMinReady = 3; // even for frames so large that fewer would fit

size_t bytesOf(const DecodeResult &result)
{
    return result.picture ? result.picture->bytes.size() : 0;
}

} // namespace

void DecoderMailbox::submit(DecodeRequest request, qint64 serial)
{
    const std::lock_guard lock(m_mutex);
    m_serial = serial != 0 ? serial : m_serial + 1;
    m_request = std::move(request);
    m_ready.clear();
    m_readyBytes = 0;
    m_popped = 0;
    m_isForwarded = true;
    m_interrupted = true;
    wake();
}

void DecoderMailbox::setNext(std::optional<ClipRequest> next)
{
    const std::lock_guard lock(m_mutex);
    m_next = std::move(next);
    m_isNextNew = true;
    if (m_waker)
        m_waker();
}

void DecoderMailbox::change(const std::function<void(DecoderSettings &)> &change)
{
    const std::lock_guard lock(m_mutex);
    change(m_settings);
    m_areSettingsNew = true;
    if (m_waker)
        m_waker();
}

void DecoderMailbox::quit()
{
    const std::lock_guard lock(m_mutex);
    m_quit = true;
    m_interrupted = true;
    wake();
}

void DecoderMailbox::wake()
{
    m_changed.notify_one();
    if (m_waker)
        m_waker();
}

std::optional<DecodeResult> DecoderMailbox::front() const
{
    const std::lock_guard lock(m_mutex);
    return m_ready.empty() ? std::nullopt : std::optional(m_ready.front().result);
}

void DecoderMailbox::pop()
{
    const std::lock_guard lock(m_mutex);
    if (m_ready.empty())
        return;
    popOne();
    wake();
}

void DecoderMailbox::popOne()
{
    m_readyBytes -= m_ready.front().bytes;
    m_ready.pop_front();
    ++m_popped;
}

bool DecoderMailbox::hasRequest() const
{
    const std::lock_guard lock(m_mutex);
    return m_request.kind != DecodeRequest::Kind::None;
}

DecoderMailbox::Work DecoderMailbox::await(bool canDecode, Deadline deadline)
{
    std::unique_lock lock(m_mutex);
    const auto hasWork = [&] {
        return m_quit || m_request.kind != DecodeRequest::Kind::None || (canDecode && hasRoomLocked());
    };
    if (deadline)
        m_changed.wait_until(lock, *deadline, hasWork);
    else
        m_changed.wait(lock, hasWork);
    Work work{m_quit, std::exchange(m_request, {}), m_settings};
    m_interrupted = m_quit;
    if (m_steps != nullptr)
        m_steps->fetch_add(1, std::memory_order_relaxed);
    return work;
}

void DecoderMailbox::push(DecodeResult result)
{
    const size_t bytes = bytesOf(result);
    m_readyBytes += bytes;
    m_ready.push_back({std::move(result), bytes});
    m_isForwarded = false;
}

bool DecoderMailbox::deliver(DecodeResult result)
{
    const std::lock_guard lock(m_mutex);
    if (m_quit || m_request.kind != DecodeRequest::Kind::None)
        return false;
    push(std::move(result));
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
    return m_ready.size() < kMinReady || (m_ready.size() < kMaxReady && m_readyBytes < kMaxReadyBytes);
}

DecoderMailbox::Orders DecoderMailbox::collect()
{
    const std::lock_guard lock(m_mutex);
    Orders orders{m_quit, m_serial, std::exchange(m_request, {}), std::nullopt, std::nullopt, m_popped};
    m_interrupted = m_quit;
    if (std::exchange(m_areSettingsNew, false))
        orders.settings = m_settings;
    if (std::exchange(m_isNextNew, false))
        orders.next = m_next;
    return orders;
}

bool DecoderMailbox::deliver(DecodeResult result, qint64 serial)
{
    const std::lock_guard lock(m_mutex);
    if (m_quit || serial != m_serial)
        return false;
    push(std::move(result));
    return true;
}

size_t DecoderMailbox::ready() const
{
    const std::lock_guard lock(m_mutex);
    return m_ready.size();
}

std::optional<std::pair<qint64, DecodeResult>> DecoderMailbox::forward()
{
    const std::lock_guard lock(m_mutex);
    if (std::exchange(m_isForwarded, true))
        return std::nullopt;
    DecodeResult result = m_ready.back().result;
    m_ready.back().result.picture.reset();
    return std::pair(m_serial, std::move(result));
}

void DecoderMailbox::popTo(qint64 serial, qint64 popped)
{
    const std::lock_guard lock(m_mutex);
    while (serial == m_serial && m_popped < popped && !m_ready.empty())
        popOne();
    m_changed.notify_one();
}

} // namespace gatehouse::media
