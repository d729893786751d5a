#include "shell/rail_button.h"

#include "widgets/theme.h"

#include <QPainter>

namespace gatehouse::shell
{

namespace
{
constexpr int kRailButtonWidth = 56;
constexpr int kRailButtonHeight = 52;
constexpr int kRailButtonNarrow = 40;
constexpr int kRailDot = 8;
} // namespace

RailButton::RailButton(const QString &iconName, const QString &text, QWidget *parent)
    : QAbstractButton(parent), m_iconName(iconName)
{
    setText(text);
    setToolTip(text);
    setAccessibleName(text);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void RailButton::setNarrow(bool narrow)
{
    m_narrow = narrow;
    updateGeometry();
    update();
}

void RailButton::setNeedsYou(bool on)
{
    m_needsYou = on;
    update();
}

QSize RailButton::sizeHint() const
{
    return m_narrow ? QSize(kRailButtonNarrow, kRailButtonNarrow)
                    : QSize(kRailButtonWidth, kRailButtonHeight);
}

void RailButton::paintEvent(QPaintEvent *)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool over = underMouse();
    if (isChecked() || over) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isChecked() ? theme.accentWeak : theme.hover);
        painter.drawRoundedRect(rect(), widgets::metrics::kRadiusPanel, widgets::metrics::kRadiusPanel);
    }
    const QColor colour = isChecked() ? theme.accent : over ? theme.ink : theme.ink2;
    const int side = widgets::metrics::kIconRail;
    const int top = m_narrow ? (height() - side) / 2 : 8;
    const QRect icon((width() - side) / 2, top, side, side);
    widgets::drawIcon(painter, icon, m_iconName, colour);
    if (!m_narrow) {
        painter.setFont(widgets::font(widgets::TextStyle::Caption, isChecked() ? QFont::DemiBold : 0));
        painter.setPen(colour);
        const QRect words(2, icon.bottom() + 3, width() - 4, 16);
        painter.drawText(words, Qt::AlignCenter,
                         painter.fontMetrics().elidedText(text(), Qt::ElideRight, words.width()));
    }
    if (m_needsYou) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.warn);
        painter.drawEllipse(icon.right() - 2, icon.top() - 3, kRailDot, kRailDot);
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(rect().adjusted(1, 1, -1, -1), widgets::metrics::kRadiusPanel,
                                widgets::metrics::kRadiusPanel);
    }
}

void RailButton::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void RailButton::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace gatehouse::shell
