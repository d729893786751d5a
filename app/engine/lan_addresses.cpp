#include "app/engine/lan_addresses.h"

#include <QNetworkInterface>
#include <algorithm>
#include <array>

namespace gatehouse::app
{

namespace
{

constexpr int kLookEveryMs = 5'000;

bool isHome(const QHostAddress &address)
{
    static const std::array networks{
        QHostAddress::parseSubnet(QStringLiteral("10.0.0.0/8")),
        QHostAddress::parseSubnet(QStringLiteral("172.16.0.0/12")),
        QHostAddress::parseSubnet(QStringLiteral("192.168.0.0/16")),
        QHostAddress::parseSubnet(QStringLiteral("fc00::/7")),
    };
    return std::any_of(networks.begin(), networks.end(),
                       [&](const auto &network) { return address.isInSubnet(network); });
}

} // namespace

QVector<QHostAddress> lanAddresses()
{
    QVector<QHostAddress> out;
    for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
        if (isHome(address))
            out.append(address);
    }
    std::stable_sort(out.begin(), out.end(), [](const QHostAddress &a, const QHostAddress &b) {
        return a.protocol() == QAbstractSocket::IPv4Protocol && b.protocol() != QAbstractSocket::IPv4Protocol;
    });
    return out;
}

QVector<QHostAddress> loopbackAddresses()
{
    QVector<QHostAddress> out{QHostAddress(QHostAddress::LocalHost)};
    const QHostAddress six(QHostAddress::LocalHostIPv6);
    if (QNetworkInterface::allAddresses().contains(six))
        out.append(six);
    return out;
}

LanAddresses::LanAddresses(QObject *parent) : QObject(parent), m_addresses(lanAddresses())
{
    m_timer.setInterval(kLookEveryMs);
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &LanAddresses::look);
    m_timer.start();
}

void LanAddresses::look()
{
    const QVector<QHostAddress> now = lanAddresses();
    if (now == m_addresses)
        return;
    const QVector<QHostAddress> before = std::exchange(m_addresses, now);
    Q_EMIT addressesChanged(now, before);
}

} // namespace gatehouse::app
