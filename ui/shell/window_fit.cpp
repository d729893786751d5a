#include "shell/window_fit.h"

#include <algorithm>

namespace gatehouse::shell
{

namespace
{
constexpr QSize kLayoutMinimum(1024, 640);
constexpr QSize kDesigned(1600, 1000);
} // namespace

QSize leastWindowSize(QSize available)
{
    const QSize room = available.shrunkBy(kTypicalFrame);
    return kLayoutMinimum.boundedTo(room);
}

QRect firstWindow(QRect available)
{
    const QRect room = available.marginsRemoved(kTypicalFrame);
    QRect out(QPoint(), kDesigned.boundedTo(room.size()));
    out.moveCenter(room.center());
    return fittedWindow(out, available);
}

QRect fittedWindow(QRect wanted, QRect available, QMargins frame)
{
    const QRect room = available.marginsRemoved(frame);
    const QSize size = wanted.size().boundedTo(room.size());
    const int x = std::clamp(wanted.left(), room.left(), room.left() + room.width() - size.width());
    const int y = std::clamp(wanted.top(), room.top(), room.top() + room.height() - size.height());
    return {QPoint(x, y), size};
}

} // namespace gatehouse::shell
