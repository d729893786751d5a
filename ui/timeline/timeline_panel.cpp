#include "timeline/timeline_panel.h"

#include "base/when_done.h"
#include "models/time_text.h"
#include "timeline/camera_track.h"
#include "timeline/hover_preview.h"
#include "timeline/lane_headers.h"
#include "timeline/lane_view.h"
#include "timeline/overview_strip.h"
#include "timeline/time_entry.h"
#include "timeline/timeline_ruler.h"
#include "widgets/elided_label.h"
#include "widgets/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <cmath>
#include <utility>

namespace gatehouse::timeline
{

namespace
{

namespace size = widgets::metrics;

constexpr int kNarrowWidth = 1'000; // below: slimmer headers, ruler and overview
constexpr int kNarrowHeaders = 140;
constexpr int kNarrowRuler = 20;
constexpr int kNarrowOverview = 32;
constexpr int kWaitingRow = 40; // in place of the overview
constexpr int kPurposeInset = 16;
constexpr int kBarWidth = 10;
constexpr int kSlowTickMs = 1'000;
constexpr int kQuickTickMs = 40;
constexpr double kKeyZoom = 2;
constexpr double kPageShare = 0.9;
constexpr qint64 kMaxInitialSpanMs = 24 * 3'600'000;
constexpr double kWidenedBy = 1.5; // leaves some room on both sides

} // namespace

TimelinePanel::TimelinePanel(const models::Services &services, models::PosterCache &posters,
                             models::Playhead &playhead, models::Selection &selection, QWidget *parent)
    : QWidget(parent), m_reader(services.reader), m_playhead(playhead), m_selection(selection),
      m_model(new TimelineModel(this)), m_recordings(new RecordingCache(services, this)),
      m_axis(new TimelineAxis(this)), m_scrubber(new Scrubber(*m_axis, playhead, this)),
      m_navigator(new models::EventNavigator(services, playhead, selection, this)),
      m_headers(new LaneHeaders(*m_model, *m_axis, this)),
      m_overview(new OverviewStrip(*m_model, *m_axis, playhead, this)),
      m_purpose(new widgets::ElidedLabel(tr("Your recordings will appear here automatically."),
                                         Qt::ElideRight, this)),
      m_ruler(new TimelineRuler(*m_axis, playhead, *m_scrubber, this)),
      m_lanes(new LaneView(*m_model, *m_axis, playhead, selection, *m_scrubber, this)),
      m_bar(new QScrollBar(Qt::Vertical, this)), m_frames(new models::FramePreview(services, this)),
      m_preview(new HoverPreview(posters, *m_frames, this))
{
    m_entry = new TimeEntry(this);
    m_purpose->setInk(&widgets::Theme::ink2);
    m_purpose->hide();
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Timeline"));
    registerCameraTracks(*m_model, *m_recordings);
    connectParts();
}

TimelinePanel::~TimelinePanel() = default;

void TimelinePanel::connectParts()
{
    connect(m_axis, &TimelineAxis::changed, this, &TimelinePanel::updateVisibleRange);
    connect(m_axis, &TimelineAxis::movedByHand, this, [this] { m_playhead.follow(false); });
    connect(m_model, &TimelineModel::tracksChanged, this, &TimelinePanel::arrange);
    connect(&m_selection, &models::Selection::cameraChanged, this, [this] {
        arrange();
        bringIntoView(chosenTrack());
    });
    connect(&m_playhead, &models::Playhead::followingChanged, this, &TimelinePanel::tick);
    // Targets from elsewhere (an event card, continued playback) are scrolled into view.
    connect(&m_selection, &models::Selection::shown, this,
            [this](CameraId, ItemId, qint64 time) { m_axis->reveal(time); });
    connect(&m_playhead, &models::Playhead::timeChanged, this, &TimelinePanel::keepPlayheadInView);
    connect(m_navigator, &models::EventNavigator::nothingThere, this, &TimelinePanel::nothingThere);
    connect(m_headers, &LaneHeaders::chosen, this, [this](const TrackPtr &track) {
        if (track->camera().isValid())
            m_selection.chooseCamera(track->camera());
    });
    connect(m_headers, &LaneHeaders::scrolled, this, [this](int pixels) { scrollTo(m_scroll + pixels); });
    connect(m_bar, &QScrollBar::valueChanged, this, &TimelinePanel::scrollTo);
    connect(m_lanes, &LaneView::itemClicked, this, [this](CameraId camera, ItemId item, qint64 time) {
        setFocus();
        m_selection.show(camera, item, time);
    });
    connect(m_lanes, &LaneView::timeClicked, this, [this](CameraId camera, qint64 time) {
        setFocus();
        if (camera.isValid())
            m_selection.chooseCamera(camera);
        m_playhead.seek(time);
    });
    connect(m_lanes, &LaneView::emptyClicked, this, [this](CameraId camera, qint64 time) {
        setFocus();
        if (camera.isValid())
            m_navigator->toNearest(camera, time);
        else
            m_playhead.seek(time);
    });
    connect(m_lanes, &LaneView::pointed, this,
            [this](const QString &track, ItemId item, qint64 time, QPoint at) {
                m_preview->point(item, time, track, models::clockText(time, m_axis->zone()),
                                 m_lanes->mapTo(this, at));
            });
    connect(m_lanes, &LaneView::pointedNowhere, m_preview, &HoverPreview::pointNowhere);
    connect(m_lanes, &LaneView::noteClicked, this, &TimelinePanel::noteClicked);
    connect(m_entry, &TimeEntry::entered, this, [this](qint64 t) {
        m_playhead.seek(t);
        m_axis->reveal(t);
    });
    connect(&m_tick, &QTimer::timeout, this, &TimelinePanel::tick);
}

void TimelinePanel::setWaiting(bool on)
{
    m_isWaiting = on;
    m_overview->setVisible(!on);
    m_purpose->setVisible(on);
    m_headers->setWaiting(on);
    arrange();
}

void TimelinePanel::setHiddenCameras(const QSet<CameraId> &hidden)
{
    m_hidden = hidden;
    arrange();
}

void TimelinePanel::setNotes(const QHash<CameraId, LaneNote> &notes)
{
    m_lanes->setNotes(notes);
}

int TimelinePanel::lanesHeight() const
{
    return m_places.isEmpty() ? 0 : m_places.last().top + m_places.last().height;
}

// Lays out the parts, with lanes as high as fit within their bounds; beyond that, they scroll.
void TimelinePanel::arrange()
{
    const bool narrow = width() < kNarrowWidth;
    const int left = narrow ? kNarrowHeaders : size::kCamerasWidth;
    const int overview = m_isWaiting ? kWaitingRow : narrow ? kNarrowOverview : size::kOverviewHeight;
    const int ruler = narrow ? kNarrowRuler : size::kRulerHeight;
    const int room = std::max(0, height() - overview - ruler);
    QVector<TrackPtr> shown;
    for (const TrackPtr &track : m_model->tracks()) {
        if (!m_hidden.contains(track->camera()))
            shown.append(track);
    }
    m_places.clear();
    for (const TrackPtr &track : std::as_const(shown)) {
        const auto [min, max] = track->heights();
        const int lane = std::clamp(room / int(shown.size()), min, max);
        m_places.append({track, lanesHeight(), lane, track->id() == chosenTrack()});
    }

    const int most = std::max(0, lanesHeight() - room);
    m_scroll = std::clamp(m_scroll, 0, most);
    m_headers->setGeometry(0, 0, left, height());
    m_overview->setGeometry(left, 0, width() - left, overview);
    m_purpose->setGeometry(left + kPurposeInset, 0, width() - left - 2 * kPurposeInset, overview - 1);
    m_ruler->setGeometry(left, overview, width() - left, ruler);
    m_lanes->setGeometry(left, overview + ruler, width() - left, room);
    m_bar->setGeometry(width() - kBarWidth, overview + ruler, kBarWidth, room);
    m_bar->setRange(0, most);
    m_bar->setPageStep(room);
    m_bar->setSingleStep(m_places.isEmpty() ? int(size::kLaneHeightCompact) : m_places.first().height);
    m_bar->setValue(m_scroll);
    m_bar->setVisible(most > 0);
    m_lanes->setLanes(m_places, m_scroll);
    m_headers->setLanes(m_places, m_scroll, overview, ruler);
    m_overview->setTracks(shown);
}

void TimelinePanel::scrollTo(int y)
{
    const int next = std::clamp(y, 0, m_bar->maximum());
    if (next == m_scroll)
        return;
    m_scroll = next;
    arrange();
}

// When playback passes the edge, the page turns, and the view follows to a distant next clip; if the playhead
// was out of view because the user looks elsewhere, it stays so.
void TimelinePanel::keepPlayheadInView(qint64 t)
{
    m_axis->setAnchor(t);
    const TimeRange view = m_axis->scale().range();
    const bool leaves = view.contains(m_lastTime) && !view.contains(t);
    const bool isNear = t >= view.end && t - m_lastTime < view.length() / 2;
    m_lastTime = t;
    if (!leaves || m_scrubber->isActive())
        return;
    if (isNear)
        m_axis->turnPage(t);
    else if (!m_playhead.isFollowing())
        m_axis->centre(t);
}

void TimelinePanel::updateVisibleRange()
{
    m_model->setVisibleRange(m_axis->scale().range(), m_axis->dayRange());
}

// As time passes, the view follows now, and "Now" moves when it reaches another pixel.
void TimelinePanel::tick()
{
    const bool following = m_playhead.isFollowing();
    if (following) {
        m_axis->keepUp();
        m_axis->setAnchor(m_axis->now());
    }
    const int nowX = int(std::floor(m_axis->scale().xOf(m_axis->now())));
    if (nowX != m_lastNowX || following) {
        m_lastNowX = nowX;
        m_lanes->setLanes(m_places, m_scroll);
    }
    const QDate today = models::localTime(m_axis->now(), m_axis->zone()).date();
    if (std::exchange(m_today, today) != today)
        Q_EMIT todayChanged();
    const double perPixel = m_axis->scale().msPerPixel;
    m_tick.setInterval(following ? std::clamp(int(perPixel / 2), kQuickTickMs, kSlowTickMs) : kSlowTickMs);
}

void TimelinePanel::goToNow()
{
    m_axis->keepUp();
    m_playhead.follow(true);
    tick();
}

void TimelinePanel::widenTo(qint64 t)
{
    if (t >= m_axis->scale().range().start)
        return;
    const qint64 ago = m_axis->now() - t;
    if (ago > kMaxInitialSpanMs)
        return m_axis->centre(t);
    const qint64 span = qint64(double(ago) * kWidenedBy);
    m_axis->show({t, t + span});
    m_axis->keepUp();
}

void TimelinePanel::goToNextEvent()
{
    m_navigator->toNext();
}

void TimelinePanel::goToPreviousEvent()
{
    m_navigator->toPrevious();
}

void TimelinePanel::zoom(double factor)
{
    const TimeScale &scale = m_axis->scale();
    double x = scale.xOf(m_playhead.isFollowing() ? m_axis->now() : m_playhead.time());
    if (x < 0 || x > scale.width)
        x = scale.width / 2.0;
    m_axis->zoomStep(x, factor);
}

void TimelinePanel::goToStart()
{
    whenDone(m_reader.ask([](catalog::Reader &reader) { return reader.extent(); }), this,
             [this](const Result<TimeRange> &extent) {
                 if (extent && !extent->isEmpty())
                     m_axis->centre(extent->start);
             });
}

// Among camera tracks: others cannot be selected yet.
void TimelinePanel::chooseNeighbour(int step)
{
    QVector<CameraId> cameras;
    for (const LanePlace &lane : std::as_const(m_places)) {
        if (lane.track->id() == cameraTrackId(lane.track->camera()))
            cameras.append(lane.track->camera());
    }
    if (cameras.isEmpty())
        return;
    const qsizetype at = cameras.indexOf(m_selection.camera());
    const qsizetype next = at < 0 ? (step > 0 ? 0 : cameras.size() - 1)
                                  : std::clamp<qsizetype>(at + step, 0, cameras.size() - 1);
    m_selection.chooseCamera(cameras[next]);
}

TrackId TimelinePanel::chosenTrack() const
{
    return cameraTrackId(m_selection.camera());
}

bool TimelinePanel::isInView(TrackId track) const
{
    return std::any_of(m_places.begin(), m_places.end(), [&](const LanePlace &lane) {
        return lane.track->id() == track && lane.top < m_scroll + m_lanes->height() &&
               lane.top + lane.height > m_scroll;
    });
}

void TimelinePanel::bringIntoView(TrackId track)
{
    for (const LanePlace &lane : std::as_const(m_places)) {
        if (lane.track->id() != track)
            continue;
        const int lowest = lane.top;
        const int highest = lane.top + lane.height - m_lanes->height();
        scrollTo(highest <= lowest ? std::clamp(m_scroll, highest, lowest) : lowest);
        return;
    }
}

bool TimelinePanel::useKey(int key)
{
    const double page = m_axis->scale().width * kPageShare;
    switch (key) {
    case Qt::Key_Left:
    case Qt::Key_BracketLeft:
        goToPreviousEvent();
        return true;
    case Qt::Key_Right:
    case Qt::Key_BracketRight:
        goToNextEvent();
        return true;
    case Qt::Key_Up:
        chooseNeighbour(-1);
        return true;
    case Qt::Key_Down:
        chooseNeighbour(1);
        return true;
    case Qt::Key_PageUp:
        m_axis->panBy(-page);
        return true;
    case Qt::Key_PageDown:
        m_axis->panBy(page);
        return true;
    case Qt::Key_Home:
        goToStart();
        return true;
    case Qt::Key_End:
    case Qt::Key_N:
        goToNow();
        return true;
    case Qt::Key_T:
        m_entry->open(m_axis->day(), m_axis->zone(), m_ruler->mapToGlobal(m_ruler->rect().center()));
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(1 / kKeyZoom);
        return true;
    case Qt::Key_Minus:
        zoom(kKeyZoom);
        return true;
    default:
        return false;
    }
}

void TimelinePanel::keyPressEvent(QKeyEvent *event)
{
    if (!useKey(event->key()))
        QWidget::keyPressEvent(event);
}

void TimelinePanel::resizeEvent(QResizeEvent *)
{
    const bool wasSeen = isInView(chosenTrack());
    arrange();
    if (wasSeen)
        bringIntoView(chosenTrack());
    if (m_playhead.isFollowing())
        m_axis->keepUp();
    updateVisibleRange();
}

// Only the background of the sentence is not covered by a child widget.
void TimelinePanel::paintEvent(QPaintEvent *)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.surface);
    painter.fillRect(0, kWaitingRow - 1, width(), 1, theme.line);
}

void TimelinePanel::showEvent(QShowEvent *)
{
    m_tick.start();
    tick();
}

void TimelinePanel::hideEvent(QHideEvent *)
{
    m_tick.stop();
}

} // namespace gatehouse::timeline
