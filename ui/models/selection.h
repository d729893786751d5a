// The review screen's selection: one camera and one of its items. Player, timeline and lists read and change
// this one object, so that they agree. Showing an item moves the Playhead to it. GUI thread.
#pragma once

#include "base/ids.h"
#include "models/playhead.h"

namespace gatehouse::models
{

class Selection : public QObject
{
    Q_OBJECT

public:
    // playhead: must outlive it.
    explicit Selection(Playhead &playhead, QObject *parent = nullptr);

    [[nodiscard]] CameraId camera() const { return m_camera; } // none: no camera selected
    [[nodiscard]] ItemId item() const { return m_item; }       // none: no recording selected

    // The user selected an item (event card, timeline block): the player opens it at `time` (UTC ms).
    void show(CameraId camera, ItemId item, qint64 time);
    void chooseCamera(CameraId camera);
    // The player reports what it plays; this opens nothing.
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
