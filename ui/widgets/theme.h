// Every colour and size of the window. Nothing else names one. The values come from the look's token
// table; which of the two sets holds is read from a widget's palette, so there is no global state.
// GUI thread.
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QPalette>

class QApplication;
class QWidget;

namespace gatehouse::widgets
{

struct Theme {
    bool isDark = true;
    QColor bg, surface, raised, hover, line, edge;
    QColor ink, ink2, ink3;
    QColor accent, onAccent, accentWeak;
    QColor ok, okWeak, warn, warnWeak, bad, badWeak;
    QColor motion, person, vehicle, sound, sensor, still, hatch;
    QColor pictureLabel, pictureText; // our labels on pictures, the same in both themes
};

const Theme &darkTheme();
const Theme &lightTheme();
const Theme &themeOf(const QWidget &widget);

enum class TextStyle { Figure, H1, H2, H3, Body, Label, Caption, Mono };
// Inter with tabular figures and no hinting; sizes in logical pixels, scaled with the system font.
QFont font(TextStyle style, int weight = 0); // weight 0: the style's own

// Sizes in logical pixels.
namespace metrics
{
inline constexpr int Grid = 4;
inline constexpr int RailWidth = 64;
inline constexpr int CamerasWidth = 216;
inline constexpr int CameraRowHeight = 53;
inline constexpr int EventsWidth = 300;
inline constexpr int EventCardHeight = 76;
inline constexpr int LaneHeight = 32;
inline constexpr int LaneHeightCompact = 24;
inline constexpr int LaneHeightTall = 48;
inline constexpr int OverviewHeight = 52;
inline constexpr int RulerHeight = 24;
inline constexpr int ToolbarHeight = 48;
inline constexpr int StatusHeight = 28;
inline constexpr int ControlHeight = 32;
inline constexpr int RadiusPanel = 8;
inline constexpr int RadiusControl = 6;
inline constexpr int RadiusBadge = 4;
} // namespace metrics

// A Lucide icon by its file name, in a colour of the theme, crisp at every device factor.
QIcon icon(const QString &name, const QColor &colour);

// Fusion, palette, style sheet and base font.
void applyTheme(QApplication &app, const Theme &theme);

} // namespace gatehouse::widgets
