#include "widgets/spin_box.h"

#include "widgets/theme.h"

#include <QPainter>
#include <QStyleOptionSpinBox>
#include <QWheelEvent>

namespace gatehouse::widgets
{

SpinBox::SpinBox(QWidget *parent) : QSpinBox(parent)
{
    setFocusPolicy(Qt::StrongFocus);
}

void SpinBox::paintEvent(QPaintEvent *event)
{
    QSpinBox::paintEvent(event);
    const Theme &theme = themeOf(*this);
    QStyleOptionSpinBox option;
    initStyleOption(&option);
    QPainter painter(this);
    const auto draw = [&](QStyle::SubControl button, const QString &name, StepEnabledFlag step) {
        QRect place = style()->subControlRect(QStyle::CC_SpinBox, &option, button, this);
        QRect arrow(0, 0, metrics::kIconCheck, metrics::kIconCheck);
        arrow.moveCenter(place.center());
        const bool isOn = isEnabled() && stepEnabled().testFlag(step);
        const bool isPointed = isOn && option.activeSubControls == button && underMouse();
        painter.setOpacity(isOn ? 1.0 : kDisabledShare);
        drawIcon(painter, arrow, name, isPointed ? theme.ink : isOn ? theme.ink2 : theme.ink3);
    };
    draw(QStyle::SC_SpinBoxUp, QStringLiteral("chevron-up"), StepUpEnabled);
    draw(QStyle::SC_SpinBoxDown, QStringLiteral("chevron-down"), StepDownEnabled);
}

void SpinBox::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

} // namespace gatehouse::widgets
