#include "timeline/overview_strip.h"

#include "base/regional_time.h"
#include "models/time_text.h"
#include "timeline/time_grid.h"
#include "widgets/figures.h"
#include "widgets/theme.h"

#include <QDateTime>
#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <cmath>

namespace gatehouse::timeline
{

namespace
{

constexpr double kSideInset = 12;
constexpr int kBarsTop = 4;
constexpr int kBarsHeight = 27;
constexpr double kEdgeGrip = 5;
constexpr double kMinWindow = 8;
constexpr int kFullBucket = 12; // clips in five minutes that fill the height if no bucket has more
constexpr double kOverviewOctave = 240;

} // namespace

OverviewStrip::OverviewStrip(const TimelineModel &model, TimelineAxis &axis, const models::Playhead &playhead,
                             QWidget *parent)
    : QWidget(parent), m_axis(axis), m_playhead(playhead)
{
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    const auto repaint = [this] { update(); };
    connect(&axis, &TimelineAxis::changed, this, repaint);
    connect(&playhead, &models::Playhead::timeChanged, this, repaint);
    connect(&model, &TimelineModel::contentChanged, this, [this](TimeRange range) {
        if (range.intersects(m_axis.dayRange())) {
            m_isCounted = false;
            update();
        }
    });
}

void OverviewStrip::setTracks(const QVector<TrackPtr> &shown)
{
    m_tracks = shown;
    m_isCounted = false;
    update();
}

TimeScale OverviewStrip::dayScale() const
{
    const TimeRange day = m_axis.dayRange();
    TimeScale scale;
    scale.width = std::max(1, width());
    scale.msPerPixel = double(day.length()) / std::max(1.0, width() - 2 * kSideInset);
    scale.start = double(day.start) - kSideInset * scale.msPerPixel;
    return scale;
}

int OverviewStrip::barsHeight() const
{
    return height() < 44 ? height() - 2 * kBarsTop : kBarsHeight;
}

void OverviewStrip::recount()
{
    m_strip = DayStrip(m_axis.dayRange());
    for (const TrackPtr &track : std::as_const(m_tracks))
        track->addTo(m_strip);
    m_isCounted = true;
}

QRectF OverviewStrip::window() const
{
    const TimeScale scale = dayScale();
    const TimeRange view = m_axis.scale().range();
    double left = std::clamp(scale.xOf(view.start), kSideInset, width() - kSideInset);
    double right = std::clamp(scale.xOf(view.end), kSideInset, width() - kSideInset);
    if (right - left < kMinWindow) {
        const double middle = (left + right) / 2;
        left = middle - kMinWindow / 2;
        right = middle + kMinWindow / 2;
    }
    return {std::round(left), kBarsTop - 2.0, std::round(right - left), barsHeight() + 4.0};
}

// Everything except the window changes rarely: cached as an image.
void OverviewStrip::renderDay()
{
    if (!m_isCounted || m_strip.day != m_axis.dayRange())
        recount();
    const double factor = devicePixelRatioF();
    m_picture = QPixmap((QSizeF(size()) * factor).toSize());
    m_picture.setDevicePixelRatio(factor);
    const widgets::Theme &theme = widgets::themeOf(*this);
    QPainter painter(&m_picture);
    painter.fillRect(rect(), theme.surface);
    paintBars(painter);
    if (height() >= 44)
        paintHours(painter);
    painter.fillRect(0, height() - 1, width(), 1, theme.line);
    m_pictureNow = nowX();
}

int OverviewStrip::nowX() const
{
    return int(std::floor(std::clamp(dayScale().xOf(m_axis.now()), kSideInset, width() - kSideInset)));
}

void OverviewStrip::paintEvent(QPaintEvent *)
{
    const bool isCurrent = m_isCounted && m_strip.day == m_axis.dayRange() && m_pictureNow == nowX() &&
                           m_picture.deviceIndependentSize() == QSizeF(size()) &&
                           m_picture.devicePixelRatio() == devicePixelRatioF();
    if (!isCurrent)
        renderDay();
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_picture);
    paintWindow(painter);
}

void OverviewStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        m_picture = {};
    QWidget::changeEvent(event);
}

