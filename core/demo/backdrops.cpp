#include "demo/backdrops.h"

#include "demo/places.h"

#include <array>

namespace gatehouse::demo
{

namespace
{
struct Entry {
    void (*draw)(Canvas &, bool dark);
    Backdrop backdrop;
};

Way way(double x0, double y0, double size0, double x1, double y1, double size1)
{
    return {{x0, y0, size0, 0, x1 < x0}, {x1, y1, size1, 0, x1 < x0}};
}

// In the order of Place. Ways: people, vehicles, animals; then the lamps.
const Entry &entryOf(Place place)
{
    static const std::array<Entry, 14> kEntries = {{
        {drawDriveway,
         {false,
          way(420, 226, 62, 196, 312, 128),
          way(700, 204, 70, 250, 318, 220),
          way(660, 320, 42, 60, 300, 36),
          {{138, 110, 90}, {560, 150, 40}}}},
        {drawFrontDoor,
         {false,
          way(560, 352, 150, 326, 272, 140),
          {},
          way(20, 330, 60, 620, 336, 62),
          {{190, 100, 120}, {450, 100, 120}}}},
        {drawGarden,
         {false, way(660, 262, 104, 200, 300, 128), {}, way(-30, 296, 62, 660, 312, 68), {{500, 150, 70}}}},
        {drawGarage,
         {false,
          way(-30, 318, 150, 560, 292, 128),
          way(720, 352, 250, 214, 300, 200),
          way(660, 330, 50, -20, 326, 50),
          {{86, 140, 110}, {318, 140, 110}, {548, 140, 110}}}},
        {drawPool,
         {false,
          way(-40, 354, 168, 680, 350, 162),
          {},
          way(660, 346, 66, -20, 350, 66),
          {{452, 132, 110}, {360, 276, 210}}}},
        {drawLivingRoom,
         {true, way(-30, 330, 210, 660, 336, 216), {}, way(660, 322, 84, 40, 330, 90), {{560, 132, 170}}}},
        {drawStreet,
         {false,
          way(-20, 342, 96, 660, 340, 96),
          way(-130, 312, 190, 770, 312, 190),
          way(660, 234, 24, -20, 234, 24),
          {{148, 112, 130}, {502, 112, 130}}}},
        {drawYard,
         {false, way(150, 196, 62, 250, 350, 150), {}, way(-40, 300, 78, 660, 286, 70), {{134, 140, 80}}}},
        {drawPorch,
         {false,
          way(318, 212, 60, 330, 330, 178),
          way(-90, 204, 66, 720, 204, 66),
          way(640, 344, 60, 200, 346, 62),
          {{310, 56, 150}}}},
        {drawGate,
         {false,
          way(300, 240, 92, 320, 350, 176),
          {},
          way(-20, 322, 54, 660, 330, 56),
          {{229, 88, 90}, {371, 88, 90}}}},
        {drawWorkshop,
         {true, way(660, 340, 224, 250, 338, 222), {}, way(-20, 338, 64, 660, 342, 64), {{320, 16, 300}}}},
        {drawHallway,
         {true, way(320, 242, 108, 330, 352, 214), {}, way(420, 250, 30, 240, 346, 74), {{320, 70, 190}}}},
        {drawTerrace,
         {false, way(660, 336, 190, -20, 344, 196), {}, way(-20, 334, 58, 660, 340, 60), {{360, 140, 160}}}},
        {drawBarn,
         {false,
          way(226, 238, 74, 300, 348, 150),
          way(700, 352, 230, -140, 350, 226),
          way(-30, 318, 76, 660, 306, 70),
          {{230, 120, 120}}}},
    }};
    return kEntries.at(std::size_t(place));
}
} // namespace

Backdrop backdropOf(Place place)
{
    return entryOf(place).backdrop;
}

void drawBackdrop(Canvas &c, Place place, Color skyTop, Color skyBottom, bool dark)
{
    const Entry &entry = entryOf(place);
    if (!entry.backdrop.indoor) {
        c.fill(rectangle(0, kHorizon - 2, 640, 362 - kHorizon),
               {Color(0x7c9458), Color(0x6c8c46), 1, 0.12, 4, 1.5});
        sky(c, kHorizon, skyTop, skyBottom, unsigned(place) * 13 + 3);
    }
    entry.draw(c, dark);
}

} // namespace gatehouse::demo
