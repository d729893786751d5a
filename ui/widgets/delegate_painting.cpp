#include "widgets/delegate_painting.h"

#include <QPainterPath>

namespace gatehouse::widgets
{

namespace
{
constexpr qreal kPosterRadius = 4;
} // namespace

void paintPoster(QPainter &painter, const QRectF &rect, const QPixmap &poster, const widgets::Theme &theme)
{
    QPainterPath shape;
    shape.addRoundedRect(rect, kPosterRadius, kPosterRadius);
    if (poster.isNull()) {
        painter.fillPath(shape, theme.raised);
        QRect icon(0, 0, widgets::metrics::kIconText, widgets::metrics::kIconText);
        icon.moveCenter(rect.center().toPoint());
        widgets::drawIcon(painter, icon, QStringLiteral("image"), theme.ink3);
        return;
    }
    const QSizeF part = rect.size().scaled(poster.size(), Qt::KeepAspectRatio);
    QRectF source(QPointF(0, 0), part);
    source.moveCenter(QRectF(poster.rect()).center());
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setClipPath(shape, Qt::IntersectClip);
    painter.drawPixmap(rect, poster, source);
    painter.restore();
}

void paintDot(QPainter &painter, QPointF centre, qreal diameter, const QColor &colour)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(centre, diameter / 2, diameter / 2);
}

void paintPictureLabel(QPainter &painter, const QRectF &picture, const QString &text,
                       const widgets::Theme &theme)
{
    painter.setFont(widgets::font(widgets::TextStyle::Caption, QFont::Medium));
    const qreal width = painter.fontMetrics().horizontalAdvance(text) + 8;
    const QRectF rect(picture.right() - width - 4, picture.bottom() - 20, width, 16);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.pictureLabel);
    painter.drawRoundedRect(rect, 3, 3);
    painter.setPen(theme.pictureText);
    painter.drawText(rect, Qt::AlignCenter, text);
}

void paintElided(QPainter &painter, const QRectF &rect, const QString &text, Qt::TextElideMode mode)
{
    const QString shown = painter.fontMetrics().elidedText(text, mode, int(rect.width()));
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
}

void paintTwoLines(QPainter &painter, const QRectF &first, const QString &text)
{
    const QFontMetrics metrics = painter.fontMetrics();
    const auto fits = [&](const QString &line) {
        return metrics.horizontalAdvance(line) < int(first.width());
    };
    qsizetype end = text.size(); // of the first line
    for (qsizetype at = text.lastIndexOf(QLatin1Char(' ')); at > 0;
         at = text.lastIndexOf(QLatin1Char(' '), at - 1)) {
        if (!fits(text.mid(at + 1)))
            break;
        end = at;
        if (fits(text.left(at)))
            break;
    }
    paintElided(painter, first, text.left(end), Qt::ElideRight);
    paintElided(painter, first.translated(0, first.height()), text.mid(end).trimmed(), Qt::ElideRight);
}

} // namespace gatehouse::widgets
