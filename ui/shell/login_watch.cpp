#include "shell/login_watch.h"

#include "models/camera_model.h"
#include "widgets/format.h"

namespace gatehouse::shell
{

LoginWatch::LoginWatch(control::Client &client, models::CameraModel &cameras, const Clock &clock,
                       QObject *parent)
    : QObject(parent), m_cameras(cameras), m_clock(clock)
{
    control::Notifications &from = client.notifications();
    from.on<protocol::LoggedIn>(
        this, [this](const protocol::LoggedIn &login) { logInWorks(m_cameras.userOf(login.account)); });
    from.on<protocol::LogInRefused>(this,
                                    [this](const protocol::LogInRefused &refusal) { takeRefused(refusal); });
    from.on<protocol::DataUnreached>(
        this, [this](const protocol::DataUnreached &unreached) { takeUnreached(unreached.user); });
    from.on<protocol::DataReached>(this, [this](const protocol::DataReached &reached) {
        m_unreached.remove(reached.user);
        logInWorks(reached.user);
    });
}

void LoginWatch::takeUnreached(const QString &user)
{
    if (m_unreached.contains(user) || !m_cameras.hasUser(user))
        return;
    m_unreached.insert(user, tr("No data connection since %1").arg(widgets::minuteText(m_clock.now())));
    logInWorks(user);
}

// Anyone can try any name; only what cameras of ours cannot do matters here.
void LoginWatch::takeRefused(const protocol::LogInRefused &refusal)
{
    if (!m_cameras.hasUser(refusal.user))
        return;
    qint64 &since = m_refused[refusal.user];
    if (since == 0)
        since = m_clock.now();
    m_cameras.setTrouble(refusal.user, sentenceOf(refusal.cause).arg(widgets::minuteText(since)),
                         refusal.reason);
}

QString LoginWatch::sentenceOf(protocol::RefusalCause cause)
{
    switch (cause) {
    case protocol::RefusalCause::NotEncrypted:
        return tr("Unencrypted since %1");
    case protocol::RefusalCause::OldTls:
        return tr("Old TLS since %1");
    case protocol::RefusalCause::Password:
    case protocol::RefusalCause::OwnTrouble:
        break;
    }
    return tr("Can't log in since %1");
}

// It logs in before each attempt, so a login does not prove that data connections work.
void LoginWatch::logInWorks(const QString &user)
{
    m_refused.remove(user);
    m_cameras.setTrouble(user, m_unreached.value(user));
}

} // namespace gatehouse::shell
