// Times, counts and sizes drawn with figures of one width, so that a running clock does not tremble.
// Qt before 6.7 cannot ask a font for its tabular figures: each digit is centred in the widest one's
// advance instead. Logical pixels. GUI thread.
#pragma once

#include <QFontMetricsF>
#include <QRectF>
#include <QString>

class QPainter;

namespace gatehouse::widgets
{

qreal figuresWidth(const QFontMetricsF &metrics, const QString &text);

// With the painter's font and pen, on one line, aligned in `rect`; returns the width that was drawn.
qreal drawFigures(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text);

} // namespace gatehouse::widgets
