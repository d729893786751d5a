#include "shell/quit_question.h"

#include <QPushButton>

namespace gatehouse::shell
{

QuitQuestion::QuitQuestion(QWidget *parent)
    : Question(
          tr("Quit and stop receiving"),
          tr("Cameras cannot send anything until Gatehouse is started again, and most do not try twice. To "
             "close only the window, close it: receiving goes on."),
          parent)
{
    closeButton()->setText(tr("Keep receiving"));
    QPushButton *quit = addButton(tr("Quit and stop receiving"), QStringLiteral("delete"));
    connect(quit, &QPushButton::clicked, this, [this] {
        Q_EMIT confirmed();
        accept();
    });
    closeButton()->setFocus();
}

} // namespace gatehouse::shell
