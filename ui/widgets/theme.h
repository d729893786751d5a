// Every colour and size of the window; nothing else names one. The values come from the look's token table; a
// widget's palette determines which set applies, so there is no global state.
// Sizes are logical pixels. GUI thread.
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QPalette>

class QAbstractButton;
class QApplication;
class QPainter;
class QWidget;

namespace gatehouse::widgets
{

struct Theme {
    bool isDark = true;
    bool isHighContrast = false;
    QColor bg, surface, raised, hover, line, edge;
    QColor ink, ink2, ink3;
    QColor accent, onAccent, accentWeak;
    QColor ok, okWeak, warn, warnWeak, bad, badWeak;
    QColor motion, person, vehicle, sound, sensor, still, hatch;
    QColor pictureLabel, pictureText; // our labels on pictures, the same in both themes
};

const Theme &darkTheme();
const Theme &lightTheme();
// The same set with stronger edges and text: a setting that also follows the system.
const Theme &highContrast(const Theme &theme);
const Theme &themeOf(const QWidget &widget);
const Theme &themeOf(const QPalette &palette); // for delegates, which see only their option's palette

// `share` of `top` over `ground`: 0 is all ground, 1 all top.
inline constexpr qreal kDisabledShare = 0.6; // of ink3 in a disabled control
QColor mixed(const QColor &top, const QColor &ground, qreal share);

enum class TextStyle { Figure, H1, H2, H3, Body, Label, Caption, Mono };
// Inter without hinting; sizes in logical pixels, scaled with the system font. For times, counts and sizes
// that change in place, see drawFigures() in figures.h.
QFont font(TextStyle style, int weight = 0); // weight 0: the style's own
// The line height of a style, scaled in the same way.
int lineHeight(TextStyle style);

// Sizes in logical pixels.
namespace metrics
{
inline constexpr int kGrid = 4;
inline constexpr int kRailWidth = 64;
inline constexpr int kCamerasWidth = 216;
inline constexpr int kCameraRowHeight = 53;
inline constexpr int kEventsWidth = 300;
inline constexpr int kEventCardHeight = 76;
inline constexpr int kLaneHeight = 32;
inline constexpr int kLaneHeightCompact = 24;
inline constexpr int kLaneHeightTall = 48;
inline constexpr int kOverviewHeight = 52;
inline constexpr int kRulerHeight = 24;
inline constexpr int kToolbarHeight = 48;
inline constexpr int kStatusHeight = 28;
inline constexpr int kControlHeight = 32;
inline constexpr int kControlHeightSmall = 28;
inline constexpr int kRadiusPopup = 10;
inline constexpr int kRadiusPanel = 8;
inline constexpr int kRadiusControl = 6;
inline constexpr int kRadiusBadge = 4;
inline constexpr int kIconRail = 20;
inline constexpr int kIconTransport = 18;
inline constexpr int kIconButton = 16;
inline constexpr int kIconText = 14;
inline constexpr int kIconCheck = 12;
} // namespace metrics

// A Lucide icon by its file name without ".svg", in a colour of the theme, crisp at every device pixel ratio.
// An unknown name yields an empty icon and a warning in the log.
QIcon icon(const QString &name, const QColor &colour);
// Sets the icon of a button that also has text, with the right gap between them. Call again when the theme
// changes.
void setButtonIcon(QAbstractButton &button, const QString &name, const QColor &colour);
// Painted directly; the rendering is cached in the application's pixmap cache.
void drawIcon(QPainter &painter, const QRect &rect, const QString &name, const QColor &colour);

// Fusion, palette, style sheet and base font. May be called again to change the theme.
void applyTheme(QApplication &app, const Theme &theme);

} // namespace gatehouse::widgets
