#include "ftp/poller.h"

#include <array>
#include <cerrno>
#include <sys/epoll.h>
#include <unistd.h>

namespace gatehouse::ftp
{

namespace
{
epoll_event wanted(Poller::Token token, quint32 generation, bool read, bool write)
{
    epoll_event event = {};
    event.events = (read ? quint32(EPOLLIN | EPOLLRDHUP) : 0U) | (write ? quint32(EPOLLOUT) : 0U);
    event.data.u64 = (quint64(generation) << 32) | quint32(token);
    return event;
}
} // namespace

Poller::Poller(QObject *parent) : QObject(parent), m_epoll(::epoll_create1(EPOLL_CLOEXEC))
{
    if (m_epoll < 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(m_epoll, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &Poller::dispatch);
}

Poller::~Poller()
{
    m_notifier.reset();
    m_toDestroy.clear();
    if (m_epoll >= 0)
        ::close(m_epoll);
}

Poller::Token Poller::watch(int descriptor, Pollable &pollable, bool read, bool write)
{
    Token token = kNone;
    if (m_free.empty()) {
        token = Token(m_slots.size());
        m_slots.emplace_back();
    } else {
        token = m_free.back();
        m_free.pop_back();
    }
    Slot &slot = m_slots[size_t(token)];
    slot.pollable = &pollable;
    slot.descriptor = descriptor;
    epoll_event event = wanted(token, slot.generation, read, write);
    if (::epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event) != 0) {
        slot.pollable = nullptr;
        m_free.push_back(token);
        return kNone;
    }
    return token;
}

void Poller::change(Token token, bool read, bool write)
{
    const Slot &slot = m_slots[size_t(token)];
    epoll_event event = wanted(token, slot.generation, read, write);
    ::epoll_ctl(m_epoll, EPOLL_CTL_MOD, slot.descriptor, &event);
}

void Poller::forget(Token token)
{
    if (token == kNone)
        return;
    Slot &slot = m_slots[size_t(token)];
    ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, slot.descriptor, nullptr);
    slot.pollable = nullptr;
    ++slot.generation; // pending events for the token's old use are ignored
    m_free.push_back(token);
}

void Poller::destroyLater(std::shared_ptr<void> object)
{
    m_toDestroy.push_back(std::move(object));
    if (m_toDestroy.size() == 1)
        QMetaObject::invokeMethod(
            this, [this] { std::exchange(m_toDestroy, {}).clear(); }, Qt::QueuedConnection);
}

void Poller::dispatch()
{
    std::array<epoll_event, 64> events;
    const int count = ::epoll_wait(m_epoll, events.data(), int(events.size()), 0);
    for (int i = 0; i < count; ++i) {
        const auto &event = events[size_t(i)];
        const auto token = quint32(event.data.u64);
        const Slot &slot = m_slots[token];
        if (slot.pollable == nullptr || slot.generation != quint32(event.data.u64 >> 32))
            continue;
        const bool broken = (event.events & (EPOLLERR | EPOLLHUP)) != 0;
        Readiness readiness;
        readiness.lastBytes = broken || (event.events & EPOLLRDHUP) != 0;
        readiness.readable = readiness.lastBytes || (event.events & EPOLLIN) != 0;
        readiness.writable = broken || (event.events & EPOLLOUT) != 0;
        slot.pollable->pollReady(readiness);
    }
}

} // namespace gatehouse::ftp
