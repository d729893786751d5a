// Establishes the data connection of one session: accepts it after PASV or EPSV, connects after PORT or EPRT.
// The other end is always the peer of the control connection: connections from other hosts are closed as they
// arrive, from PASV on, so that they cannot fill the backlog (RFC 2577 3), and it never connects to another
// address (bounce attack, RFC 2577 2). A passive port is released once the peer has connected.
// Lives on the poller's thread.
#pragma once

#include "ftp/poller.h"

#include <QHostAddress>

namespace gatehouse::ftp
{

class DataLinkOwner
{
public:
    DataLinkOwner() = default;
    Q_DISABLE_COPY_MOVE(DataLinkOwner)
    virtual ~DataLinkOwner() = default;
    // The callee owns the descriptor; -1: the connection failed.
    virtual void dataLinked(int descriptor) = 0;
};

class DataLink final : public Pollable
{
public:
    DataLink(Poller &poller, DataLinkOwner &owner) : m_poller(poller), m_owner(owner) {}
    ~DataLink() override;

    // Passive: returns the port, 0 when none is free.
    [[nodiscard]] quint16 listen(const QHostAddress &peer, const QHostAddress &local, quint16 first,
                                 quint16 last);
    [[nodiscard]] bool holdsPort() const { return m_listening >= 0; } // and nobody has connected yet
    [[nodiscard]] bool wasReached() const { return m_reached; } // the peer connected to the last passive port
    // Another host than the peer connected to the last passive port; null: none.
    [[nodiscard]] const QHostAddress &stranger() const { return m_stranger; }
    void setActivePort(quint16 port);
    [[nodiscard]] bool isActive() const { return m_isActive; } // what was prepared last
    [[nodiscard]] bool isPrepared() const { return m_listening >= 0 || m_accepted >= 0 || m_activePort != 0; }

    // Calls dataLinked() once, possibly before returning. Consumes what was prepared.
    void open(const QHostAddress &peer, const QHostAddress &local);
    void cancel();

    void pollReady(Readiness readiness) override;

private:
    void acceptPeer();
    void connectToPeer(const QHostAddress &local);
    void take(int accepted);
    void done(int descriptor);

    Poller &m_poller;
    DataLinkOwner &m_owner;
    QHostAddress m_peer;
    QHostAddress m_stranger;
    int m_listening = -1;
    int m_accepted = -1; // the peer connected before open()
    int m_connecting = -1;
    quint16 m_activePort = 0;
    bool m_isAskedFor = false; // open() was called
    bool m_reached = false;
    bool m_isActive = false;
    Poller::Token m_token = Poller::kNone;
};

} // namespace gatehouse::ftp
