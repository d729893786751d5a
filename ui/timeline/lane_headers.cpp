#include "timeline/lane_headers.h"

#include "models/time_text.h"
#include "widgets/figures.h"
#include "widgets/format.h"
#include "widgets/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>
#include <utility>

namespace gatehouse::timeline
{

namespace
{

constexpr int kHeaderPadding = 12;
constexpr int kCountGap = 8;
constexpr int kChosenEdge = 3;

} // namespace

LaneHeaders::LaneHeaders(const TimelineModel &model, TimelineAxis &axis, QWidget *parent)
    : QWidget(parent), m_axis(axis)
{
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    connect(&axis, &TimelineAxis::changed, this, [this] {
        // Panning changes only the range; the counts are per day.
        if (std::exchange(m_day, m_axis.day()) == m_axis.day())
            update(0, 0, width(), m_overview + m_ruler);
        else
            update();
    });
    connect(&model, &TimelineModel::summaryChanged, this, [this] { update(); });
}

void LaneHeaders::setLanes(const QVector<LanePlace> &lanes, int scroll, int overview, int ruler)
{
    m_lanes = lanes;
    m_scroll = scroll;
    m_overview = overview;
    m_ruler = ruler;
    update();
}

void LaneHeaders::setWaiting(bool on)
{
    m_isWaiting = on;
    update();
}

int LaneHeaders::laneAt(int y) const
{
    const int inside = y - m_overview - m_ruler;
    if (inside < 0)
        return -1;
    for (int i = 0; i < m_lanes.size(); ++i) {
        const int top = m_lanes[i].top - m_scroll;
        if (inside >= top && inside < top + m_lanes[i].height)
            return i;
    }
    return -1;
}

void LaneHeaders::paintPair(QPainter &painter, const QRect &row, const QString &name, const QString &count)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    const QRect inside = row.adjusted(kHeaderPadding, 0, -kHeaderPadding, 0);
    painter.setFont(widgets::font(widgets::TextStyle::Caption));
    painter.setPen(theme.ink3);
    const double wide = widgets::drawFigures(painter, inside, Qt::AlignRight | Qt::AlignVCenter, count);
    painter.setFont(widgets::font(widgets::TextStyle::Label));
    painter.setPen(theme.ink);
    const int room = inside.width() - (count.isEmpty() ? 0 : qCeil(wide) + kCountGap);
    painter.drawText(inside, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(painter.font()).elidedText(name, Qt::ElideMiddle, room));
}

void LaneHeaders::paintLane(QPainter &painter, const LanePlace &lane, const QRect &row, bool hovered)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    const QRect ground = row.adjusted(0, 0, -1, -1);
    if (lane.isChosen) {
        painter.fillRect(ground, theme.accentWeak);
        painter.fillRect(QRect(0, row.top(), kChosenEdge, row.height() - 1), theme.accent);
    } else if (hovered) {
        painter.fillRect(ground, theme.hover);
    }
    paintPair(painter, row, lane.track->name(), lane.track->headerText(m_axis.day()));
    painter.fillRect(0, row.bottom(), width(), 1, theme.line);
}

void LaneHeaders::paintDay(QPainter &painter)
{
    const QRect row(0, 0, width(), m_overview - 1);
    if (m_isWaiting) {
        painter.setFont(widgets::font(widgets::TextStyle::H3));
        painter.setPen(widgets::themeOf(*this).ink);
        painter.drawText(row.adjusted(kHeaderPadding, 0, -kHeaderPadding, 0), Qt::AlignVCenter,
                         tr("Timeline"));
        return;
    }
    const bool narrow = width() < widgets::metrics::kCamerasWidth;
    // Among the bars of several days, the number needs the day that it belongs to.
    const bool isOne = m_axis.scale().range().length() <= m_axis.dayRange().length();
    paintPair(painter, row,
              !isOne   ? widgets::dayText(m_axis.day())
              : narrow ? tr("Day")
                       : tr("Whole day"),
              dayText());
}

QString LaneHeaders::dayText() const
{
    DayTotals totals;
    for (const LanePlace &lane : m_lanes)
        totals += lane.track->totalsOn(m_axis.day());
    return totals.text();
}

void LaneHeaders::paintEvent(QPaintEvent *event)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.surface);
    painter.setClipRect(0, m_overview + m_ruler, width(), height());
    for (int i = 0; i < m_lanes.size(); ++i) {
        const QRect row(0, m_overview + m_ruler + m_lanes[i].top - m_scroll, width(), m_lanes[i].height);
        if (row.intersects(event->rect()))
            paintLane(painter, m_lanes[i], row, i == m_hovered);
    }
    painter.setClipping(false);

    paintDay(painter);
    painter.fillRect(0, m_overview - 1, width(), 1, theme.line);
    const QRect range(kHeaderPadding, m_overview, width() - 2 * kHeaderPadding, m_ruler - 1);
    painter.setFont(widgets::font(widgets::TextStyle::Caption));
    painter.setPen(theme.ink3);
    widgets::drawFigures(painter, range, Qt::AlignLeft | Qt::AlignVCenter,
                         models::rangeText(m_axis.scale().range(), m_axis.zone()));
    painter.fillRect(0, m_overview + m_ruler - 1, width(), 1, theme.line);
    painter.fillRect(width() - 1, 0, 1, height(), theme.line);
}

void LaneHeaders::mousePressEvent(QMouseEvent *event)
{
    const int lane = laneAt(event->position().toPoint().y());
    if (event->button() != Qt::LeftButton || lane < 0)
        return;
    const TrackPtr track = m_lanes[lane].track; // choosing it may lay out the lanes again
    Q_EMIT chosen(track);
}

void LaneHeaders::mouseMoveEvent(QMouseEvent *event)
{
    const int lane = laneAt(event->position().toPoint().y());
    if (lane == m_hovered)
        return;
    m_hovered = lane;
    update();
}

void LaneHeaders::leaveEvent(QEvent *)
{
    m_hovered = -1;
    update();
}

void LaneHeaders::wheelEvent(QWheelEvent *event)
{
    Q_EMIT scrolled(-event->angleDelta().y() / 2);
    event->accept();
}

bool LaneHeaders::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int lane = laneAt(help->pos().y());
        QToolTip::showText(help->globalPos(), lane < 0 ? QString() : m_lanes[lane].track->name(), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace gatehouse::timeline
