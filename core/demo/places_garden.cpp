// Behind the house: garden, pool, yard, terrace, barn.
#include "demo/places.h"

#include <cmath>

namespace gatehouse::demo
{

namespace
{
void bed(Canvas &c, double x0, double x1, double ground, unsigned seed)
{
    Dice dice(seed);
    c.fill(ellipse((x0 + x1) / 2, ground, (x1 - x0) / 2, 9),
           {Color(0x5c4630), Color(0x42311f), 1, 0.3, 1.5, 1});
    const Color colours[] = {Color(0xd8506a), Color(0xe8b83c), Color(0xf2ede0), Color(0x8c5cc0),
                             Color(0xe07838)};
    for (double x = x0 + 8; x < x1 - 8; x += 9) {
        const double y = ground - roll(dice, 1, 5);
        foliage(c, x, y - 6, 7, 8, Color(0x4f8038), unsigned(x));
        for (int i = 0; i < 5; ++i)
            c.fill(ellipse(x + roll(dice, -6, 6), y - roll(dice, 5, 16), 2, 1.8),
                   colours[int(roll(dice, 0, 4.99))]);
    }
}

void shed(Canvas &c, double x, double ground, double w, double h, Color wood)
{
    c.glow(x + w / 2, ground, w * 0.7, 8, Color(0x101408), 0.6, false);
    for (double board = x; board < x + w; board += 8)
        c.fill(rectangle(board, ground - h, 7.4, h), {wood, wood.times(0.74), 1, 0.2, 1, 12});
    c.fill({{x - 10, ground - h}, {x + w / 2, ground - h * 1.5}, {x + w + 10, ground - h}},
           {Color(0x5c4a40), Color(0x44362e), 1, 0.15, 4, 2});
    c.fill(rectangle(x + w * 0.56, ground - h * 0.82, w * 0.3, h * 0.82),
           {wood.times(0.74), wood.times(0.56)});
    window(c, x + w * 0.14, ground - h * 0.7, w * 0.26, h * 0.3, Color(0xe8e2d4), false);
}

void chair(Canvas &c, double x, double ground, double s, Color wood)
{
    c.glow(x + s * 0.4, ground, s * 0.8, s * 0.14, Color(0x0e1008), 0.6, false);
    c.line({x + s * 0.1, ground - s * 0.45}, {x, ground}, s * 0.07, wood.times(0.7));
    c.line({x + s * 0.8, ground - s * 0.45}, {x + s * 0.9, ground}, s * 0.07, wood.times(0.7));
    c.fill({{x, ground - s * 0.5},
            {x + s * 0.9, ground - s * 0.46},
            {x + s * 0.9, ground - s * 0.36},
            {x, ground - s * 0.4}},
           {wood, wood.times(0.8)});
    for (int i = 0; i < 4; ++i)
        c.line({x + s * 0.04, ground - s * (0.56 + i * 0.13)},
               {x - s * 0.06 - i * s * 0.03, ground - s * (0.6 + i * 0.13)}, s * 0.1, wood);
    c.line({x + s * 0.06, ground - s * 0.45}, {x - s * 0.16, ground - s * 1.1}, s * 0.09, wood.times(0.94));
}
} // namespace

void drawGarden(Canvas &c, bool)
{
    for (int i = 0; i < 8; ++i)
        foliage(c, 10 + i * 92, 112 + (i % 3) * 8, 70, 50, Color(0x4f7640).times(0.84 + 0.06 * (i % 3)),
                unsigned(i + 90));
    boardFence(c, 0, 650, 118, 186, Color(0xb08c60));
    lawn(c, 182, 360, Color(0x6fa044));
    shed(c, 470, 196, 112, 66, Color(0x9c6e48));
    bed(c, 40, 420, 194, 5);
    tree(c, 130, 232, 214, Color(0x5e9038), 21);
    conifer(c, 618, 216, 150, Color(0x3f6a44), 22);
    c.fill({{424, 200}, {470, 200}, {420, 360}, {286, 360}},
           {Color(0xc6baa2), Color(0xa6987c), 1, 0.2, 2, 1.2});
    chair(c, 236, 262, 40, Color(0xc89a62));
    c.fill(ellipse(540, 300, 62, 16), {Color(0x8a8f92), Color(0x6a6e70)}); // a stone basin
    c.fill(ellipse(540, 298, 52, 12), {Color(0x4c7c94), Color(0x2c5468)});
    c.glow(528, 295, 22, 4, Color(0xd8ecf4), 0.5, false);
}

void drawPool(Canvas &c, bool dark)
{
    hills(c, kHorizon, Color(0x6c8a6a), 12);
    for (int i = 0; i < 5; ++i)
        conifer(c, 20 + i * 54, 176, 120 - (i % 2) * 22, Color(0x3e6642).times(0.9 + 0.05 * i),
                unsigned(i + 120));
    sidedWall(c, 372, 62, 268, 116, Color(0xe9e4da));
    gabledRoof(c, 372, 62, 320, 46, Color(0xb06a4c));
    for (int i = 0; i < 3; ++i)
        window(c, 392 + i * 82, 92, 62, 80, Color(0x3c4248), dark && i == 1);
    lawn(c, 174, 200, Color(0x7aa24e));
    hedge(c, 0, 340, 164, 190, Color(0x4a7a3a), 11);
    // Tiles around the water, in perspective.
    c.fill({{60, 192}, {640, 192}, {640, 360}, {-60, 360}, {-60, 240}},
           {Color(0xd8cfba), Color(0xbdb29a), 1, 0.06, 3, 2});
    for (int i = -7; i < 12; ++i)
        c.line({300 + i * 44.0, 192}, {300 + i * 90.0, 360}, 0.9, Color(0x9c917a), 0.5);
    for (int i = 0; i < 6; ++i) {
        const double y = 194 + 5.0 * i * i;
        c.line({0, y}, {640, y}, 0.9, Color(0x9c917a), 0.45);
    }
    const Shape rim{{176, 212}, {556, 212}, {668, 332}, {52, 332}};
    c.fill(rim, {Color(0xf4f1e8), Color(0xdcd8cc)});
    c.fill({{184, 217}, {548, 217}, {650, 325}, {70, 325}},
           {Color(0x4fc0d4), Color(0x1c86b0), 1, 0.07, 26, 4});
    c.fill({{184, 217}, {548, 217}, {552, 222}, {180, 222}}, Paint::flat(Color(0x1d6a86), 0.6));
    c.line({560, 226}, {560, 194}, 2.4, Color(0xd8dde0));
    c.line({576, 232}, {576, 198}, 2.4, Color(0xd8dde0));
    c.line({560, 195}, {576, 199}, 2.4, Color(0xd8dde0));
    for (int i = 0; i < 2; ++i) { // sun loungers
        const double x = 70 + i * 62;
        c.glow(x + 20, 218, 34, 5, Color(0x2c261a), 0.5, false);
        c.fill({{x, 212}, {x + 34, 212}, {x + 30, 218}, {x - 6, 218}}, {Color(0xf2efe6), Color(0xc8c2b2)});
        c.fill({{x + 32, 212}, {x + 48, 196}, {x + 50, 200}, {x + 34, 217}},
               {Color(0xe86a4a), Color(0xb84a30)});
    }
    c.line({162, 214}, {162, 128}, 2.4, Color(0x8a6a44)); // parasol
    c.fill({{112, 150}, {162, 122}, {212, 150}}, {Color(0xf0c860), Color(0xd8a03c)});
    c.fill({{140, 150}, {162, 122}, {182, 150}}, {Color(0xfaf2dc), Color(0xe0d4b4)});
}

void drawYard(Canvas &c, bool dark)
{
    hills(c, kHorizon, Color(0x768c58), 16);
    house(c, 40, 182, 210, 74, Color(0xc2b49a), Color(0x5c4844), dark);
    picketFence(c, 262, 650, 158, 190, Color(0xf2f0e8));
    for (int i = 0; i < 4; ++i)
        tree(c, 330 + i * 92, 180 - (i % 2) * 6, 96 + (i % 3) * 16, Color(0x7e9a42).times(0.92 + 0.05 * i),
             unsigned(i * 3 + 140));
    lawn(c, 182, 360, Color(0x7ea048));
    c.fill({{138, 184}, {170, 184}, {300, 360}, {120, 360}},
           {Color(0xb8a888), Color(0x94845f), 1, 0.25, 2, 1});
    c.line({404, 262}, {404, 168}, 4, Color(0x7c5c3c)); // washing line
    c.line({600, 262}, {600, 168}, 4, Color(0x7c5c3c));
    c.line({404, 176}, {502, 186}, 1, Color(0xd8d8d0));
    c.line({502, 186}, {600, 176}, 1, Color(0xd8d8d0));
    const Color cloth[] = {Color(0xe8e4da), Color(0x5c86b4), Color(0xd8705c), Color(0xf0ead8)};
    for (int i = 0; i < 4; ++i) {
        const double x = 424 + i * 42;
        const double y = 180 + 3.0 * (i == 1 || i == 2 ? 1.6 : 0.4);
        c.fill(smooth({{x, y}, {x + 30, y}, {x + 31, y + 40}, {x + 15, y + 44}, {x - 2, y + 40}}),
               {cloth[i], cloth[i].times(0.8)});
    }
    c.fill(rounded(286, 200, 54, 42, 4), {Color(0x8a5c3a), Color(0x5c3a22), 1, 0.2, 1, 9}); // kennel
    c.fill({{278, 204}, {313, 176}, {348, 204}}, {Color(0xa04a3a), Color(0x70322a)});
    c.fill(rounded(301, 212, 24, 30, 12), Color(0x1c140e));
    bed(c, 440, 630, 318, 19);
}

void drawTerrace(Canvas &c, bool)
{
    hills(c, kHorizon + 6, Color(0x6a8496), 22);
    hills(c, kHorizon + 22, Color(0x6f8c60), 25);
    for (int i = 0; i < 9; ++i)
        foliage(c, 6 + i * 82, 184 + (i % 3) * 6, 56, 26, Color(0x5c7c42).times(0.88 + 0.05 * (i % 3)),
                unsigned(i + 160));
    c.fill(rectangle(0, 206, 640, 154), Color(0xb99a70));
    floorBoards(c, 206, 360, Color(0xb58a5a));
    c.fill(rectangle(0, 150, 640, 56), Paint::flat(Color(0xb8d0dc), 0.16));
    for (double x = 4; x < 640; x += 106)
        c.fill(rectangle(x, 146, 5, 62), {Color(0xb4bac0), Color(0x7e848a)});
    c.fill(rounded(0, 142, 640, 7, 3), {Color(0xd0d5da), Color(0x90969c)});
    c.glow(360, 304, 150, 18, Color(0x1c140c), 0.6, false);
    for (const double x : {296.0, 424.0})
        c.line({x, 262}, {x + (x < 350 ? -8 : 8), 304}, 5, Color(0x4c3624));
    c.fill(ellipse(360, 256, 96, 17), {Color(0xa8764a), Color(0x7c522f), 1, 0.14, 12, 2});
    c.fill(ellipse(360, 253, 96, 16), {Color(0xc08a58), Color(0x9c6c40), 1, 0.14, 12, 2});
    c.fill(rounded(344, 230, 14, 22, 3), {Color(0x5c8c7c), Color(0x3c6458)});
    c.fill(ellipse(392, 250, 14, 4), Color(0xf0ece2));
    chair(c, 188, 306, 74, Color(0x8c6a48));
    flowerPot(c, 562, 292, 64, Color(0xe85c6c), 52);
    flowerPot(c, 616, 306, 52, Color(0xf0d05c), 53);
    flowerPot(c, 54, 292, 58, Color(0x9c6cd0), 54);
}

void drawBarn(Canvas &c, bool dark)
{
    hills(c, kHorizon, Color(0x8c8c50), 30);
    lawn(c, 148, 360, Color(0x8a9a4c));
    const Color red(0x9c3a30);
    c.glow(230, 232, 190, 14, Color(0x14160c), 0.7, false);
    c.fill({{70, 232}, {70, 120}, {110, 74}, {230, 34}, {350, 74}, {390, 120}, {390, 232}},
           {red, red.times(0.8), 1, 0.1, 2, 12});
    for (double x = 78; x < 388; x += 9)
        c.line({x, 122}, {x, 232}, 0.8, red.times(0.62), 0.6);
    c.fill({{54, 128},
            {100, 68},
            {230, 20},
            {360, 68},
            {406, 128},
            {394, 132},
            {350, 78},
            {230, 36},
            {110, 78},
            {66, 132}},
           {Color(0x6c6e70), Color(0x45474a)});
    c.fill(rectangle(166, 140, 128, 92), {Color(0x3a1c18), Color(0x22100e)});
    for (const double x : {164.0, 231.0}) {
        c.fill(rectangle(x, 138, 64, 94), {red.times(1.1), red.times(0.86), 1, 0.1, 2, 12});
        c.line({x, 138}, {x + 64, 232}, 4, Color(0xeae4d6));
        c.line({x + 64, 138}, {x, 232}, 4, Color(0xeae4d6));
        for (const double y : {140.0, 230.0})
            c.line({x, y}, {x + 64, y}, 4, Color(0xeae4d6));
        c.line({x + 2, 138}, {x + 2, 232}, 4, Color(0xeae4d6));
        c.line({x + 62, 138}, {x + 62, 232}, 4, Color(0xeae4d6));
    }
    window(c, 214, 76, 32, 30, Color(0xeae4d6), dark);
    c.fill(rectangle(470, 92, 74, 138), {Color(0xb8bec2), Color(0x8a9094), 1, 0.05, 3, 3}); // silo
    c.fill({{470, 92}, {478, 70}, {507, 60}, {536, 70}, {544, 92}}, {Color(0xd0d5d8), Color(0x8a9094)});
    for (double y = 104; y < 230; y += 16)
        c.line({470, y}, {544, y}, 1.2, Color(0x767c80), 0.7);
    c.fill({{164, 234}, {296, 234}, {470, 360}, {40, 360}},
           {Color(0xa8946c), Color(0x8a754e), 1, 0.3, 3, 1.2});
    for (int i = 0; i < 3; ++i) { // bales
        const double x = 556 + (i == 2 ? -22 : i * -46);
        const double y = 262 - (i == 2 ? 34 : 0);
        c.fill(ellipse(x, y, 25, 20), {Color(0xd8b860), Color(0xa8863a), 1, 0.25, 1, 1});
        for (int ring = 1; ring < 4; ++ring)
            c.fill(ellipse(x, y, 25 - ring * 6, 20 - ring * 5),
                   Paint::flat(ring % 2 != 0 ? Color(0x9c7a34) : Color(0xd0ae58), 0.5));
    }
    picketFence(c, 420, 650, 268, 316, Color(0xa89678));
}

} // namespace gatehouse::demo
