#include "timeline/lane_view.h"

#include "timeline/accessible_lanes.h"
#include "timeline/camera_track.h"
#include "widgets/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>
#include <cmath>

namespace gatehouse::timeline
{

namespace
{

constexpr double kPlayheadWidth = 1.5;
constexpr int kPlayheadReach = 4;    // px around it where a press grabs it
constexpr double kWheelOctave = 240; // wheel units that double the span: two notches
constexpr double kFrameWidth = 1.5;
constexpr int kFrameGap = 2;
constexpr int kHintInset = 16;

} // namespace

LaneView::LaneView(const TimelineModel &model, TimelineAxis &axis, const models::Playhead &playhead,
                   const models::Selection &selection, Scrubber &scrubber, QWidget *parent)
    : QWidget(parent), m_model(model), m_axis(axis), m_playhead(playhead), m_selection(selection),
      m_scrubber(scrubber)
{
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    static const bool isSpoken = [] {
        QAccessible::installFactory([](const QString &name, QObject *object) -> QAccessibleInterface * {
            return accessibleLanes(name, object);
        });
        return true;
    }();
    Q_UNUSED(isSpoken)
    connect(&axis, &TimelineAxis::changed, this, &LaneView::renew);
    connect(&model, &TimelineModel::contentChanged, this, [this](TimeRange range) {
        if (range.intersects(m_axis.scale().range()))
            renew();
    });
    connect(&model, &TimelineModel::summaryChanged, this, &LaneView::renew);
    connect(&playhead, &models::Playhead::timeChanged, this, &LaneView::movePlayhead);
    connect(&playhead, &models::Playhead::followingChanged, this, &LaneView::movePlayhead);
    const auto seekSelection = [this] {
        m_isSelectionSought = false;
        update();
    };
    connect(&selection, &models::Selection::itemChanged, this, seekSelection);
    connect(&selection, &models::Selection::cameraChanged, this, seekSelection);
    connect(&selection, &models::Selection::shown, this, seekSelection);
}

void LaneView::setLanes(const QVector<LanePlace> &lanes, int scroll)
{
    m_lanes = lanes;
    m_scroll = scroll;
    renew();
}

void LaneView::setNotes(const QHash<CameraId, LaneNote> &notes)
{
    if (!m_notes.set(notes))
        return;
    ++m_revision;
    update();
}

QRect LaneView::noteRect(const LanePlace &lane) const
{
    return m_notes.rectOf(lane, lane.top - m_scroll, m_axis.scale(), m_axis.now());
}

const LanePlace *LaneView::noteAt(QPoint at) const
{
    const int lane = laneAt(at.y());
    return lane >= 0 && noteRect(m_lanes[lane]).contains(at) ? &m_lanes[lane] : nullptr;
}

void LaneView::renew()
{
    ++m_revision;
    m_isRendered = false;
    m_isSelectionSought = false;
    update();
}

void LaneView::render()
{
    const double factor = devicePixelRatioF();
    const QSize size = (QSizeF(this->size()) * factor).toSize();
    if (m_image.size() != size)
        m_image = QImage(size, QImage::Format_RGB32);
    m_image.setDevicePixelRatio(factor);
    QVector<LanePlace> visible;
    for (LanePlace lane : std::as_const(m_lanes)) {
        lane.top -= m_scroll;
        if (lane.top < height() && lane.top + lane.height > 0)
            visible.append(lane);
    }
    LanePainter painter(widgets::themeOf(*this), m_axis.scale(), m_axis.now());
    painter.paint(m_image, visible, ticksOf(m_axis.scale(), m_axis.zone()));
    m_isRendered = true;
}

void LaneView::paintEvent(QPaintEvent *event)
{
    if (!m_isRendered)
        render();
    QPainter painter(this);
    const double factor = m_image.devicePixelRatioF();
    for (const QRect &part : event->region()) {
        painter.drawImage(
            QRectF(part), m_image,
            QRectF(part.x() * factor, part.y() * factor, part.width() * factor, part.height() * factor));
    }
    paintOverlay(painter);
}

void LaneView::paintOverlay(QPainter &painter)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    if (!hint().isEmpty())
        paintHint(painter);
    for (const LanePlace &lane : std::as_const(m_lanes))
        m_notes.paint(painter, theme, noteRect(lane), lane.track->camera());
    paintNow(painter);
    if (m_pointer >= 0) {
        QPen dashes(theme.ink3, 1);
        dashes.setDashPattern({3, 3});
        painter.setPen(dashes);
        painter.drawLine(QPointF(m_pointer + 0.5, 0), QPointF(m_pointer + 0.5, height()));
    }
    if (const QRect box = selectionRect(); !box.isEmpty()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme.ink, kFrameWidth));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(box).adjusted(0.75, 0.75, -0.75, -0.75), 3, 3);
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    m_paintedX = playheadX();
    if (m_paintedX) {
        const double factor = devicePixelRatioF();
        const double wide = std::max(1.0, std::round(kPlayheadWidth * factor)) / factor;
        const double x = std::floor(*m_paintedX * factor) / factor;
        painter.fillRect(QRectF(x - std::floor(wide * factor / 2) / factor, 0, wide, height()), theme.ink);
    }
}

