#include "events/event_card_delegate.h"

#include "catalog/types/event.h"
#include "models/event_model.h"
#include "models/event_words.h"
#include "models/poster_cache.h"
#include "widgets/badge.h"
#include "widgets/card.h"
#include "widgets/delegate_painting.h"
#include "widgets/format.h"

#include <QAbstractScrollArea>
#include <QScrollBar>

namespace gatehouse::events
{

namespace
{

constexpr int kCardGap = 4;
constexpr int kCardSide = 10;
constexpr int kCardPadding = 7;
constexpr int kCardPosterWidth = 112;
constexpr int kCardPosterHeight = 62;

// The same margin with and without a scroll bar.
QRect cardRect(const QStyleOptionViewItem &option)
{
    const auto *view = qobject_cast<const QAbstractScrollArea *>(option.widget);
    const QScrollBar *bar = view ? view->verticalScrollBar() : nullptr;
    const int taken = bar && bar->isVisible() ? std::min(bar->width(), kCardSide - 2) : 0;
    QRect card = option.rect.adjusted(kCardSide, 0, taken - kCardSide, -kCardGap);
    card.setWidth(std::min(card.width(), widgets::kMaxCardWidth));
    return card;
}

const catalog::Event &eventOf(const QModelIndex &index)
{
    return static_cast<const models::EventModel *>(index.model())->event(index.row());
}

// What paintMarks() takes of the first line.
int roomOfMarks(const catalog::Event &event)
{
    return event.isProtected ? 42 : event.reviewed ? 0 : 18;
}

} // namespace

EventCardDelegate::EventCardDelegate(models::PosterCache &posters, QObject *parent)
    : QStyledItemDelegate(parent), m_posters(posters)
{
}

void EventCardDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    const widgets::Theme &theme = widgets::themeOf(*option.widget);
    const auto *model = static_cast<const models::EventModel *>(index.model());
    const catalog::Event &event = eventOf(index);
    const QRect card = cardRect(option);
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(selected ? QPen(theme.accent, 1) : QPen(Qt::NoPen));
    painter->setBrush(selected                                   ? QBrush(theme.accentWeak)
                      : (option.state & QStyle::State_MouseOver) ? QBrush(theme.hover)
                                                                 : QBrush(Qt::NoBrush));
    painter->drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), widgets::metrics::kRadiusPanel,
                             widgets::metrics::kRadiusPanel);

    const QRectF poster(card.left() + kCardPadding, card.top() + (card.height() - kCardPosterHeight) / 2.0,
                        kCardPosterWidth, kCardPosterHeight);
    widgets::paintPoster(*painter, poster, m_posters.picture(event.poster), theme);
    if (event.clips > 0 && event.range.length() > 0)
        widgets::paintPictureLabel(*painter, poster, widgets::spanText(event.range.length()), theme);

    const qreal left = poster.right() + 10;
    paintWords(*painter, QRectF(left, card.top(), card.right() - 4 - left, card.height()), event,
               model->cameraNameOf(event), theme);
    paintMarks(*painter, card, event, theme);
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange)) {
        painter->setPen(QPen(theme.accent, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(card).adjusted(1, 1, -1, -1), widgets::metrics::kRadiusPanel,
                                 widgets::metrics::kRadiusPanel);
    }
    painter->restore();
}

