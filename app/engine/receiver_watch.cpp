#include "app/engine/receiver_watch.h"

#include "base/regional_time.h"

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
constexpr qsizetype kMaxFaults = 100;            // a home has fewer cameras; strangers may try any name
constexpr qsizetype kMaxTests = 100;

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

// As the camera was told: refused, whatever the reason.
bool isRefusal(FaultKind kind)
{
    return kind == FaultKind::WrongPassword || kind == FaultKind::NoPassword ||
           kind == FaultKind::NotEncrypted || kind == FaultKind::OldTls || kind == FaultKind::OwnTrouble;
}

// A camera may get another address meanwhile; strangers are known only by theirs.
bool isSame(const protocol::CameraFault &a, const protocol::CameraFault &b)
{
    const bool isOfUser = !a.user.isEmpty() && !protocol::isBeforeLogIn(a.kind);
    return a.kind == b.kind && a.user == b.user && (isOfUser || a.peer == b.peer);
}

} // namespace

ReceiverWatch::ReceiverWatch(Problems &problems, const Clock &clock, QObject *parent)
    : QObject(parent), m_problems(problems), m_clock(clock)
{
}

void ReceiverWatch::watch(const ftp::Server &server, const settings::Receiver &settings)
{
    m_waiting.clear();
    m_problems.clear(uploadsKey());
    // It does not know them, so it would never report their end; what lasts is seen again.
    m_faults.removeIf([](const protocol::CameraFault &one) { return !protocol::isBeforeLogIn(one.kind); });
    m_firstPort = settings.passiveFirst;
    m_lastPort = settings.passiveLast;
    connect(&server, &ftp::Server::dialogueOpened, this, &ReceiverWatch::dialogueOpened);
    connect(&server, &ftp::Server::faultSeen, this, &ReceiverWatch::noteFault);
    connect(&server, &ftp::Server::faultOver, this, &ReceiverWatch::noteFaultOver);
    connect(&server, &ftp::Server::loggedIn, this,
            [this](AccountId, const QHostAddress &peer, const QString &user) { noteLogIn(user, peer); });
    connect(&server, &ftp::Server::uploadRefused, this, &ReceiverWatch::noteUploadRefused);
    connect(&server, &ftp::Server::uploadKeptAgain, this, &ReceiverWatch::noteUploadKept);
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

void ReceiverWatch::noteFault(const ftp::Fault &seen)
{
    protocol::CameraFault fault;
    fault.kind = seen.kind;
    fault.user = seen.user;
    fault.peer = seen.peer.toString();
    fault.detail = seen.detail;
    fault.wanted = seen.wanted;
    fault.first = fault.last = m_clock.now();
    if (fault.kind == FaultKind::NoPassiveData) {
        fault.firstPort = m_firstPort;
        fault.lastPort = m_lastPort;
    }
    const auto known = std::find_if(m_faults.begin(), m_faults.end(),
                                    [&](const protocol::CameraFault &one) { return isSame(one, fault); });
    const bool isNew = known == m_faults.end() || known->detail != fault.detail;
    if (known != m_faults.end()) {
        fault.count = known->count;
        fault.first = known->first;
        m_faults.erase(known);
    }
    ++fault.count;
    m_faults.prepend(fault);
    forgetCrowds();
    if (isWorthALine(fault.count))
        qCWarning(lcWatch).noquote() << tr("%1 from %2, time %3: %4")
                                            .arg(fault.user.isEmpty() ? tr("no user") : fault.user,
                                                 fault.peer, QString::number(fault.count),
                                                 textOf(fault).sentences());
    if (isRefusal(fault.kind))
        noteRefused(fault);
    if (isNew)
        Q_EMIT changed();
}

// The oldest of the address that has the most of them, so that a stranger who tries many names pushes out no
// camera.
void ReceiverWatch::forgetCrowds()
{
    while (m_faults.size() > kMaxFaults) {
        QHash<QString, int> crowds;
        for (const protocol::CameraFault &fault : std::as_const(m_faults))
            ++crowds[fault.peer];
        const auto most = std::max_element(crowds.cbegin(), crowds.cend());
        const auto oldest =
            std::find_if(m_faults.rbegin(), m_faults.rend(),
                         [&](const protocol::CameraFault &one) { return one.peer == most.key(); });
        m_faults.erase(std::next(oldest).base());
    }
}

void ReceiverWatch::noteFaultOver(const QString &user, FaultKind kind)
{
    const auto gone = m_faults.removeIf(
        [&](const protocol::CameraFault &one) { return one.kind == kind && one.user == user; });
    if (gone > 0)
        Q_EMIT changed();
}

void ReceiverWatch::noteRefused(const protocol::CameraFault &fault)
{
    count(m_refused, {fault.user, fault.peer, textOf(fault).sentences(), 0, 0, 0},
          [](const Refused &a, const Refused &b) { return a.user == b.user && a.peer == b.peer; });
}

void ReceiverWatch::noteLogIn(const QString &user, const QHostAddress &peer)
{
    const QString address = peer.toString();
    m_refused.removeIf([&](const Refused &one) { return one.user == user && one.peer == address; });
    // Nobody, or a name that never logged in, was this camera; others may share its address.
    const auto over = m_faults.removeIf([&](const protocol::CameraFault &one) {
        const bool isOfThis = one.user == user || (one.peer == address && !m_addresses.contains(one.user));
        return protocol::isBeforeLogIn(one.kind) && isOfThis;
    });
    QString &known = m_addresses[user];
    if (known != address) {
        known = address;
        Q_EMIT addressesChanged();
    }
    if (over > 0)
        Q_EMIT changed();
}

void ReceiverWatch::noteTest(const QString &user)
{
    m_tests.removeIf([&](const protocol::TestUpload &one) { return one.user == user; });
    m_tests.prepend({user, m_addresses.value(user), m_clock.now()});
    if (m_tests.size() > kMaxTests)
        m_tests.removeLast();
    Q_EMIT changed();
}

QJsonObject ReceiverWatch::addresses() const
{
    QJsonObject out;
    for (auto it = m_addresses.cbegin(); it != m_addresses.cend(); ++it)
        out.insert(it.key(), it.value());
    return out;
}

void ReceiverWatch::setAddresses(const QJsonObject &addresses)
{
    for (auto it = addresses.begin(); it != addresses.end(); ++it) {
        if (!m_addresses.contains(it.key()) && it.value().isString())
            m_addresses.insert(it.key(), it.value().toString());
    }
}

// Behind one router, or in one recorder, it may be any of several: then none.
QString ReceiverWatch::userAt(const QString &address, const QSet<QString> &users) const
{
    QString found;
    for (auto it = m_addresses.cbegin(); it != m_addresses.cend(); ++it) {
        if (it.value() != address || !users.contains(it.key()))
            continue;
        if (!found.isEmpty())
            return {};
        found = it.key();
    }
    return found;
}

QVector<protocol::CameraFault> ReceiverWatch::faults(const QSet<QString> &users) const
{
    QVector<protocol::CameraFault> out;
    for (protocol::CameraFault fault : m_faults) {
        const bool isKnown = users.contains(fault.user);
        if (!isKnown && m_clock.now() - fault.last >= kRefusedLasts)
            continue; // a stranger who has gone
        const QString owner = isKnown ? QString() : userAt(fault.peer, users);
        if (!owner.isEmpty())
            fault.user = owner;
        out.append(fault);
    }
    return out;
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
                                     .arg(timeText(since, TimeStyle::Minute), QString::number(m_waitingCount),
                                          user, reason));
}

void ReceiverWatch::noteUploadKept(const QString &user)
{
    if (m_waiting.removeAll(user) > 0 && m_waiting.isEmpty())
        m_problems.clear(uploadsKey());
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
