// The drawing of each place, used only by backdrops.cpp. The sky, if any, is already painted. Units of the
// canvas. Any thread, one canvas each.
#pragma once

#include "demo/props.h"

namespace gatehouse::demo
{

constexpr double kHorizon = 150; // where the sky ends, in every outdoor place

void drawDriveway(Canvas &c, bool dark);
void drawStreet(Canvas &c, bool dark);
void drawGarage(Canvas &c, bool dark);
void drawGate(Canvas &c, bool dark);
void drawGarden(Canvas &c, bool dark);
void drawPool(Canvas &c, bool dark);
void drawYard(Canvas &c, bool dark);
void drawTerrace(Canvas &c, bool dark);
void drawBarn(Canvas &c, bool dark);
void drawFrontDoor(Canvas &c, bool dark);
void drawPorch(Canvas &c, bool dark);
void drawLivingRoom(Canvas &c, bool dark);
void drawWorkshop(Canvas &c, bool dark);
void drawHallway(Canvas &c, bool dark);

} // namespace gatehouse::demo
