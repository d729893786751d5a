// Tracks what goes wrong between cameras and the receiver: faults until they are over, refused logins and
// uploads, and test files that arrive. For the log, the status and the window. Engine's main thread.
#pragma once

#include "app/engine/problems.h"
#include "base/clock.h"
#include "ftp/server.h"
#include "protocol/camera_fault.h"
#include "settings/settings.h"

#include <QHash>
#include <QHostAddress>
#include <QJsonObject>
#include <QObject>
#include <QSet>

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
    // Newest first. One that named none of these users belongs to the one last seen at its address, if it is
    // alone there.
    [[nodiscard]] QVector<protocol::CameraFault> faults(const QSet<QString> &users) const;
    [[nodiscard]] QVector<protocol::TestUpload> tests() const { return m_tests; }
    void noteTest(const QString &user);

    // Where each user logged in last: kept across restarts, because a camera that no longer logs in names
    // nobody.
    [[nodiscard]] QJsonObject addresses() const;
    void setAddresses(const QJsonObject &addresses); // keeps newer ones

Q_SIGNALS:
    // A client received the greeting; it has not logged in yet.
    void dialogueOpened(const QHostAddress &peer);
    // A fault appeared or is over, or a test file arrived; not at each repetition.
    void changed();
    void addressesChanged();

private:
    void noteFault(const ftp::Fault &fault);
    void noteFaultOver(const QString &user, FaultKind kind);
    void noteRefused(const protocol::CameraFault &fault);
    void noteLogIn(const QString &user, const QHostAddress &peer);
    void noteUploadRefused(const QString &user, const QString &reason);
    void noteUploadKept(const QString &user);
    void forgetCrowds();
    [[nodiscard]] QString userAt(const QString &address, const QSet<QString> &users) const;

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
    QVector<protocol::CameraFault> m_faults; // newest first
    QVector<protocol::TestUpload> m_tests;   // newest first
    QHash<QString, QString> m_addresses;     // by user
    int m_firstPort = 0;                     // of the passive range; 0: any
    int m_lastPort = 0;
};

} // namespace gatehouse::app
