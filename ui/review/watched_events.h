// Marks events as reviewed once they have been watched: played at any speed to within a second of their end,
// for at least half of what they have, or, if they only have pictures, looked at for two seconds. A setting
// turns it off. GUI thread.
#pragma once

#include "base/ids.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace gatehouse::events
{
class EventActions;
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

class WatchedEvents : public QObject
{
    Q_OBJECT

public:
    WatchedEvents(const models::EventModel &events, const models::Playhead &playhead,
                  const models::Selection &selection, player::PlayerController &player,
                  events::EventActions &actions, QObject *parent = nullptr);

    void setEnabled(bool on) { m_enabled = on; }

private:
    void follow(qint64 time);
    void lookAtPictures();
    void mark(EventId event);

    const models::EventModel &m_events;
    const models::Playhead &m_playhead;
    const models::Selection &m_selection;
    player::PlayerController &m_player;
    events::EventActions &m_actions;
    bool m_enabled = true;
    EventId m_event;       // the one that is being watched
    qint64 m_lastTime = 0; // UTC ms of the playhead
    qint64 m_played = 0;   // ms of m_event that have been played
    EventId m_marked;      // the last one that was marked
    QTimer m_look;         // at pictures
};

} // namespace gatehouse::review
