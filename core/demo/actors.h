// The visitors: a walking person, a driving car, a cat, a dog, a bird. Feet or wheels are at (x, y); `size`
// is the height of a person, the length of a car or animal; `step` drives the gait; `left` mirrors. Any
// thread, one canvas each.
#pragma once

#include "demo/canvas.h"

namespace gatehouse::demo
{

struct Pose {
    double x = 0;
    double y = 0;
    double size = 0;
    double step = 0; // radians of the gait, or of the wheels
    bool left = false;
};

void person(Canvas &c, const Pose &pose, unsigned seed, bool parcel);
void car(Canvas &c, const Pose &pose, unsigned seed, bool lights);
void cat(Canvas &c, const Pose &pose, unsigned seed);
void dog(Canvas &c, const Pose &pose, unsigned seed);
void bird(Canvas &c, const Pose &pose);

} // namespace gatehouse::demo
