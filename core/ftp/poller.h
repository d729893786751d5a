// Waits for many descriptors (epoll) behind a single notifier of Qt's event loop: one turn of the loop serves
// every ready socket, which matters when each upload causes a dozen events.
// Lives on one thread. A Pollable may be unwatched, and deleted, inside any callback.
#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <memory>
#include <vector>

namespace gatehouse::ftp
{

struct Readiness {
    bool readable = false; // also if the other end is gone: a read tells which
    bool writable = false;
    bool lastBytes = false; // the other end has already sent its last byte
};

class Pollable
{
public:
    Pollable() = default;
    Q_DISABLE_COPY_MOVE(Pollable)
    virtual ~Pollable() = default;
    virtual void pollReady(Readiness readiness) = 0;
};

class Poller : public QObject
{
    Q_OBJECT

public:
    explicit Poller(QObject *parent = nullptr);
    ~Poller() override;

    using Token = int;
    static constexpr Token kNone = -1;
    // `none` if the system is out of resources.
    [[nodiscard]] Token watch(int descriptor, Pollable &pollable, bool read, bool write);
    void change(Token token, bool read, bool write);
    void forget(Token token);

    // Keeps an object that is still on the stack alive until the loop's next turn.
    void destroyLater(std::shared_ptr<void> object);

private:
    struct Slot {
        Pollable *pollable = nullptr;
        int descriptor = -1;
        quint32 generation = 0;
    };
    void dispatch();

    int m_epoll = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::vector<Slot> m_slots;
    std::vector<Token> m_free;
    std::vector<std::shared_ptr<void>> m_toDestroy;
};

} // namespace gatehouse::ftp
