#include "widgets/card.h"

#include "widgets/theme.h"

#include <QPainter>

namespace gatehouse::widgets
{

void Card::paintEvent(QPaintEvent *)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.line);
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), widgets::metrics::kRadiusPanel,
                            widgets::metrics::kRadiusPanel);
}

} // namespace gatehouse::widgets
