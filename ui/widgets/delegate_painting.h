// Painting shared by camera rows and event cards: posters, dots, labels on pictures, elided lines. Logical
// pixels, colours of the given theme. GUI thread.
#pragma once

#include "widgets/theme.h"

#include <QPainter>
#include <QPixmap>

namespace gatehouse::widgets
{

// Fills `rect`, cropping the sides if the aspect differs; without a picture, a neutral background and an
// icon.
void paintPoster(QPainter &painter, const QRectF &rect, const QPixmap &poster, const widgets::Theme &theme);
void paintDot(QPainter &painter, QPointF centre, qreal diameter, const QColor &colour);
// A label in the picture's bottom right corner.
void paintPictureLabel(QPainter &painter, const QRectF &picture, const QString &text,
                       const widgets::Theme &theme);
void paintElided(QPainter &painter, const QRectF &rect, const QString &text, Qt::TextElideMode mode);
// `first` is the first of two lines, which takes as many words as leave the rest a line of its own: the end
// of the text, such as "since 13:12", is always shown.
void paintTwoLines(QPainter &painter, const QRectF &first, const QString &text);

} // namespace gatehouse::widgets
