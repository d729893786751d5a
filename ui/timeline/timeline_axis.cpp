#include "timeline/timeline_axis.h"

#include "models/time_text.h"

#include <QApplication>
#include <QDateTime>
#include <QStyle>
#include <cmath>

namespace gatehouse::timeline
{

namespace
{

constexpr int kGlideMs = 160;
constexpr qint64 kOneZoomMs = 700; // wheel steps closer together than this are one zoom
constexpr int kMaxRemembered = 20;
constexpr double kMaxFutureShare = 0.2;  // of the view: "Now" stands at four fifths
constexpr double kMinFutureShare = 0.04; // room for its label in views of months
constexpr double kFutureMs = 86'400'000;
constexpr double kPageAt = 0.1;
constexpr double kFirstSpan = 65.0 * 60'000;

// There is nothing to see in the future: of a long view it is a small part.
double futureOf(double span)
{
    return span * std::clamp(kFutureMs / span, kMinFutureShare, kMaxFutureShare);
}

} // namespace

TimelineAxis::TimelineAxis(QObject *parent) : QObject(parent)
{
    m_glide.setDuration(kGlideMs);
    m_glide.setStartValue(0.0);
    m_glide.setEndValue(1.0);
    m_glide.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_glide, &QVariantAnimation::valueChanged, this, [this](const QVariant &value) {
        const double part = value.toDouble();
        if (part >= 1.0) {
            set(m_to);
            return;
        }
        // Interpolates lengths geometrically, so that zooming looks even.
        const double span = m_from.span() * std::pow(m_to.span() / m_from.span(), part);
        const double middle =
            (m_from.start + m_from.span() / 2) * (1 - part) + (m_to.start + m_to.span() / 2) * part;
        TimeScale next = m_scale;
        next.msPerPixel = span / next.width;
        next.start = middle - span / 2;
        set(next);
    });
}

QDate TimelineAxis::day() const
{
    constexpr double oneDay = 26 * 3'600'000.0;
    const TimeRange view = m_scale.range();
    qint64 t = m_scale.timeAt(m_scale.width / 2.0);
    if (view.length() <= oneDay && view.contains(now()))
        t = now(); // shortly after midnight, yesterday fills most of the view
    else if (view.length() > oneDay && view.contains(m_anchor))
        t = m_anchor;
    return models::localTime(t, m_zone).date();
}

void TimelineAxis::setAnchor(qint64 t)
{
    const QDate before = day();
    m_anchor = t;
    if (day() != before)
        Q_EMIT changed();
}

TimeRange TimelineAxis::dayRange() const
{
    return models::dayRange(day(), m_zone);
}

void TimelineAxis::setZone(const QTimeZone &zone)
{
    m_zone = zone;
    Q_EMIT changed();
}

void TimelineAxis::setClock(const Clock &clock)
{
    m_clock = &clock;
    Q_EMIT changed();
}

void TimelineAxis::setWidth(int width)
{
    if (width <= 0 || width == m_scale.width)
        return;
    TimeScale next = m_scale;
    next.width = width;
    // With now in view, a wider window shows more of the past, not of the future.
    if (m_scale.range().contains(now()))
        next.start -= (width - m_scale.width) * m_scale.msPerPixel;
    if (m_scale.width <= 1) { // the first time
        next.msPerPixel = kFirstSpan / width;
        next.start = double(now()) + futureOf(kFirstSpan) - kFirstSpan;
    }
    set(next);
}

// At the latest, the view ends with today, or a little after now.
TimeScale TimelineAxis::bounded(TimeScale scale) const
{
    const double today = double(models::dayRange(models::localTime(now(), m_zone).date(), m_zone).end);
    const double latest = std::max(today, double(now()) + futureOf(scale.span()));
    scale.start = std::min(scale.start, latest - scale.span());
    return scale;
}

void TimelineAxis::set(const TimeScale &wanted)
{
    const TimeScale scale = bounded(wanted);
    if (scale == m_scale)
        return;
    m_scale = scale;
    Q_EMIT changed();
}