void OverviewStrip::paintBars(QPainter &painter)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    const TimeScale scale = dayScale();
    const double past = nowX();
    painter.fillRect(QRectF(kSideInset, kBarsTop, past - kSideInset, barsHeight()), theme.bg);
    int most = kFullBucket;
    for (const DayStrip::Bucket &bucket : std::as_const(m_strip.buckets)) {
        int sum = 0;
        for (const int count : bucket.counts)
            sum += count;
        most = std::max(most, sum);
    }
    const QColor colours[] = {widgets::mixed(theme.motion, theme.surface, 0.55), theme.motion, theme.sound,
                              theme.vehicle, theme.person};
    const double bottom = kBarsTop + barsHeight();
    for (qsizetype i = 0; i < m_strip.buckets.size(); ++i) {
        const DayStrip::Bucket &bucket = m_strip.buckets[i];
        const double left = std::round(scale.xOf(m_strip.startOf(i)));
        const double right = std::max(left + 1, std::round(scale.xOf(m_strip.startOf(i + 1))) - 1);
        // Existing recordings are in front, without stripes.
        const bool isGap =
            bucket.isDeleted && !bucket.hasStills &&
            std::all_of(bucket.counts.begin(), bucket.counts.end(), [](int count) { return count == 0; });
        if (isGap)
            painter.fillRect(QRectF(left, kBarsTop, right + 1 - left, barsHeight()),
                             QBrush(theme.hatch, Qt::BDiagPattern));
        double y = bottom;
        for (size_t category = 0; category < bucket.counts.size(); ++category) {
            if (!bucket.counts[category])
                continue;
            const double part =
                std::max(2.0, std::round(double(bucket.counts[category]) / most * barsHeight()));
            const double top = std::max(double(kBarsTop), y - part);
            painter.fillRect(QRectF(left, top, right - left, y - top), colours[category]);
            y = top;
        }
    }
}

void OverviewStrip::paintHours(QPainter &painter)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    const TimeScale scale = dayScale();
    painter.setFont(widgets::font(widgets::TextStyle::Caption));
    painter.setPen(theme.ink3);
    const QRectF row(0, kBarsTop + barsHeight() + 1, 0, height() - kBarsTop - barsHeight() - 2);
    const TimeRange day = m_axis.dayRange();
    for (const Tick &tick : ticksOf(scale, m_axis.zone(), 60)) {
        const QDateTime local = models::localTime(tick.time, m_axis.zone());
        // On a wide strip, half hours have ticks, too, but no labels.
        if (!tick.isMajor || tick.time <= day.start || tick.time >= day.end || local.time().minute() != 0)
            continue;
        const double x = scale.xOf(tick.time);
        widgets::drawFigures(painter, QRectF(x - 20, row.top(), 40, row.height()), Qt::AlignCenter,
                             timeText(local.time(), TimeStyle::Hour));
    }
}

void OverviewStrip::paintWindow(QPainter &painter)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    const TimeScale scale = dayScale();
    if (m_playhead.time() && m_axis.dayRange().contains(m_playhead.time()) && !m_playhead.isFollowing())
        painter.fillRect(QRectF(std::floor(scale.xOf(m_playhead.time())), kBarsTop, 1.5, barsHeight()),
                         theme.ink);
    QColor veil = theme.ink;
    veil.setAlphaF(0.10F);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.ink2, 1.5));
    painter.setBrush(veil);
    painter.drawRoundedRect(window().adjusted(0.75, 0.75, -0.75, -0.75), 3, 3);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

OverviewStrip::Part OverviewStrip::partAt(QPointF at) const
{
    const QRectF box = window();
    const double grip = std::min(kEdgeGrip, box.width() / 3);
    if (std::abs(at.x() - box.left()) <= grip)
        return Part::LeftEdge;
    if (std::abs(at.x() - box.right()) <= grip)
        return Part::RightEdge;
    return box.contains(at) ? Part::Window : Part::None;
}

void OverviewStrip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_lastX = event->position().x();
    m_drag = partAt(event->position());
    if (m_drag == Part::None) {
        m_axis.centre(dayScale().timeAt(m_lastX));
        m_drag = Part::Window;
    }
}

void OverviewStrip::mouseMoveEvent(QMouseEvent *event)
{
    const double x = event->position().x();
    const double step = (x - m_lastX) * dayScale().msPerPixel;
    const TimeRange view = m_axis.scale().range();
    const Part part = m_drag == Part::None ? partAt(event->position()) : m_drag;
    setCursor(part == Part::LeftEdge || part == Part::RightEdge ? Qt::SizeHorCursor
              : part == Part::Window                            ? Qt::OpenHandCursor
                                                                : Qt::PointingHandCursor);
    switch (m_drag) {
    case Part::Window:
        m_axis.panBy(step / m_axis.scale().msPerPixel);
        break;
    case Part::LeftEdge:
        m_axis.zoomAt(m_axis.scale().width, (double(view.length()) - step) / double(view.length()));
        break;
    case Part::RightEdge:
        m_axis.zoomAt(0, (double(view.length()) + step) / double(view.length()));
        break;
    case Part::None:
        break;
    }
    m_lastX = x;
}

void OverviewStrip::mouseReleaseEvent(QMouseEvent *)
{
    m_drag = Part::None;
}

void OverviewStrip::wheelEvent(QWheelEvent *event)
{
    const TimeScale &scale = m_axis.scale();
    const double x = scale.xOf(dayScale().timeAt(event->position().x()));
    m_axis.zoomAt(std::clamp(x, 0.0, double(scale.width)),
                  std::exp2(-event->angleDelta().y() / kOverviewOctave));
    event->accept();
}

} // namespace gatehouse::timeline
