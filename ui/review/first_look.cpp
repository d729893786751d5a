#include "review/first_look.h"

#include "review/event_list.h"
#include "review/event_model.h"
#include "review/list_view.h"
#include "review/moment.h"
#include "review/player_panel.h"
#include "review/timeline_panel.h"

namespace gatehouse::review
{

FirstLook::FirstLook(EventModel &events, const EventList &list, Moment &moment, PlayerPanel &player,
                     TimelinePanel &timeline, QObject *parent)
    : QObject(parent), m_events(events), m_list(list), m_moment(moment), m_player(player),
      m_timeline(timeline)
{
    connect(&events, &EventModel::updated, this, &FirstLook::look);
    connect(&moment, &Moment::shown, this, &FirstLook::end);
    connect(&moment, &Moment::sought, this, &FirstLook::end);
}

void FirstLook::end()
{
    disconnect(&m_events, nullptr, this, nullptr);
    disconnect(&m_moment, nullptr, this, nullptr);
}

// Somebody pressed play, stepped, or chose another camera.
bool FirstLook::isOver() const
{
    return m_player.engine().isPlaying() || m_moment.time() != m_shownTime ||
           m_moment.camera() != m_shownCamera;
}

void FirstLook::look()
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
    if (isFirst && m_moment.isFollowing())
        m_timeline.widenTo(m_shownTime);
}

} // namespace gatehouse::review
