// The current instant of the review screen, and whether it follows "now". Player, timeline and lists read and
// move this one object, so that they agree. GUI thread.
#pragma once

#include <QObject>

namespace gatehouse::models
{

class Playhead : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] qint64 time() const { return m_time; } // UTC ms; 0: not set yet
    [[nodiscard]] bool isFollowing() const { return m_following; }

    // The user moved the playhead (click or drag on the timeline): the player goes there.
    void seek(qint64 time);
    // The player reports its position, or a selected item its start; this causes no seek.
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
