// The PC's addresses on the home network, and when they change. Main thread.
#pragma once

#include <QHostAddress>
#include <QObject>
#include <QTimer>
#include <QVector>

namespace gatehouse::app
{

// Private addresses (RFC 1918, RFC 4193), those a camera at home can reach; IPv4 first.
QVector<QHostAddress> lanAddresses();
// Those under which the PC reaches itself; a PC may be without IPv6.
QVector<QHostAddress> loopbackAddresses();

// Looks every few seconds, because a router may hand out another address at any time.
class LanAddresses : public QObject
{
    Q_OBJECT

public:
    explicit LanAddresses(QObject *parent = nullptr);
    [[nodiscard]] QVector<QHostAddress> addresses() const { return m_addresses; }

Q_SIGNALS:
    void addressesChanged(const QVector<QHostAddress> &now, const QVector<QHostAddress> &before);

private:
    void look();

    QVector<QHostAddress> m_addresses;
    QTimer m_timer;
};

} // namespace gatehouse::app
