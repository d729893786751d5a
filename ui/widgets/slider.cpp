#include "widgets/slider.h"

#include "widgets/theme.h"

#include <QMouseEvent>
#include <QPainter>

namespace gatehouse::widgets
{

namespace
{

constexpr int kSliderKnob = 12;
constexpr int kSliderTrack = 4;
constexpr int kSliderReach = 8; // from the widget's edge to the knob's centre, with room for the focus ring

} // namespace

Slider::Slider(QWidget *parent) : QSlider(Qt::Horizontal, parent)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize Slider::sizeHint() const
{
    return {104, metrics::kControlHeightSmall};
}

void Slider::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    if (!isEnabled())
        painter.setOpacity(kDisabledShare);
    const double share =
        maximum() > minimum() ? double(sliderPosition() - minimum()) / (maximum() - minimum()) : 0;
    const double middle = height() / 2.0;
    const double x = kSliderReach + share * (width() - 2 * kSliderReach);
    const QRectF track(kSliderReach, middle - kSliderTrack / 2.0, width() - 2 * kSliderReach, kSliderTrack);
    painter.setBrush(theme.hover);
    painter.drawRoundedRect(track, kSliderTrack / 2.0, kSliderTrack / 2.0);
    painter.setBrush(theme.accent);
    painter.drawRoundedRect(QRectF(track.topLeft(), QPointF(x, track.bottom())), kSliderTrack / 2.0,
                            kSliderTrack / 2.0);
    painter.drawEllipse(QPointF(x, middle), kSliderKnob / 2.0, kSliderKnob / 2.0);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.accent, 1.5));
        painter.drawEllipse(QPointF(x, middle), kSliderKnob / 2.0 + 1.5, kSliderKnob / 2.0 + 1.5);
    }
}

void Slider::moveTo(double x)
{
    const double room = std::max(1, width() - 2 * kSliderReach);
    const double share = std::clamp((x - kSliderReach) / room, 0.0, 1.0);
    setSliderPosition(minimum() + qRound(share * (maximum() - minimum())));
}

void Slider::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    setSliderDown(true);
    moveTo(event->position().x());
}

void Slider::mouseMoveEvent(QMouseEvent *event)
{
    if (isSliderDown())
        moveTo(event->position().x());
}

void Slider::mouseReleaseEvent(QMouseEvent *)
{
    setSliderDown(false);
}

} // namespace gatehouse::widgets
