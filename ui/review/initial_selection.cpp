#include "review/initial_selection.h"

#include "events/event_list.h"
#include "models/event_model.h"
#include "models/selection.h"
#include "player/player_controller.h"
#include "timeline/timeline_panel.h"
#include "widgets/list_view.h"

namespace gatehouse::review
{

InitialSelection::InitialSelection(models::EventModel &events, const events::EventList &list,
                                   const models::Playhead &playhead, const models::Selection &selection,
                                   player::PlayerController &player, timeline::TimelinePanel &timeline,
                                   QObject *parent)
    : QObject(parent), m_events(events), m_list(list), m_playhead(playhead), m_selection(selection),
      m_player(player), m_timeline(timeline)
{
    connect(&events, &models::EventModel::updated, this, &InitialSelection::look);
    connect(&selection, &models::Selection::shown, this, &InitialSelection::end);
    connect(&playhead, &models::Playhead::sought, this, &InitialSelection::end);
}

void InitialSelection::end()
{
    disconnect(&m_events, nullptr, this, nullptr);
    disconnect(&m_playhead, nullptr, this, nullptr);
    disconnect(&m_selection, nullptr, this, nullptr);
}

// The user pressed play, stepped, selected another camera, or looks at another day or at certain events.
bool InitialSelection::isOver() const
{
    return m_player.engine().isPlaying() || m_events.end() || m_events.choice().isNarrowed() ||
           m_playhead.time() != m_shownTime || m_selection.camera() != m_shownCamera;
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
        ++row; // start with a picture that can be shown
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
