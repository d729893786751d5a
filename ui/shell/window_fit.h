// Where a window goes so that all of it is on a screen: a new one as large as is useful, a restored one as it
// was, as far as the screen still has room for it. Pure geometry in logical pixels.
#pragma once

#include <QRect>

namespace gatehouse::shell
{

// Around the content: the desktop's title bar and edges, which are known only once the window is shown.
inline constexpr QMargins kTypicalFrame{4, 36, 4, 4};

// The least size that the layout is made for, or the screen's if that is smaller (1920x1200 at 200 %).
QSize leastWindowSize(QSize available);
// A new window on a screen whose free part is `available`: centred.
QRect firstWindow(QRect available);
// The part of `wanted` that fits, moved as little as possible.
QRect fittedWindow(QRect wanted, QRect available, QMargins frame = kTypicalFrame);

} // namespace gatehouse::shell
