#include "models/event_navigator.h"

#include "base/when_done.h"

#include <QDateTime>

namespace gatehouse::models
{

namespace
{

constexpr qint64 kRestartWithinMs = 3'000; // up to this far into an event, "previous" means the one before it

using NavigationResult = Result<std::optional<catalog::Event>>;

} // namespace

EventNavigator::EventNavigator(const Services &services, const Playhead &playhead, Selection &selection,
                               QObject *parent)
    : QObject(parent), m_reader(services.reader), m_playhead(playhead), m_selection(selection)
{
}

void EventNavigator::toNext()
{
    navigate(Way::Next, m_selection.camera(), m_playhead.time());
}

void EventNavigator::toPrevious()
{
    // While following live, the latest event counts as the previous one.
    const bool live = m_playhead.isFollowing() || m_playhead.time() == 0;
    navigate(Way::Previous, m_selection.camera(),
             live ? QDateTime::currentMSecsSinceEpoch() : m_playhead.time());
}

void EventNavigator::toNearest(CameraId camera, qint64 t)
{
    navigate(Way::Nearest, camera, t);
}

void EventNavigator::navigate(Way way, CameraId camera, qint64 t)
{
    const int mine = ++m_latest;
    const auto question = [way, camera, t](catalog::Reader &reader) -> NavigationResult {
        if (way == Way::Previous) {
            NavigationResult found = reader.eventBefore(camera, t);
            if (found && *found && t - (*found)->range.start < kRestartWithinMs)
                found = reader.eventBefore(camera, (*found)->range.start);
            return found;
        }
        NavigationResult found = reader.eventAfter(camera, t);
        if (way == Way::Nearest && found && !*found)
            found = reader.eventBefore(camera, t);
        return found;
    };
    whenDone(m_reader.ask(question), this, [this, way, mine](const NavigationResult &answer) {
        if (mine != m_latest)
            return;
        if (!answer || !*answer) {
            Q_EMIT nothingThere(way != Way::Previous);
            return;
        }
        const catalog::Event &event = **answer;
        m_selection.show(event.camera, event.firstItem, event.range.start);
        Q_EMIT arrived(event.range.start);
    });
}

} // namespace gatehouse::models
