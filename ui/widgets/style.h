// Fusion with our check boxes: 16 px, radius 4, accent when on. drawCheckBox() is for delegates.
// GUI thread.
#pragma once

#include <QProxyStyle>

namespace gatehouse::widgets
{

struct Theme;

void drawCheckBox(QPainter &painter, const QRect &rect, bool on, bool enabled, const Theme &theme);

class Style : public QProxyStyle
{
    Q_OBJECT

public:
    Style();

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
};

} // namespace gatehouse::widgets
