#include "events/event_legend.h"

#include "widgets/theme.h"

#include <QPainter>

namespace gatehouse::events
{

namespace
{
constexpr int kLegendHeight = 24;
constexpr int kLegendSwatch = 8;
constexpr int kLegendGap = 14;
} // namespace

EventLegend::EventLegend(QWidget *parent) : QWidget(parent)
{
    setFixedHeight(kLegendHeight);
}

QSize EventLegend::sizeHint() const
{
    return {widgets::metrics::kEventsWidth, kLegendHeight};
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
        if (x + kLegendSwatch + 6 + wide > width() - 4)
            break;
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawRoundedRect(x, (height() - kLegendSwatch) / 2, kLegendSwatch, kLegendSwatch, 2, 2);
        painter.setPen(theme.ink2);
        painter.drawText(QRect(x + kLegendSwatch + 6, 0, wide + 2, height()), Qt::AlignVCenter, text);
        x += kLegendSwatch + 6 + wide + kLegendGap;
    }
}

} // namespace gatehouse::events
