// Turns the engine's word on log-ins into what a camera's row says: a refused camera needs a person
// from the first refusal until it logs in again. GUI thread.
#pragma once

#include "base/clock.h"
#include "control/client.h"

#include <QObject>

namespace gatehouse::review
{
class CameraModel;
}

namespace gatehouse::shell
{

class LoginWatch : public QObject
{
    Q_OBJECT

public:
    LoginWatch(control::Client &client, review::CameraModel &cameras, const Clock &clock,
               QObject *parent = nullptr);

private:
    void take(const QString &fact, const QJsonObject &values);

    review::CameraModel &m_cameras;
    const Clock &m_clock;
};

} // namespace gatehouse::shell
