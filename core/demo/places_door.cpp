// At the house: the front door and the porch.
#include "demo/places.h"

namespace gatehouse::demo
{

namespace
{
void lantern(Canvas &c, double x, double y, bool lit)
{
    c.fill(rectangle(x - 2, y - 12, 4, 6), Color(0x202326));
    c.fill({{x - 8, y - 6}, {x + 8, y - 6}, {x + 5, y + 16}, {x - 5, y + 16}},
           {Color(0x202326), Color(0x34383c)});
    c.fill({{x - 5.5, y - 3}, {x + 5.5, y - 3}, {x + 3.4, y + 13}, {x - 3.4, y + 13}},
           lit ? Color(0xffe8b4) : Color(0xd2d8d6));
}

void steps(Canvas &c, double x, double w, double top, int count)
{
    for (int i = 0; i < count; ++i) {
        const double y = top + i * 15;
        const double grow = i * 13;
        c.fill(rectangle(x - grow, y, w + 2 * grow, 7), {Color(0xd4cec2), Color(0xbfb8aa), 1, 0.08, 3, 1});
        c.fill(rectangle(x - grow, y + 7, w + 2 * grow, 8),
               {Color(0x8f887a), Color(0xa39c8e), 1, 0.08, 3, 1});
    }
}
} // namespace

void drawFrontDoor(Canvas &c, bool dark)
{
    brickWall(c, rectangle(0, 0, 640, 252), 0, 0, 640, 252, Color(0xb0735a));
    c.fill(rectangle(206, 28, 228, 12), {Color(0xf4f1e8), Color(0xd2cec2)});
    c.fill({{196, 28}, {320, -22}, {444, 28}}, {Color(0xf0ece2), Color(0xdad5c8)});
    for (const double x : {212.0, 404.0}) {
        c.fill(rectangle(x, 40, 24, 206), {Color(0xf6f4ec), Color(0xdedacd)});
        c.fill(rectangle(x + 18, 40, 6, 206), Paint::flat(Color(0x8c8678), 0.25));
        c.fill(rectangle(x - 4, 40, 32, 8), Color(0xeae6da));
        c.fill(rectangle(x - 4, 238, 32, 10), Color(0xdedaca));
    }
    c.fill(rectangle(236, 40, 168, 206), {Color(0x8e5c48), Color(0xa46c56)});
    door(c, 268, 62, 104, 184, Color(0x2f5a4e));
    c.fill(rectangle(240, 62, 18, 184), {Color(0x3c5060), Color(0x84989f)});
    c.fill(rectangle(382, 62, 18, 184), {Color(0x3c5060), Color(0x84989f)});
    window(c, 62, 62, 96, 118, Color(0xf6f4ec), dark);
    window(c, 482, 62, 96, 118, Color(0xf6f4ec), false);
    lantern(c, 190, 100, dark);
    lantern(c, 450, 100, dark);
    c.fill(rounded(180, 140, 20, 14, 2), Color(0xf0ece0)); // the number
    c.text(184, 143, "14", 1.2);
    lawn(c, 250, 360, Color(0x6a9644));
    c.fill({{236, 276}, {404, 276}, {520, 360}, {120, 360}},
           {Color(0xc0b6a4), Color(0xa09684), 1, 0.15, 3, 1.4});
    steps(c, 230, 180, 246, 3);
    c.fill(rounded(276, 249, 88, 6, 2), {Color(0x5a4632), Color(0x46351f)}); // the mat
    hedge(c, 0, 186, 214, 268, Color(0x4a7a3a), 13);
    hedge(c, 456, 640, 214, 268, Color(0x4a7a3a), 17);
    flowerPot(c, 206, 290, 46, Color(0xe05a7a), 41);
    flowerPot(c, 436, 290, 46, Color(0xe05a7a), 44);
}

void drawPorch(Canvas &c, bool dark)
{
    // Looking out from under the porch roof, past its posts, to the garden path and the street.
    hills(c, kHorizon, Color(0x7c9068), 35);
    house(c, 92, 186, 132, 52, Color(0xb4c0b0), Color(0x70504a), dark);
    house(c, 420, 188, 138, 54, Color(0xd4c4a4), Color(0x54606c), false);
    tree(c, 300, 190, 118, Color(0x7c9c44), 37);
    c.fill(rectangle(0, 186, 640, 20), {Color(0x74777a), Color(0x626568), 1, 0.12, 2, 1});
    lawn(c, 206, 306, Color(0x6f9c46));
    c.fill({{290, 206}, {346, 206}, {446, 306}, {236, 306}},
           {Color(0xcabfa8), Color(0xb0a48a), 1, 0.2, 2, 1});
    hedge(c, 0, 210, 212, 244, Color(0x4f7e3c), 38);
    hedge(c, 470, 640, 212, 244, Color(0x4f7e3c), 39);
    c.fill(rectangle(0, 304, 640, 56), Color(0xa08468));
    floorBoards(c, 304, 360, Color(0xa98c6c));
    for (const double x : {0.0, 452.0}) { // railing, open in the middle
        c.fill(rectangle(x, 234, 190, 8), {Color(0xf6f4ee), Color(0xcac6ba)});
        c.fill(rectangle(x, 296, 190, 6), {Color(0xf0eee6), Color(0xbab6aa)});
        for (double rail = x + 8; rail < x + 186; rail += 16)
            c.fill(rectangle(rail, 242, 5, 54), {Color(0xf2f0e8), Color(0xd0ccc0)});
    }
    for (const double x : {40.0, 186.0, 440.0, 590.0}) {
        c.fill(rectangle(x, 26, 20, 290), {Color(0xfaf8f2), Color(0xd8d4c8)});
        c.fill(rectangle(x + 14, 26, 6, 290), Paint::flat(Color(0x8a8474), 0.28));
    }
    c.fill({{0, 0}, {640, 0}, {640, 30}, {0, 30}}, {Color(0x8f8a80), Color(0xd0ccc0)});
    for (int i = 0; i < 9; ++i)
        c.line({i * 80.0, 0}, {60 + i * 65.0, 28}, 1, Color(0x77726a), 0.5);
    c.fill(rectangle(308, 28, 3, 14), Color(0x25282b));
    lantern(c, 310, 52, dark);
    c.glow(116, 330, 70, 10, Color(0x1c140c), 0.6, false);
    c.fill(rounded(62, 270, 104, 34, 8), {Color(0x6a88a0), Color(0x4a667c)}); // a bench with a cushion
    c.fill(rounded(54, 300, 120, 14, 4), {Color(0x8a6444), Color(0x64452c)});
    for (const double x : {62.0, 160.0})
        c.fill(rectangle(x, 312, 7, 24), Color(0x5c4028));
    flowerPot(c, 534, 336, 54, Color(0xe8b03c), 47);
}

} // namespace gatehouse::demo
