#include "models/event_navigator.h"

#include "base/when_done.h"

#include <QDateTime>

namespace gatehouse::models
{

namespace
{

constexpr qint64 kRestartWithinMs = 3'000; // up to this far into an event, "previous" means the one before it

struct Destination {
    std::optional<catalog::Event> event;
    bool hasOther = false; // if there is none: one the other way
};
using NavigationResult = Result<Destination>;

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
        const bool isBack = way == Way::Previous;
        auto found = isBack ? reader.eventBefore(camera, t) : reader.eventAfter(camera, t);
        if (isBack && found && *found && t - (*found)->range.start < kRestartWithinMs)
            found = reader.eventBefore(camera, (*found)->range.start);
        if (!found || *found)
            return found.map([](const auto &event) { return Destination{event, false}; });
        const auto other = isBack ? reader.eventAfter(camera, t) : reader.eventBefore(camera, t);
        return other.map([way](const auto &event) {
            return way == Way::Nearest ? Destination{event, false} : Destination{{}, event.has_value()};
        });
    };
    whenDone(m_reader.ask(question), this, [this, way, mine](const NavigationResult &answer) {
        if (mine != m_latest)
            return;
        if (!answer || !answer->event) {
            Q_EMIT nothingThere(way != Way::Previous, answer && answer->hasOther);
            return;
        }
        const catalog::Event &event = *answer->event;
        m_selection.show(event.camera, event.firstItem, event.range.start);
        Q_EMIT arrived(event.range.start);
    });
}

} // namespace gatehouse::models
