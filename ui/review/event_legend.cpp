#include "review/event_legend.h"

#include "widgets/theme.h"

#include <QPainter>

namespace gatehouse::review
{

namespace
{
constexpr int LegendHeight = 24;
constexpr int LegendSwatch = 8;
constexpr int LegendGap = 14;
} // namespace

EventLegend::EventLegend(QWidget *parent) : QWidget(parent)
{
    setFixedHeight(LegendHeight);
}

QSize EventLegend::sizeHint() const
{
    return {widgets::metrics::EventsWidth, LegendHeight};
}

void EventLegend::paintEvent(QPaintEvent *)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    const std::pair<QString, QColor> entries[] = {{tr("Motion"), theme.motion},
                                                  {tr("Person"), theme.person},
                                                  {tr("Vehicle"), theme.vehicle},
                                                  {tr("Sound"), theme.sound}};
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(widgets::font(widgets::TextStyle::Caption));
    int x = 12;
    for (const auto &[text, colour] : entries) {
        const int wide = painter.fontMetrics().horizontalAdvance(text);
        if (x + LegendSwatch + 6 + wide > width() - 4)
            break;
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawRoundedRect(x, (height() - LegendSwatch) / 2, LegendSwatch, LegendSwatch, 2, 2);
        painter.setPen(theme.ink2);
        painter.drawText(QRect(x + LegendSwatch + 6, 0, wide + 2, height()), Qt::AlignVCenter, text);
        x += LegendSwatch + 6 + wide + LegendGap;
    }
}

} // namespace gatehouse::review
