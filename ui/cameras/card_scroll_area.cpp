#include "cameras/card_scroll_area.h"

#include <QEvent>
#include <QScreen>
#include <algorithm>

namespace gatehouse::cameras
{

namespace
{
constexpr int kAroundTheCard = 260; // of a dialog: frame, heading, sentences, buttons
constexpr int kLowestCard = 120;
} // namespace

CardScrollArea::CardScrollArea(QWidget *card, QWidget *parent) : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    setWidget(card);
    card->setAutoFillBackground(false);
    fit();
}

bool CardScrollArea::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == widget() && (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize))
        fit();
    return QScrollArea::eventFilter(watched, event);
}

void CardScrollArea::fit()
{
    const QWidget &card = *widget();
    const int high = card.hasHeightForWidth() && card.width() > 0
                         ? std::max(card.heightForWidth(card.width()), card.minimumSizeHint().height())
                         : card.sizeHint().height();
    const int room = std::max(kLowestCard, screen()->availableGeometry().height() - kAroundTheCard);
    setMinimumHeight(std::min(high, room));
    setMinimumWidth(card.minimumSizeHint().width());
}

} // namespace gatehouse::cameras
