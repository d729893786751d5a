#include "app/receiver_watch.h"

#include <QLoggingCategory>
#include <algorithm>

namespace gatehouse::app
{

namespace
{

Q_LOGGING_CATEGORY(lcReceiver, "gatehouse.receiver")

constexpr qsizetype kMostRefused = 50;
constexpr qint64 kRefusedLasts = 24 * 3'600'000; // ms

QString passiveKey(const QString &user)
{
    return QStringLiteral("passive/") + user;
}

// The first ones and then ever fewer: a camera that tries every second must not fill the log.
bool isWorthALine(qint64 count)
{
    while (count >= 10 && count % 10 == 0)
        count /= 10;
    return count < 10;
}

} // namespace

ReceiverWatch::ReceiverWatch(Problems &problems, const Clock &clock, QObject *parent)
    : QObject(parent), m_problems(problems), m_clock(clock)
{
}

void ReceiverWatch::watch(const ftp::Server &server, const settings::Receiver &settings)
{
    for (const QString &user : std::exchange(m_unreached, {}))
        m_problems.clear(passiveKey(user));
    m_firstPort = settings.passiveFirst;
    m_lastPort = settings.passiveLast;
    connect(&server, &ftp::Server::logInRefused, this, &ReceiverWatch::noteRefused);
    connect(&server, &ftp::Server::loggedIn, this,
            [this](AccountId, const QHostAddress &peer, const QString &user) { noteLogIn(user, peer); });
    connect(&server, &ftp::Server::passiveUnused, this, &ReceiverWatch::noteUnused);
    connect(&server, &ftp::Server::passiveUsedAgain, this, &ReceiverWatch::noteUsed);
}

void ReceiverWatch::noteRefused(const QString &user, const QHostAddress &peer, const QString &reason)
{
    const QString address = peer.toString();
    const auto known = std::find_if(m_refused.begin(), m_refused.end(), [&](const Refused &one) {
        return one.user == user && one.peer == address;
    });
    Refused entry{user, address, reason, 0, m_clock.now(), 0};
    if (known != m_refused.end()) {
        entry.count = known->count;
        entry.first = known->first;
        m_refused.erase(known);
    }
    ++entry.count;
    entry.last = m_clock.now();
    m_refused.prepend(entry);
    if (m_refused.size() > kMostRefused)
        m_refused.removeLast();
    if (isWorthALine(entry.count))
        qCWarning(lcReceiver).noquote() << tr("Log-in refused: %1 from %2, try %3: %4")
                                               .arg(user, address, QString::number(entry.count), reason);
}

void ReceiverWatch::noteLogIn(const QString &user, const QHostAddress &peer)
{
    if (m_refused.isEmpty())
        return;
    const QString address = peer.toString();
    m_refused.removeIf([&](const Refused &one) { return one.user == user && one.peer == address; });
}

void ReceiverWatch::noteUnused(const QString &user, const QHostAddress &peer)
{
    if (!m_unreached.contains(user))
        m_unreached.append(user);
    const QString todo =
        m_firstPort == 0
            ? tr("Set a range of passive ports and open it in the firewalls between, this PC's included.")
            : tr("Open the ports %1 to %2 in the firewalls between, this PC's included.")
                  .arg(QString::number(m_firstPort), QString::number(m_lastPort));
    m_problems.set(passiveKey(user), tr("%1 at %2 logs in, but its data connection does not get through. %3")
                                         .arg(user, peer.toString(), todo));
    Q_EMIT passiveUnused(user, peer);
}

void ReceiverWatch::noteUsed(const QString &user)
{
    if (m_unreached.removeAll(user) > 0)
        m_problems.clear(passiveKey(user));
    Q_EMIT passiveUsedAgain(user);
}

QJsonArray ReceiverWatch::refusedLogIns() const
{
    QJsonArray out;
    for (const Refused &one : m_refused) {
        if (m_clock.now() - one.last >= kRefusedLasts)
            continue;
        out.append(QJsonObject{{QStringLiteral("user"), one.user},
                               {QStringLiteral("peer"), one.peer},
                               {QStringLiteral("reason"), one.reason},
                               {QStringLiteral("count"), one.count},
                               {QStringLiteral("first"), one.first},
                               {QStringLiteral("last"), one.last}});
    }
    return out;
}

} // namespace gatehouse::app
