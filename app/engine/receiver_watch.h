// Tracks failures between cameras and the receiver: refused logins and uploads, data connections that were
// requested but not made. For the log, the status and the window's problems. Engine's main thread.
#pragma once

#include "app/engine/problems.h"
#include "base/clock.h"
#include "ftp/server.h"
#include "settings/settings.h"

#include <QHostAddress>
#include <QObject>

namespace gatehouse::app
{

class ReceiverWatch : public QObject
{
    Q_OBJECT

public:
    ReceiverWatch(Problems &problems, const Clock &clock, QObject *parent = nullptr);

    // Watches this server from now on; reports about the previous one are void.
    void watch(const ftp::Server &server, const settings::Receiver &settings);

    // Of the last day, newest first, one entry per user and address.
    [[nodiscard]] QVector<protocol::RefusedAttempts> refusedLogIns() const;
    // The same for uploads, one entry per user and reason.
    [[nodiscard]] QVector<protocol::RefusedAttempts> refusedUploads() const;

Q_SIGNALS:
    // A client received the greeting; it has not logged in yet.
    void dialogueOpened(const QHostAddress &peer);
    // A user's data connections fail; or work again.
    void passiveUnused(const QString &user, const QHostAddress &peer);
    void passiveUsedAgain(const QString &user);

private:
    void noteRefused(const QString &user, const QHostAddress &peer, const QString &reason);
    void noteLogIn(const QString &user, const QHostAddress &peer);
    void noteUploadRefused(const QString &user, const QString &reason);
    void noteUploadKept(const QString &user);
    void noteUnused(const QString &user, const QHostAddress &peer);
    void noteUsed(const QString &user);

    using Refused = protocol::RefusedAttempts;

    Problems &m_problems;
    const Clock &m_clock;
    using RefusedList = QVector<Refused>; // newest first
    Refused count(RefusedList &list, Refused entry, bool (*isSame)(const Refused &, const Refused &)) const;
    [[nodiscard]] RefusedList ofLastDay(const RefusedList &list) const;

    RefusedList m_refused;
    RefusedList m_refusedUploads;
    QStringList m_waiting;     // users whose last upload was refused
    qint64 m_waitingCount = 0; // uploads refused since the first of them
    qint64 m_waitingSince = 0;
    QStringList m_unreached; // users
    int m_firstPort = 0;     // of the passive range; 0: any
    int m_lastPort = 0;
};

} // namespace gatehouse::app
