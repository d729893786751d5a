#include "timeline/timeline_ruler.h"

#include "models/time_text.h"
#include "timeline/time_grid.h"
#include "widgets/figures.h"
#include "widgets/theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <cmath>

namespace gatehouse::timeline
{

namespace
{

constexpr double kBubbleWidth = 64;
constexpr double kBubbleHeight = 18;
constexpr double kBubblePadding = 9;
constexpr double kLabelClearance = 54; // px between the centres of a label and the bubble
constexpr double kRulerWheelOctave = 240;

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

void TimelineRuler::paintEvent(QPaintEvent *)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.surface);
    const auto balloon = bubble();
    const QColor minor = widgets::mixed(theme.edge, theme.surface, 0.5);
    const QFont plain = widgets::font(widgets::TextStyle::Caption);
    const QFont strong = widgets::font(widgets::TextStyle::Caption, 600);
    const QFontMetrics plainSizes(plain);
    const QFontMetrics strongSizes(strong);
    const double baseline = (height() - 5 - plainSizes.height()) / 2.0 + plainSizes.ascent();
    for (const Tick &tick : ticksOf(m_axis.scale(), m_axis.zone())) {
        const double x = std::floor(m_axis.scale().xOf(tick.time));
        painter.fillRect(QRectF(x, height() - (tick.isMajor ? 6 : 4), 1, tick.isMajor ? 6 : 4),
                         tick.isMajor ? theme.edge : minor);
        if (!tick.isMajor || (balloon && std::abs(balloon->center().x() - x) < kLabelClearance))
            continue;
        painter.setFont(tick.isDay ? strong : plain);
        // Labels move with the marks and never change in place: plain text is much cheaper.
        const int wide = (tick.isDay ? strongSizes : plainSizes).horizontalAdvance(tick.label);
        if (x - wide / 2.0 < 2 || x + wide / 2.0 > width() - 2)
            continue;
        painter.setPen(tick.isDay ? theme.ink : theme.ink2);
        painter.drawText(QPointF(x - wide / 2.0, baseline), tick.label);
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
