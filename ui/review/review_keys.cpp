#include "review/review_keys.h"

#include "timeline/timeline_panel.h"
#include "widgets/segmented_control.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QTextEdit>

namespace gatehouse::review
{

namespace
{

bool isText(const QWidget &widget)
{
    return qobject_cast<const QLineEdit *>(&widget) || qobject_cast<const QTextEdit *>(&widget) ||
           qobject_cast<const QPlainTextEdit *>(&widget) || qobject_cast<const QAbstractSpinBox *>(&widget) ||
           qobject_cast<const QComboBox *>(&widget);
}

bool isSideways(int key)
{
    return key == Qt::Key_Left || key == Qt::Key_Right;
}

bool isMove(int key)
{
    switch (key) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
    case Qt::Key_Home:
    case Qt::Key_End:
        return true;
    default:
        return isSideways(key);
    }
}

// Whether the focused control does something with the key itself.
bool needs(const QWidget &widget, int key)
{
    if (isText(widget))
        return true;
    if (qobject_cast<const QAbstractSlider *>(&widget) ||
        qobject_cast<const widgets::SegmentedControl *>(&widget))
        return isMove(key);
    if (const auto *list = qobject_cast<const QListView *>(&widget))
        return isMove(key) && (!isSideways(key) || list->isWrapping());
    return qobject_cast<const QAbstractItemView *>(&widget) && isMove(key);
}

} // namespace

ReviewKeys::ReviewKeys(QWidget &screen, timeline::TimelinePanel &timeline)
    : QObject(&screen), m_screen(screen), m_timeline(timeline)
{
    qApp->installEventFilter(this);
}

// The rail and the banners are beside the screen: their buttons count, overlays and pop-ups do not.
bool ReviewKeys::isOurs(const QWidget &focused) const
{
    if (focused.window() != m_screen.window())
        return false;
    return m_screen.isAncestorOf(&focused) || &focused == m_screen.window() ||
           qobject_cast<const QAbstractButton *>(&focused) != nullptr;
}

bool ReviewKeys::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress || !m_enabled || !m_screen.isVisible())
        return false;
    auto *widget = qobject_cast<QWidget *>(watched);
    auto *key = static_cast<QKeyEvent *>(event);
    const auto modifiers = key->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier);
    // Shift is only part of typing "+".
    const bool isShifted = (key->modifiers() & Qt::ShiftModifier) && key->key() != Qt::Key_Plus;
    if (!widget || widget == &m_timeline || modifiers != Qt::NoModifier || isShifted || !isOurs(*widget) ||
        needs(*widget, key->key()))
        return false;
    return m_timeline.useKey(key->key());
}

} // namespace gatehouse::review
