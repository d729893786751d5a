#include "demo/props.h"

#include <cmath>

namespace gatehouse::demo
{

double roll(Dice &dice, double from, double to)
{
    return from + (to - from) * double(dice() & 0xffff) / 65535.0;
}

void sky(Canvas &c, double horizon, Color top, Color bottom, unsigned seed)
{
    c.fill(rectangle(0, 0, 640, horizon + 1), {top, bottom});
    if (bottom.r < 32) // an infrared lamp does not reach the clouds
        return;
    Dice dice(seed + 1);
    for (int cloud = 0; cloud < 5; ++cloud) {
        const double cx = roll(dice, -20, 660);
        const double cy = roll(dice, 10, horizon * 0.6);
        const double size = roll(dice, 16, 34);
        for (int puff = 0; puff < 9; ++puff) {
            const double dx = roll(dice, -2.2, 2.2);
            c.glow(cx + dx * size, cy + roll(dice, -0.25, 0.2) * size, size * (1.7 - std::abs(dx) * 0.35),
                   size * (0.62 - std::abs(dx) * 0.12), Color(0xffffff), 0.34, false);
        }
    }
}

void hills(Canvas &c, double horizon, Color color, unsigned seed)
{
    Dice dice(seed + 2);
    const double phase = roll(dice, 0, 6);
    for (int layer = 0; layer < 2; ++layer) {
        Shape outline;
        for (int x = -10; x <= 650; x += 10) {
            const double wave =
                std::sin(x * 0.011 + phase + layer * 2) * 9 + std::sin(x * 0.031 + phase * 2) * 4;
            outline.push_back({double(x), horizon - 22 + layer * 12 + wave});
        }
        outline.push_back({650, horizon + 2});
        outline.push_back({-10, horizon + 2});
        const Color far = color.mixed(Color(0xb9cbd8), layer == 0 ? 0.6 : 0.3);
        c.fill(outline, {far, far.times(0.9), 1, 0.1, 4, 3});
    }
}

void lawn(Canvas &c, double from, double to, Color color)
{
    c.fill(rectangle(0, from, 640, to - from),
           {color.mixed(Color(0xc8d49a), 0.25), color.times(0.86), 1, 0.16, 5, 1.6});
    Dice dice(unsigned(from) * 7 + 5);
    // Mown stripes in perspective, then blades that grow towards the viewer.
    for (int i = -9; i < 10; i += 2) {
        const double far = 320 + i * 26;
        const double near = 320 + i * 92;
        c.fill({{far, from}, {far + 26, from}, {near + 92, to}, {near, to}},
               Paint::flat(color.times(1.16), 0.13));
    }
    for (int i = 0; i < 900; ++i) {
        const double depth = std::sqrt(roll(dice, 0, 1));
        const double y = from + (to - from) * depth;
        const double x = roll(dice, 0, 640);
        const double length = 1 + 4 * depth;
        c.line({x, y}, {x + roll(dice, -1.5, 1.5), y - length}, 0.8, color.times(roll(dice, 0.7, 1.35)),
               0.55);
    }
}

void foliage(Canvas &c, double cx, double cy, double rx, double ry, Color color, unsigned seed)
{
    Dice dice(seed * 31 + 7);
    c.fill(ellipse(cx, cy, rx * 0.86, ry * 0.86), color.times(0.55));
    const double leaf = std::sqrt(rx * ry);
    for (int i = 0; i < 190; ++i) {
        const double angle = roll(dice, 0, 6.283);
        const double distance = std::sqrt(roll(dice, 0, 1));
        const double dx = std::cos(angle) * distance;
        const double dy = std::sin(angle) * distance;
        // Lit from the upper left; later blobs lie above earlier ones.
        const double light = 0.82 - 0.26 * dx - 0.38 * dy + roll(dice, -0.14, 0.14) + 0.1 * i / 190.0;
        const double size = leaf * roll(dice, 0.07, 0.17);
        c.fill(ellipse(cx + dx * rx, cy + dy * ry, size * 1.2, size), Paint::flat(color.times(light), 0.85));
    }
}

void tree(Canvas &c, double x, double ground, double height, Color leaves, unsigned seed)
{
    c.glow(x + height * 0.1, ground, height * 0.42, height * 0.06, Color(0x16200c), 0.6, false);
    const double w = height * 0.045;
    c.fill({{x - w * 1.5, ground},
            {x - w * 0.7, ground - height * 0.5},
            {x + w * 0.7, ground - height * 0.5},
            {x + w * 1.6, ground}},
           {Color(0x6a5138), Color(0x4c3826), 1, 0.3, 1.5, 8});
    c.line({x, ground - height * 0.36}, {x - height * 0.16, ground - height * 0.6}, w, Color(0x5a4430));
    c.line({x, ground - height * 0.4}, {x + height * 0.15, ground - height * 0.62}, w * 0.9, Color(0x4e3b2a));
    foliage(c, x - height * 0.14, ground - height * 0.56, height * 0.21, height * 0.17, leaves.times(0.92),
            seed);
    foliage(c, x + height * 0.15, ground - height * 0.58, height * 0.2, height * 0.18, leaves.times(0.86),
            seed + 1);
    foliage(c, x, ground - height * 0.74, height * 0.26, height * 0.24, leaves, seed + 2);
}

void conifer(Canvas &c, double x, double ground, double height, Color leaves, unsigned seed)
{
    Dice dice(seed + 9);
    c.glow(x + 6, ground, height * 0.26, height * 0.05, Color(0x16200c), 0.5, false);
    c.fill(rectangle(x - height * 0.02, ground - height * 0.12, height * 0.04, height * 0.12),
           Color(0x4e3b2a));
    for (int tier = 0; tier < 7; ++tier) {
        const double bottom = ground - height * (0.08 + tier * 0.125);
        const double half = height * (0.24 - tier * 0.03);
        Shape outline{{x, bottom - height * 0.24}};
        for (int i = 0; i <= 8; ++i)
            outline.push_back({x + half - i * half / 4, bottom + ((i % 2) != 0 ? -1 : 1) * roll(dice, 1, 4)});
        c.fill(outline, {leaves.times(1.05), leaves.times(0.62), 1, 0.35, 2, 2});
    }
}

void hedge(Canvas &c, double x0, double x1, double top, double ground, Color leaves, unsigned seed)
{
    c.glow((x0 + x1) / 2, ground, (x1 - x0) * 0.55, 7, Color(0x16200c), 0.5, false);
    c.fill(rounded(x0, top, x1 - x0, ground - top, 7), {leaves, leaves.times(0.5), 1, 0.4, 2.2, 2});
    Dice dice(seed + 3);
    const int count = int((x1 - x0) * (ground - top) / 9);
    for (int i = 0; i < count; ++i) {
        const double y = roll(dice, top - 1.5, ground - 2);
        const double shade = 1.2 - 0.65 * (y - top) / (ground - top) + roll(dice, -0.2, 0.2);
        c.fill(ellipse(roll(dice, x0, x1), y, roll(dice, 1.2, 3), roll(dice, 1, 2.2)),
               Paint::flat(leaves.times(shade), 0.8));
    }
}

void picketFence(Canvas &c, double x0, double x1, double top, double ground, Color wood)
{
    const double h = ground - top;
    c.fill(rectangle(x0, top + h * 0.25, x1 - x0, h * 0.09), wood.times(0.8));
    c.fill(rectangle(x0, top + h * 0.68, x1 - x0, h * 0.09), wood.times(0.76));
    const double step = h * 0.27;
    for (double x = x0; x < x1; x += step) {
        const double w = step * 0.62;
        c.fill({{x, top + h * 0.1}, {x + w / 2, top}, {x + w, top + h * 0.1}, {x + w, ground}, {x, ground}},
               {wood, wood.times(0.84)});
        c.line({x + w, top + h * 0.1}, {x + w, ground}, 0.7, wood.times(0.6), 0.6);
    }
}

void boardFence(Canvas &c, double x0, double x1, double top, double ground, Color wood)
{
    Dice dice(unsigned(x0) + 17);
    c.glow((x0 + x1) / 2, ground, (x1 - x0) * 0.55, 8, Color(0x16200c), 0.45, false);
    const double w = 9;
    for (double x = x0; x < x1; x += w) {
        const Color board = wood.times(roll(dice, 0.88, 1.08));
        c.fill(rectangle(x, top, w + 0.3, ground - top), {board, board.times(0.8), 1, 0.16, 1.5, 14});
        c.line({x, top}, {x, ground}, 0.9, wood.times(0.45), 0.7);
    }
    c.fill(rectangle(x0, top - 2, x1 - x0, 3), wood.times(1.12));
    for (double x = x0; x <= x1; x += 81)
        c.fill(rectangle(x - 3, top - 5, 7, ground - top + 5), {wood.times(1.0), wood.times(0.66)});
}

void brickWall(Canvas &c, const Shape &area, double x, double y, double w, double h, Color brick)
{
    c.fill(area, {brick, brick.times(0.9), 1, 0.1, 3, 3});
    Dice dice(unsigned(w) + 3);
    for (double row = y; row < y + h; row += 6) {
        const double shift = std::fmod(row - y, 12) < 6 ? 0 : 8;
        for (double column = x + shift; column < x + w - 15; column += 16) {
            c.fill(rectangle(column + 0.7, row + 0.7, 14.6, 4.7),
                   Paint::flat(brick.times(roll(dice, 0.8, 1.14)), 0.75));
        }
    }
}

void sidedWall(Canvas &c, double x, double y, double w, double h, Color boards)
{
    c.fill(rectangle(x, y, w, h), {boards.times(1.03), boards.times(0.9), 1, 0.04, 9, 2});
    for (double row = y + 7; row < y + h; row += 7) {
        c.line({x, row}, {x + w, row}, 0.9, boards.times(0.72), 0.7);
        c.line({x, row + 1}, {x + w, row + 1}, 0.7, boards.times(1.12), 0.5);
    }
}

void window(Canvas &c, double x, double y, double w, double h, Color frame, bool lit)
{
    c.fill(rectangle(x - 3, y - 3, w + 6, h + 7), {frame, frame.times(0.86)});
    if (lit) {
        c.fill(rectangle(x, y, w, h), {Color(0xffdf9a), Color(0xf0b860)});
    } else {
        c.fill(rectangle(x, y, w, h), {Color(0x2f4456), Color(0x6f8a9c)});
        c.fill({{x + w * 0.1, y + h}, {x + w * 0.5, y}, {x + w * 0.72, y}, {x + w * 0.32, y + h}},
               Paint::flat(Color(0xdbe9f2), 0.22));
    }
    c.fill({{x, y}, {x + w * 0.2, y}, {x + w * 0.1, y + h}, {x, y + h}}, Paint::flat(Color(0xe8e4da), 0.5));
    c.fill({{x + w, y}, {x + w * 0.8, y}, {x + w * 0.9, y + h}, {x + w, y + h}},
           Paint::flat(Color(0xe8e4da), 0.5));
    c.fill(rectangle(x + w / 2 - 1, y, 2, h), frame);
    c.fill(rectangle(x, y + h * 0.45, w, 2), frame);
    c.fill(rectangle(x - 5, y + h + 3, w + 10, 4), {frame, frame.times(0.7)});
    c.fill(rectangle(x - 3, y + h + 7, w + 6, 3), Paint::flat(Color(0x000000), 0.18));
}

void door(Canvas &c, double x, double y, double w, double h, Color color)
{
    c.fill(rectangle(x - 5, y - 5, w + 10, h + 5), {Color(0xf0ece2), Color(0xcfcabd)});
    c.fill(rectangle(x, y, w, h), {color.times(1.08), color.times(0.82)});
    for (int row = 0; row < 3; ++row) {
        for (int column = 0; column < 2; ++column) {
            const double px = x + w * (0.12 + column * 0.44);
            const double py = y + h * (0.07 + row * 0.31);
            const double pw = w * 0.32;
            const double ph = h * 0.23;
            if (row == 0) {
                c.fill(rectangle(px, py, pw, ph), {Color(0x3a4c5c), Color(0x7e95a4)});
            } else {
                c.fill(rectangle(px, py, pw, ph), {color.times(0.7), color.times(0.92)});
                c.fill(rectangle(px + 1.5, py + 1.5, pw - 2, ph - 2), {color.times(0.98), color.times(0.86)});
            }
        }
    }
    c.fill(ellipse(x + w * 0.9, y + h * 0.54, w * 0.035, w * 0.035), Color(0xd9b65c));
}

void garageDoor(Canvas &c, double x, double y, double w, double h, Color color)
{
    c.fill(rectangle(x - 6, y - 6, w + 12, h + 6), {Color(0xeeeae0), Color(0xcdc8bb)});
    c.fill(rectangle(x, y, w, h), color);
    for (int row = 0; row < 4; ++row) {
        const double py = y + row * h / 4;
        c.fill(rectangle(x, py, w, h / 4), {color.times(1.05), color.times(0.86)});
        c.line({x, py}, {x + w, py}, 1.2, color.times(0.55), 0.8);
        for (int column = 0; column < 4; ++column) {
            const double px = x + w * (0.03 + column * 0.245);
            if (row == 0)
                c.fill(rectangle(px, py + h * 0.05, w * 0.2, h * 0.15), {Color(0x35485a), Color(0x8197a6)});
            else
                c.fill(rectangle(px, py + h * 0.05, w * 0.2, h * 0.15),
                       {color.times(0.84), color.times(0.98)});
        }
    }
}

void gabledRoof(Canvas &c, double x, double eaves, double w, double rise, Color tiles)
{
    const Shape roof{
        {x - 12, eaves}, {x + w * 0.16, eaves - rise}, {x + w * 0.84, eaves - rise}, {x + w + 12, eaves}};
    c.fill(roof, {tiles.times(1.12), tiles.times(0.8), 1, 0.2, 5, 2});
    for (double row = eaves - rise + 6; row < eaves; row += 6) {
        const double t = (row - (eaves - rise)) / rise;
        c.line({x + w * 0.16 - (w * 0.16 + 12) * t, row}, {x + w * 0.84 + (w * 0.16 + 12) * t, row}, 0.8,
               tiles.times(0.6), 0.55);
    }
    c.fill(rectangle(x - 14, eaves - 1, w + 28, 5), {Color(0xf2efe7), Color(0xb8b3a8)});
    c.fill(rectangle(x, eaves + 4, w, 8), {Color(0x000000), Color(0x000000), 0.2});
}

void house(Canvas &c, double x, double ground, double w, double h, Color wall, Color tiles, bool lit)
{
    c.glow(x + w / 2, ground, w * 0.62, 10, Color(0x16200c), 0.5, false);
    sidedWall(c, x, ground - h, w, h, wall);
    gabledRoof(c, x, ground - h, w, h * 0.62, tiles);
    c.fill(rectangle(x + w * 0.7, ground - h * 1.8, w * 0.07, h * 0.42),
           {Color(0x9c5f4a), Color(0x74432f), 1, 0.25});
    const Color frame(0xf4f1ea);
    window(c, x + w * 0.1, ground - h * 0.76, w * 0.17, h * 0.36, frame, lit);
    window(c, x + w * 0.73, ground - h * 0.76, w * 0.17, h * 0.36, frame, false);
    door(c, x + w * 0.44, ground - h * 0.66, w * 0.12, h * 0.66, Color(0x7b3b32));
    c.fill(rectangle(x, ground - 4, w, 4), wall.times(0.55));
}

void flowerPot(Canvas &c, double x, double ground, double size, Color flowers, unsigned seed)
{
    c.glow(x, ground, size * 0.7, size * 0.14, Color(0x0c0c0c), 0.5, false);
    foliage(c, x, ground - size * 0.9, size * 0.46, size * 0.38, Color(0x4f7d3a), seed);
    Dice dice(seed + 21);
    for (int i = 0; i < 14; ++i)
        c.fill(ellipse(x + roll(dice, -0.4, 0.4) * size, ground - size * roll(dice, 0.7, 1.2), size * 0.06,
                       size * 0.055),
               flowers.times(roll(dice, 0.85, 1.1)));
    c.fill({{x - size * 0.34, ground - size * 0.62},
            {x + size * 0.34, ground - size * 0.62},
            {x + size * 0.24, ground},
            {x - size * 0.24, ground}},
           {Color(0xb86a45), Color(0x86472c)});
    c.fill(rectangle(x - size * 0.38, ground - size * 0.7, size * 0.76, size * 0.13),
           {Color(0xc87a52), Color(0xa35c3a)});
}

void floorBoards(Canvas &c, double from, double to, Color wood)
{
    Dice dice(unsigned(from) + 23);
    for (int i = -16; i < 16; ++i) {
        const double far = 320 + i * 34;
        const double near = 320 + i * 74;
        const Color board = wood.times(roll(dice, 0.9, 1.08));
        c.fill({{far, from}, {far + 34, from}, {near + 74, to}, {near, to}},
               {board.times(0.84), board.times(1.05), 1, 0.1, 14, 3});
        c.line({far, from}, {near, to}, 1, wood.times(0.55), 0.6);
    }
}

} // namespace gatehouse::demo
