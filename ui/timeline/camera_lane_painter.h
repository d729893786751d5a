// Paints a camera's recordings into a lane: blocks with the amount of motion as far as it is known (unknown:
// a flat foot), ticks, bars in long views, gaps with their reasons. One object paints one lane once. GUI
// thread (reads the cache); no I/O.
#pragma once

#include "timeline/deleted_gaps.h"
#include "timeline/lane_canvas.h"
#include "timeline/lane_raster.h"

#include <array>
#include <vector>

namespace gatehouse::timeline
{

// The position of blocks within a lane: logical pixels.
struct LaneInsets {
    static constexpr int kTop = 5;
    static constexpr int kBottom = 6;
    static constexpr int kMinWidth = 4;
    static constexpr int kMinTroubledWidth = 12;
};

class CameraLanePainter
{
public:
    CameraLanePainter(const RecordingCache &recordings, CameraId camera, const LaneCanvas &canvas);

    void paint();

private:
    void paintItems();
    void paintHatch(int left, int right);
    void paintReason(const DeletedGap &gap);
    void take(int left, int right);
    void paintClips(const QVector<std::shared_ptr<const TimelineChunk>> &chunks);
    void addBlock(LaneRaster &rows, const Block &block);
    struct MovingBlock {
        Block block;
        TimeRange range; // of the clip
        MotionProfile profile;
    };
    void addMotion(LaneRaster &rows, const Block &block, const LaneSeries &series,
                   const TimelineChunk &chunk);
    void paintMotion(const MovingBlock &moving, int owner, int unknown);
    void own(const Block &block, int moving);
    void roundCorners(const Block &block);
    void paintStills(const TimelineChunk &chunk);
    void paintBars(const QVector<CountBar> &bars);
    void paintTrouble();
    static bool isFramed(const Block &block); // painted as a dashed frame
    [[nodiscard]] QColor colourOf(ClipCategory category) const;
    [[nodiscard]] int device(double logical) const { return m_canvas.device(logical); }

    const RecordingCache &m_recordings;
    CameraId m_camera;
    const LaneCanvas &m_canvas;
    const DeviceScale &m_device;
    const widgets::Theme &m_theme;
    struct Shades {
        QRgb ground, full;
    };
    std::array<Shades, 5> m_shades{}; // by ClipCategory
    // Device pixels.
    int m_top;
    int m_bottom;
    QVector<QRect> m_troubled;
    std::vector<char> m_taken; // columns with existing recordings
    std::vector<MovingBlock> m_moving;
    std::vector<int> m_owner; // by column: which of m_moving is on top, from 1; 0: another block
};

} // namespace gatehouse::timeline
