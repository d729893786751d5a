#include "widgets/theme.h"

#include <QWidget>

namespace gatehouse::widgets
{

namespace
{

QColor hex(const char *text)
{
    return QColor(QLatin1String(text));
}

Theme makeDark()
{
    Theme t;
    t.isDark = true;
    t.bg = hex("#0E1115");
    t.surface = hex("#14181E");
    t.raised = hex("#1B2027");
    t.hover = hex("#262D36");
    t.line = hex("#262D36");
    t.edge = hex("#6E7A8C");
    t.ink = hex("#E8ECF1");
    t.ink2 = hex("#A9B3C0");
    t.ink3 = hex("#8A95A5");
    t.accent = hex("#5E9EFF");
    t.onAccent = hex("#08111F");
    t.accentWeak = hex("#1A2B45");
    t.ok = hex("#45C58C");
    t.okWeak = hex("#14291F");
    t.warn = hex("#EAB04C");
    t.warnWeak = hex("#2E2613");
    t.bad = hex("#FF7B72");
    t.badWeak = hex("#341D1D");
    t.motion = hex("#8C9FBD");
    t.person = hex("#B59BFF");
    t.vehicle = hex("#41C4BA");
    t.sound = hex("#E58FC2");
    t.sensor = hex("#63C3F0");
    t.still = hex("#707D8F");
    t.hatch = hex("#3A4350");
    t.pictureLabel = QColor(8, 10, 13, 189);
    t.pictureText = hex("#FFFFFF");
    return t;
}

Theme makeLight()
{
    Theme t;
    t.isDark = false;
    t.bg = hex("#E9EDF2");
    t.surface = hex("#FFFFFF");
    t.raised = hex("#F4F6F9");
    t.hover = hex("#E6EBF1");
    t.line = hex("#DBE1E8");
    t.edge = hex("#7A8595");
    t.ink = hex("#151A21");
    t.ink2 = hex("#465160");
    t.ink3 = hex("#5F6B7A");
    t.accent = hex("#1B63D8");
    t.onAccent = hex("#FFFFFF");
    t.accentWeak = hex("#E1ECFC");
    t.ok = hex("#087446");
    t.okWeak = hex("#E2F4EB");
    t.warn = hex("#8A5800");
    t.warnWeak = hex("#FBF0D9");
    t.bad = hex("#C22F2B");
    t.badWeak = hex("#FCE8E6");
    t.motion = hex("#5D7190");
    t.person = hex("#7045D2");
    t.vehicle = hex("#0B817A");
    t.sound = hex("#B43A84");
    t.sensor = hex("#0A72A3");
    t.still = hex("#7F8A99");
    t.hatch = hex("#C2CAD4");
    t.pictureLabel = QColor(8, 10, 13, 189);
    t.pictureText = hex("#FFFFFF");
    return t;
}

Theme makeHighContrast(Theme t)
{
    t.isHighContrast = true;
    t.line = t.edge;
    t.ink2 = t.ink;
    t.hatch = t.ink3;
    // The weak backgrounds are removed; what they marked gets a 2 px border instead (see isHighContrast).
    t.okWeak = t.warnWeak = t.badWeak = t.accentWeak = t.surface;
    return t;
}

} // namespace

const Theme &darkTheme()
{
    static const Theme theme = makeDark();
    return theme;
}

const Theme &lightTheme()
{
    static const Theme theme = makeLight();
    return theme;
}

const Theme &highContrast(const Theme &theme)
{
    static const Theme dark = makeHighContrast(makeDark());
    static const Theme light = makeHighContrast(makeLight());
    return theme.isDark ? dark : light;
}

const Theme &themeOf(const QPalette &palette)
{
    // Not from Window: a style sheet's `background` changes that role for the widgets it styles.
    const Theme &plain =
        palette.color(QPalette::Active, QPalette::Shadow).lightness() < 128 ? darkTheme() : lightTheme();
    const bool strong = palette.color(QPalette::Active, QPalette::Mid) == plain.edge;
    return strong ? highContrast(plain) : plain;
}

const Theme &themeOf(const QWidget &widget)
{
    return themeOf(widget.palette());
}

QColor mixed(const QColor &top, const QColor &ground, qreal share)
{
    const auto part = [share](int a, int b) { return qRound(a * share + b * (1 - share)); };
    return QColor(part(top.red(), ground.red()), part(top.green(), ground.green()),
                  part(top.blue(), ground.blue()));
}

} // namespace gatehouse::widgets