void EventCardDelegate::paintWords(QPainter &painter, const QRectF &rect, const catalog::Event &event,
                                   const QString &camera, const widgets::Theme &theme) const
{
    const qreal middle = rect.center().y();
    QRectF line(rect.left(), middle - 32, rect.width() - roomOfMarks(event), 18);
    painter.setFont(widgets::font(widgets::TextStyle::H3));
    painter.setPen(theme.ink);
    const QString day = widgets::dayMarkText(event.range.start);
    const QString clock = widgets::clockText(event.range.start);
    QString counts = widgets::countsText(event.clips, event.stills);
    bool isClockBelow = false;
    if (!day.isEmpty()) {
        const int clockWidth = painter.fontMetrics().horizontalAdvance(clock);
        painter.setFont(widgets::font(widgets::TextStyle::Label));
        painter.setPen(theme.ink2);
        widgets::paintElided(painter, line, day, Qt::ElideRight);
        line.setLeft(line.left() + painter.fontMetrics().horizontalAdvance(day) + 6);
        isClockBelow = line.width() < clockWidth; // an older day, with its year
        painter.setFont(widgets::font(widgets::TextStyle::H3));
        painter.setPen(theme.ink);
    }
    if (isClockBelow)
        counts = tr("%1, %2").arg(clock, counts);
    else
        widgets::paintElided(painter, line, clock, Qt::ElideRight);

    line = QRectF(rect.left(), middle - 9, rect.width(), 18);
    const QRect mark(int(line.left()), int(line.center().y()) - widgets::metrics::kIconText / 2,
                     widgets::metrics::kIconText, widgets::metrics::kIconText);
    widgets::drawIcon(painter, mark, kindIcon(event), kindColour(event, theme));
    line.setLeft(line.left() + widgets::metrics::kIconText + 6);
    painter.setFont(widgets::font(widgets::TextStyle::Label, QFont::Normal));
    const auto [name, kind] = fittedName(camera, QStringLiteral(", ") + models::kindText(event),
                                         painter.fontMetrics(), int(line.width()));
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, name);
    line.setLeft(line.left() + painter.fontMetrics().horizontalAdvance(name));
    painter.setPen(theme.ink2);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, kind);

    line = QRectF(rect.left(), middle + 14, rect.width(), 18);
    if (isUnsound(event.worst)) {
        const QString text = event.worst == ItemState::TooLong   ? tr("Slow to decode")
                             : event.worst == ItemState::Damaged ? tr("Damaged")
                                                                 : tr("Incomplete");
        const QRect badge =
            widgets::drawBadge(painter, line.topLeft().toPoint(), text, {}, widgets::Tone::Warn, theme);
        line.setLeft(badge.right() + 7);
    }
    painter.setFont(widgets::font(widgets::TextStyle::Caption));
    painter.setPen(theme.ink3);
    widgets::paintElided(painter, line, counts, Qt::ElideRight);
}

void EventCardDelegate::paintMarks(QPainter &painter, const QRectF &card, const catalog::Event &event,
                                   const widgets::Theme &theme) const
{
    qreal right = card.right() - 7;
    const qreal y = card.center().y() - 23;
    if (!event.reviewed)
        widgets::paintDot(painter, QPointF(right - 4, y), 8, theme.accent);
    right -= 16;
    if (event.isProtected) {
        const QRect mark(int(right) - widgets::metrics::kIconText, int(y) - widgets::metrics::kIconText / 2,
                         widgets::metrics::kIconText, widgets::metrics::kIconText);
        widgets::drawIcon(painter, mark, QStringLiteral("lock"), theme.ink2);
    }
}

QSize EventCardDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const int lines = QFontMetrics(widgets::font(widgets::TextStyle::H3)).height() +
                      QFontMetrics(widgets::font(widgets::TextStyle::Label)).height() + 18 + 12;
    const auto *view = qobject_cast<const QAbstractScrollArea *>(option.widget);
    const int width = view ? view->viewport()->width() : option.rect.width();
    // QListView would wrap a row that is filled to its last pixel.
    return {width >= kTwoColumnsFrom ? (width - 1) / 2 : width,
            std::max(widgets::metrics::kEventCardHeight, lines) + kCardGap};
}

std::pair<QString, QString> fittedName(const QString &camera, const QString &kind,
                                       const QFontMetrics &metrics, int room)
{
    if (metrics.horizontalAdvance(camera + kind) <= room)
        return {camera, kind};
    return {metrics.elidedText(camera, Qt::ElideMiddle, room), {}};
}

QColor kindColour(const catalog::Event &event, const widgets::Theme &theme)
{
    switch (event.subject) {
    case Subject::Person:
    case Subject::Face:
        return theme.person;
    case Subject::Vehicle:
        return theme.vehicle;
    case Subject::Animal:
    case Subject::None:
        break;
    }
    return event.trigger == Trigger::Sound ? theme.sound : theme.motion;
}

QString kindIcon(const catalog::Event &event)
{
    switch (event.subject) {
    case Subject::Person:
        return QStringLiteral("person-standing");
    case Subject::Face:
        return QStringLiteral("scan-face");
    case Subject::Vehicle:
        return QStringLiteral("car");
    case Subject::Animal:
        return QStringLiteral("paw-print");
    case Subject::None:
        break;
    }
    switch (event.trigger) {
    case Trigger::Sound:
        return QStringLiteral("audio-lines");
    case Trigger::Schedule:
        return QStringLiteral("calendar-clock");
    case Trigger::Manual:
        return QStringLiteral("hand");
    case Trigger::Unknown:
        return QStringLiteral("film");
    case Trigger::Motion:
        break;
    }
    return QStringLiteral("activity");
}

} // namespace gatehouse::events
