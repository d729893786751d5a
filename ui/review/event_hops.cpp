#include "review/event_hops.h"

#include "widgets/when_done.h"

#include <QDateTime>

namespace gatehouse::review
{

namespace
{

constexpr qint64 kRestartWithinMs = 3'000; // this far into an event "previous" means the one before

using HopAnswer = Result<std::optional<catalog::Event>>;

} // namespace

EventHops::EventHops(const Services &services, Moment &moment, QObject *parent)
    : QObject(parent), m_reader(services.reader), m_moment(moment)
{
}

void EventHops::toNext()
{
    hop(Way::Next, m_moment.camera(), m_moment.time());
}

void EventHops::toPrevious()
{
    // Following now: the latest event is the one before.
    const bool live = m_moment.isFollowing() || m_moment.time() == 0;
    hop(Way::Previous, m_moment.camera(), live ? QDateTime::currentMSecsSinceEpoch() : m_moment.time());
}

void EventHops::toNearest(CameraId camera, qint64 t)
{
    hop(Way::Nearest, camera, t);
}

void EventHops::hop(Way way, CameraId camera, qint64 t)
{
    const int mine = ++m_latest;
    const auto question = [way, camera, t](catalog::Reader &reader) -> HopAnswer {
        if (way == Way::Previous) {
            HopAnswer found = reader.eventBefore(camera, t);
            if (found && *found && t - (*found)->range.start < kRestartWithinMs)
                found = reader.eventBefore(camera, (*found)->range.start);
            return found;
        }
        HopAnswer found = reader.eventAfter(camera, t);
        if (way == Way::Nearest && found && !*found)
            found = reader.eventBefore(camera, t);
        return found;
    };
    widgets::whenDone(m_reader.ask(question), this, [this, way, mine](const HopAnswer &answer) {
        if (mine != m_latest)
            return;
        if (!answer || !*answer) {
            Q_EMIT nothingThere(way != Way::Previous);
            return;
        }
        const catalog::Event &event = **answer;
        m_moment.show(event.camera, event.firstItem, event.range.start);
        Q_EMIT arrived(event.range.start);
    });
}

} // namespace gatehouse::review
