// The PC's addresses on the home network, with change notifications. Main thread.
#pragma once

#include <QHostAddress>
#include <QObject>
#include <QTimer>
#include <QVector>

namespace gatehouse::app
{

// Private addresses (RFC 1918, RFC 4193), which a camera at home can reach; IPv4 first.
QVector<QHostAddress> lanAddresses();
// The PC's loopback addresses; a PC may lack IPv6.
QVector<QHostAddress> loopbackAddresses();

// Polls every few seconds, because a router may assign another address at any time.
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
