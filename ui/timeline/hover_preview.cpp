#include "timeline/hover_preview.h"

#include "widgets/figures.h"
#include "widgets/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace gatehouse::timeline
{

namespace
{

constexpr int kPreviewWidth = 172;
constexpr int kPreviewHeight = 126;
constexpr int kPreviewMargin = 6;
constexpr QSize kPictureSize(160, 90);
constexpr int kPreviewDelayMs = 80;
constexpr int kPreviewRestMs = 400;
constexpr int kPointerGap = 14;

} // namespace

HoverPreview::HoverPreview(models::PosterCache &posters, models::FramePreview &frames, QWidget *host)
    : QWidget(host), m_posters(posters), m_frames(frames)
{
    setFixedSize(kPreviewWidth, kPreviewHeight);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
    m_delay.setSingleShot(true);
    m_delay.setInterval(kPreviewDelayMs);
    m_rest.setSingleShot(true);
    m_rest.setInterval(kPreviewRestMs);
    connect(&m_delay, &QTimer::timeout, this, [this] {
        place();
        show();
        raise();
    });
    connect(&posters, &models::PosterCache::loaded, this, [this](ItemId item) {
        if (item == m_item)
            update();
    });
    connect(&frames, &models::FramePreview::shown, this, qOverload<>(&QWidget::update));
}

void HoverPreview::point(ItemId item, qint64 moment, const QString &camera, const QString &time, QPoint at)
{
    m_item = item;
    m_camera = camera;
    m_time = time;
    m_at = at;
    m_posters.picture(item); // loading starts during the delay
    m_frames.request(item, moment, (QSizeF(kPictureSize) * devicePixelRatioF()).toSize());
    if (isVisible() || m_rest.isActive()) {
        m_rest.stop();
        place();
        show();
        raise();
        update();
    } else if (!m_delay.isActive()) {
        m_delay.start();
    }
}

void HoverPreview::pointNowhere()
{
    m_delay.stop();
    m_frames.cancel();
    if (isVisible()) {
        m_rest.start();
        hide();
    }
}

// Above the pointer, below it if there is no room, never beyond the host's sides.
void HoverPreview::place()
{
    const QWidget *host = parentWidget();
    const int x = std::clamp(m_at.x() - width() / 2, 4, std::max(4, host->width() - width() - 4));
    int y = m_at.y() - kPointerGap - height();
    if (y < 4)
        y = m_at.y() + kPointerGap + 8;
    move(x, std::min(y, host->height() - height() - 4));
}

void HoverPreview::paintEvent(QPaintEvent *)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.edge);
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), widgets::metrics::kRadiusPanel,
                            widgets::metrics::kRadiusPanel);

    const QRect frame(QPoint(kPreviewMargin, kPreviewMargin), kPictureSize);
    QPainterPath round;
    round.addRoundedRect(frame, 4, 4);
    painter.fillPath(round, theme.bg);
    const QImage exact = m_frames.frame(m_item);
    const QPixmap picture = exact.isNull() ? m_posters.picture(m_item) : QPixmap::fromImage(exact);
    if (picture.isNull()) {
        QRect symbol(0, 0, 20, 20);
        symbol.moveCenter(frame.center());
        widgets::drawIcon(painter, symbol, QStringLiteral("image"), theme.ink3);
    } else {
        QRect box(QPoint(0, 0), picture.size().scaled(frame.size(), Qt::KeepAspectRatio));
        box.moveCenter(frame.center());
        painter.save();
        painter.setClipPath(round);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawPixmap(box, picture);
        painter.restore();
    }

    const QRect words(kPreviewMargin + 2, frame.bottom() + 1, kPictureSize.width() - 4,
                      height() - frame.bottom() - kPreviewMargin + 2);
    painter.setFont(widgets::font(widgets::TextStyle::Caption));
    painter.setPen(theme.ink2);
    const double wide = widgets::drawFigures(painter, words, Qt::AlignRight | Qt::AlignVCenter, m_time);
    painter.setFont(widgets::font(widgets::TextStyle::Label));
    painter.setPen(theme.ink);
    painter.drawText(
        words, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetrics(painter.font()).elidedText(m_camera, Qt::ElideMiddle, words.width() - qCeil(wide) - 8));
}

} // namespace gatehouse::timeline
