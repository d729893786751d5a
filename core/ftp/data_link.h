// Brings about the data connection of one session: waits where PASV or EPSV said, or connects where PORT
// or EPRT said. The other end is always the control connection's peer: strangers that connect are closed as
// they come, from PASV on, so that they cannot fill the backlog (RFC 2577 3), and no other address is ever
// connected to (bounce attack, RFC 2577 2). A passive port is free again once the peer is there.
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
    // The receiver of the call owns the descriptor; -1: it could not be made.
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
    [[nodiscard]] bool holdsPort() const { return m_listening >= 0; } // and nobody came yet
    [[nodiscard]] bool wasReached() const { return m_reached; } // the peer came to the last passive port
    void setActivePort(quint16 port);
    [[nodiscard]] bool isPrepared() const { return m_listening >= 0 || m_accepted >= 0 || m_activePort != 0; }

    // Calls dataLinked() once, at once or later. What was prepared is used up by it.
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
    int m_listening = -1;
    int m_accepted = -1; // the peer came before it was asked for
    int m_connecting = -1;
    quint16 m_activePort = 0;
    bool m_isAskedFor = false; // open() was called
    bool m_reached = false;
    Poller::Token m_token = Poller::kNone;
};

} // namespace gatehouse::ftp
