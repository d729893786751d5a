// Turns the engine's notifications about logins and data connections into the problem shown in a camera's
// row, until the camera works again. GUI thread.
#pragma once

#include "base/clock.h"
#include "control/client.h"
#include "protocol/receiver.h"

#include <QHash>
#include <QObject>

namespace gatehouse::models
{
class CameraModel;
}

namespace gatehouse::shell
{

class LoginWatch : public QObject
{
    Q_OBJECT

public:
    LoginWatch(control::Client &client, models::CameraModel &cameras, const Clock &clock,
               QObject *parent = nullptr);

private:
    void takeUnreached(const QString &user);
    void takeRefused(const protocol::LogInRefused &refusal);
    void logInWorks(const QString &user);
    [[nodiscard]] static QString sentenceOf(protocol::RefusalCause cause);

    models::CameraModel &m_cameras;
    QHash<QString, QString> m_unreached; // what is said of users whose data connections do not get through
    QHash<QString, qint64> m_refused;    // since when users could not log in, UTC ms
    const Clock &m_clock;
};

} // namespace gatehouse::shell
