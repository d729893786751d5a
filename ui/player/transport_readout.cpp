#include "player/transport_readout.h"

#include "base/regional_time.h"
#include "widgets/figures.h"
#include "widgets/theme.h"

#include <QDateTime>
#include <QPainter>
#include <cmath>

namespace gatehouse::player
{

namespace
{

using widgets::TextStyle;

QFontMetricsF metricOf(widgets::TextStyle style)
{
    return QFontMetricsF(widgets::font(style));
}

// ".384", ".384 PM"
QString restOf(QTime time)
{
    const QString fraction = QStringLiteral(".%1").arg(time.msec(), 3, 10, QLatin1Char('0'));
    const QString half = halfOfDayText(time);
    return half.isEmpty() ? fraction : fraction + QLatin1Char(' ') + half;
}

} // namespace

TimeReadout::TimeReadout(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    setTime(0);
}

void TimeReadout::setTime(qint64 time)
{
    const QTime local = QDateTime::fromMSecsSinceEpoch(time).time();
    const QString clock = time == 0 ? QStringLiteral("--:--:--") : timeDigits(local, TimeStyle::Second);
    const QString rest = time == 0 ? QString() : restOf(local);
    if (clock == m_clock && rest == m_rest)
        return;
    m_clock = clock;
    m_rest = rest;
    setAccessibleName(text());
    update();
}

QSize TimeReadout::sizeHint() const
{
    const qreal width = widgets::figuresWidth(metricOf(widgets::TextStyle::H1), QStringLiteral("00:00:00")) +
                        widgets::figuresWidth(metricOf(widgets::TextStyle::H2), restOf(QTime(12, 0)));
    return {int(std::ceil(width)) + 4, int(std::ceil(metricOf(widgets::TextStyle::H1).height()))};
}

void TimeReadout::paintEvent(QPaintEvent *)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    QPainter painter(this);
    const QFontMetricsF large = metricOf(widgets::TextStyle::H1);
    const QFontMetricsF small = metricOf(widgets::TextStyle::H2);
    painter.setFont(widgets::font(widgets::TextStyle::H1));
    painter.setPen(m_rest.isEmpty() ? theme.ink3 : theme.ink);
    const qreal used = widgets::drawFigures(painter, rect(), Qt::AlignLeft | Qt::AlignVCenter, m_clock);
    // On one base line.
    const qreal base = (height() - large.height()) / 2 + large.ascent();
    painter.setFont(widgets::font(widgets::TextStyle::H2, QFont::Medium));
    painter.setPen(theme.ink3);
    widgets::drawFigures(painter, QRectF(used, base - small.ascent(), width() - used, small.height()),
                         Qt::AlignLeft | Qt::AlignTop, m_rest);
}

} // namespace gatehouse::player
