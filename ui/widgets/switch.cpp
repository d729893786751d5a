#include "widgets/switch.h"

#include "widgets/theme.h"

#include <QPainter>

namespace gatehouse::widgets
{

namespace
{

constexpr int TrackWidth = 32;
constexpr int TrackHeight = 18;
constexpr int Knob = 12;
constexpr int SwitchGap = 8;

} // namespace

Switch::Switch(const QString &text, QWidget *parent) : QAbstractButton(parent)
{
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setFont(widgets::font(TextStyle::Label));
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

QSize Switch::sizeHint() const
{
    const int words = text().isEmpty() ? 0 : SwitchGap + fontMetrics().horizontalAdvance(text()) + 1;
    return {TrackWidth + 4 + words, std::max(metrics::ControlHeightSmall, fontMetrics().height() + 8)};
}

void Switch::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!isEnabled())
        painter.setOpacity(DisabledShare);
    QRectF track(2, (height() - TrackHeight) / 2.0, TrackWidth, TrackHeight);
    const QColor ground = isChecked() ? theme.accent : theme.edge;
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 2));
        painter.drawRoundedRect(track.adjusted(-1, -1, 1, 1), TrackHeight / 2.0 + 1, TrackHeight / 2.0 + 1);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(track, TrackHeight / 2.0, TrackHeight / 2.0);
    const qreal inset = (TrackHeight - Knob) / 2.0;
    const qreal x = isChecked() ? track.right() - inset - Knob : track.left() + inset;
    painter.setBrush(isChecked() ? theme.onAccent : theme.surface);
    painter.drawEllipse(QRectF(x, track.top() + inset, Knob, Knob));
    painter.setPen(isEnabled() ? theme.ink2 : theme.ink3);
    const QRect words = rect().adjusted(TrackWidth + 4 + SwitchGap, 0, 0, 0);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(text(), Qt::ElideRight, words.width()));
}

} // namespace gatehouse::widgets
