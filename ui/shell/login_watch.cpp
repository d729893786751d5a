#include "shell/login_watch.h"

#include "models/camera_model.h"
#include "widgets/format.h"

namespace gatehouse::shell
{

LoginWatch::LoginWatch(control::Client &client, models::CameraModel &cameras, const Clock &clock,
                       QObject *parent)
    : QObject(parent), m_cameras(cameras), m_clock(clock)
{
    connect(&client, &control::Client::notified, this, &LoginWatch::take);
}

void LoginWatch::take(const QString &notification, const QJsonObject &values)
{
    if (notification == QLatin1String("login")) {
        const AccountId account{values.value(QLatin1String("account")).toInteger()};
        logInWorks(m_cameras.userOf(account));
    } else if (notification == QLatin1String("unreached")) {
        const QString user = values.value(QLatin1String("user")).toString();
        if (m_unreached.contains(user) || !m_cameras.hasUser(user))
            return;
        m_unreached.insert(user, tr("No data connection since %1").arg(widgets::minuteText(m_clock.now())));
        logInWorks(user);
    } else if (notification == QLatin1String("reached")) {
        const QString user = values.value(QLatin1String("user")).toString();
        m_unreached.remove(user);
        logInWorks(user);
    } else if (notification == QLatin1String("refused")) {
        // Anyone can try any name; only what cameras of ours cannot do matters here.
        const QString user = values.value(QLatin1String("user")).toString();
        const QString cause = values.value(QLatin1String("cause")).toString();
        if (!m_cameras.hasUser(user))
            return;
        Refused &refused = m_refused[user];
        refused = {cause, refused.since ? refused.since : m_clock.now()};
        m_cameras.setTrouble(user, sentenceOf(cause).arg(widgets::minuteText(refused.since)),
                             values.value(QLatin1String("reason")).toString());
    }
}

QString LoginWatch::sentenceOf(const QString &cause)
{
    if (cause == QLatin1String("not_encrypted"))
        return tr("Unencrypted since %1");
    if (cause == QLatin1String("old_tls"))
        return tr("Old TLS since %1");
    return tr("Can't log in since %1");
}

// It logs in before each try, so that alone is no sign that the data comes.
void LoginWatch::logInWorks(const QString &user)
{
    m_refused.remove(user);
    m_cameras.setTrouble(user, m_unreached.value(user));
}

} // namespace gatehouse::shell
