// What the review screen looks at: one camera and one of its items. The player, the timeline and the lists
// all read and change this one object, so that they agree. Showing an item moves the Playhead to it. GUI
// thread.
#pragma once

#include "base/ids.h"
#include "models/playhead.h"

namespace gatehouse::models
{

class Selection : public QObject
{
    Q_OBJECT

public:
    // playhead: outlives it.
    explicit Selection(Playhead &playhead, QObject *parent = nullptr);

    [[nodiscard]] CameraId camera() const { return m_camera; } // none: no camera chosen
    [[nodiscard]] ItemId item() const { return m_item; }       // none: nothing recorded is chosen

    // A person chose an item (event card, timeline block): the player opens it at `time` (UTC ms).
    void show(CameraId camera, ItemId item, qint64 time);
    void chooseCamera(CameraId camera);
    // The player reports what it plays; nobody opens anything because of this.
    void track(CameraId camera, ItemId item);

Q_SIGNALS:
    void shown(gatehouse::CameraId camera, gatehouse::ItemId item, qint64 time);
    void cameraChanged(gatehouse::CameraId camera);
    void itemChanged(gatehouse::ItemId item);

private:
    Playhead &m_playhead;
    CameraId m_camera;
    ItemId m_item;
};

} // namespace gatehouse::models
