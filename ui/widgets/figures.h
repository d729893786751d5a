// Draws times, counts and sizes with digits of equal width, so that a running clock does not jitter. Qt
// before 6.7 cannot request a font's tabular figures: centres each digit in the advance of the widest one
// instead. Logical pixels. GUI thread.
#pragma once

#include <QFontMetricsF>
#include <QRectF>
#include <QString>

class QPainter;

namespace gatehouse::widgets
{

qreal figuresWidth(const QFontMetricsF &metrics, const QString &text);

// With the painter's font and pen, on one line, aligned in `rect`; returns the width drawn.
qreal drawFigures(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text);

} // namespace gatehouse::widgets
