#include "models/playhead.h"

namespace gatehouse::models
{

void Playhead::seek(qint64 time)
{
    follow(false);
    moveTo(time);
    Q_EMIT sought(time);
}

void Playhead::moveTo(qint64 time)
{
    if (m_time == time)
        return;
    m_time = time;
    Q_EMIT timeChanged(time);
}

void Playhead::follow(bool on)
{
    if (m_following == on)
        return;
    m_following = on;
    Q_EMIT followingChanged(on);
}

} // namespace gatehouse::models
