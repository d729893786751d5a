// Paints one event as a card: poster with length, time, camera and kind, contents; an accent dot while not
// reviewed, a lock while protected. GUI thread.
#pragma once

#include "widgets/theme.h"

#include <QStyledItemDelegate>

namespace gatehouse::catalog
{
struct Event;
}

namespace gatehouse::models
{
class PosterCache;
}

namespace gatehouse::events
{

class EventCardDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int kTwoColumnsFrom = 560; // px of the list

    explicit EventCardDelegate(models::PosterCache &posters, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintWords(QPainter &painter, const QRectF &rect, const catalog::Event &event, const QString &camera,
                    const widgets::Theme &theme) const;
    void paintMarks(QPainter &painter, const QRectF &card, const catalog::Event &event,
                    const widgets::Theme &theme) const;

    models::PosterCache &m_posters;
};

// The part of "Front door, motion" that fits into `room` px: without room for both, the camera is dropped
// before the kind, which also has an icon.
std::pair<QString, QString> fittedName(const QString &camera, const QString &kind,
                                       const QFontMetrics &metrics, int room);
// The colour and the Lucide icon of an event's kind.
QColor kindColour(const catalog::Event &event, const widgets::Theme &theme);
QString kindIcon(const catalog::Event &event);

} // namespace gatehouse::events
