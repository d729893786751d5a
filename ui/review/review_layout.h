// The sizes of the review screen for a window of a given size: pure numbers, so that they can be tested
// alone. Logical pixels.
#pragma once

namespace gatehouse::review
{

enum class Columns {
    Full,    // cameras, player, events
    Posters, // the cameras only as posters
    Drawers, // cameras and events open over the player
};

Columns columnsFor(int windowWidth);
// Height of cameras, player and events; the rest of `height` is toolbar and timeline.
int upperHeight(int height);
// Width of the events of a page of this size: two columns where the player keeps all that it can use.
int eventsWidth(int width, int height);
// While no camera has sent anything, the timeline needs little room.
int emptyUpperHeight(int height);

} // namespace gatehouse::review
