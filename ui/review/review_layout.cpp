#include "review/review_layout.h"

#include "widgets/theme.h"

#include <algorithm>

namespace gatehouse::review
{

namespace
{
constexpr int PostersBelow = 1280;
constexpr int DrawersBelow = 1120;
// The two drawn sizes, without the status bar: 640 and 1000 high.
constexpr int LowHeight = 612;
constexpr int LowTimeline = 224;
constexpr int DrawnHeight = 972;
constexpr int DrawnTimeline = 496;
constexpr double MostShare = 0.6;
constexpr int EmptyTimelineLow = 116; // one row
constexpr int EmptyTimeline = 176;
// Around the player's picture: its title and its margins.
constexpr int PlayerFrame = 56;
constexpr int PlayerSides = 24;
constexpr int TwoColumns = 2 * widgets::metrics::EventsWidth;
} // namespace

Columns columnsFor(int windowWidth)
{
    if (windowWidth < DrawersBelow)
        return Columns::Drawers;
    return windowWidth < PostersBelow ? Columns::Posters : Columns::Full;
}

int upperHeight(int height)
{
    if (height <= LowHeight)
        return std::max(height - LowTimeline, height / 2);
    if (height <= DrawnHeight) {
        const double share = double(height - LowHeight) / (DrawnHeight - LowHeight);
        return height - LowTimeline - int(share * (DrawnTimeline - LowTimeline));
    }
    return std::min(height - DrawnTimeline, int(height * MostShare));
}

int eventsWidth(int width, int height)
{
    const int upper = upperHeight(height);
    const int player = (upper - PlayerFrame) * 16 / 9 + PlayerSides;
    const bool hasRoom = width - widgets::metrics::CamerasWidth - player >= TwoColumns;
    return upper == int(height * MostShare) && hasRoom ? TwoColumns : widgets::metrics::EventsWidth;
}

int emptyUpperHeight(int height)
{
    return height - std::clamp(height / 5, EmptyTimelineLow, EmptyTimeline);
}

} // namespace gatehouse::review
