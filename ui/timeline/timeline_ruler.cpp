#include "timeline/timeline_ruler.h"

#include "base/regional_time.h"
#include "models/time_text.h"
#include "widgets/figures.h"
#include "widgets/theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace gatehouse::timeline
{

namespace
{

constexpr double kBubbleWidth = 64;
constexpr double kBubbleHeight = 18;
constexpr double kBubblePadding = 9;
constexpr double kLabelClearance = 54; // px between the centres of a label and the bubble, at least
constexpr double kLabelGap = 8;
constexpr double kLabelInset = 2;  // from the edges
constexpr double kMarksHeight = 5; // below the labels
constexpr double kRulerWheelOctave = 240;

QFont labelFont(bool isDay)
{
    return widgets::font(widgets::TextStyle::Caption, isDay ? QFont::DemiBold : 0);
}

// So that "12:44 PM" and, on marks further apart, "12:44:44.4 PM" leave a gap.
double labelSpacing()
{
    constexpr double usual = 72;
    const QFontMetricsF metrics(labelFont(false));
    const auto room = [&metrics](TimeStyle style) {
        return metrics.horizontalAdvance(timeText(QTime(0, 44, 44, 400), style)) + kLabelGap;
    };
    return std::max({usual, room(TimeStyle::Minute), room(TimeStyle::Tenth) / kSecondsRoom});
}

} // namespace

TimelineRuler::TimelineRuler(TimelineAxis &axis, const models::Playhead &playhead, Scrubber &scrubber,
                             QWidget *parent)
    : QWidget(parent), m_axis(axis), m_playhead(playhead), m_scrubber(scrubber)
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    const auto repaint = [this] { update(); };
    connect(&axis, &TimelineAxis::changed, this, repaint);
    connect(&playhead, &models::Playhead::timeChanged, this, repaint);
    connect(&playhead, &models::Playhead::followingChanged, this, repaint);
    connect(&scrubber, &Scrubber::activeChanged, this, repaint);
}

QString TimelineRuler::bubbleText() const
{
    return m_scrubber.isActive() ? models::tenthsText(m_playhead.time(), m_axis.zone())
                                 : models::clockText(m_playhead.time(), m_axis.zone());
}

std::optional<QRectF> TimelineRuler::bubble() const
{
    if (m_playhead.isFollowing() || m_playhead.time() == 0)
        return {};
    const double x = m_axis.scale().xOf(m_playhead.time());
    if (x < 0 || x > width())
        return {};
    const QFontMetricsF words(widgets::font(widgets::TextStyle::Label, 600));
    const double wide =
        std::max(kBubbleWidth, widgets::figuresWidth(words, bubbleText()) + 2 * kBubblePadding);
    const double left = std::clamp(x - wide / 2, 0.0, std::max(0.0, width() - wide));
    return QRectF(left, (height() - kBubbleHeight) / 2, wide, kBubbleHeight);
}

// What fits between the edges, beside the bubble.
QVector<TimelineRuler::Label> TimelineRuler::labelsOf(const QVector<Tick> &ticks) const
{
    const QFontMetricsF plain(labelFont(false));
    const QFontMetricsF strong(labelFont(true));
    const auto balloon = bubble();
    QVector<Label> out;
    for (const Tick &tick : ticks) {
        if (!tick.isMajor)
            continue;
        const double x = std::floor(m_axis.scale().xOf(tick.time));
        const double wide = (tick.isDay ? strong : plain).horizontalAdvance(tick.label);
        if (x - wide / 2 < kLabelInset || x + wide / 2 > width() - kLabelInset)
            continue;
        if (balloon && std::abs(balloon->center().x() - x) <
                           std::max(kLabelClearance, (balloon->width() + wide) / 2 + kLabelGap))
            continue;
        const double high = plain.height();
        out.append({{x - wide / 2, (height() - kMarksHeight - high) / 2, wide, high}, tick});
    }
    return out;
}

QVector<QRectF> TimelineRuler::wordPlaces() const
{
    QVector<QRectF> out;
    for (const Label &label : labelsOf(ticks()))
        out.append(label.place);
    if (const auto balloon = bubble())
        out.append(*balloon);
    std::sort(out.begin(), out.end(), [](const QRectF &a, const QRectF &b) { return a.left() < b.left(); });
    return out;
}

QVector<Tick> TimelineRuler::ticks() const
{
    return ticksOf(m_axis.scale(), m_axis.zone(), labelSpacing());
}

void TimelineRuler::paintEvent(QPaintEvent *)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.surface);
    const auto balloon = bubble();
    const QColor minor = widgets::mixed(theme.edge, theme.surface, 0.5);
    const QVector<Tick> marks = ticks();
    for (const Tick &tick : marks) {
        const int high = tick.isMajor ? 6 : 4;
        painter.fillRect(QRectF(std::floor(m_axis.scale().xOf(tick.time)), height() - high, 1, high),
                         tick.isMajor ? theme.edge : minor);
    }
    const QFont plain = labelFont(false);
    const QFont strong = labelFont(true);
    const double ascent = QFontMetricsF(plain).ascent();
    for (const Label &label : labelsOf(marks)) {
        painter.setFont(label.tick.isDay ? strong : plain);
        painter.setPen(label.tick.isDay ? theme.ink : theme.ink2);
        // Labels move with the marks and never change in place: plain text is much cheaper than figures.
        painter.drawText(QPointF(label.place.left(), label.place.top() + ascent), label.tick.label);
    }
    painter.fillRect(0, height() - 1, width(), 1, theme.line);
    if (!balloon)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.ink);
    painter.drawRoundedRect(*balloon, kBubbleHeight / 2, kBubbleHeight / 2);
    painter.setFont(widgets::font(widgets::TextStyle::Label, 600));
    painter.setPen(theme.bg);
    widgets::drawFigures(painter, *balloon, Qt::AlignCenter, bubbleText());
    painter.setRenderHint(QPainter::Antialiasing, false);
    const double x = std::floor(m_axis.scale().xOf(m_playhead.time()));
    painter.fillRect(QRectF(x, balloon->bottom(), 1.5, height() - balloon->bottom()), theme.ink);
}

void TimelineRuler::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_scrubber.begin(event->position().x());
}

void TimelineRuler::mouseMoveEvent(QMouseEvent *event)
{
    if (m_scrubber.isActive())
        m_scrubber.moveTo(event->position().x());
}

void TimelineRuler::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && m_scrubber.isActive())
        m_scrubber.end();
}

void TimelineRuler::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_axis.zoomBack();
}

void TimelineRuler::wheelEvent(QWheelEvent *event)
{
    m_axis.zoomAt(event->position().x(), std::exp2(-event->angleDelta().y() / kRulerWheelOctave));
    event->accept();
}

} // namespace gatehouse::timeline
