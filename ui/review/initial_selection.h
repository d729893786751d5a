// What the review screen shows before a person chose anything: the picture of the latest event, standing
// still in the player, and a timeline wide enough to have it in view. Newer events take its place,
// unless somebody reads further down the list; the first thing that a person chooses ends it for good. GUI
// thread.
#pragma once

#include "base/ids.h"

#include <QObject>

namespace gatehouse::events
{
class EventList;
}

namespace gatehouse::timeline
{
class TimelinePanel;
}

namespace gatehouse::models
{
class EventModel;
class Playhead;
class Selection;
} // namespace gatehouse::models

namespace gatehouse::player
{
class PlayerController;
}

namespace gatehouse::review
{

class InitialSelection : public QObject
{
    Q_OBJECT

public:
    InitialSelection(models::EventModel &events, const events::EventList &list,
                     const models::Playhead &playhead, const models::Selection &selection,
                     player::PlayerController &player, timeline::TimelinePanel &timeline,
                     QObject *parent = nullptr);

private:
    void look();
    void end();
    [[nodiscard]] bool isOver() const;

    models::EventModel &m_events;
    const events::EventList &m_list;
    const models::Playhead &m_playhead;
    const models::Selection &m_selection;
    player::PlayerController &m_player;
    timeline::TimelinePanel &m_timeline;
    CameraId m_shownCamera;
    qint64 m_shownTime = 0; // UTC ms of the event on show; 0: none yet
};

} // namespace gatehouse::review
