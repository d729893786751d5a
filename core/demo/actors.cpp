#include "demo/actors.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace gatehouse::demo
{

namespace
{
// Draws in an actor's own units: x points forward, y up from the ground, one unit = `size`.
class Figure
{
public:
    Figure(Canvas &canvas, const Pose &pose) : m_canvas(canvas), m_pose(pose) {}

    [[nodiscard]] Point at(double x, double y) const
    {
        return {m_pose.x + (m_pose.left ? -x : x) * m_pose.size, m_pose.y - y * m_pose.size};
    }
    [[nodiscard]] double length(double units) const { return units * m_pose.size; }
    void shape(const Shape &points, const Paint &paint)
    {
        Shape placed;
        for (const Point &p : points)
            placed.push_back(at(p.x, p.y));
        m_canvas.fill(placed, paint);
    }
    void limb(Point a, Point b, double ra, double rb, Color color)
    {
        m_canvas.fill(capsule(at(a.x, a.y), at(b.x, b.y), length(ra), length(rb)),
                      {color.times(1.08), color.times(0.86)});
    }
    void blob(double x, double y, double rx, double ry, Color color)
    {
        const Point p = at(x, y);
        m_canvas.fill(ellipse(p.x, p.y, length(rx), length(ry)), {color.times(1.1), color.times(0.8)});
    }
    void shadow(double x, double rx, double ry, double alpha)
    {
        const Point p = at(x, 0);
        m_canvas.glow(p.x, p.y, length(rx), length(ry), Color(0x06080a), alpha, false);
    }
    Canvas &canvas() { return m_canvas; }

private:
    Canvas &m_canvas;
    Pose m_pose;
};

constexpr std::array kCoats = {Color(0xb23b3b), Color(0x2f5d8c), Color(0x3c6e4d), Color(0xc98f2d),
                               Color(0x5b4a7a), Color(0x30343a), Color(0xd0d4d8), Color(0x8c4a2f)};
constexpr std::array kTrousers = {Color(0x2b3442), Color(0x4a4238), Color(0x1f2226), Color(0x51606e)};
constexpr std::array kSkins = {Color(0xe8bd9a), Color(0xc48f66), Color(0x8a5a3c), Color(0xf0cdb0)};
constexpr std::array kHair = {Color(0x2a1d14), Color(0x6a4424), Color(0xb08a4a), Color(0x8a8a8a)};
constexpr std::array kCars = {Color(0xb9c0c7), Color(0x9c2f2c), Color(0x2e4e78), Color(0xe8eaec),
                              Color(0x30363c), Color(0x5d7458), Color(0xc7a04a)};
constexpr std::array kFur = {Color(0xc98442), Color(0x3a3a3d), Color(0x9a8f80), Color(0xe4ddd0)};
constexpr std::array kDogs = {Color(0xa9743f), Color(0x3b332c), Color(0xd8c39a), Color(0x6b4a2c)};

template<typename Colours>
Color pick(const Colours &colours, unsigned seed)
{
    return colours.at(seed % colours.size());
}

void leg(Figure &f, double phase, double hip, Color cloth, Color shoe, double shade)
{
    const double swing = std::sin(phase) * 0.42;
    const double bend = std::max(0.0, std::sin(phase - 1.1)) * 0.55;
    const Point top{0, hip};
    const Point knee{top.x + std::sin(swing) * 0.245, top.y - std::cos(swing) * 0.245};
    const double lower = swing - bend;
    const Point foot{knee.x + std::sin(lower) * 0.235, std::max(0.035, knee.y - std::cos(lower) * 0.235)};
    f.limb(top, knee, 0.062, 0.048, cloth.times(shade));
    f.limb(knee, foot, 0.046, 0.034, cloth.times(shade * 0.96));
    f.limb({foot.x - 0.01, foot.y - 0.012}, {foot.x + 0.075, foot.y - 0.018}, 0.028, 0.02, shoe.times(shade));
}

void arm(Figure &f, double phase, Color sleeve, Color skin, double shade, bool raised)
{
    const double swing = raised ? 0.75 : std::sin(phase) * 0.5;
    const Point shoulder{0.005, 0.8};
    const Point elbow{shoulder.x + std::sin(swing) * 0.155, shoulder.y - std::cos(swing) * 0.155};
    const double lower = raised ? 1.5 : swing + 0.3;
    const Point hand{elbow.x + std::sin(lower) * 0.145, elbow.y - std::cos(lower) * 0.145};
    f.limb(shoulder, elbow, 0.042, 0.036, sleeve.times(shade));
    f.limb(elbow, hand, 0.034, 0.027, sleeve.times(shade * 0.96));
    f.blob(hand.x, hand.y, 0.03, 0.03, skin);
}

void wheel(Figure &f, double x, double radius, double turn)
{
    f.blob(x, radius, radius, radius, Color(0x1a1c1f));
    f.blob(x, radius, radius * 0.62, radius * 0.62, Color(0xaab0b6));
    f.blob(x, radius, radius * 0.5, radius * 0.5, Color(0x70767c));
    for (int i = 0; i < 5; ++i) {
        const double a = turn + i * 1.2566;
        f.limb({x, radius}, {x + std::cos(a) * radius * 0.5, radius + std::sin(a) * radius * 0.5},
               radius * 0.09, radius * 0.07, Color(0xc6ccd2));
    }
}

void paws(Figure &f, double step, double height, double front, double back, double width, Color fur)
{
    for (int i = 0; i < 4; ++i) {
        const bool far = i >= 2;
        const double phase = step + (i % 2 == 0 ? 0 : 3.14) + (far ? 1.6 : 0);
        const double x = i % 2 == 0 ? front : back;
        const double swing = std::sin(phase) * height * 0.42;
        const double lift = std::max(0.0, std::cos(phase)) * height * 0.16;
        const Color shade = far ? fur.times(0.66) : fur.times(0.92);
        f.limb({x, height}, {x + swing * 0.5, height * 0.5 + lift}, width * 1.25, width, shade);
        f.limb({x + swing * 0.5, height * 0.5 + lift}, {x + swing, width * 0.7 + lift}, width, width * 0.8,
               shade);
    }
}
} // namespace

void person(Canvas &c, const Pose &pose, unsigned seed, bool parcel)
{
    Figure f(c, pose);
    const Color coat = pick(kCoats, seed);
    const Color cloth = pick(kTrousers, seed / 3);
    const Color skin = pick(kSkins, seed / 7);
    const Color hair = pick(kHair, seed / 5);
    const double bob = 0.008 * std::cos(pose.step * 2);
    f.shadow(0.04, 0.3, 0.07, 0.75);
    arm(f, pose.step, coat, skin, 0.7, parcel);
    leg(f, pose.step + 3.14159, 0.485 + bob, cloth, Color(0x24201c), 0.74);
    leg(f, pose.step, 0.485 + bob, cloth, Color(0x2c2722), 1);
    // A coat with a waist and a hem, then the neck and head.
    f.shape(smooth({{-0.085, 0.84 + bob},
                    {0.06, 0.845 + bob},
                    {0.105, 0.77 + bob},
                    {0.088, 0.6 + bob},
                    {0.105, 0.43 + bob},
                    {-0.095, 0.43 + bob},
                    {-0.085, 0.6 + bob},
                    {-0.115, 0.76 + bob}}),
            {coat.times(1.12), coat.times(0.78)});
    f.limb({0.01, 0.83 + bob}, {0.018, 0.88 + bob}, 0.034, 0.032, skin.times(0.86));
    f.blob(0.026, 0.932 + bob, 0.056, 0.066, skin);
    f.shape(smooth({{-0.03, 0.9 + bob},
                    {-0.044, 0.96 + bob},
                    {0.0, 1.008 + bob},
                    {0.062, 0.996 + bob},
                    {0.074, 0.962 + bob},
                    {0.02, 0.962 + bob},
                    {-0.004, 0.915 + bob}}),
            {hair.times(1.25), hair});
    if (parcel) {
        f.shape({{0.12, 0.7}, {0.36, 0.7}, {0.36, 0.53}, {0.12, 0.53}}, {Color(0xc79a62), Color(0x9c7242)});
        f.shape({{0.22, 0.7}, {0.26, 0.7}, {0.26, 0.53}, {0.22, 0.53}}, Paint::flat(Color(0xe0c79a)));
    }
    arm(f, pose.step + 3.14159, coat.times(1.06), skin, 1, parcel);
}

void car(Canvas &c, const Pose &pose, unsigned seed, bool lights)
{
    Figure f(c, pose);
    const Color paint = pick(kCars, seed);
    f.shadow(0, 0.6, 0.075, 0.95);
    const Shape body = smooth({{-0.49, 0.1},
                               {-0.5, 0.2},
                               {-0.47, 0.255},
                               {-0.36, 0.275},
                               {-0.25, 0.36},
                               {-0.08, 0.385},
                               {0.1, 0.365},
                               {0.24, 0.27},
                               {0.4, 0.24},
                               {0.485, 0.2},
                               {0.498, 0.13},
                               {0.48, 0.085},
                               {0.2, 0.07},
                               {-0.2, 0.07}});
    f.shape(body, {paint.mixed(Color(0xffffff), 0.22), paint.times(0.62)});
    const Paint glass{Color(0x2a3946), Color(0x5d7383)};
    f.shape({{-0.335, 0.272}, {-0.232, 0.345}, {-0.085, 0.362}, {-0.075, 0.268}}, glass);
    f.shape({{-0.055, 0.268}, {-0.062, 0.363}, {0.085, 0.346}, {0.195, 0.268}}, glass);
    f.shape({{-0.02, 0.275}, {0.03, 0.352}, {0.06, 0.35}, {0.02, 0.275}}, Paint::flat(Color(0xdfeaf2), 0.25));
    f.canvas().line(f.at(-0.47, 0.205), f.at(0.47, 0.185), f.length(0.006), paint.times(0.55), 0.7);
    f.canvas().line(f.at(-0.065, 0.27), f.at(-0.065, 0.09), f.length(0.005), paint.times(0.45), 0.8);
    f.canvas().line(f.at(0.18, 0.26), f.at(0.15, 0.09), f.length(0.005), paint.times(0.45), 0.7);
    f.shape({{-0.12, 0.232}, {-0.08, 0.232}, {-0.08, 0.224}, {-0.12, 0.224}}, Paint::flat(paint.times(0.5)));
    f.shape({{0.06, 0.23}, {0.1, 0.23}, {0.1, 0.222}, {0.06, 0.222}}, Paint::flat(paint.times(0.5)));
    f.shape({{0.19, 0.268}, {0.225, 0.292}, {0.215, 0.27}}, Paint::flat(paint.times(0.7)));
    f.shape(smooth({{0.43, 0.215}, {0.485, 0.195}, {0.488, 0.165}, {0.44, 0.175}}),
            Paint::flat(Color(0xf4f1dc)));
    f.shape(smooth({{-0.496, 0.235}, {-0.455, 0.24}, {-0.455, 0.19}, {-0.497, 0.185}}),
            Paint::flat(Color(0xc2302a)));
    f.shape({{-0.5, 0.115}, {-0.4, 0.1}, {-0.4, 0.075}, {-0.485, 0.085}}, Paint::flat(Color(0x26292c)));
    for (const double x : {-0.305, 0.315}) {
        f.blob(x, 0.088, 0.1, 0.1, Color(0x0e0f10));
        wheel(f, x, 0.082, pose.step);
    }
    if (lights) {
        const Point lamp = f.at(0.47, 0.185);
        const double reach = pose.left ? -1 : 1;
        c.glow(lamp.x, lamp.y, f.length(0.12), f.length(0.09), Color(0xfff2cc), 0.9, true);
        c.glow(lamp.x + reach * f.length(0.5), pose.y, f.length(0.6), f.length(0.12), Color(0xfff0c0), 0.35,
               true);
        const Point rear = f.at(-0.49, 0.21);
        c.glow(rear.x, rear.y, f.length(0.07), f.length(0.05), Color(0xff4030), 0.7, true);
    }
}

void cat(Canvas &c, const Pose &pose, unsigned seed)
{
    Figure f(c, pose);
    const Color fur = pick(kFur, seed);
    f.shadow(0, 0.5, 0.08, 0.7);
    const double wave = std::sin(pose.step * 0.6) * 0.06;
    f.limb({-0.36, 0.33}, {-0.5, 0.45 + wave}, 0.035, 0.03, fur.times(0.85));
    f.limb({-0.5, 0.45 + wave}, {-0.54, 0.62 + wave * 2}, 0.03, 0.022, fur.times(0.9));
    paws(f, pose.step, 0.28, 0.24, -0.3, 0.036, fur);
    f.shape(smooth({{-0.4, 0.36},
                    {-0.2, 0.42},
                    {0.1, 0.4},
                    {0.3, 0.42},
                    {0.34, 0.3},
                    {0.1, 0.21},
                    {-0.2, 0.22},
                    {-0.38, 0.25}}),
            {fur.times(1.12), fur.times(0.72)});
    for (int i = 0; i < 4; ++i)
        f.limb({-0.22 + i * 0.12, 0.4}, {-0.2 + i * 0.12, 0.31}, 0.012, 0.008, fur.times(0.7));
    f.blob(0.4, 0.46, 0.115, 0.1, fur);
    f.shape({{0.33, 0.51}, {0.34, 0.63}, {0.41, 0.55}}, Paint::flat(fur.times(0.95)));
    f.shape({{0.41, 0.55}, {0.46, 0.63}, {0.48, 0.52}}, Paint::flat(fur.times(1.02)));
    f.blob(0.47, 0.425, 0.05, 0.04, fur.mixed(Color(0xffffff), 0.45));
    f.blob(0.445, 0.485, 0.016, 0.018, Color(0x1c2a12));
}

void dog(Canvas &c, const Pose &pose, unsigned seed)
{
    Figure f(c, pose);
    const Color fur = pick(kDogs, seed);
    f.shadow(0, 0.52, 0.08, 0.7);
    f.limb({-0.38, 0.56}, {-0.56, 0.7 + std::sin(pose.step * 2) * 0.05}, 0.045, 0.028, fur.times(0.9));
    paws(f, pose.step, 0.4, 0.25, -0.3, 0.05, fur);
    f.shape(smooth({{-0.42, 0.58},
                    {-0.1, 0.62},
                    {0.28, 0.66},
                    {0.36, 0.5},
                    {0.24, 0.34},
                    {-0.05, 0.38},
                    {-0.3, 0.36},
                    {-0.42, 0.44}}),
            {fur.times(1.1), fur.times(0.74)});
    f.limb({0.26, 0.56}, {0.42, 0.74}, 0.12, 0.095, fur);
    f.blob(0.46, 0.78, 0.12, 0.105, fur.times(1.05));
    f.limb({0.5, 0.75}, {0.64, 0.725}, 0.065, 0.048, fur);
    f.blob(0.685, 0.74, 0.024, 0.02, Color(0x15110e));
    f.blob(0.51, 0.815, 0.018, 0.02, Color(0x15110e));
    f.limb({0.4, 0.84}, {0.35, 0.68}, 0.05, 0.035, fur.times(0.62));
    f.limb({0.33, 0.62}, {0.4, 0.55}, 0.02, 0.02, Color(0xb03030));
}

void bird(Canvas &c, const Pose &pose)
{
    Figure f(c, pose);
    const double flap = std::sin(pose.step * 3) * 0.5;
    f.shape(smooth({{-0.3, 0.02}, {0.1, 0.1}, {0.36, 0.06}, {0.1, -0.06}}), Paint::flat(Color(0x2a2d33)));
    f.shape({{-0.02, 0.06}, {-0.3, 0.06 + flap}, {0.16, 0.06}}, Paint::flat(Color(0x3a3e46)));
    f.blob(0.34, 0.09, 0.08, 0.07, Color(0x24272c));
}

} // namespace gatehouse::demo
