// The geometry of the review screen for a given window size: pure numbers, testable on their own. Logical
// pixels.
#pragma once

namespace gatehouse::review
{

enum class Columns {
    Full,    // cameras, player, events
    Posters, // cameras shown only as posters
    Drawers, // cameras and events slide over the player
};

Columns columnsFor(int windowWidth);
// Height of cameras, player and events; the rest of `height` is toolbar and timeline.
int upperHeight(int height);
// Width of the events on a page of this size: two columns if the player keeps all the space it can use.
int eventsWidth(int width, int height);
// Until a camera has sent something, the timeline needs little space.
int emptyUpperHeight(int height);

} // namespace gatehouse::review