QString LaneView::hint() const
{
    const bool isNoneTicked = m_lanes.isEmpty() && !m_model.tracks().isEmpty();
    return isNoneTicked ? tr("No camera is selected in the list.") : QString();
}

void LaneView::paintHint(QPainter &painter)
{
    painter.setFont(widgets::font(widgets::TextStyle::Label, QFont::Normal));
    const QString text = painter.fontMetrics().elidedText(hint(), Qt::ElideRight, width() - 2 * kHintInset);
    QRect place(kHintInset, kHintInset, painter.fontMetrics().horizontalAdvance(text) + 2,
                painter.fontMetrics().height());
    // Keeps the grid from crossing the text.
    painter.fillRect(place.adjusted(-4, 0, 4, 0), widgets::themeOf(*this).surface);
    painter.setPen(widgets::themeOf(*this).ink2);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, text);
}

void LaneView::paintNow(QPainter &painter)
{
    const double x = m_axis.scale().xOf(m_axis.now());
    if (x < -60 || x > width())
        return;
    const widgets::Theme &theme = widgets::themeOf(*this);
    painter.fillRect(QRectF(std::floor(x), 0, 1, height()), theme.accent);
    const QFont words = widgets::font(widgets::TextStyle::Caption, 600);
    painter.setFont(words);
    painter.setPen(theme.accent);
    painter.drawText(QPointF(std::floor(x) + 6, QFontMetricsF(words).ascent() + 3), tr("Now"));
}

std::optional<double> LaneView::playheadX() const
{
    const qint64 t = m_playhead.isFollowing() ? m_axis.now() : m_playhead.time();
    const double x = m_axis.scale().xOf(t);
    if (t == 0 || m_playhead.isFollowing() || x < -2 || x > width() + 2)
        return {};
    return x;
}

QRect LaneView::column(double x, int reach) const
{
    return {int(std::floor(x)) - reach, 0, 2 * reach + 1, height()};
}

void LaneView::movePlayhead()
{
    const auto next = playheadX();
    if (next && m_paintedX &&
        std::floor(*next * devicePixelRatioF()) == std::floor(*m_paintedX * devicePixelRatioF()))
        return;
    if (m_paintedX)
        update(column(*m_paintedX, 3));
    if (next)
        update(column(*next, 3));
}

void LaneView::movePointer(int x)
{
    if (x == m_pointer)
        return;
    if (m_pointer >= 0)
        update(column(m_pointer, 1));
    m_pointer = x;
    if (m_pointer >= 0)
        update(column(m_pointer, 1));
}

void LaneView::findSelection()
{
    m_isSelectionSought = true;
    m_selected.reset();
    const LanePlace *lane = chosenLane();
    if (lane && m_selection.item().isValid())
        m_selected = lane->track->spanOf(m_selection.item(), m_playhead.time(), m_axis.scale());
}

const LanePlace *LaneView::chosenLane() const
{
    const auto lane = std::find_if(m_lanes.cbegin(), m_lanes.cend(), [this](const LanePlace &one) {
        return one.track->id() == cameraTrackId(m_selection.camera());
    });
    return lane == m_lanes.cend() ? nullptr : &*lane;
}

QRect LaneView::selectionRect()
{
    if (!m_isSelectionSought)
        findSelection();
    const LanePlace *lane = chosenLane();
    if (!lane || !m_selected)
        return {};
    const auto [left, right] = *m_selected;
    if (right < -kFrameGap || left > width() + kFrameGap)
        return {};
    const int from = int(std::floor(std::max(left, -100.0))) - kFrameGap - 1;
    const int to = int(std::ceil(std::min(right, width() + 100.0))) + kFrameGap + 1;
    return {from, lane->top - m_scroll + 2, to - from, lane->height - 5};
}

int LaneView::laneAt(int y) const
{
    for (int i = 0; i < m_lanes.size(); ++i) {
        const int top = m_lanes[i].top - m_scroll;
        if (y >= top && y < top + m_lanes[i].height)
            return i;
    }
    return -1;
}

std::optional<TrackHit> LaneView::hit(QPoint at) const
{
    const int lane = laneAt(at.y());
    if (lane < 0)
        return {};
    const int y = at.y() - (m_lanes[lane].top - m_scroll);
    return m_lanes[lane].track->hitTest(m_axis.scale(), QPointF(at.x(), y));
}

