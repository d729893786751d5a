#include "widgets/switch.h"

#include "widgets/theme.h"

#include <QPainter>

namespace gatehouse::widgets
{

namespace
{

constexpr int kTrackWidth = 32;
constexpr int kTrackHeight = 18;
constexpr int kKnob = 12;
constexpr int kSwitchGap = 8;

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
    const int words = text().isEmpty() ? 0 : kSwitchGap + fontMetrics().horizontalAdvance(text()) + 1;
    return {kTrackWidth + 4 + words, std::max(metrics::kControlHeightSmall, fontMetrics().height() + 8)};
}

void Switch::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!isEnabled())
        painter.setOpacity(kDisabledShare);
    QRectF track(2, (height() - kTrackHeight) / 2.0, kTrackWidth, kTrackHeight);
    const QColor ground = isChecked() ? theme.accent : theme.edge;
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 2));
        painter.drawRoundedRect(track.adjusted(-1, -1, 1, 1), kTrackHeight / 2.0 + 1, kTrackHeight / 2.0 + 1);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(track, kTrackHeight / 2.0, kTrackHeight / 2.0);
    const qreal inset = (kTrackHeight - kKnob) / 2.0;
    const qreal x = isChecked() ? track.right() - inset - kKnob : track.left() + inset;
    painter.setBrush(isChecked() ? theme.onAccent : theme.surface);
    painter.drawEllipse(QRectF(x, track.top() + inset, kKnob, kKnob));
    painter.setPen(isEnabled() ? theme.ink2 : theme.ink3);
    const QRect words = rect().adjusted(kTrackWidth + 4 + kSwitchGap, 0, 0, 0);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(text(), Qt::ElideRight, words.width()));
}

} // namespace gatehouse::widgets
