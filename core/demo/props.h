// Props around a house: sky, trees, fences, walls, windows. Units of the canvas. `seed` makes every tree
// different. Any thread, one canvas each.
#pragma once

#include "demo/canvas.h"

#include <random>

namespace gatehouse::demo
{

using Dice = std::minstd_rand;

double roll(Dice &dice, double from, double to);

void sky(Canvas &c, double horizon, Color top, Color bottom, unsigned seed);
void hills(Canvas &c, double horizon, Color color, unsigned seed);
void lawn(Canvas &c, double from, double to, Color color);
void foliage(Canvas &c, double cx, double cy, double rx, double ry, Color color, unsigned seed);
void tree(Canvas &c, double x, double ground, double height, Color leaves, unsigned seed);
void conifer(Canvas &c, double x, double ground, double height, Color leaves, unsigned seed);
void hedge(Canvas &c, double x0, double x1, double top, double ground, Color leaves, unsigned seed);
void picketFence(Canvas &c, double x0, double x1, double top, double ground, Color wood);
void boardFence(Canvas &c, double x0, double x1, double top, double ground, Color wood);
void brickWall(Canvas &c, const Shape &area, double x, double y, double w, double h, Color brick);
void sidedWall(Canvas &c, double x, double y, double w, double h, Color boards);
void window(Canvas &c, double x, double y, double w, double h, Color frame, bool lit);
void door(Canvas &c, double x, double y, double w, double h, Color color);
void garageDoor(Canvas &c, double x, double y, double w, double h, Color color);
void gabledRoof(Canvas &c, double x, double eaves, double w, double rise, Color tiles);
void house(Canvas &c, double x, double ground, double w, double h, Color wall, Color tiles, bool lit);
void flowerPot(Canvas &c, double x, double ground, double size, Color flowers, unsigned seed);
void floorBoards(Canvas &c, double from, double to, Color wood);

} // namespace gatehouse::demo
