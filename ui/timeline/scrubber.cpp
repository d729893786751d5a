#include "timeline/scrubber.h"

namespace gatehouse::timeline
{

namespace
{

constexpr int kEdgeStepMs = 16;
constexpr double kEdgeWidth = 24;  // px
constexpr double kEdgeShare = 0.3; // px of panning per step for each px into the edge

} // namespace

Scrubber::Scrubber(TimelineAxis &axis, models::Playhead &playhead, QObject *parent)
    : QObject(parent), m_axis(axis), m_playhead(playhead)
{
    m_timer.setInterval(kEdgeStepMs);
    connect(&m_timer, &QTimer::timeout, this, &Scrubber::step);
}

void Scrubber::begin(double x)
{
    m_active = true;
    Q_EMIT activeChanged(true);
    moveTo(x);
}

void Scrubber::moveTo(double x)
{
    m_x = x;
    const double width = m_axis.scale().width;
    m_playhead.seek(m_axis.scale().timeAt(std::clamp(x, 0.0, width)));
    if (x < kEdgeWidth || x > width - kEdgeWidth)
        m_timer.start();
    else
        m_timer.stop();
}

void Scrubber::end()
{
    m_timer.stop();
    m_active = false;
    Q_EMIT activeChanged(false);
}

void Scrubber::step()
{
    const double width = m_axis.scale().width;
    const double out = m_x < kEdgeWidth ? m_x - kEdgeWidth : m_x - (width - kEdgeWidth);
    m_axis.panBy(out * kEdgeShare);
    m_playhead.seek(m_axis.scale().timeAt(std::clamp(m_x, 0.0, width)));
}

} // namespace gatehouse::timeline
