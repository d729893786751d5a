#include "widgets/theme.h"

#include <QFontDatabase>
#include <QFontInfo>
#include <QGuiApplication>

namespace gatehouse::widgets
{

namespace
{

constexpr int kBodySize = 13;

struct Spec {
    int size;
    int line;
    int weight;
};

Spec specOf(TextStyle style)
{
    switch (style) {
    case TextStyle::Figure:
        return {24, 30, 600};
    case TextStyle::H1:
        return {20, 26, 600};
    case TextStyle::H2:
        return {15, 20, 600};
    case TextStyle::H3:
        return {13, 18, 600};
    case TextStyle::Body:
        return {kBodySize, 18, 400};
    case TextStyle::Label:
        return {12, 16, 500};
    case TextStyle::Caption:
        return {11, 14, 400};
    case TextStyle::Mono:
        return {12, 18, 400};
    }
    return {kBodySize, 18, 400};
}

// Desktops default to 9 to 12 points; only larger, deliberate settings scale the window.
qreal systemScale()
{
    constexpr int maxUsual = 16; // px: 12 points
    constexpr qreal usual = 14.67;
    const int pixels = QFontInfo(QFontDatabase::systemFont(QFontDatabase::GeneralFont)).pixelSize();
    return pixels <= maxUsual ? 1.0 : pixels / usual;
}

} // namespace

QFont font(TextStyle style, int weight)
{
    const Spec spec = specOf(style);
    QFont out;
    if (style == TextStyle::Mono)
        out.setFamilies({QStringLiteral("DejaVu Sans Mono"), QStringLiteral("monospace")});
    else
        out.setFamilies(
            {QStringLiteral("Inter"), QStringLiteral("DejaVu Sans"), QStringLiteral("sans-serif")});
    out.setPixelSize(qRound(spec.size * systemScale()));
    out.setWeight(QFont::Weight(weight ? weight : spec.weight));
    out.setHintingPreference(QFont::PreferNoHinting);
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    out.setFeature("tnum", 1);
#endif
    return out;
}

int lineHeight(TextStyle style)
{
    return qRound(specOf(style).line * systemScale());
}

} // namespace gatehouse::widgets
