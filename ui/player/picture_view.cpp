#include "player/picture_view.h"

#include "widgets/figures.h"
#include "widgets/segmented_control.h"
#include "widgets/theme.h"

#include <QAction>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QSignalBlocker>

namespace gatehouse::player
{

namespace
{

using widgets::TextStyle;
using widgets::Theme;
namespace metrics = widgets::metrics;

constexpr int kLabelInset = 12;
constexpr int kLabelHeight = 24;
constexpr int kLabelPad = 8;
constexpr int kReasonIcon = 24;
constexpr int kReasonWidth = 420;
constexpr int kReasonGap = 12;
constexpr int kMinSwitchTile = 280;
constexpr int kHd = 0; // cells of the switch
constexpr int kLow = 1;

QRect fittedRect(const QRect &room, double width, double height)
{
    if (room.isEmpty() || width <= 0 || height <= 0)
        return room;
    const double factor = std::min(room.width() / width, room.height() / height);
    QRect out(0, 0, qRound(width * factor), qRound(height * factor));
    out.moveCenter(room.center());
    return out.intersected(room);
}

// Paints over the corners outside a rounded rectangle: clipping to a path would not be smooth.
void roundCorners(QPainter &painter, const QRect &rect, const QColor &ground)
{
    QPainterPath outside;
    outside.addRect(rect);
    QPainterPath inside;
    inside.addRoundedRect(rect, metrics::kRadiusControl, metrics::kRadiusControl);
    painter.fillPath(outside.subtracted(inside), ground);
}

} // namespace

PictureView::PictureView(QWidget *parent)
    : QWidget(parent), m_link(new QPushButton(this)), m_switch(new widgets::SegmentedControl(this))
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMinimumSize(160, 90);
    setAccessibleName(tr("Picture"));
    m_link->setProperty("role", QStringLiteral("link"));
    m_link->setFont(widgets::font(widgets::TextStyle::Label));
    m_link->setCursor(Qt::PointingHandCursor);
    m_link->hide();
    m_switch->setOnPicture(true);
    m_switch->addSegment(tr("HD"), {}, tr("Play what the camera recorded"));
    m_switch->addSegment(tr("Low"));
    m_switch->setAccessibleDescription(tr("Quality of the picture"));
    connect(m_switch, &widgets::SegmentedControl::currentChanged, this,
            [this](int index) { Q_EMIT lowChosen(index == kLow); });
    setQualitySwitch(false, false, std::nullopt, {});
    m_noteTimer.setSingleShot(true);
    connect(&m_noteTimer, &QTimer::timeout, this, [this] { setNote({}, {}, 0); });
    connect(m_link, &QPushButton::clicked, this, [this] {
        if (m_way)
            m_way->trigger();
    });
}

QSize PictureView::sizeHint() const
{
    return {640, 360};
}

void PictureView::show(const media::PicturePtr &picture)
{
    m_picture = picture;
    m_reason.clear();
    setAccessibleDescription({});
    m_link->hide();
    placeSwitch();
    update();
}

void PictureView::showReason(const QString &icon, const QString &sentence, QAction *way)
{
    m_picture.reset();
    m_reasonIcon = icon;
    m_reason = sentence;
    setNote({}, {}, 0);
    m_way = way;
    m_link->setText(way != nullptr ? way->text() : QString());
    m_link->setVisible(way != nullptr);
    m_link->setAccessibleDescription(sentence);
    setAccessibleDescription(sentence);
    placeLink();
    placeSwitch();
    update();
}

void PictureView::setCaption(const QString &name, const QString &time)
{
    if (m_name == name && m_time == time)
        return;
    m_name = name;
    m_time = time;
    update();
}

