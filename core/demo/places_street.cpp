// Places with cars: the driveway, the street, the garage, the side gate.
#include "demo/places.h"

#include <cmath>

namespace gatehouse::demo
{

namespace
{
void asphalt(Canvas &c, const Shape &shape, Color color)
{
    c.fill(shape, {color.times(1.06), color.times(0.84), 1, 0.14, 1.6, 1});
}

void dashes(Canvas &c, double y, double width)
{
    for (double x = -20; x < 660; x += 62)
        c.fill({{x + 6, y}, {x + 36, y}, {x + 32, y + width}, {x, y + width}},
               Paint::flat(Color(0xe6e2d2), 0.8));
}

void pavement(Canvas &c, double from, double to)
{
    c.fill(rectangle(0, from, 640, to - from), {Color(0xc4c0b4), Color(0xa8a498), 1, 0.08, 2, 1});
    for (int i = -14; i < 15; ++i)
        c.line({320 + i * 46.0, from}, {320 + i * 52.0, to}, 0.8, Color(0x87837a), 0.7);
    c.fill(rectangle(0, to, 640, 4), {Color(0xd6d2c6), Color(0x8a867c)});
}

void mailbox(Canvas &c, double x, double ground)
{
    c.glow(x + 4, ground, 16, 4, Color(0x101408), 0.6, false);
    c.fill(rectangle(x - 2, ground - 34, 4.5, 34), {Color(0x7a5c3c), Color(0x513a24)});
    c.fill(rounded(x - 13, ground - 50, 28, 18, 8), {Color(0x4c6a86), Color(0x2c4156)});
    c.fill(rectangle(x + 15, ground - 50, 2, 9), Color(0xb83a30));
}

void lampPost(Canvas &c, double x, double ground, double height)
{
    c.fill(rectangle(x - 2, ground - height, 4, height), {Color(0x4a5056), Color(0x2c3034)});
    c.line({x, ground - height}, {x + 26, ground - height - 8}, 3, Color(0x4a5056));
    c.fill(rounded(x + 18, ground - height - 11, 20, 6, 3), Color(0x363b40));
}
} // namespace

void drawDriveway(Canvas &c, bool dark)
{
    hills(c, kHorizon, Color(0x6f8a5a), 4);
    for (int i = 0; i < 6; ++i)
        foliage(c, 330 + i * 62, kHorizon - 4 - (i % 3) * 6, 44, 26 + (i % 2) * 8,
                Color(0x5f8048).times(0.9 + 0.04 * i), unsigned(i));
    house(c, 428, 176, 118, 46, Color(0xd9c9a8), Color(0x7c4a3c), dark);
    house(c, 566, 178, 120, 44, Color(0xa9bcc6), Color(0x555a62), false);
    asphalt(c, rectangle(0, 178, 640, 30), Color(0x6d7074));
    pavement(c, 206, 214);
    lawn(c, 218, 360, Color(0x6f9a45));
    // The house's own side with the garage, seen along its front.
    sidedWall(c, 0, 48, 196, 190, Color(0xe3ddd0));
    gabledRoof(c, -60, 48, 256, 62, Color(0x6a4a42));
    window(c, 22, 96, 44, 56, Color(0xf6f3ec), dark);
    garageDoor(c, 96, 120, 84, 112, Color(0xd8d4ca));
    c.fill(rectangle(0, 232, 196, 8), {Color(0x8a8478), Color(0x6b665c)});
    // The drive widens towards the viewer.
    asphalt(c, {{92, 238}, {190, 238}, {318, 214}, {420, 214}, {600, 360}, {120, 360}}, Color(0x9a978f));
    for (int i = 1; i < 4; ++i)
        c.line({110 + i * 8.0, 238 + i * 31.0}, {390 + i * 50.0, 214 + i * 37.0}, 1, Color(0x6f6c65), 0.5);
    hedge(c, 446, 660, 196, 226, Color(0x4e7a38), 3);
    tree(c, 540, 262, 190, Color(0x6a9440), 5);
    mailbox(c, 442, 232);
    flowerPot(c, 208, 250, 26, Color(0xd86a8a), 3);
    for (int i = 0; i < 7; ++i)
        foliage(c, 14 + i * 13.0, 246 + (i % 2) * 3, 12, 10, Color(0x5a8a3e), unsigned(40 + i));
}

void drawStreet(Canvas &c, bool dark)
{
    hills(c, kHorizon, Color(0x7d8f78), 8);
    const Color walls[] = {Color(0xc9b79a), Color(0xb8c4c0), Color(0xd8cdb8), Color(0xc99f86),
                           Color(0xaab4c4)};
    for (int i = 0; i < 5; ++i) {
        const double x = -34 + i * 142;
        if (i == 1)
            conifer(c, x - 14, 196, 108, Color(0x43663c), 8);
        house(c, x, 198, 116, 54 + (i % 2) * 8, walls[i], Color(0x6c4a40).mixed(Color(0x4d5560), i * 0.24),
              dark && i != 2);
    }
    lawn(c, 196, 216, Color(0x7a9c4e));
    picketFence(c, 0, 250, 196, 218, Color(0xf0eee6));
    hedge(c, 262, 420, 192, 218, Color(0x55803e), 9);
    picketFence(c, 436, 650, 196, 218, Color(0xe6e4da));
    tree(c, 250, 218, 132, Color(0x86a048), 14);
    tree(c, 598, 220, 150, Color(0x9a9a3c), 15);
    pavement(c, 218, 236);
    asphalt(c, rectangle(0, 240, 640, 84), Color(0x64676b));
    dashes(c, 280, 4);
    pavement(c, 322, 346);
    lawn(c, 350, 360, Color(0x6d9444));
    lampPost(c, 116, 236, 120);
    lampPost(c, 470, 236, 120);
}

void drawGarage(Canvas &c, bool dark)
{
    foliage(c, 30, 120, 86, 70, Color(0x5d8644), 60);
    foliage(c, 606, 118, 90, 74, Color(0x557c40), 61);
    brickWall(c, rectangle(70, 84, 500, 170), 70, 84, 500, 170, Color(0xa8654c));
    gabledRoof(c, 70, 84, 500, 66, Color(0x4e555c));
    garageDoor(c, 106, 118, 190, 134, Color(0xe4e1d8));
    garageDoor(c, 340, 118, 190, 134, Color(0xe4e1d8));
    for (const double x : {86.0, 318.0, 548.0}) {
        c.fill(rounded(x - 5, 132, 11, 18, 3), {Color(0x26282b), Color(0x3a3d41)});
        c.fill(rectangle(x - 3, 136, 7, 10), dark ? Color(0xffe2a4) : Color(0xd8dcd8));
    }
    lawn(c, 250, 300, Color(0x6c9446));
    asphalt(c, {{84, 252}, {556, 252}, {700, 360}, {-60, 360}}, Color(0xa3a098));
    for (int i = 0; i < 7; ++i)
        c.line({84 + i * 78.6, 252}, {-60 + i * 126.6, 360}, 1, Color(0x77746c), 0.55);
    c.line({30, 292}, {612, 292}, 1, Color(0x77746c), 0.5);
    c.fill(ellipse(236, 330, 34, 6), {Color(0x4a4a4a), Color(0x4a4a4a), 0.28});
    c.fill(rounded(572, 196, 34, 62, 4), {Color(0x3f5a44), Color(0x2a3d2e)}); // the bin
    c.fill(rounded(569, 190, 40, 9, 3), Color(0x4c6a52));
    flowerPot(c, 62, 262, 34, Color(0xe0b23c), 8);
}

void drawGate(Canvas &c, bool dark)
{
    for (int i = 0; i < 7; ++i)
        foliage(c, 20 + i * 104, 128 + (i % 2) * 10, 70, 48, Color(0x567c46).times(0.86 + 0.05 * (i % 4)),
                unsigned(70 + i));
    lawn(c, 190, 360, Color(0x749a4a));
    boardFence(c, 0, 214, 118, 232, Color(0xa07a50));
    boardFence(c, 386, 650, 118, 232, Color(0xa07a50));
    brickWall(c, rectangle(212, 104, 34, 132), 212, 104, 34, 132, Color(0x9c604a));
    brickWall(c, rectangle(354, 104, 34, 132), 354, 104, 34, 132, Color(0x9c604a));
    c.fill(rectangle(207, 98, 44, 8), {Color(0xd8d2c4), Color(0xa8a294)});
    c.fill(rectangle(349, 98, 44, 8), {Color(0xd8d2c4), Color(0xa8a294)});
    for (const double x : {229.0, 371.0}) {
        c.fill(rounded(x - 9, 78, 18, 20, 4), {Color(0x2c2f32), Color(0x44484c)});
        c.fill(rectangle(x - 6, 82, 12, 13), dark ? Color(0xffe6b0) : Color(0xcfd8d8));
    }
    for (int i = 0; i < 9; ++i) { // wrought iron
        const double x = 253 + i * 11.8;
        const double top = 138 - 14 * std::sin((i + 0.5) / 9 * 3.1416);
        c.line({x, top}, {x, 230}, 2.2, Color(0x25282c));
        c.fill(ellipse(x, top - 2, 2.4, 3.6), Color(0x25282c));
    }
    c.line({246, 156}, {354, 156}, 2.6, Color(0x25282c));
    c.line({246, 218}, {354, 218}, 2.6, Color(0x25282c));
    Dice dice(12);
    c.fill({{246, 234}, {354, 234}, {470, 360}, {130, 360}},
           {Color(0xb9aa90), Color(0x9b8c72), 1, 0.2, 2, 1});
    for (int row = 0; row < 9; ++row) { // flagstones
        const double t = std::pow((row + 0.5) / 9.0, 1.5);
        const double y = 236 + 122 * t;
        const double half = 50 + 112 * t;
        for (int i = 0; i < 3; ++i)
            c.fill(rounded(300 - half + i * half * 0.66 + roll(dice, 0, 4), y - 5 * t - 2, half * 0.6,
                           4 + 12 * t, 3 + 3 * t),
                   {Color(0xc4bcae).times(roll(dice, 0.86, 1.06)), Color(0x9c9486), 1, 0.1, 2, 1});
    }
    flowerPot(c, 196, 256, 36, Color(0xd0528c), 31);
    flowerPot(c, 404, 256, 36, Color(0xe8a03c), 33);
    tree(c, 566, 262, 210, Color(0x6c9444), 18);
}

} // namespace gatehouse::demo
