#include "widgets/pop_up.h"

#include "widgets/theme.h"

#include <QPainter>
#include <QScreen>
#include <algorithm>

namespace gatehouse::widgets
{

PopUp::PopUp(QWidget *parent) : QWidget(parent, Qt::Popup | Qt::FramelessWindowHint)
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAttribute(Qt::WA_NoMouseReplay); // otherwise its control would reopen it
}

void PopUp::openBeside(const QWidget &control, Side wanted)
{
    adjustSize();
    const QRect room = control.screen()->availableGeometry();
    const QPoint above = control.mapToGlobal(QPoint(0, -height() - metrics::kGrid));
    const QPoint below = control.mapToGlobal(QPoint(0, control.height() + metrics::kGrid));
    const bool fitsAbove = above.y() >= room.top();
    const bool fitsBelow = below.y() + height() <= room.top() + room.height();
    const bool isAbove = wanted == Side::Above ? fitsAbove || !fitsBelow : !fitsBelow && fitsAbove;
    const int right = room.left() + room.width() - width();
    const QPoint at(std::clamp(below.x(), room.left(), std::max(room.left(), right)),
                    isAbove ? above.y() : below.y());
    copyGround(*control.window(), at);
    move(at);
    show();
    setFocus();
}

void PopUp::copyGround(QWidget &window, QPoint at)
{
    const QRect here(window.mapFromGlobal(at), size());
    // Beyond the window, what is below is not ours: there the corners stay square.
    m_ground = window.rect().contains(here) ? window.grab(here) : QPixmap();
}

void PopUp::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(*this);
    QPainter painter(this);
    if (m_ground.isNull())
        painter.fillRect(rect(), theme.raised);
    else
        painter.drawPixmap(0, 0, m_ground);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.edge);
    painter.setBrush(theme.raised);
    const int radius = m_ground.isNull() ? 0 : metrics::kRadiusPopup;
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

} // namespace gatehouse::widgets
