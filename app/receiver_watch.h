// What does not work between cameras and the receiver: log-ins that were refused, data connections that were
// asked for and not made. For the log, the status and the window's problems. Engine's main thread.
#pragma once

#include "app/problems.h"
#include "base/clock.h"

#include <QHostAddress>
#include <QJsonArray>
#include <QObject>

namespace gatehouse::app
{

class ReceiverWatch : public QObject
{
    Q_OBJECT

public:
    ReceiverWatch(Problems &problems, const Clock &clock, QObject *parent = nullptr);

    void logInRefused(const QString &user, const QHostAddress &peer, const QString &reason);
    void loggedIn(const QString &user, const QHostAddress &peer);
    // `first` 0: any port.
    void passiveUnused(const QString &user, const QHostAddress &peer, int first, int last);
    void passiveUsed(const QString &user);
    void receiverIsNew(); // another range of ports, other addresses

    // Of the last day, newest first, one entry for each user and address:
    // {user, peer, reason, count, first, last}, times in UTC ms.
    [[nodiscard]] QJsonArray refusedLogIns() const;

private:
    struct Refused {
        QString user;
        QString peer;
        QString reason;
        qint64 count = 0;
        qint64 first = 0;
        qint64 last = 0;
    };

    Problems &m_problems;
    const Clock &m_clock;
    QVector<Refused> m_refused; // newest first
    QStringList m_unreached;    // users
};

} // namespace gatehouse::app
