#include "widgets/search_field.h"

#include <QKeyEvent>

namespace gatehouse::widgets
{

SearchField::SearchField(const QString &purpose, QWidget *parent) : QLineEdit(parent)
{
    setPlaceholderText(purpose);
    setAccessibleName(purpose);
    setClearButtonEnabled(true);
}

bool SearchField::isClearedBy(const QKeyEvent &event) const
{
    return event.key() == Qt::Key_Escape && !text().isEmpty();
}

bool SearchField::event(QEvent *event)
{
    // Before the window's shortcut for Escape.
    if (event->type() == QEvent::ShortcutOverride && isClearedBy(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return QLineEdit::event(event);
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (isClearedBy(*event))
        clear();
    else
        QLineEdit::keyPressEvent(event);
}

} // namespace gatehouse::widgets
