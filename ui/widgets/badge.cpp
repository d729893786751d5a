#include "widgets/badge.h"

#include "widgets/figures.h"
#include "widgets/theme.h"

#include <QPainter>

namespace gatehouse::widgets
{

namespace
{

constexpr int kBadgePadding = 6;
constexpr int kBadgeIconGap = 4;

struct ToneColours {
    QColor text;
    QColor ground;
};

ToneColours coloursOf(Tone tone, const Theme &theme)
{
    switch (tone) {
    case Tone::Ok:
        return {theme.ok, theme.okWeak};
    case Tone::Warn:
        return {theme.warn, theme.warnWeak};
    case Tone::Bad:
        return {theme.bad, theme.badWeak};
    case Tone::Accent:
        return {theme.accent, theme.accentWeak};
    case Tone::Grey:
        break;
    }
    return {theme.ink2, theme.hover};
}

QFont badgeFont()
{
    return widgets::font(TextStyle::Caption, 500);
}

int badgeHeight()
{
    return lineHeight(TextStyle::Caption) + 4;
}

} // namespace

int badgeWidth(const QString &text, bool withIcon)
{
    const qreal words = figuresWidth(QFontMetricsF(badgeFont()), text);
    const int picture = withIcon ? metrics::kIconCheck + (text.isEmpty() ? 0 : kBadgeIconGap) : 0;
    return qCeil(words) + picture + 2 * kBadgePadding;
}

QRect drawBadge(QPainter &painter, QPoint topLeft, const QString &text, const QString &iconName, Tone tone,
                const Theme &theme)
{
    const ToneColours colours = coloursOf(tone, theme);
    const QRect all(topLeft, QSize(badgeWidth(text, !iconName.isEmpty()), badgeHeight()));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(colours.ground);
    painter.setPen(theme.isHighContrast ? QPen(colours.text, 2) : QPen(Qt::NoPen));
    painter.drawRoundedRect(all, metrics::kRadiusBadge, metrics::kRadiusBadge);
    QRect inside = all.adjusted(kBadgePadding, 0, -kBadgePadding, 0);
    if (!iconName.isEmpty()) {
        QRect picture(0, 0, metrics::kIconCheck, metrics::kIconCheck);
        picture.moveCenter(QPoint(inside.left() + metrics::kIconCheck / 2, all.center().y() + 1));
        drawIcon(painter, picture, iconName, colours.text);
        inside.setLeft(picture.right() + 1 + kBadgeIconGap);
    }
    painter.setFont(badgeFont());
    painter.setPen(colours.text);
    drawFigures(painter, inside, Qt::AlignLeft | Qt::AlignVCenter, text);
    painter.restore();
    return all;
}

Badge::Badge(const QString &text, Tone tone, QWidget *parent) : QWidget(parent), m_text(text), m_tone(tone)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(text);
}

void Badge::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Badge::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void Badge::setIconName(const QString &name)
{
    m_iconName = name;
    updateGeometry();
    update();
}

QSize Badge::sizeHint() const
{
    return {badgeWidth(m_text, !m_iconName.isEmpty()), badgeHeight()};
}

void Badge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    drawBadge(painter, {0, 0}, m_text, m_iconName, m_tone, themeOf(*this));
}

} // namespace gatehouse::widgets
