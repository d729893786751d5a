#include "widgets/theme.h"

#include <QAbstractButton>
#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace gatehouse::widgets
{

namespace
{

// Qt puts 2 px between an icon and its text; the rest of the look's 6 px is part of the icon.
constexpr int kGapInIcon = 4;

// Renders the vector at the requested size and device pixel ratio, never a scaled bitmap. In a pixmap wider
// than high, it is aligned to `side`.
class LucideEngine final : public QIconEngine
{
public:
    explicit LucideEngine(QByteArray svg, Qt::Alignment side = Qt::AlignHCenter)
        : m_svg(std::move(svg)), m_side(side)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        QSvgRenderer renderer(m_svg);
        painter->save();
        if (mode == QIcon::Disabled)
            painter->setOpacity(painter->opacity() * kDisabledShare);
        const int side = std::min(rect.width(), rect.height());
        QRect square(0, 0, side, side);
        square.moveCenter(rect.center());
        if (m_side == Qt::AlignLeft)
            square.moveLeft(rect.left());
        else if (m_side == Qt::AlignRight)
            square.moveRight(rect.right());
        renderer.render(painter, square);
        painter->restore();
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    // `size` is already in device pixels.
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        const auto key = std::make_pair(size.width() << 16 | size.height(), int(mode));
        if (const auto found = m_made.constFind(key); found != m_made.constEnd())
            return *found;
        QPixmap out(size);
        out.fill(Qt::transparent);
        QPainter painter(&out);
        painter.setRenderHint(QPainter::Antialiasing);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        painter.end();
        m_made.insert(key, out);
        return out;
    }

    [[nodiscard]] QIconEngine *clone() const override { return new LucideEngine(m_svg, m_side); }
    QString key() const override { return QStringLiteral("lucide"); }

private:
    QByteArray m_svg;
    Qt::Alignment m_side;
    QHash<std::pair<int, int>, QPixmap> m_made;
};

// Empty: unknown name.
QByteArray lucide(const QString &name, const QColor &colour)
{
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("no icon named %s", qPrintable(name));
        return {};
    }
    QByteArray svg = file.readAll();
    svg.replace("currentColor", colour.name().toLatin1());
    svg.replace("stroke-width=\"2\"", "stroke-width=\"1.75\"");
    return svg;
}

} // namespace

QIcon icon(const QString &name, const QColor &colour)
{
    const QByteArray svg = lucide(name, colour);
    return svg.isEmpty() ? QIcon() : QIcon(new LucideEngine(svg));
}

void setButtonIcon(QAbstractButton &button, const QString &name, const QColor &colour)
{
    const bool isBehind = button.layoutDirection() == Qt::RightToLeft;
    button.setIconSize({metrics::kIconText + kGapInIcon, metrics::kIconText});
    button.setIcon(QIcon(new LucideEngine(lucide(name, colour), isBehind ? Qt::AlignRight : Qt::AlignLeft)));
}

void drawIcon(QPainter &painter, const QRect &rect, const QString &name, const QColor &colour)
{
    const qreal factor = painter.device()->devicePixelRatioF();
    const QString key = QStringLiteral("lucide/%1/%2/%3/%4")
                            .arg(name, colour.name(), QString::number(qRound(rect.width() * factor)),
                                 QString::number(factor));
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = icon(name, colour).pixmap(rect.size(), factor);
        QPixmapCache::insert(key, pixmap);
    }
    painter.drawPixmap(rect.topLeft(), pixmap);
}

} // namespace gatehouse::widgets
