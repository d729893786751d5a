// Paints the lanes of the timeline into an RGB32 image, from what the model has, in device pixels: grounds,
// grid, blocks, ticks, the future's shade. Playhead, hover and selection are not its business.
// GUI thread (reads the model); no I/O.
#pragma once

#include "timeline/deleted_gaps.h"
#include "timeline/lane_blocks.h"
#include "timeline/lane_raster.h"
#include "timeline/time_grid.h"
#include "timeline/timeline_model.h"
#include "widgets/theme.h"

#include <QImage>
#include <array>
#include <vector>

namespace gatehouse::timeline
{

struct LanePlace {
    CameraId camera;
    int top = 0; // logical pixels in the image
    int height = 32;
    bool isChosen = false;
};

// Where a lane's blocks stand in it: logical pixels.
struct LaneInsets {
    static constexpr int kTop = 5;
    static constexpr int kBottom = 6;
    static constexpr int kMinWidth = 4;
    static constexpr int kMinTroubledWidth = 12;
};

class LanePainter
{
public:
    LanePainter(const TimelineModel &model, const widgets::Theme &theme, const TimeScale &scale, qint64 now);

    void paint(QImage &image, const QVector<LanePlace> &lanes, const QVector<Tick> &ticks);

private:
    void paintGrid(QPainter &painter, const QImage &image, const QVector<Tick> &ticks);
    void paintLane(QPainter &painter, const LanePlace &lane);
    void paintItems(QPainter &painter, CameraId camera);
    void paintHatch(int left, int right);
    void paintReason(QPainter &painter, const DeletedGap &gap);
    void take(int left, int right);
    void paintClips(const QVector<std::shared_ptr<const TimelineChunk>> &chunks);
    void addBlock(LaneRaster &rows, const Block &block);
    void roundCorners(const Block &block);
    void paintStills(const TimelineChunk &chunk);
    void paintBars(const QVector<CountBar> &bars);
    void fill(int left, int top, int width, int height, const QColor &colour);
    void paintTrouble(QPainter &painter);
    static bool isFramed(const Block &block); // painted as a dashed frame
    [[nodiscard]] QColor colourOf(ClipCategory category) const;
    [[nodiscard]] int device(double logical) const;

    const TimelineModel &m_model;
    const widgets::Theme &m_theme;
    TimeScale m_scale;
    qint64 m_now;
    struct Shades {
        QRgb ground, full;
    };
    std::array<Shades, 5> m_shades{}; // by ClipCategory
    double m_factor = 1;
    DeviceScale m_device;
    QRgb *m_pixels = nullptr; // of the image being painted
    qsizetype m_line = 0;     // pixels from row to row
    int m_rows = 0;
    // Of the lane being painted, device pixels.
    QColor m_ground;
    int m_top = 0;
    int m_bottom = 0;
    QVector<QRect> m_troubled;
    std::vector<char> m_taken; // columns with something that is kept
};

} // namespace gatehouse::timeline
