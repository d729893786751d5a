// One camera's picture at one moment: the place in the light of the hour, whoever passes by, the noise of
// a small sensor and the clock and name that cameras burn in. Keeps the place painted between pictures
// of the same light. One thread at a time.
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
    QString clockFormat;       // QDateTime's, as the vendor writes it
    bool infrared = true;      // grey at night; else dark colours
    Color cast{1.0, 1.0, 1.0}; // this sensor's white balance, as factors
    double clockX = 10;
    double clockY = 8;
    double nameX = -10; // negative: from the right edge
    double nameY = 8;   // the player writes its own words along the lower edge
};

// What happens in an event, and how far it has gone (0..1).
struct Action {
    Visitor visitor = Visitor::Nobody;
    double progress = 0;
    double seconds = 0; // since its start: the gait
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
    std::vector<std::uint8_t> m_mask;  // how much light the lens and the infrared lamp leave, 0..255
    int m_paintedFor = -1;             // the light that m_place shows
    double m_day = 1;                  // 0 night .. 1 day
    bool m_infrared = false;
};

} // namespace gatehouse::demo