void PictureView::setQualitySwitch(bool isThere, bool isLow, std::optional<int> percent,
                                   const QString &whyNotLow)
{
    m_hasSwitch = isThere;
    {
        const QSignalBlocker blocker(m_switch);
        m_switch->setCurrent(isLow ? kLow : kHd);
    }
    m_switch->setText(kLow, percent ? tr("Low, %1%").arg(*percent) : tr("Low"));
    m_switch->setToolTip(kLow, percent ? tr("The low-res copy is being made; until then, HD plays")
                               : whyNotLow.isEmpty()
                                   ? tr("Play the low-res copy: less work for this PC")
                                   : tr("HD plays instead of the low-res copy: %1").arg(whyNotLow));
    placeSwitch();
    update();
}

// At the bottom right, as long as it leaves room for the names.
void PictureView::placeSwitch()
{
    const QRect place = tile();
    m_switch->resize(m_switch->sizeHint());
    m_switch->move(place.right() + 1 - kLabelInset - m_switch->width(),
                   place.bottom() + 1 - kLabelInset - m_switch->height());
    m_switch->setVisible(m_hasSwitch && m_picture && place.width() > kMinSwitchTile);
}

void PictureView::setQuality(const QString &text)
{
    m_quality = text;
    update();
}

void PictureView::setNote(const QString &icon, const QString &sentence, int milliseconds, bool isWarning)
{
    m_noteIcon = icon;
    m_note = sentence;
    m_noteWarns = isWarning;
    if (milliseconds > 0)
        m_noteTimer.start(milliseconds);
    else
        m_noteTimer.stop();
    update();
}

void PictureView::setBare(bool on)
{
    m_bare = on;
    update();
}

QRect PictureView::tile() const
{
    const double width = m_picture ? m_picture->fullWidth : 16;
    const double height = m_picture ? m_picture->fullHeight : 9;
    return fittedRect(rect(), width, height);
}

void PictureView::paintEvent(QPaintEvent *)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = m_bare ? theme.pictureLabel : theme.bg;
    ground.setAlpha(255);
    painter.fillRect(rect(), ground);
    const QRect place = tile();
    if (m_picture)
        paintPicture(painter, place);
    else
        paintReason(painter, place);
    if (!m_bare) {
        roundCorners(painter, place, ground);
        if (m_picture) {
            painter.setPen(QPen(theme.accent, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(place).adjusted(1, 1, -1, -1), metrics::kRadiusControl - 1,
                                    metrics::kRadiusControl - 1);
        }
    }
    paintLabels(painter, place);
}

void PictureView::paintPicture(QPainter &painter, const QRect &tile)
{
    const media::Picture &picture = *m_picture;
    const QImage image(picture.bytes.data(), picture.width, picture.height, picture.stride,
                       QImage::Format_RGB32);
    // The decode thread scaled it for this tile, so this is a copy unless the recording is smaller.
    painter.setRenderHint(QPainter::SmoothPixmapTransform,
                          picture.width != qRound(tile.width() * devicePixelRatioF()));
    painter.drawImage(tile, image);
}

QRect PictureView::reasonText(const QRect &tile) const
{
    const int width = std::min(kReasonWidth, tile.width() - 2 * kLabelInset);
    const QRect bounds =
        QFontMetrics(widgets::font(widgets::TextStyle::Body))
            .boundingRect(QRect(0, 0, width, tile.height()), Qt::AlignHCenter | Qt::TextWordWrap, m_reason);
    QRect text(0, 0, width, bounds.height());
    text.moveCenter(tile.center());
    return text;
}

void PictureView::paintReason(QPainter &painter, const QRect &tile)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(QRectF(tile).adjusted(0.5, 0.5, -0.5, -0.5), metrics::kRadiusControl,
                            metrics::kRadiusControl);
    if (m_reason.isEmpty())
        return;
    const QRect text = reasonText(tile);
    const bool isWarning = m_reasonIcon == QLatin1String("triangle-alert");
    QRect icon(0, 0, kReasonIcon, kReasonIcon);
    icon.moveCenter({tile.center().x(), text.top() - kReasonGap - kReasonIcon / 2});
    widgets::drawIcon(painter, icon, m_reasonIcon, isWarning ? theme.warn : theme.ink3);
    painter.setFont(widgets::font(widgets::TextStyle::Body));
    painter.setPen(theme.ink);
    painter.drawText(text, Qt::AlignHCenter | Qt::TextWordWrap, m_reason);
}

