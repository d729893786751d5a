#include "widgets/figures.h"

#include <QPainter>

namespace gatehouse::widgets
{

namespace
{

bool isFigure(QChar c)
{
    return c >= QLatin1Char('0') && c <= QLatin1Char('9');
}

qreal figureAdvance(const QFontMetricsF &metrics)
{
    qreal widest = 0;
    for (char c = '0'; c <= '9'; ++c)
        widest = std::max(widest, metrics.horizontalAdvance(QLatin1Char(c)));
    return widest;
}

// Calls part(text, is a digit, advance) for each digit and each run between digits.
template<typename Part>
void forEachPart(const QFontMetricsF &metrics, const QString &text, Part part)
{
    const qreal advance = figureAdvance(metrics);
    qsizetype at = 0;
    while (at < text.size()) {
        if (isFigure(text[at])) {
            part(text.mid(at, 1), true, advance);
            ++at;
            continue;
        }
        const qsizetype start = at;
        while (at < text.size() && !isFigure(text[at]))
            ++at;
        const QString run = text.mid(start, at - start);
        part(run, false, metrics.horizontalAdvance(run));
    }
}

} // namespace

qreal figuresWidth(const QFontMetricsF &metrics, const QString &text)
{
    qreal width = 0;
    forEachPart(metrics, text, [&width](const QString &, bool, qreal advance) { width += advance; });
    return width;
}

qreal drawFigures(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text)
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    const qreal width = figuresWidth(metrics, text);
    qreal x = rect.left();
    if (alignment & Qt::AlignRight)
        x = rect.right() - width;
    else if (alignment & Qt::AlignHCenter)
        x = rect.center().x() - width / 2;
    qreal baseline = rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent();
    if (alignment & Qt::AlignTop)
        baseline = rect.top() + metrics.ascent();
    else if (alignment & Qt::AlignBottom)
        baseline = rect.bottom() - metrics.descent();
    forEachPart(metrics, text, [&](const QString &part, bool figure, qreal advance) {
        const qreal inset = figure ? (advance - metrics.horizontalAdvance(part)) / 2 : 0;
        painter.drawText(QPointF(x + inset, baseline), part);
        x += advance;
    });
    return width;
}

} // namespace gatehouse::widgets
