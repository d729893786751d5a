// What the review screen looks at: one instant, one camera, one item, and whether it follows "now".
// The player, the timeline and the lists all read and move this one object, so that they agree.
// GUI thread.
#pragma once

#include "base/ids.h"
#include "base/time_range.h"

#include <QObject>

namespace gatehouse::models
{

class Playhead : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] qint64 time() const { return m_time; }       // UTC ms
    [[nodiscard]] CameraId camera() const { return m_camera; } // none: no camera chosen
    [[nodiscard]] ItemId item() const { return m_item; }       // none: nothing recorded is chosen
    [[nodiscard]] bool isFollowing() const { return m_following; }

    // A person chose an item (event card, timeline block): the player opens it at `time`.
    void show(CameraId camera, ItemId item, qint64 time);
    // A person put the playhead somewhere (click or drag on the timeline).
    void seek(qint64 time);
    void chooseCamera(CameraId camera);
    void follow(bool on);
    // The player reports where it is; nobody seeks because of this.
    void played(CameraId camera, ItemId item, qint64 time);

Q_SIGNALS:
    void shown(gatehouse::CameraId camera, gatehouse::ItemId item, qint64 time);
    void sought(qint64 time);
    void timeChanged(qint64 time); // after any of show, seek and played
    void cameraChanged(gatehouse::CameraId camera);
    void itemChanged(gatehouse::ItemId item);
    void followingChanged(bool on);

private:
    void setTime(qint64 time);
    void setCamera(CameraId camera);
    void setItem(ItemId item);

    qint64 m_time = 0;
    CameraId m_camera;
    ItemId m_item;
    bool m_following = true;
};

} // namespace gatehouse::models
