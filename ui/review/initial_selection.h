// What the review screen shows until the user selects something: the picture of the latest event, paused in
// the player, and a timeline wide enough to include it. Newer events replace it, unless the list is scrolled
// down; the user's first selection ends this for good. GUI thread.
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
    qint64 m_shownTime = 0; // UTC ms of the displayed event; 0: none yet
};

} // namespace gatehouse::review
