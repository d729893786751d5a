// What the review screen shows before a person chose anything: the picture of the latest event, standing
// still in the player, and a timeline wide enough to have it in view. Newer events take its place,
// unless somebody reads further down the list; the first thing that a person chooses ends it for good. GUI
// thread.
#pragma once

#include "base/ids.h"

#include <QObject>

namespace gatehouse::review
{

class EventList;
class EventModel;
class Playhead;
class PlayerPanel;
class TimelinePanel;

class InitialSelection : public QObject
{
    Q_OBJECT

public:
    InitialSelection(EventModel &events, const EventList &list, Playhead &playhead, PlayerPanel &player,
                     TimelinePanel &timeline, QObject *parent = nullptr);

private:
    void look();
    void end();
    [[nodiscard]] bool isOver() const;

    EventModel &m_events;
    const EventList &m_list;
    Playhead &m_playhead;
    PlayerPanel &m_player;
    TimelinePanel &m_timeline;
    CameraId m_shownCamera;
    qint64 m_shownTime = 0; // UTC ms of the event on show; 0: none yet
};

} // namespace gatehouse::review
