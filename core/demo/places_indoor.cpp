// Indoors: living room, workshop, hallway.
#include "demo/places.h"

namespace gatehouse::demo
{

namespace
{
void room(Canvas &c, Color wall, double floorAt)
{
    c.fill(rectangle(0, 0, 640, floorAt), {wall.times(0.92), wall.times(1.04), 1, 0.02, 6, 6});
    c.fill(rectangle(0, floorAt - 9, 640, 9), {Color(0xf6f3ec), Color(0xcfcabd)});
}

void daylightWindow(Canvas &c, double x, double y, double w, double h, bool dark)
{
    c.fill(rectangle(x - 6, y - 6, w + 12, h + 12), {Color(0xfaf8f2), Color(0xdcd8cc)});
    if (dark) {
        c.fill(rectangle(x, y, w, h), {Color(0x0c1420), Color(0x1c2a3a)});
    } else {
        c.fill(rectangle(x, y, w, h), {Color(0xa8d0ec), Color(0xe8f2f4)});
        c.fill(rectangle(x, y + h * 0.8, w, h * 0.2), {Color(0x8aa860), Color(0x6f9450), 1, 0.1, 2, 1});
        foliage(c, x + w * 0.27, y + h * 0.72, w * 0.2, h * 0.17, Color(0x6c9850), 71);
        foliage(c, x + w * 0.74, y + h * 0.7, w * 0.18, h * 0.2, Color(0x5c8a48), 72);
    }
    c.fill(rectangle(x + w / 2 - 2, y, 4, h), Color(0xf2f0e8));
    c.fill(rectangle(x, y + h * 0.4, w, 3), Color(0xf2f0e8));
    c.fill(rectangle(x - 10, y + h, w + 20, 8), {Color(0xfaf8f2), Color(0xd0ccc0)});
}

void shelf(Canvas &c, double x, double y, double w, Dice &dice)
{
    const Color spines[] = {Color(0xa84038), Color(0x3c6088), Color(0xd0a84c),
                            Color(0x4c7854), Color(0x70507c), Color(0xe0dac8)};
    for (double at = x + 2; at < x + w - 8;) {
        const double width = roll(dice, 4, 9);
        const double height = roll(dice, 20, 31);
        const Color spine = spines[int(roll(dice, 0, 5.99))].times(roll(dice, 0.85, 1.1));
        c.fill(rectangle(at, y - height, width - 0.6, height), {spine.times(1.1), spine.times(0.78)});
        at += width;
    }
    c.fill(rectangle(x, y, w, 5), {Color(0x8a6440), Color(0x5c4026)});
    c.fill(rectangle(x, y + 5, w, 4), Paint::flat(Color(0x000000), 0.16));
}
} // namespace

void drawLivingRoom(Canvas &c, bool dark)
{
    room(c, Color(0xd9d2c2), 230);
    daylightWindow(c, 62, 48, 150, 110, dark);
    for (int fold = 0; fold < 4; ++fold) {
        const double shade = fold % 2 == 0 ? 1.0 : 0.84;
        c.fill({{30 + fold * 9.0, 34}, {39 + fold * 9.0, 34}, {35 + fold * 7.0, 210}, {27 + fold * 7.0, 210}},
               {Color(0x64889a).times(shade), Color(0x48646f).times(shade)});
        c.fill({{208 + fold * 9.0, 34},
                {217 + fold * 9.0, 34},
                {225 + fold * 7.0, 210},
                {217 + fold * 7.0, 210}},
               {Color(0x64889a).times(shade), Color(0x48646f).times(shade)});
    }
    c.fill(rectangle(24, 30, 226, 4), Color(0x3a2c20));
    Dice dice(33);
    for (int i = 0; i < 4; ++i)
        shelf(c, 486, 72 + i * 44, 136, dice);
    c.fill(rectangle(480, 34, 6, 198), {Color(0x8a6440), Color(0x5c4026)});
    c.fill(rectangle(622, 34, 6, 198), {Color(0x8a6440), Color(0x5c4026)});
    c.fill(rounded(284, 56, 84, 58, 2), {Color(0x3a2c20), Color(0x54402e)}); // a picture
    c.fill(rectangle(289, 61, 74, 48), {Color(0xe8b878), Color(0x5c7c90)});
    c.fill({{289, 100}, {316, 78}, {336, 94}, {350, 84}, {363, 98}, {363, 109}, {289, 109}}, Color(0x3c5c58));
    floorBoards(c, 230, 360, Color(0xb4854f));
    c.fill(ellipse(320, 318, 230, 38), {Color(0xb8524a), Color(0x8c3a36), 1, 0.06, 3, 2});
    c.fill(ellipse(320, 318, 200, 30), {Color(0xd8c4a0), Color(0xb89c78), 1, 0.06, 3, 2});
    c.fill(ellipse(320, 318, 180, 25), {Color(0xa84a44), Color(0x7c322e), 1, 0.06, 3, 2});
    c.glow(360, 268, 140, 14, Color(0x1c120a), 0.7, false);
    c.fill(rounded(262, 162, 196, 62, 14), {Color(0x6e8c7c), Color(0x54705f)}); // sofa
    c.fill(rounded(246, 188, 34, 74, 13), {Color(0x7a988a), Color(0x4c665a)});
    c.fill(rounded(440, 188, 34, 74, 13), {Color(0x7a988a), Color(0x4c665a)});
    c.fill(rounded(276, 210, 84, 34, 8), {Color(0x86a494), Color(0x5c7a6a)});
    c.fill(rounded(360, 210, 84, 34, 8), {Color(0x86a494), Color(0x5c7a6a)});
    c.fill(rounded(272, 240, 176, 24, 5), {Color(0x5a7868), Color(0x425a4e)});
    c.fill(rounded(288, 186, 38, 32, 7), {Color(0xe0a84c), Color(0xb8822c)});
    c.fill(rounded(402, 186, 38, 32, 7), {Color(0xf0e8d8), Color(0xc8bea8)});
    c.line({560, 262}, {560, 150}, 3.4, Color(0x2c2a28)); // floor lamp in front of the shelf
    c.fill(ellipse(560, 264, 20, 5), Color(0x2c2a28));
    c.fill({{538, 150}, {546, 112}, {574, 112}, {582, 150}},
           dark ? Paint{Color(0xfff0c8), Color(0xffd890)} : Paint{Color(0xf0e6d0), Color(0xd0c4a8)});
    flowerPot(c, 110, 260, 56, Color(0x7aa85c), 81);
}

void drawWorkshop(Canvas &c, bool dark)
{
    room(c, Color(0xa8a69c), 222);
    daylightWindow(c, 452, 40, 128, 84, dark);
    c.fill(rectangle(40, 40, 330, 104), {Color(0xb08a5c), Color(0x94703f), 1, 0.08, 9, 2}); // pegboard
    for (double y = 48; y < 142; y += 9)
        for (double x = 48; x < 366; x += 9)
            c.fill(ellipse(x, y, 0.9, 0.9), Color(0x5c4424));
    const Color steel(0x9ca4aa);
    for (int i = 0; i < 4; ++i) { // spanners
        const double x = 66 + i * 22;
        c.line({x, 60}, {x, 96 + i * 6.0}, 4, steel.times(0.9));
        c.fill(ellipse(x, 58, 6, 6), steel);
        c.fill(ellipse(x, 56, 2.6, 3.6), Color(0x94703f));
    }
    c.fill({{176, 58}, {252, 70}, {252, 78}, {176, 92}}, {Color(0xc8ced2), Color(0x8a9298)}); // saw
    c.fill(rounded(160, 56, 22, 40, 8), Color(0x8c4a2c));
    c.line({288, 62}, {288, 122}, 6, Color(0xa8743c)); // hammer
    c.fill(rounded(272, 56, 34, 14, 3), {Color(0x5c6266), Color(0x34383c)});
    c.line({330, 60}, {330, 90}, 7, Color(0xc83a2c)); // screwdriver
    c.line({330, 90}, {330, 124}, 3, steel);
    c.fill(rectangle(0, 222, 640, 138), {Color(0x8a8880), Color(0x9c9a92), 1, 0.12, 4, 2});
    c.glow(240, 318, 270, 18, Color(0x101010), 0.7, false);
    c.fill(rectangle(28, 196, 424, 16), {Color(0xc89a60), Color(0x9c703c), 1, 0.12, 14, 2}); // bench
    c.fill(rectangle(28, 212, 424, 8), Color(0x7c5a32));
    for (const double x : {40.0, 226.0, 424.0})
        c.fill(rectangle(x, 220, 18, 94), {Color(0x94703f), Color(0x6c4e28)});
    c.fill(rectangle(58, 270, 366, 9), {Color(0x94703f), Color(0x6c4e28)});
    c.fill(rounded(86, 166, 66, 30, 4), {Color(0xc23c30), Color(0x8a2820)}); // toolbox
    c.fill(rounded(106, 158, 26, 10, 4), Color(0x2c2e30));
    c.fill(rounded(352, 160, 54, 36, 4), {Color(0x4c6c8c), Color(0x304860)}); // vice
    c.line({340, 182}, {418, 182}, 4, steel);
    for (int i = 0; i < 3; ++i)
        c.fill(rounded(82 + i * 92, 240, 70, 30, 3), {Color(0xb4a080).times(1 - 0.1 * i), Color(0x84704f)});
    c.fill(rounded(500, 176, 104, 128, 5), {Color(0x5c6a74), Color(0x3c464e)}); // cabinet
    for (int i = 0; i < 4; ++i) {
        c.fill(rounded(507, 184 + i * 29, 90, 24, 3), {Color(0x6c7a84), Color(0x4c5860)});
        c.fill(rounded(538, 193 + i * 29, 28, 4, 2), Color(0xc0c6ca));
    }
    c.line({320, 0}, {320, 14}, 2, Color(0x202020));
    c.fill(rounded(250, 12, 140, 9, 3), {Color(0xf4f6f8), Color(0xc8ccd0)});
}

void drawHallway(Canvas &c, bool dark)
{
    c.fill(rectangle(0, 0, 640, 360), Color(0xcfc6b4));
    c.fill({{0, 0}, {640, 0}, {426, 84}, {214, 84}}, {Color(0xf2eee4), Color(0xdad4c6)}); // ceiling
    c.fill({{0, 0}, {214, 84}, {214, 238}, {0, 360}}, {Color(0xd4cab4), Color(0xbcb19a)});
    c.fill({{640, 0}, {426, 84}, {426, 238}, {640, 360}}, {Color(0xc4baa4), Color(0xaea38c)});
    c.fill(rectangle(214, 84, 212, 154), {Color(0xe2dac8), Color(0xd0c6b0)});
    c.fill({{214, 238}, {426, 238}, {640, 360}, {0, 360}}, {Color(0x9c7448), Color(0xb88a58), 1, 0.1, 20, 3});
    for (int i = -6; i < 7; ++i)
        c.line({320 + i * 17.0, 238}, {320 + i * 54.0, 360}, 1, Color(0x6c4e2c), 0.5);
    c.fill({{276, 240}, {364, 240}, {470, 360}, {170, 360}},
           {Color(0x4c6484), Color(0x38506e), 1, 0.05, 3, 2}); // runner
    c.fill({{284, 240}, {288, 240}, {202, 360}, {190, 360}}, Color(0xd8c490));
    c.fill({{352, 240}, {356, 240}, {450, 360}, {438, 360}}, Color(0xd8c490));
    door(c, 284, 112, 72, 126, Color(0x7c5634));
    c.fill({{60, 82}, {142, 100}, {142, 278}, {60, 326}},
           {Color(0xf2eee4), Color(0xd0cabc)}); // doors along the walls
    c.fill({{68, 92}, {136, 107}, {136, 276}, {68, 314}}, {Color(0x8c6440), Color(0x6c4a2c)});
    c.fill({{580, 82}, {498, 100}, {498, 278}, {580, 326}}, {Color(0xe8e4da), Color(0xc4beb0)});
    c.fill({{572, 92}, {504, 107}, {504, 276}, {572, 314}}, {Color(0x846040), Color(0x64462a)});
    c.fill({{160, 124}, {200, 130}, {200, 182}, {160, 186}}, Color(0x3c2e22));
    c.fill({{164, 130}, {196, 135}, {196, 178}, {164, 181}}, {Color(0x7ca0b8), Color(0xe0c890)});
    c.fill({{480, 128}, {442, 134}, {442, 178}, {480, 184}}, Color(0x3c2e22));
    c.fill({{476, 134}, {446, 139}, {446, 174}, {476, 179}}, {Color(0xc87a5c), Color(0x5c4a6c)});
    c.line({320, 40}, {320, 60}, 2, Color(0x383430));
    c.fill({{296, 78}, {308, 58}, {332, 58}, {344, 78}}, dark ? Color(0xfff0cc) : Color(0xf6f0e2));
    c.fill(rounded(228, 196, 40, 6, 2), {Color(0x84603c), Color(0x5c4026)}); // console with keys and a vase
    c.line({232, 202}, {232, 238}, 3, Color(0x5c4026));
    c.line({264, 202}, {264, 238}, 3, Color(0x5c4026));
    flowerPot(c, 248, 196, 26, Color(0xf0e4f0), 91);
    c.fill(rounded(388, 120, 6, 118, 2), Color(0x4c3a28)); // coat stand
    c.fill(smooth({{380, 132}, {402, 134}, {408, 196}, {376, 196}}), {Color(0x3c5470), Color(0x2a3c52)});
}

} // namespace gatehouse::demo