void TimelineAxis::remember()
{
    m_before.append(m_scale);
    if (m_before.size() > kMaxRemembered)
        m_before.removeFirst();
}

void TimelineAxis::zoomAt(double x, double factor)
{
    if (!m_sinceZoom.isValid() || m_sinceZoom.elapsed() > kOneZoomMs)
        remember();
    m_sinceZoom.start();
    m_glide.stop();
    set(m_scale.zoomedAt(x, factor));
    Q_EMIT movedByHand();
}

void TimelineAxis::zoomStep(double x, double factor)
{
    // Steps in quick succession continue from the target of the last one.
    const bool gliding = m_glide.state() == QVariantAnimation::Running;
    glideTo((gliding ? m_to : m_scale).zoomedAt(x, factor));
}

void TimelineAxis::setSpan(double ms)
{
    const double middle = m_scale.width / 2.0;
    zoomAt(middle, ms / m_scale.span());
}

void TimelineAxis::panBy(double pixels)
{
    m_glide.stop();
    set(m_scale.panned(pixels));
    Q_EMIT movedByHand();
}

void TimelineAxis::show(TimeRange range)
{
    m_glide.stop();
    set(m_scale.showing(range));
}

void TimelineAxis::glideTo(const TimeScale &scale)
{
    if (m_glide.state() != QVariantAnimation::Running)
        remember();
    m_glide.stop();
    m_from = m_scale;
    m_to = bounded(scale);
    m_to.msPerPixel *= double(scale.width) / m_scale.width; // remembered before the window changed
    m_to.width = m_scale.width;
    // No animation if the desktop requests reduced motion.
    if (QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration) == 0)
        set(m_to);
    else
        m_glide.start();
    Q_EMIT movedByHand();
}

// Whatever moves the view meanwhile, the zoom asked for is kept.
void TimelineAxis::endGlide()
{
    if (m_glide.state() != QVariantAnimation::Running)
        return;
    m_glide.stop();
    set(m_to);
}

void TimelineAxis::reveal(qint64 t)
{
    endGlide();
    const double x = m_scale.xOf(t);
    if (x < 0 || x > m_scale.width)
        centre(t);
}

void TimelineAxis::turnPage(qint64 t)
{
    endGlide();
    TimeScale next = m_scale;
    next.start = double(t) - kPageAt * m_scale.span();
    set(next);
}

void TimelineAxis::centre(qint64 t)
{
    endGlide();
    TimeScale next = m_scale;
    next.start = double(t) - m_scale.span() / 2;
    set(next);
    Q_EMIT movedByHand();
}

void TimelineAxis::showDay(QDate target)
{
    const TimeRange there = models::dayRange(target, m_zone);
    endGlide();
    const TimeRange here = dayRange();
    if (m_scale.span() >= double(here.length()) * 0.9) {
        set(m_scale.showing(there));
    } else {
        // The same local time of day.
        const qint64 middle = m_scale.timeAt(m_scale.width / 2.0);
        const QDateTime wall(target, models::localTime(middle, m_zone).time(), m_zone);
        TimeScale next = m_scale;
        next.start = double(wall.toMSecsSinceEpoch()) - m_scale.span() / 2;
        set(next);
    }
    Q_EMIT movedByHand();
}

void TimelineAxis::zoomBack()
{
    if (m_before.isEmpty()) {
        glideTo(m_scale.showing(dayRange()));
        m_before.clear();
        return;
    }
    const TimeScale last = m_before.takeLast();
    glideTo(last);
    m_before.removeLast(); // saved by glideTo: going back twice goes further back
    m_sinceZoom.invalidate();
}

void TimelineAxis::keepUp()
{
    if (m_glide.state() == QVariantAnimation::Running)
        return;
    TimeScale next = m_scale;
    next.start = double(now()) + futureOf(m_scale.span()) - m_scale.span();
    set(next);
}

} // namespace gatehouse::timeline
