#include "demo/scene.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace gatehouse::demo
{

namespace
{
double softStep(double from, double to, double x)
{
    const double t = std::clamp((x - from) / (to - from), 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

// 0 night .. 1 day
double daylightAt(double hour)
{
    return std::min(softStep(5.8, 7.6, hour), 1 - softStep(17.9, 19.8, hour));
}

// A small sensor's noise; one table, entered at a different offset in each row and frame.
const std::array<signed char, 65536> &noiseTable()
{
    static const auto kTable = [] {
        std::array<signed char, 65536> table{};
        Dice dice(77);
        for (auto &value : table)
            value = static_cast<signed char>(roll(dice, -4, 4) + roll(dice, -4, 4) + roll(dice, -4, 4));
        return table;
    }();
    return kTable;
}

double lerped(double from, double to, double t)
{
    return from + (to - from) * t;
}
} // namespace

Scene::Scene(Look look, int width, int height) : m_look(std::move(look)), m_canvas(width, height) {}

void Scene::paintPlace(const QDateTime &local)
{
    const double hour = local.time().msecsSinceStartOfDay() / 3'600'000.0;
    const Backdrop backdrop = backdropOf(m_look.place);
    // In steps, so that hours with the same light share one painting.
    const double exact = daylightAt(hour);
    const double day = std::round(exact * 6) / 6;
    // Indoors the lamp is on in the evening; later the camera uses its own infrared.
    const bool lampOn = backdrop.indoor && day < 0.6 && hour > 16 && hour < 23.2;
    const int light = int(day * 12) + (lampOn ? 100 : 0);
    if (light == m_paintedFor)
        return;
    m_paintedFor = light;
    const double warm = std::clamp(4 * day * (1 - day), 0.0, 1.0); // the low sun's share
    m_day = day;
    m_infrared = m_look.infrared && day < 0.12 && !lampOn;
    const bool dark = day < 0.45;
    m_canvas.setGrey(m_infrared);

    const Color cast = m_look.cast;
    const double ambient = lampOn ? 0.72 : 0.27 + 0.73 * day;
    const Color evening = lampOn ? Color(1.08, 0.94, 0.74)
                                 : Color(1, 1, 1)
                                       .mixed(Color(1.12, 0.84, 0.66), warm * 0.8)
                                       .mixed(Color(0.62, 0.78, 1.15), (1 - day) * 0.8);
    if (m_infrared) {
        m_canvas.setLight([](Color c) {
            // Leaves and cloth are bright in infrared.
            const double grey = 22 + 0.8 * (0.34 * c.r + 0.5 * c.g + 0.16 * c.b);
            return Color(grey * 0.98, grey, grey * 1.02);
        });
    } else {
        m_canvas.setLight([=](Color c) {
            return Color(c.r * ambient * evening.r * cast.r, c.g * ambient * evening.g * cast.g,
                         c.b * ambient * evening.b * cast.b);
        });
    }
    const Color skyTop = Color(0x5b93cf).mixed(Color(0x405a94), warm * 0.7);
    const Color skyBottom = Color(0xdfeaf2).mixed(Color(0xffb878), warm);
    drawBackdrop(m_canvas, m_look.place, m_infrared ? Color(0x04060a) : skyTop,
                 m_infrared ? Color(0x0c0e12) : skyBottom, dark && !m_infrared);
    if ((dark && !m_infrared) || lampOn) {
        for (const Lamp &lamp : backdrop.lamps) {
            m_canvas.glow(lamp.x, lamp.y, lamp.radius, lamp.radius * 0.9, Color(0xffc878), 0.42, true);
            m_canvas.glow(lamp.x, lamp.y, lamp.radius * 0.3, lamp.radius * 0.3, Color(0xfff0d0), 0.4, true);
        }
    }
    m_place = m_canvas.pixels();

    m_mask.resize(std::size_t(width()) * std::size_t(height()));
    for (int y = 0; y < height(); ++y) {
        for (int x = 0; x < width(); ++x) {
            const double dx = (x + 0.5) / width() - 0.5;
            const double dy = (y + 0.5) / height() - (m_infrared ? 0.62 : 0.5);
            const double r = dx * dx + dy * dy * 0.8;
            const double left = m_infrared ? std::exp(-r * 4.4) : 1 - 0.62 * r;
            m_mask[std::size_t(y) * std::size_t(width()) + std::size_t(x)] = std::uint8_t(255 * left);
        }
    }
}

void Scene::paintVisitor(const Action &action)
{
    if (action.visitor == Visitor::Nobody)
        return;
    const Backdrop backdrop = backdropOf(m_look.place);
    const bool onFoot = action.visitor == Visitor::Person || action.visitor == Visitor::Courier;
    const bool vehicle = action.visitor == Visitor::Car;
    const Way &way = vehicle ? backdrop.vehicles : onFoot ? backdrop.people : backdrop.animals;
    const bool back = (action.seed % 3) == 0 && !vehicle;
    const double t = back ? 1 - action.progress : action.progress;
    Pose pose;
    pose.x = lerped(way.from.x, way.to.x, t);
    pose.y = lerped(way.from.y, way.to.y, t);
    pose.size = lerped(way.from.size, way.to.size, t);
    pose.left = back ? !way.from.left : way.from.left;
    if (onFoot) {
        pose.step = action.seconds * 6.2;
        person(m_canvas, pose, action.seed, action.visitor == Visitor::Courier);
    } else if (vehicle) {
        pose.step = action.seconds * 9;
        car(m_canvas, pose, action.seed, m_day < 0.5);
    } else {
        pose.step = action.seconds * 9;
        if (action.visitor == Visitor::Cat)
            cat(m_canvas, pose, action.seed);
        else
            dog(m_canvas, pose, action.seed);
    }
}

void Scene::passThroughSensor(unsigned frame)
{
    const auto &noise = noiseTable();
    const int strength = m_infrared ? 7 : m_day < 0.5 ? 6 : 3; // of 8
    std::uint8_t *pixel = m_canvas.pixels().data();
    const std::uint8_t *mask = m_mask.data();
    for (int y = 0; y < height(); ++y) {
        // Each row enters the table at a different offset, at least one row before its end.
        const unsigned at = (frame * 40503U + unsigned(y) * 9973U) % unsigned(int(noise.size()) - width());
        const signed char *grains = noise.data() + at;
        for (int x = 0; x < width(); ++x, pixel += 3, ++mask) {
            const int grain = (grains[x] * strength) >> 3;
            const int light = *mask;
            pixel[0] = std::uint8_t(std::clamp(((pixel[0] * light) >> 8) + grain, 0, 255));
            pixel[1] = std::uint8_t(std::clamp(((pixel[1] * light) >> 8) + grain, 0, 255));
            pixel[2] = std::uint8_t(std::clamp(((pixel[2] * light) >> 8) + grain, 0, 255));
        }
    }
}

const std::vector<std::uint8_t> &Scene::draw(const QDateTime &local, const Action &action, unsigned frame)
{
    paintPlace(local);
    m_canvas.pixels() = m_place;
    if (m_look.place == Place::Pool && !m_infrared) {
        for (int i = 0; i < 26; ++i) { // sparkles on the water
            const double y = 226 + std::fmod(i * 37.0, 92);
            const double x = 320 + std::fmod(i * 91.0, 330) - 165 + 10 * std::sin(action.seconds * 1.3 + i);
            m_canvas.glow(x, y, 10 + (y - 220) * 0.16, 1.8, Color(0xe8fbff),
                          0.34 + 0.24 * std::sin(action.seconds * 2 + i * 1.7), false);
        }
    }
    paintVisitor(action);
    passThroughSensor(frame);
    const QByteArray clock = local.toString(m_look.clockFormat).toLatin1();
    const QByteArray name = m_look.name.toLatin1();
    constexpr double kDot = 2;
    m_canvas.text(m_look.clockX >= 0 ? m_look.clockX : 640 + m_look.clockX - textWidth(clock, kDot),
                  m_look.clockY, clock, kDot);
    m_canvas.text(m_look.nameX >= 0 ? m_look.nameX : 640 + m_look.nameX - textWidth(name, kDot), m_look.nameY,
                  name, kDot);
    return m_canvas.pixels();
}

} // namespace gatehouse::demo
