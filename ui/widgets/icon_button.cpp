#include "widgets/icon_button.h"

#include "widgets/theme.h"

#include <QPainter>

namespace gatehouse::widgets
{

IconButton::IconButton(const QString &iconName, const QString &tip, QWidget *parent, int side, int iconSide)
    : QToolButton(parent), m_iconName(iconName)
{
    setFixedSize(side, side);
    setIconSize({iconSide, iconSide});
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setTip(tip);
}

void IconButton::setIconName(const QString &name)
{
    m_iconName = name;
    update();
}

void IconButton::setTip(const QString &tip)
{
    setToolTip(tip);
    setAccessibleName(tip);
}

void IconButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool over = isEnabled() && underMouse();
    const QRectF ground = QRectF(rect()).adjusted(1, 1, -1, -1);
    if (isDown() || isChecked() || over) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isDown() ? theme.line : isChecked() ? theme.accentWeak : theme.hover);
        painter.drawRoundedRect(ground, metrics::kRadiusControl, metrics::kRadiusControl);
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(ground, metrics::kRadiusControl, metrics::kRadiusControl);
    }
    const QColor colour = !isEnabled()  ? theme.ink3
                          : isChecked() ? theme.accent
                          : over        ? theme.ink
                                        : theme.ink2;
    const QRect picture({(width() - iconSize().width()) / 2, (height() - iconSize().height()) / 2},
                        iconSize());
    if (!isEnabled())
        painter.setOpacity(kDisabledShare);
    drawIcon(painter, picture, m_iconName, colour);
}

} // namespace gatehouse::widgets
