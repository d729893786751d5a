#include "widgets/segmented_control.h"

#include "widgets/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

namespace gatehouse::widgets
{

namespace
{

constexpr int kSegmentPadding = 10;
constexpr int kSegmentInset = 2;
constexpr int kSegmentIconGap = 6;

} // namespace

SegmentedControl::SegmentedControl(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setFont(widgets::font(TextStyle::Label, 600));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setMouseTracking(true);
}

void SegmentedControl::addSegment(const QString &text, const QString &iconName, const QString &tip)
{
    m_segments.append({text, iconName, tip});
    if (m_segments.size() == 1)
        setAccessibleName(text);
    updateGeometry();
    update();
}

void SegmentedControl::setText(int index, const QString &text)
{
    if (m_segments[index].text == text)
        return;
    m_segments[index].text = text;
    updateGeometry();
    update();
}

void SegmentedControl::setToolTip(int index, const QString &tip)
{
    m_segments[index].tip = tip;
}

void SegmentedControl::setOnPicture(bool on)
{
    m_isOnPicture = on;
    update();
}

void SegmentedControl::setCurrent(int index)
{
    if (index == m_current || index < 0 || index >= m_segments.size())
        return;
    m_current = index;
    setAccessibleName(m_segments[index].text);
    update();
    Q_EMIT currentChanged(index);
}

int SegmentedControl::widthOf(const Segment &segment) const
{
    int width = 2 * kSegmentPadding;
    if (!segment.iconName.isEmpty())
        width += metrics::kIconText + (segment.text.isEmpty() ? 0 : kSegmentIconGap);
    return width + fontMetrics().horizontalAdvance(segment.text);
}

QSize SegmentedControl::sizeHint() const
{
    int width = 2 * kSegmentInset;
    for (const Segment &segment : m_segments)
        width += widthOf(segment);
    return {width, metrics::kControlHeightSmall};
}

QRect SegmentedControl::cell(int index) const
{
    int x = kSegmentInset;
    for (int i = 0; i < index; ++i)
        x += widthOf(m_segments[i]);
    return {x, kSegmentInset, widthOf(m_segments[index]), height() - 2 * kSegmentInset};
}

int SegmentedControl::indexAt(QPoint point) const
{
    for (int i = 0; i < m_segments.size(); ++i) {
        if (cell(i).contains(point))
            return i;
    }
    return -1;
}

void SegmentedControl::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_isOnPicture ? darkTheme() : themeOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const QPen edge = m_isOnPicture ? QPen(Qt::NoPen) : QPen(theme.line, 1);
    painter.setPen(hasFocus() ? QPen(theme.accent, 2) : edge);
    painter.setBrush(m_isOnPicture ? theme.pictureLabel : theme.raised);
    painter.drawRoundedRect(frame, metrics::kRadiusControl, metrics::kRadiusControl);
    for (int i = 0; i < m_segments.size(); ++i) {
        const Segment &segment = m_segments[i];
        const QRect box = cell(i);
        const bool on = i == m_current;
        if (on) {
            painter.setPen(theme.isHighContrast ? QPen(theme.accent, 2) : QPen(Qt::NoPen));
            painter.setBrush(theme.accentWeak);
            painter.drawRoundedRect(box, metrics::kRadiusBadge, metrics::kRadiusBadge);
        }
        const QColor colour = on ? theme.accent : m_isOnPicture ? theme.pictureText : theme.ink2;
        QRect words = box.adjusted(kSegmentPadding, 0, -kSegmentPadding, 0);
        if (!segment.iconName.isEmpty()) {
            const QRect picture(words.left(), box.center().y() - metrics::kIconText / 2 + 1,
                                metrics::kIconText, metrics::kIconText);
            drawIcon(painter, picture, segment.iconName, colour);
            words.setLeft(picture.right() + 1 + kSegmentIconGap);
        }
        painter.setFont(widgets::font(TextStyle::Label, on ? 600 : 500));
        painter.setPen(colour);
        painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, segment.text);
    }
}

void SegmentedControl::mousePressEvent(QMouseEvent *event)
{
    setCurrent(indexAt(event->position().toPoint()));
}

void SegmentedControl::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Up)
        setCurrent(m_current - 1);
    else if (event->key() == Qt::Key_Right || event->key() == Qt::Key_Down)
        setCurrent(m_current + 1);
    else
        QWidget::keyPressEvent(event);
}

bool SegmentedControl::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int index = indexAt(help->pos());
        QToolTip::showText(help->globalPos(), index < 0 ? QString() : m_segments[index].tip, this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace gatehouse::widgets
