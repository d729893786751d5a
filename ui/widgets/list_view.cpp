#include "widgets/list_view.h"

#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QScrollBar>

namespace gatehouse::widgets
{

namespace
{
constexpr qint64 kRecentMs = 10'000;

bool isStep(const QKeyEvent &event)
{
    switch (event.key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        return true;
    default:
        return false;
    }
}

// Extends or reduces a selection of several rows, without choosing one.
bool isMarking(Qt::KeyboardModifiers modifiers)
{
    return (modifiers & (Qt::ShiftModifier | Qt::ControlModifier)) != 0;
}
} // namespace

ListView::ListView(const QString &accessibleName, QWidget *parent) : QListView(parent)
{
    setAccessibleName(accessibleName);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setMouseTracking(true);
    setUniformItemSizes(true);
    setResizeMode(Adjust);
    connect(this, &ListView::chosen, this, [this](const QModelIndex &index) {
        m_chosen = index;
        m_sinceChosen.start();
    });
    connect(this, &QListView::clicked, this, [this](const QModelIndex &index) {
        if (!isMarking(QGuiApplication::keyboardModifiers()))
            Q_EMIT chosen(index);
    });
    connect(this, &QListView::activated, this, [this](const QModelIndex &index) {
        // A click has already emitted it; this is Enter.
        if (QGuiApplication::mouseButtons() == Qt::NoButton && hasFocus())
            Q_EMIT chosen(index);
    });
}

bool ListView::isAtTop() const
{
    return verticalScrollBar()->value() <= verticalScrollBar()->minimum();
}

void ListView::holdStill()
{
    if (m_anchor.isValid() || isAtTop())
        return;
    m_anchor = indexAt(QPoint(viewport()->width() / 2, 1));
    m_anchorTop = visualRect(m_anchor).top();
}

void ListView::letGo()
{
    if (!m_anchor.isValid())
        return;
    doItemsLayout();
    const int moved = visualRect(m_anchor).top() - m_anchorTop;
    verticalScrollBar()->setValue(verticalScrollBar()->value() + moved);
    m_anchor = QPersistentModelIndex();
}

void ListView::keyPressEvent(QKeyEvent *event)
{
    if (isStep(*event) && !isMarking(event->modifiers()) && m_chosen.isValid() && !isEditing() &&
        m_sinceChosen.elapsed() < kRecentMs)
        setCurrentIndex(m_chosen);
    const QModelIndex before = currentIndex();
    QListView::keyPressEvent(event);
    if (currentIndex().isValid() && currentIndex() != before && !isEditing() &&
        !isMarking(event->modifiers()))
        Q_EMIT chosen(currentIndex());
}

void ListView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    const QPoint at = byKey ? visualRect(index).center() : event->pos();
    Q_EMIT menuRequested(index, viewport()->mapToGlobal(at));
}

void ListView::resizeEvent(QResizeEvent *event)
{
    const QModelIndex current = currentIndex();
    const bool wasSeen = QRect(QPoint(), event->oldSize()).intersects(visualRect(current));
    QListView::resizeEvent(event);
    scheduleDelayedItemsLayout(); // row widths depend on the view's width
    if (wasSeen)
        scrollTo(current);
}

} // namespace gatehouse::widgets
