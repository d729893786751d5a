#include "review/review_layout.h"

#include "widgets/theme.h"

#include <algorithm>

namespace gatehouse::review
{

namespace
{
constexpr int kPostersBelow = 1280;
constexpr int kDrawersBelow = 1120;
// The two designed sizes, without the status bar: 640 and 1000 high.
constexpr int kLowHeight = 612;
constexpr int kLowTimeline = 224;
constexpr int kDrawnHeight = 972;
constexpr int kDrawnTimeline = 496;
constexpr double kMaxTimelineShare = 0.6;
constexpr int kEmptyTimelineLow = 116; // one row
constexpr int kEmptyTimeline = 176;
// Around the player's picture: its title and margins.
constexpr int kPlayerFrame = 56;
constexpr int kPlayerSides = 24;
constexpr int kTwoColumns = 2 * widgets::metrics::kEventsWidth;
} // namespace

Columns columnsFor(int windowWidth)
{
    if (windowWidth < kDrawersBelow)
        return Columns::Drawers;
    return windowWidth < kPostersBelow ? Columns::Posters : Columns::Full;
}

int upperHeight(int height)
{
    if (height <= kLowHeight)
        return std::max(height - kLowTimeline, height / 2);
    if (height <= kDrawnHeight) {
        const double share = double(height - kLowHeight) / (kDrawnHeight - kLowHeight);
        return height - kLowTimeline - int(share * (kDrawnTimeline - kLowTimeline));
    }
    return std::min(height - kDrawnTimeline, int(height * kMaxTimelineShare));
}

int eventsWidth(int width, int height)
{
    const int upper = upperHeight(height);
    const int player = (upper - kPlayerFrame) * 16 / 9 + kPlayerSides;
    const bool hasRoom = width - widgets::metrics::kCamerasWidth - player >= kTwoColumns;
    return upper == int(height * kMaxTimelineShare) && hasRoom ? kTwoColumns : widgets::metrics::kEventsWidth;
}

int emptyUpperHeight(int height)
{
    return height - std::clamp(height / 5, kEmptyTimelineLow, kEmptyTimeline);
}

} // namespace gatehouse::review
