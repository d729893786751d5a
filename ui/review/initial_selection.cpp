#include "review/initial_selection.h"

#include "review/event_list.h"
#include "review/event_model.h"
#include "review/list_view.h"
#include "review/player_panel.h"
#include "review/playhead.h"
#include "review/timeline_panel.h"

namespace gatehouse::review
{

InitialSelection::InitialSelection(EventModel &events, const EventList &list, Playhead &playhead,
                                   PlayerPanel &player, TimelinePanel &timeline, QObject *parent)
    : QObject(parent), m_events(events), m_list(list), m_playhead(playhead), m_player(player),
      m_timeline(timeline)
{
    connect(&events, &EventModel::updated, this, &InitialSelection::look);
    connect(&playhead, &Playhead::shown, this, &InitialSelection::end);
    connect(&playhead, &Playhead::sought, this, &InitialSelection::end);
}

void InitialSelection::end()
{
    disconnect(&m_events, nullptr, this, nullptr);
    disconnect(&m_playhead, nullptr, this, nullptr);
}

// Somebody pressed play, stepped, or chose another camera.
bool InitialSelection::isOver() const
{
    return m_player.engine().isPlaying() || m_playhead.time() != m_shownTime ||
           m_playhead.camera() != m_shownCamera;
}

void InitialSelection::look()
{
    if (isOver())
        return end();
    if (m_shownTime != 0 && !m_list.view()->isAtTop())
        return;
    int row = 0;
    const auto cannotBeShown = [](ItemState worst) {
        return worst == ItemState::Damaged || worst == ItemState::TooLong;
    };
    while (row < m_events.rowCount() && cannotBeShown(m_events.event(row).worst))
        ++row; // a picture that cannot be shown is no welcome
    if (row == m_events.rowCount())
        return;
    const catalog::Event &event = m_events.event(row);
    if (event.range.start == m_shownTime && event.camera == m_shownCamera)
        return;
    const bool isFirst = m_shownTime == 0;
    m_shownTime = event.range.start;
    m_shownCamera = event.camera;
    m_player.present(event.camera, event.firstItem, m_shownTime);
    if (isFirst && m_playhead.isFollowing())
        m_timeline.widenTo(m_shownTime);
}

} // namespace gatehouse::review
