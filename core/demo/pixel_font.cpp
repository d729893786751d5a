#include "demo/canvas.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace gatehouse::demo
{

namespace
{
struct Glyph {
    char letter;
    std::array<std::uint8_t, 7> rows; // five bits each, the leftmost dot is 16
};

constexpr std::array kGlyphs = {
    Glyph{'0', {14, 17, 19, 21, 25, 17, 14}}, Glyph{'1', {4, 12, 4, 4, 4, 4, 14}},
    Glyph{'2', {14, 17, 1, 2, 4, 8, 31}},     Glyph{'3', {31, 2, 4, 2, 1, 17, 14}},
    Glyph{'4', {2, 6, 10, 18, 31, 2, 2}},     Glyph{'5', {31, 16, 30, 1, 1, 17, 14}},
    Glyph{'6', {6, 8, 16, 30, 17, 17, 14}},   Glyph{'7', {31, 1, 2, 4, 8, 8, 8}},
    Glyph{'8', {14, 17, 17, 14, 17, 17, 14}}, Glyph{'9', {14, 17, 17, 15, 1, 2, 12}},
    Glyph{'A', {14, 17, 17, 31, 17, 17, 17}}, Glyph{'B', {30, 17, 17, 30, 17, 17, 30}},
    Glyph{'C', {14, 17, 16, 16, 16, 17, 14}}, Glyph{'D', {28, 18, 17, 17, 17, 18, 28}},
    Glyph{'E', {31, 16, 16, 30, 16, 16, 31}}, Glyph{'F', {31, 16, 16, 30, 16, 16, 16}},
    Glyph{'G', {14, 17, 16, 23, 17, 17, 15}}, Glyph{'H', {17, 17, 17, 31, 17, 17, 17}},
    Glyph{'I', {14, 4, 4, 4, 4, 4, 14}},      Glyph{'J', {7, 2, 2, 2, 2, 18, 12}},
    Glyph{'K', {17, 18, 20, 24, 20, 18, 17}}, Glyph{'L', {16, 16, 16, 16, 16, 16, 31}},
    Glyph{'M', {17, 27, 21, 21, 17, 17, 17}}, Glyph{'N', {17, 25, 21, 19, 17, 17, 17}},
    Glyph{'O', {14, 17, 17, 17, 17, 17, 14}}, Glyph{'P', {30, 17, 17, 30, 16, 16, 16}},
    Glyph{'Q', {14, 17, 17, 17, 21, 18, 13}}, Glyph{'R', {30, 17, 17, 30, 20, 18, 17}},
    Glyph{'S', {15, 16, 16, 14, 1, 1, 30}},   Glyph{'T', {31, 4, 4, 4, 4, 4, 4}},
    Glyph{'U', {17, 17, 17, 17, 17, 17, 14}}, Glyph{'V', {17, 17, 17, 17, 17, 10, 4}},
    Glyph{'W', {17, 17, 17, 21, 21, 27, 17}}, Glyph{'X', {17, 17, 10, 4, 10, 17, 17}},
    Glyph{'Y', {17, 17, 10, 4, 4, 4, 4}},     Glyph{'Z', {31, 1, 2, 4, 8, 16, 31}},
    Glyph{'-', {0, 0, 0, 14, 0, 0, 0}},       Glyph{':', {0, 4, 4, 0, 4, 4, 0}},
    Glyph{'/', {1, 1, 2, 4, 8, 16, 16}},      Glyph{'.', {0, 0, 0, 0, 0, 12, 12}},
};

const Glyph *glyphOf(char letter)
{
    if (letter >= 'a' && letter <= 'z')
        letter = char(letter - 'a' + 'A');
    for (const Glyph &glyph : kGlyphs) {
        if (glyph.letter == letter)
            return &glyph;
    }
    return nullptr; // a space
}
} // namespace

double textWidth(const char *text, double dot)
{
    return double(std::strlen(text)) * 6 * dot;
}

// Whole pixels: cameras do not smooth their letters, and a picture has hundreds of dots.
void Canvas::dots(int left, int top, const char *text, int dot, int grow, Color color)
{
    for (; *text != 0; ++text, left += 6 * dot) {
        const Glyph *glyph = glyphOf(*text);
        if (glyph == nullptr)
            continue;
        for (int row = 0; row < 7; ++row) {
            for (int column = 0; column < 5; ++column) {
                if (((glyph->rows[std::size_t(row)] >> (4 - column)) & 1) != 0)
                    box(left + column * dot - grow, top + row * dot - grow, dot + 2 * grow, color);
            }
        }
    }
}

void Canvas::box(int left, int top, int size, Color color)
{
    for (int y = std::max(0, top); y < std::min(m_height, top + size); ++y) {
        for (int x = std::max(0, left); x < std::min(m_width, left + size); ++x) {
            std::uint8_t *pixel = m_pixels.data() + (std::ptrdiff_t(y) * m_width + x) * 3;
            pixel[0] = std::uint8_t(color.r);
            pixel[1] = std::uint8_t(color.g);
            pixel[2] = std::uint8_t(color.b);
        }
    }
}

void Canvas::text(double x, double y, const char *text, double dot)
{
    const int size = std::max(1, int(dot * m_scale + 0.5));
    const int left = int(x * m_scale);
    const int top = int(y * m_scale);
    dots(left, top, text, size, std::max(1, size / 2), Color(0x101214));
    dots(left, top, text, size, 0, Color(0xf4f6f8));
}

} // namespace gatehouse::demo
