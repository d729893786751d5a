#include "widgets/theme.h"

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

// Draws the vector at the size and device factor that is asked for, never a scaled bitmap.
class LucideEngine final : public QIconEngine
{
public:
    explicit LucideEngine(QByteArray svg) : m_svg(std::move(svg)) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        QSvgRenderer renderer(m_svg);
        painter->save();
        if (mode == QIcon::Disabled)
            painter->setOpacity(painter->opacity() * DisabledShare);
        const int side = std::min(rect.width(), rect.height());
        QRect square(0, 0, side, side);
        square.moveCenter(rect.center());
        renderer.render(painter, square);
        painter->restore();
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    // `size` is in device pixels already.
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

    [[nodiscard]] QIconEngine *clone() const override { return new LucideEngine(m_svg); }
    QString key() const override { return QStringLiteral("lucide"); }

private:
    QByteArray m_svg;
    QHash<std::pair<int, int>, QPixmap> m_made;
};

} // namespace

QIcon icon(const QString &name, const QColor &colour)
{
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("no icon named %s", qPrintable(name));
        return {};
    }
    QByteArray svg = file.readAll();
    svg.replace("currentColor", colour.name().toLatin1());
    svg.replace("stroke-width=\"2\"", "stroke-width=\"1.75\"");
    return QIcon(new LucideEngine(svg));
}

void drawIcon(QPainter &painter, const QRect &rect, const QString &name, const QColor &colour)
{
    const qreal factor = painter.device()->devicePixelRatioF();
    const QString key = QStringLiteral("lucide/%1/%2/%3/%4")
                            .arg(name, colour.name())
                            .arg(qRound(rect.width() * factor))
                            .arg(factor);
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = icon(name, colour).pixmap(rect.size(), factor);
        QPixmapCache::insert(key, pixmap);
    }
    painter.drawPixmap(rect.topLeft(), pixmap);
}

} // namespace gatehouse::widgets
