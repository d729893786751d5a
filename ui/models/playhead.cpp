#include "models/playhead.h"

namespace gatehouse::models
{

void Playhead::show(CameraId camera, ItemId item, qint64 time)
{
    follow(false);
    setCamera(camera);
    setItem(item);
    setTime(time);
    Q_EMIT shown(camera, item, time);
}

void Playhead::seek(qint64 time)
{
    follow(false);
    setTime(time);
    Q_EMIT sought(time);
}

void Playhead::chooseCamera(CameraId camera)
{
    setCamera(camera);
}

void Playhead::follow(bool on)
{
    if (m_following == on)
        return;
    m_following = on;
    Q_EMIT followingChanged(on);
}

void Playhead::played(CameraId camera, ItemId item, qint64 time)
{
    setCamera(camera);
    setItem(item);
    setTime(time);
}

void Playhead::setTime(qint64 time)
{
    if (m_time == time)
        return;
    m_time = time;
    Q_EMIT timeChanged(time);
}

void Playhead::setCamera(CameraId camera)
{
    if (m_camera == camera)
        return;
    m_camera = camera;
    Q_EMIT cameraChanged(camera);
}

void Playhead::setItem(ItemId item)
{
    if (m_item == item)
        return;
    m_item = item;
    Q_EMIT itemChanged(item);
}

} // namespace gatehouse::models
