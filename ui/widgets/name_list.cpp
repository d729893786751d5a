#include "widgets/name_list.h"

#include <QHelpEvent>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QToolTip>
#include <algorithm>

namespace gatehouse::widgets
{

namespace
{

constexpr int kNamePadding = 12; // of the style sheet and the style, on each side
constexpr int kListEdge = 5;     // the style sheet's padding and border

// A view makes its rows as wide as the widest asks for, and elides nothing.
class NameDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return {1, QStyledItemDelegate::sizeHint(option, index).height()};
    }
};

} // namespace

NameList::NameList(const QString &accessibleName, QWidget *parent) : QListWidget(parent)
{
    setAccessibleName(accessibleName);
    setItemDelegate(new NameDelegate(this));
    setTextElideMode(Qt::ElideMiddle);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
}

void NameList::fitRows(int rows)
{
    ensurePolished();
    setFixedHeight(std::min(count(), rows) * sizeHintForRow(0) + 2 * kListEdge);
}

bool NameList::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QListWidget::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QListWidgetItem *item = itemAt(help->pos());
    int room = viewport()->width() - 2 * kNamePadding;
    if (item && item->flags().testFlag(Qt::ItemIsUserCheckable))
        room -= style()->pixelMetric(QStyle::PM_IndicatorWidth);
    const bool isElided = item && fontMetrics().horizontalAdvance(item->text()) > room;
    QToolTip::showText(help->globalPos(), isElided ? item->text() : QString(), this);
    return true;
}

} // namespace gatehouse::widgets
