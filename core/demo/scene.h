// What one camera sees at one moment: the place in the light of the hour, any visitor, a small sensor's
// noise, and the burnt-in clock and name. Caches the painted place between frames with the same light. One
// thread at a time.
#pragma once

#include "demo/backdrops.h"

#include <QDateTime>
#include <QString>

namespace gatehouse::demo
{

enum class Visitor { Nobody, Person, Courier, Car, Cat, Dog };

struct Look {
    Place place = Place::Garden;
    QString name;              // burnt in
    QString clockFormat;       // a QDateTime format, in the vendor's style
    bool infrared = true;      // grey at night; otherwise dark colours
    Color cast{1.0, 1.0, 1.0}; // the sensor's white balance, as factors
    double clockX = 10;
    double clockY = 8;
    double nameX = -10; // negative: from the right edge
    double nameY = 8;   // the player has its own text along the lower edge
};

// What happens in an event, and its progress (0..1).
struct Action {
    Visitor visitor = Visitor::Nobody;
    double progress = 0;
    double seconds = 0; // since its start; drives the gait
    unsigned seed = 1;  // clothes, colours, direction
};

class Scene
{
public:
    Scene(Look look, int width, int height);

    // RGB, packed; valid until the next call.
    const std::vector<std::uint8_t> &draw(const QDateTime &local, const Action &action, unsigned frame);
    [[nodiscard]] int width() const { return m_canvas.width(); }
    [[nodiscard]] int height() const { return m_canvas.height(); }

private:
    void paintPlace(const QDateTime &local);
    void paintVisitor(const Action &action);
    void passThroughSensor(unsigned frame);

    Look m_look;
    Canvas m_canvas;
    std::vector<std::uint8_t> m_place; // painted, without visitors
    std::vector<std::uint8_t> m_mask;  // how much light the lens and the infrared lamp let through, 0..255
    int m_paintedFor = -1;             // light that m_place was painted for
    double m_day = 1;                  // 0 night .. 1 day
    bool m_infrared = false;
};

} // namespace gatehouse::demo
