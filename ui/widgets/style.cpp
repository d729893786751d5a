#include "widgets/style.h"

#include "widgets/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace gatehouse::widgets
{

namespace
{

constexpr int kCheckSide = 16;

} // namespace

void drawCheckBox(QPainter &painter, const QRect &rect, bool on, bool enabled, const Theme &theme)
{
    QRect box(0, 0, kCheckSide, kCheckSide);
    box.moveCenter(rect.center());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (!enabled)
        painter.setOpacity(kDisabledShare);
    painter.setPen(on ? QPen(theme.accent) : QPen(theme.edge));
    painter.setBrush(on ? QBrush(theme.accent) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), metrics::kRadiusBadge,
                            metrics::kRadiusBadge);
    if (on) {
        const int inset = (kCheckSide - metrics::kIconCheck) / 2;
        drawIcon(painter, box.adjusted(inset, inset, -inset, -inset), QStringLiteral("check"),
                 theme.onAccent);
    }
    painter.restore();
}

Style::Style() : QProxyStyle(QStringLiteral("Fusion")) {}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    if (element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck) {
        drawCheckBox(*painter, option->rect, option->state.testFlag(State_On),
                     option->state.testFlag(State_Enabled), themeOf(option->palette));
        return;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    if (metric == PM_IndicatorWidth || metric == PM_IndicatorHeight)
        return kCheckSide;
    return QProxyStyle::pixelMetric(metric, option, widget);
}

} // namespace gatehouse::widgets