void PictureView::paintLabels(QPainter &painter, const QRect &tile)
{
    if (!m_picture)
        return;
    const widgets::Theme &theme = widgets::themeOf(*this);
    painter.setFont(widgets::font(widgets::TextStyle::Label));
    const QFontMetricsF metric(painter.font());
    const int height = m_switch->isHidden() ? std::max(kLabelHeight, int(std::ceil(metric.height())) + 8)
                                            : m_switch->height();
    const int room = tile.width() - 2 * kLabelInset;
    const auto ground = [&](int x, int y, int width) {
        const QRect place(x, y, width, height);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.pictureLabel);
        painter.drawRoundedRect(place, metrics::kRadiusBadge, metrics::kRadiusBadge);
        painter.setPen(theme.pictureText);
        return place.adjusted(kLabelPad, 0, -kLabelPad, 0);
    };
    const int bottom = tile.bottom() + 1 - kLabelInset - height;
    int rightTaken = m_switch->isHidden() ? 0 : m_switch->width() + metrics::kGrid;
    if (!m_quality.isEmpty() && room > 240) {
        const int width = int(std::ceil(metric.horizontalAdvance(m_quality))) + 2 * kLabelPad;
        rightTaken += width;
        const QRect text = ground(tile.right() + 1 - kLabelInset - rightTaken, bottom, width);
        painter.drawText(text, Qt::AlignCenter, m_quality);
    }
    const int timeWidth = int(std::ceil(widgets::figuresWidth(metric, m_time)));
    const int gap = m_time.isEmpty() ? 0 : kLabelPad;
    const int nameRoom = room - rightTaken - timeWidth - gap - 3 * kLabelPad;
    if (nameRoom > 24 && !m_name.isEmpty()) {
        const QString name = metric.elidedText(m_name, Qt::ElideMiddle, nameRoom);
        const int nameWidth = int(std::ceil(metric.horizontalAdvance(name)));
        const QRect text =
            ground(tile.left() + kLabelInset, bottom, nameWidth + gap + timeWidth + 2 * kLabelPad);
        painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft, name);
        widgets::drawFigures(painter, text, Qt::AlignVCenter | Qt::AlignRight, m_time);
    }
    if (m_note.isEmpty())
        return;
    const int iconRoom = metrics::kIconText + 6;
    const QString note = metric.elidedText(m_note, Qt::ElideRight, room - 2 * kLabelPad - iconRoom);
    const int width = int(std::ceil(metric.horizontalAdvance(note))) + 2 * kLabelPad + iconRoom;
    const QRect text = ground(tile.center().x() - width / 2, bottom - height - metrics::kGrid * 2, width);
    QRect icon(text.left(), 0, metrics::kIconText, metrics::kIconText);
    icon.moveCenter({icon.center().x(), text.center().y()});
    widgets::drawIcon(painter, icon, m_noteIcon, m_noteWarns ? widgets::darkTheme().warn : theme.pictureText);
    painter.drawText(text.adjusted(iconRoom, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, note);
}

void PictureView::placeLink()
{
    if (m_link->isHidden())
        return;
    const QRect text = reasonText(tile());
    m_link->adjustSize();
    m_link->move(text.center().x() - m_link->width() / 2, text.bottom() + kReasonGap);
}

void PictureView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    placeLink();
    placeSwitch();
    Q_EMIT tileResized(size() * devicePixelRatioF());
}

void PictureView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && tile().contains(event->position().toPoint()))
        Q_EMIT clicked();
}

void PictureView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        Q_EMIT doubleClicked();
}

void PictureView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        placeLink();
        placeSwitch();
        update();
    }
}

} // namespace gatehouse::player
