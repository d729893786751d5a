#include "review/watched_events.h"

#include "events/event_actions.h"
#include "models/event_model.h"
#include "models/selection.h"
#include "player/player_controller.h"

#include <utility>

namespace gatehouse::review
{

namespace
{

constexpr qint64 kNearEndMs = 1'000;
constexpr qint64 kMaxStepMs = 2'000; // a larger step of the playhead is a jump; at 16 x, a frame is below
constexpr int kLookMs = 2'000;

} // namespace

WatchedEvents::WatchedEvents(const models::EventModel &events, const models::Playhead &playhead,
                             const models::Selection &selection, player::PlayerController &player,
                             events::EventActions &actions, QObject *parent)
    : QObject(parent), m_events(events), m_playhead(playhead), m_selection(selection), m_player(player),
      m_actions(actions)
{
    m_look.setSingleShot(true);
    m_look.setInterval(kLookMs);
    connect(&playhead, &models::Playhead::timeChanged, this, &WatchedEvents::follow);
    // Only what the user chose: the first picture of a screen was chosen by nobody.
    connect(&selection, &models::Selection::shown, &m_look, qOverload<>(&QTimer::start));
    connect(&m_look, &QTimer::timeout, this, &WatchedEvents::lookAtPictures);
}

void WatchedEvents::follow(qint64 time)
{
    const qint64 step = time - std::exchange(m_lastTime, time);
    if (!m_enabled || !m_player.engine().isPlaying())
        return;
    const QModelIndex row = m_events.indexAt(m_selection.camera(), time);
    if (!row.isValid())
        return;
    const catalog::Event &event = m_events.event(row.row());
    if (std::exchange(m_event, event.id) != event.id)
        m_played = 0;
    if (step > 0 && step <= kMaxStepMs)
        m_played += step;
    const bool isAtEnd = time >= event.range.end - kNearEndMs;
    if (isAtEnd && m_played * 2 >= event.range.length() - kNearEndMs && !event.reviewed)
        mark(event.id);
}

void WatchedEvents::lookAtPictures()
{
    const QModelIndex row = m_events.indexAt(m_selection.camera(), m_playhead.time());
    if (!m_enabled || !row.isValid())
        return;
    const catalog::Event &event = m_events.event(row.row());
    if (event.clips == 0 && !event.reviewed && m_player.engine().picture())
        mark(event.id);
}

void WatchedEvents::mark(EventId event)
{
    if (std::exchange(m_marked, event) != event)
        m_actions.setReviewedQuietly(event);
}

} // namespace gatehouse::review
