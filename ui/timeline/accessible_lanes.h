// The lanes for screen readers: a tree of the visible lanes and, in each, of what it shows, with names,
// places and an action that plays an item as a click does. GUI thread.
#pragma once

class QAccessibleInterface;
class QObject;
class QString;

namespace gatehouse::timeline
{

// For QAccessible::installFactory().
QAccessibleInterface *accessibleLanes(const QString &className, QObject *object);

} // namespace gatehouse::timeline
