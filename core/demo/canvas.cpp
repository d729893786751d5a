#include "demo/canvas.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gatehouse::demo
{

namespace
{
std::uint8_t toByte(double v)
{
    return static_cast<std::uint8_t>(std::clamp(v, 0.0, 255.0));
}

double hashNoise(int x, int y)
{
    unsigned h = unsigned(x) * 374761393U + unsigned(y) * 668265263U;
    h = (h ^ (h >> 13)) * 1274126177U;
    return double((h ^ (h >> 16)) & 0xffff) / 32767.5 - 1.0;
}

// Smooth noise in -1..1, one value per unit.
double valueNoise(double x, double y)
{
    const double fx = std::floor(x);
    const double fy = std::floor(y);
    const int ix = int(fx);
    const int iy = int(fy);
    const double tx = (x - fx) * (x - fx) * (3 - 2 * (x - fx));
    const double ty = (y - fy) * (y - fy) * (3 - 2 * (y - fy));
    const double a = std::lerp(hashNoise(ix, iy), hashNoise(ix + 1, iy), tx);
    const double b = std::lerp(hashNoise(ix, iy + 1), hashNoise(ix + 1, iy + 1), tx);
    return std::lerp(a, b, ty);
}

// How much of each pixel lies right of an edge, signed by the edge's direction; summed along a row, this
// gives the exact coverage of the shape.
void addEdge(std::vector<float> &cover, int stride, int rows, Point a, Point b)
{
    if (a.y == b.y)
        return;
    const double direction = a.y < b.y ? 1 : -1;
    if (a.y > b.y)
        std::swap(a, b);
    const double slope = (b.x - a.x) / (b.y - a.y);
    const double limit = stride - 2;
    const int first = std::max(0, int(std::floor(a.y)));
    const int last = std::min(rows, int(std::ceil(b.y)));
    for (int y = first; y < last; ++y) {
        const double y0 = std::max(double(y), a.y);
        const double y1 = std::min(double(y) + 1, b.y);
        const double d = (y1 - y0) * direction;
        double x0 = std::clamp(a.x + (y0 - a.y) * slope, 0.0, limit);
        double x1 = std::clamp(a.x + (y1 - a.y) * slope, 0.0, limit);
        if (x0 > x1)
            std::swap(x0, x1);
        float *row = cover.data() + std::ptrdiff_t(y) * stride;
        const int i0 = int(x0);
        const int i1 = int(std::ceil(x1));
        if (i1 <= i0 + 1) {
            const double middle = 0.5 * (x0 + x1) - i0;
            row[i0] += float(d * (1 - middle));
            row[i0 + 1] += float(d * middle);
            continue;
        }
        const double s = 1 / (x1 - x0);
        const double f0 = x0 - i0;
        const double a0 = 0.5 * s * (1 - f0) * (1 - f0);
        const double f1 = x1 - i1 + 1;
        const double am = 0.5 * s * f1 * f1;
        row[i0] += float(d * a0);
        if (i1 == i0 + 2) {
            row[i0 + 1] += float(d * (1 - a0 - am));
        } else {
            const double a1 = s * (1.5 - f0);
            row[i0 + 1] += float(d * (a1 - a0));
            for (int x = i0 + 2; x < i1 - 1; ++x)
                row[x] += float(d * s);
            const double a2 = a1 + double(i1 - i0 - 3) * s;
            row[i1 - 1] += float(d * (1 - a2 - am));
        }
        row[i1] += float(d * am);
    }
}
} // namespace

Shape rectangle(double x, double y, double w, double h)
{
    return {{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}};
}

Shape rounded(double x, double y, double w, double h, double radius)
{
    Shape out;
    const double r = std::min({radius, w / 2, h / 2});
    const Point centres[] = {{x + w - r, y + r}, {x + w - r, y + h - r}, {x + r, y + h - r}, {x + r, y + r}};
    for (int corner = 0; corner < 4; ++corner) {
        for (int i = 0; i <= 6; ++i) {
            const double angle = (corner - 1 + i / 6.0) * std::numbers::pi / 2;
            out.push_back({centres[corner].x + r * std::cos(angle), centres[corner].y + r * std::sin(angle)});
        }
    }
    return out;
}

Shape ellipse(double cx, double cy, double rx, double ry)
{
    const int count = std::clamp(int(std::max(rx, ry) * 1.5), 12, 64);
    Shape out;
    for (int i = 0; i < count; ++i) {
        const double angle = 2 * std::numbers::pi * i / count;
        out.push_back({cx + rx * std::cos(angle), cy + ry * std::sin(angle)});
    }
    return out;
}

Shape capsule(Point a, Point b, double ra, double rb)
{
    const double angle = std::atan2(b.y - a.y, b.x - a.x);
    Shape out;
    for (int i = 0; i <= 8; ++i) {
        const double t = angle + std::numbers::pi * (0.5 + i / 8.0);
        out.push_back({a.x + ra * std::cos(t), a.y + ra * std::sin(t)});
    }
    for (int i = 0; i <= 8; ++i) {
        const double t = angle + std::numbers::pi * (-0.5 + i / 8.0);
        out.push_back({b.x + rb * std::cos(t), b.y + rb * std::sin(t)});
    }
    return out;
}

Shape smooth(const Shape &points)
{
    Shape out;
    const std::size_t n = points.size();
    for (std::size_t i = 0; i < n; ++i) {
        const Point p0 = points[(i + n - 1) % n];
        const Point p1 = points[i];
        const Point p2 = points[(i + 1) % n];
        const Point p3 = points[(i + 2) % n];
        for (int k = 0; k < 6; ++k) { // Catmull-Rom
            const double t = k / 6.0;
            const auto at = [t](double a, double b, double c, double d) {
                return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t +
                              (3 * b - a - 3 * c + d) * t * t * t);
            };
            out.push_back({at(p0.x, p1.x, p2.x, p3.x), at(p0.y, p1.y, p2.y, p3.y)});
        }
    }
    return out;
}

