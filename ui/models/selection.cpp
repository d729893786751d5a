#include "models/selection.h"

namespace gatehouse::models
{

Selection::Selection(Playhead &playhead, QObject *parent) : QObject(parent), m_playhead(playhead) {}

void Selection::show(CameraId camera, ItemId item, qint64 time)
{
    m_playhead.follow(false);
    track(camera, item);
    m_playhead.moveTo(time);
    Q_EMIT shown(camera, item, time);
}

void Selection::chooseCamera(CameraId camera)
{
    if (m_camera == camera)
        return;
    m_camera = camera;
    Q_EMIT cameraChanged(camera);
}

void Selection::track(CameraId camera, ItemId item)
{
    chooseCamera(camera);
    if (m_item == item)
        return;
    m_item = item;
    Q_EMIT itemChanged(item);
}

} // namespace gatehouse::models
