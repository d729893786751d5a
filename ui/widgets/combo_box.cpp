#include "widgets/combo_box.h"

#include "widgets/theme.h"

#include <QPainter>
#include <QWheelEvent>

namespace gatehouse::widgets
{

namespace
{
constexpr int kArrowFromTheEnd = 8;
} // namespace

ComboBox::ComboBox(QWidget *parent) : QComboBox(parent)
{
    setFocusPolicy(Qt::StrongFocus);
}

void ComboBox::paintEvent(QPaintEvent *event)
{
    QComboBox::paintEvent(event);
    const Theme &theme = themeOf(*this);
    QRect arrow(0, 0, metrics::kIconText, metrics::kIconText);
    arrow.moveCenter(rect().center());
    arrow.moveLeft(isLeftToRight() ? width() - kArrowFromTheEnd - arrow.width() : kArrowFromTheEnd);
    QPainter painter(this);
    drawIcon(painter, arrow, QStringLiteral("chevron-down"), isEnabled() ? theme.ink2 : theme.ink3);
}

void ComboBox::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

} // namespace gatehouse::widgets
