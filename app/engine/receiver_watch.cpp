#include "app/engine/receiver_watch.h"

#include <QDateTime>
#include <QLoggingCategory>
#include <algorithm>

namespace gatehouse::app
{

namespace
{

Q_LOGGING_CATEGORY(lcWatch, "gatehouse.receiver")

constexpr qsizetype kMaxRefused = 50;
constexpr qint64 kRefusedLasts = 24 * 3'600'000; // ms

QString passiveKey(const QString &user)
{
    return QStringLiteral("passive/") + user;
}

QString uploadsKey()
{
    return QStringLiteral("uploads");
}

// The first ones and then ever fewer: a camera that retries every second must not fill the log.
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
    m_waiting.clear();
    m_problems.clear(uploadsKey());
    m_firstPort = settings.passiveFirst;
    m_lastPort = settings.passiveLast;
    connect(&server, &ftp::Server::dialogueOpened, this, &ReceiverWatch::dialogueOpened);
    connect(&server, &ftp::Server::logInRefused, this, &ReceiverWatch::noteRefused);
    connect(&server, &ftp::Server::loggedIn, this,
            [this](AccountId, const QHostAddress &peer, const QString &user) { noteLogIn(user, peer); });
    connect(&server, &ftp::Server::uploadRefused, this, &ReceiverWatch::noteUploadRefused);
    connect(&server, &ftp::Server::uploadKeptAgain, this, &ReceiverWatch::noteUploadKept);
    connect(&server, &ftp::Server::passiveUnused, this, &ReceiverWatch::noteUnused);
    connect(&server, &ftp::Server::passiveUsedAgain, this, &ReceiverWatch::noteUsed);
}

// The entry with its count, moved to the front of the list.
ReceiverWatch::Refused ReceiverWatch::count(RefusedList &list, Refused entry,
                                            bool (*isSame)(const Refused &, const Refused &)) const
{
    entry.first = entry.last = m_clock.now();
    const auto known =
        std::find_if(list.begin(), list.end(), [&](const Refused &one) { return isSame(one, entry); });
    if (known != list.end()) {
        entry.count = known->count;
        entry.first = known->first;
        list.erase(known);
    }
    ++entry.count;
    list.prepend(entry);
    if (list.size() > kMaxRefused)
        list.removeLast();
    return entry;
}

void ReceiverWatch::noteRefused(const QString &user, const QHostAddress &peer, const QString &reason)
{
    const QString address = peer.toString();
    const Refused entry =
        count(m_refused, {user, address, reason, 0, 0, 0},
              [](const Refused &a, const Refused &b) { return a.user == b.user && a.peer == b.peer; });
    if (isWorthALine(entry.count))
        qCWarning(lcWatch).noquote() << tr("Login refused: %1 from %2, try %3: %4")
                                            .arg(user.isEmpty() ? tr("no user yet") : user, address,
                                                 QString::number(entry.count), reason);
}

void ReceiverWatch::noteLogIn(const QString &user, const QHostAddress &peer)
{
    if (m_refused.isEmpty())
        return;
    const QString address = peer.toString();
    m_refused.removeIf([&](const Refused &one) { return one.user == user && one.peer == address; });
}

void ReceiverWatch::noteUploadRefused(const QString &user, const QString &reason)
{
    count(m_refusedUploads, {user, {}, reason, 0, 0, 0},
          [](const Refused &a, const Refused &b) { return a.user == b.user && a.reason == b.reason; });
    if (m_waiting.isEmpty()) {
        m_waitingCount = 0;
        m_waitingSince = m_clock.now();
    }
    if (!m_waiting.contains(user))
        m_waiting.append(user);
    ++m_waitingCount;
    const QTime since = QDateTime::fromMSecsSinceEpoch(m_waitingSince).time();
    m_problems.set(uploadsKey(), tr("Uploads refused since %1: %2. The last one, from %3: %4")
                                     .arg(since.toString(QStringLiteral("HH:mm")),
                                          QString::number(m_waitingCount), user, reason));
}

void ReceiverWatch::noteUploadKept(const QString &user)
{
    if (m_waiting.removeAll(user) > 0 && m_waiting.isEmpty())
        m_problems.clear(uploadsKey());
}

void ReceiverWatch::noteUnused(const QString &user, const QHostAddress &peer)
{
    if (!m_unreached.contains(user))
        m_unreached.append(user);
    const QString todo = m_firstPort == 0
                             ? tr("Set a range of passive ports and open it in every firewall on the way, "
                                  "including this PC's.")
                             : tr("Open ports %1 to %2 in every firewall on the way, including this PC's.")
                                   .arg(QString::number(m_firstPort), QString::number(m_lastPort));
    m_problems.set(
        passiveKey(user),
        tr("%1 at %2 logs in, but can't open a data connection. %3").arg(user, peer.toString(), todo));
    Q_EMIT passiveUnused(user, peer);
}

void ReceiverWatch::noteUsed(const QString &user)
{
    if (m_unreached.removeAll(user) > 0)
        m_problems.clear(passiveKey(user));
    Q_EMIT passiveUsedAgain(user);
}

QVector<protocol::RefusedAttempts> ReceiverWatch::refusedLogIns() const
{
    return ofLastDay(m_refused);
}

QVector<protocol::RefusedAttempts> ReceiverWatch::refusedUploads() const
{
    return ofLastDay(m_refusedUploads);
}

ReceiverWatch::RefusedList ReceiverWatch::ofLastDay(const RefusedList &list) const
{
    RefusedList out;
    std::copy_if(list.begin(), list.end(), std::back_inserter(out),
                 [now = m_clock.now()](const Refused &one) { return now - one.last < kRefusedLasts; });
    return out;
}

} // namespace gatehouse::app
