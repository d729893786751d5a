// A small raster painter for the demo's scenes: anti-aliased shapes with gradients and grain, soft glows, in
// a world of 640 x 360 units at any resolution. RGB, 8 bits. One thread each.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace gatehouse::demo
{

struct Color {
    double r = 0;
    double g = 0;
    double b = 0; // 0..255, not clamped until painted

    constexpr Color() = default;
    constexpr Color(double red, double green, double blue) : r(red), g(green), b(blue) {}
    constexpr explicit Color(unsigned hex) : r((hex >> 16) & 255), g((hex >> 8) & 255), b(hex & 255) {}
    [[nodiscard]] constexpr Color times(double f) const { return {r * f, g * f, b * f}; }
    [[nodiscard]] constexpr Color mixed(Color o, double f) const
    {
        return {r + (o.r - r) * f, g + (o.g - g) * f, b + (o.b - b) * f};
    }
};

struct Point {
    double x = 0;
    double y = 0;
};

using Shape = std::vector<Point>;

Shape rectangle(double x, double y, double w, double h);
Shape rounded(double x, double y, double w, double h, double radius);
Shape ellipse(double cx, double cy, double rx, double ry);
Shape capsule(Point a, Point b, double ra, double rb); // a limb: round at both ends
// A smooth closed outline through the points.
Shape smooth(const Shape &points);

struct Paint {
    Color top;
    Color bottom; // from the shape's upper edge to its lower edge
    double alpha = 1;
    double grain = 0; // amount of value noise, 0..1
    double grainX = 3;
    double grainY = 3; // size of the noise in units

    static Paint flat(Color c, double alpha = 1) { return {c, c, alpha}; }
};

class Canvas
{
public:
    Canvas(int width, int height);

    [[nodiscard]] int width() const { return m_width; }
    [[nodiscard]] int height() const { return m_height; }
    [[nodiscard]] const std::vector<std::uint8_t> &pixels() const { return m_pixels; } // RGB, packed
    [[nodiscard]] std::vector<std::uint8_t> &pixels() { return m_pixels; }
    // Applied to every colour from now on.
    void setLight(std::function<Color(Color)> light) { m_light = std::move(light); }
    // An infrared camera shows lamps without colour, too.
    void setGrey(bool grey) { m_grey = grey; }

    void fill(const Shape &shape, const Paint &paint);
    void fill(const Shape &shape, Color color) { fill(shape, Paint::flat(color)); }
    void line(Point a, Point b, double width, Color color, double alpha = 1);
    // Fades from the centre to nothing; `added` as light (a lamp) or blended (a shadow).
    void glow(double cx, double cy, double rx, double ry, Color color, double alpha, bool added);
    // Text like a camera's overlay: letters of 5 x 7 dots of `dot` units with a dark edge, unaffected by
    // light.
    void text(double x, double y, const char *text, double dot);

private:
    void dots(int left, int top, const char *text, int dot, int grow, Color color);
    void box(int left, int top, int size, Color color);

    int m_width;
    int m_height;
    double m_scale; // pixels per unit
    std::vector<std::uint8_t> m_pixels;
    std::vector<float> m_cover; // scratch
    std::function<Color(Color)> m_light;
    bool m_grey = false;
};

double textWidth(const char *text, double dot);

} // namespace gatehouse::demo
