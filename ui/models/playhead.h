// Where in time the review screen looks, and whether it follows "now". The player, the timeline and the lists
// all read and move this one object, so that they agree. GUI thread.
#pragma once

#include <QObject>

namespace gatehouse::models
{

class Playhead : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] qint64 time() const { return m_time; } // UTC ms; 0: nowhere yet
    [[nodiscard]] bool isFollowing() const { return m_following; }

    // A person put the playhead somewhere (click or drag on the timeline): the player goes there.
    void seek(qint64 time);
    // The player reports where it is, or a chosen item where it starts; nobody seeks because of this.
    void moveTo(qint64 time);
    void follow(bool on);

Q_SIGNALS:
    void sought(qint64 time);
    void timeChanged(qint64 time); // after seek and moveTo
    void followingChanged(bool on);

private:
    qint64 m_time = 0;
    bool m_following = true;
};

} // namespace gatehouse::models