void LaneView::point(QPoint at)
{
    movePointer(at.x());
    const bool isOnNote = noteAt(at) != nullptr;
    const auto found = isOnNote ? std::nullopt : hit(at);
    setCursor(found || isOnNote ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (found && found->item.isValid())
        Q_EMIT pointed(m_lanes[laneAt(at.y())].track->name(), found->item,
                       found->timeWithin(m_axis.scale().timeAt(at.x())), at);
    else
        Q_EMIT pointedNowhere();
}

void LaneView::click(QPoint at)
{
    if (const LanePlace *noted = noteAt(at)) {
        Q_EMIT noteClicked(noted->track->camera());
        return;
    }
    const int lane = laneAt(at.y());
    const qint64 t = m_axis.scale().timeAt(at.x());
    const CameraId camera = lane < 0 ? CameraId() : m_lanes[lane].track->camera();
    const auto found = hit(at);
    if (found && found->item.isValid())
        Q_EMIT itemClicked(camera, found->item, found->timeWithin(t));
    else if (found)
        Q_EMIT timeClicked(camera, found->timeWithin(t));
    else
        Q_EMIT emptyClicked(camera, t);
}

void LaneView::wheelEvent(QWheelEvent *event)
{
    const QPoint turned = event->angleDelta();
    const bool sideways = std::abs(turned.x()) > std::abs(turned.y());
    if (sideways || event->modifiers() & Qt::ShiftModifier)
        m_axis.panBy(-(sideways ? turned.x() : turned.y()));
    else
        m_axis.zoomAt(event->position().x(), std::exp2(-turned.y() / kWheelOctave));
    event->accept();
    point(event->position().toPoint());
}

void LaneView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return;
    m_pressedAt = event->position().toPoint();
    m_lastX = event->position().x();
    const auto head = playheadX();
    if (event->button() == Qt::LeftButton && head && std::abs(*head - m_lastX) <= kPlayheadReach &&
        !hit(m_pressedAt)) {
        m_drag = Drag::Scrub;
        m_scrubber.begin(m_lastX);
        return;
    }
    m_drag = Drag::Pressed;
}

void LaneView::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    const double x = event->position().x();
    if (m_drag == Drag::Pressed &&
        (at - m_pressedAt).manhattanLength() >= QApplication::startDragDistance() / 2) {
        m_drag = Drag::Pan;
        setCursor(Qt::ClosedHandCursor);
        Q_EMIT pointedNowhere();
    }
    if (m_drag == Drag::Pan)
        m_axis.panBy(m_lastX - x);
    else if (m_drag == Drag::Scrub)
        m_scrubber.moveTo(x);
    else
        point(at);
    m_lastX = x;
    if (m_drag != Drag::None)
        movePointer(at.x());
}

void LaneView::mouseReleaseEvent(QMouseEvent *event)
{
    const Drag was = std::exchange(m_drag, Drag::None);
    if (was == Drag::Scrub)
        m_scrubber.end();
    else if (was == Drag::Pressed && event->button() == Qt::LeftButton)
        click(event->position().toPoint());
    point(event->position().toPoint());
}

void LaneView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_axis.zoomBack();
}

void LaneView::leaveEvent(QEvent *)
{
    movePointer(-1);
    Q_EMIT pointedNowhere();
}

QRect LaneView::globalRectOf(TrackId track, TimeRange range) const
{
    for (const LanePlace &lane : m_lanes) {
        if (lane.track->id() != track)
            continue;
        const int left = int(std::clamp(m_axis.scale().xOf(range.start), 0.0, double(width())));
        const int right = int(std::clamp(m_axis.scale().xOf(range.end), left + 2.0, width() + 2.0));
        const QRect inside = QRect(left, lane.top - m_scroll, right - left, lane.height).intersected(rect());
        return inside.isEmpty() ? QRect() : QRect(mapToGlobal(inside.topLeft()), inside.size());
    }
    return {};
}

void LaneView::press(TrackId track, const SpokenItem &item)
{
    for (const LanePlace &lane : std::as_const(m_lanes)) {
        if (lane.track->id() != track)
            continue;
        if (item.item.isValid())
            Q_EMIT itemClicked(lane.track->camera(), item.item, item.range.start);
        else
            Q_EMIT emptyClicked(lane.track->camera(),
                                item.range.isEmpty() ? m_axis.scale().range().start : item.range.start);
        return;
    }
}

QString LaneView::textAt(QPoint at) const
{
    if (const LanePlace *noted = noteAt(at))
        return m_notes.of(noted->track->camera())->details;
    const int lane = laneAt(at.y());
    const auto found = hit(at);
    if (lane < 0 || (found && found->item.isValid())) // the preview is shown there
        return {};
    return m_lanes[lane].track->textAt(m_axis.scale(), at.x());
}

bool LaneView::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    auto *help = static_cast<QHelpEvent *>(event);
    const QString text = textAt(help->pos());
    setAccessibleDescription(text);
    QToolTip::showText(help->globalPos(), text, this);
    return true;
}

void LaneView::resizeEvent(QResizeEvent *)
{
    m_axis.setWidth(width());
    m_isRendered = false;
}

void LaneView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        renew();
    QWidget::changeEvent(event);
}

} // namespace gatehouse::timeline
