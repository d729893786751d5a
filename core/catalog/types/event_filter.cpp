#include "catalog/types/event_filter.h"

namespace gatehouse::catalog
{

namespace
{
constexpr int kFirstTriggerBit = 8; // the query in tables/event_page.h uses the same numbers
} // namespace

Causes causeOf(Subject subject)
{
    return subject == Subject::None ? 0 : Causes(1) << int(subject);
}

Causes causeOf(Trigger trigger)
{
    return Causes(1) << (kFirstTriggerBit + int(trigger));
}

Causes causeOf(const Event &event)
{
    return event.subject == Subject::None ? causeOf(event.trigger) : causeOf(event.subject);
}

bool EventFilter::matches(const Event &event) const
{
    return (!cameras || cameras->contains(event.camera)) && (causes & causeOf(event)) != 0 &&
           reviewed.value_or(event.reviewed) == event.reviewed &&
           hasClip.value_or(event.clips > 0) == (event.clips > 0) && (!onlyProtected || event.isProtected) &&
           (!onlyUnsound || isUnsound(event.worst));
}

} // namespace gatehouse::catalog