Canvas::Canvas(int width, int height)
    : m_width(width), m_height(height), m_scale(width / 640.0),
      m_pixels(std::size_t(width) * std::size_t(height) * 3, 0)
{
}

void Canvas::fill(const Shape &shape, const Paint &paint)
{
    if (shape.size() < 3)
        return;
    double left = 1e9;
    double right = -1e9;
    double top = 1e9;
    double bottom = -1e9;
    for (const Point &p : shape) {
        left = std::min(left, p.x * m_scale);
        right = std::max(right, p.x * m_scale);
        top = std::min(top, p.y * m_scale);
        bottom = std::max(bottom, p.y * m_scale);
    }
    const int x0 = std::clamp(int(std::floor(left)), 0, m_width);
    const int x1 = std::clamp(int(std::ceil(right)) + 1, 0, m_width);
    const int y0 = std::clamp(int(std::floor(top)), 0, m_height);
    const int y1 = std::clamp(int(std::ceil(bottom)) + 1, 0, m_height);
    if (x0 >= x1 || y0 >= y1)
        return;
    const int stride = x1 - x0 + 3;
    m_cover.assign(std::size_t(stride) * std::size_t(y1 - y0), 0.0F);
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const Point &a = shape[i];
        const Point &b = shape[(i + 1) % shape.size()];
        addEdge(m_cover, stride, y1 - y0, {a.x * m_scale - x0, a.y * m_scale - y0},
                {b.x * m_scale - x0, b.y * m_scale - y0});
    }
    for (int y = y0; y < y1; ++y) {
        const double t = bottom > top ? std::clamp((y + 0.5 - top) / (bottom - top), 0.0, 1.0) : 0;
        const Color mixed = paint.top.mixed(paint.bottom, t);
        const Color color = m_light ? m_light(mixed) : mixed;
        const float *cover = m_cover.data() + std::ptrdiff_t(y - y0) * stride;
        std::uint8_t *row = m_pixels.data() + (std::ptrdiff_t(y) * m_width + x0) * 3;
        double sum = 0;
        for (int x = 0; x < x1 - x0; ++x, row += 3) {
            sum += double(cover[x]);
            const double alpha = std::min(1.0, std::abs(sum)) * paint.alpha;
            if (alpha < 0.004)
                continue;
            double grain = 1;
            if (paint.grain > 0) {
                const double ux = (x + x0) / m_scale / paint.grainX;
                const double uy = y / m_scale / paint.grainY;
                grain += paint.grain * (0.6 * valueNoise(ux, uy) + 0.4 * valueNoise(ux * 2.7, uy * 2.7));
            }
            row[0] = toByte(row[0] + (color.r * grain - row[0]) * alpha);
            row[1] = toByte(row[1] + (color.g * grain - row[1]) * alpha);
            row[2] = toByte(row[2] + (color.b * grain - row[2]) * alpha);
        }
    }
}

void Canvas::line(Point a, Point b, double width, Color color, double alpha)
{
    const double length = std::hypot(b.x - a.x, b.y - a.y);
    if (length <= 0)
        return;
    const double nx = -(b.y - a.y) / length * width / 2;
    const double ny = (b.x - a.x) / length * width / 2;
    fill({{a.x + nx, a.y + ny}, {b.x + nx, b.y + ny}, {b.x - nx, b.y - ny}, {a.x - nx, a.y - ny}},
         Paint::flat(color, alpha));
}

void Canvas::glow(double cx, double cy, double rx, double ry, Color color, double alpha, bool added)
{
    Color lit = m_light && !added ? m_light(color) : color;
    if (m_grey)
        lit = Color(1, 1, 1).times(0.3 * lit.r + 0.6 * lit.g + 0.1 * lit.b);
    const int x0 = std::clamp(int((cx - rx) * m_scale), 0, m_width);
    const int x1 = std::clamp(int((cx + rx) * m_scale) + 1, 0, m_width);
    const int y0 = std::clamp(int((cy - ry) * m_scale), 0, m_height);
    const int y1 = std::clamp(int((cy + ry) * m_scale) + 1, 0, m_height);
    for (int y = y0; y < y1; ++y) {
        const double dy = (y / m_scale - cy) / ry;
        std::uint8_t *row = m_pixels.data() + (std::ptrdiff_t(y) * m_width + x0) * 3;
        for (int x = x0; x < x1; ++x, row += 3) {
            const double dx = (x / m_scale - cx) / rx;
            const double d = 1 - (dx * dx + dy * dy);
            if (d <= 0)
                continue;
            const double a = alpha * d * d;
            const double keep = added ? 1 : 1 - a;
            row[0] = toByte(row[0] * keep + lit.r * a);
            row[1] = toByte(row[1] * keep + lit.g * a);
            row[2] = toByte(row[2] * keep + lit.b * a);
        }
    }
}

} // namespace gatehouse::demo
