// The places the demo's cameras watch, and the paths that people, cars and animals take through them. Pure
// drawing: any thread, one canvas each.
#pragma once

#include "demo/actors.h"
#include "demo/props.h"

namespace gatehouse::demo
{

enum class Place {
    Driveway,
    FrontDoor,
    Garden,
    Garage,
    Pool,
    LivingRoom,
    Street,
    Yard,
    Porch,
    Gate,
    Workshop,
    Hallway,
    Terrace,
    Barn
};

struct Way {
    Pose from; // size and place at the start
    Pose to;
};

struct Lamp {
    double x = 0;
    double y = 0;
    double radius = 0;
};

struct Backdrop {
    bool indoor = false;
    Way people;
    Way vehicles; // size 0: no car can get here
    Way animals;
    std::vector<Lamp> lamps; // lit at night
};

Backdrop backdropOf(Place place);
// `dark`: windows are lit.
void drawBackdrop(Canvas &c, Place place, Color skyTop, Color skyBottom, bool dark);

} // namespace gatehouse::demo
