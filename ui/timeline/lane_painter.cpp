#include "timeline/lane_painter.h"

#include "timeline/lane_canvas.h"
#include "timeline/timeline_chunk.h"

#include <QPainter>

namespace gatehouse::timeline
{

namespace
{

constexpr double kChosenShare = 0.35; // of accentWeak in the chosen lane
constexpr double kFutureShare = 0.55; // of bg over the future
constexpr double kMidnightShare = 0.45;

} // namespace

LanePainter::LanePainter(const widgets::Theme &theme, const TimeScale &scale, qint64 now)
    : m_theme(theme), m_scale(scale), m_now(now)
{
}

void LanePainter::paint(QImage &image, const QVector<LanePlace> &lanes, const QVector<Tick> &ticks)
{
    const double factor = image.devicePixelRatioF();
    // Blocks are whole device pixels; texts and frames are logical ones.
    image.setDevicePixelRatio(1);
    auto *pixels = reinterpret_cast<QRgb *>(image.bits());
    QPainter painter(&image);
    LaneCanvas canvas{
        painter,        m_theme, pixels,  image.bytesPerLine() / qsizetype(sizeof(QRgb)),
        image.height(), factor,  m_scale, {m_scale.start, m_scale.msPerPixel / factor, image.width()}};
    const QColor chosen = widgets::mixed(m_theme.accentWeak, m_theme.surface, kChosenShare);
    painter.fillRect(image.rect(), m_theme.surface);
    for (const LanePlace &lane : lanes) {
        if (lane.isChosen)
            painter.fillRect(0, canvas.device(lane.top), image.width(), canvas.device(lane.height), chosen);
    }
    if (const int x = std::max(0, canvas.deviceScale.xOf(m_now)); x < image.width()) {
        QColor shade = m_theme.bg;
        shade.setAlphaF(kFutureShare);
        painter.fillRect(x, 0, image.width() - x, image.height(), shade);
    }
    // Midnights stand out among hours; among days they are the grid.
    const QColor midnight = widgets::mixed(m_theme.edge, m_theme.surface, kMidnightShare);
    const bool amongHours = m_scale.msPerPixel * 400 < double(kChunkMs);
    for (const Tick &tick : ticks) {
        if (tick.isMajor)
            painter.fillRect(canvas.deviceScale.xOf(tick.time), 0, canvas.device(1), image.height(),
                             tick.isDay && amongHours ? midnight : m_theme.line);
    }
    for (const LanePlace &lane : lanes) {
        painter.fillRect(0, canvas.device(lane.top + lane.height) - canvas.device(1), image.width(),
                         canvas.device(1), m_theme.line);
        canvas.top = lane.top;
        canvas.height = lane.height;
        canvas.ground = lane.isChosen ? chosen : m_theme.surface;
        lane.track->paint(canvas);
    }
    painter.end();
    image.setDevicePixelRatio(factor);
}

} // namespace gatehouse::timeline
