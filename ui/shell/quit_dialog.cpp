#include "shell/quit_dialog.h"

#include <QPushButton>

namespace gatehouse::shell
{

namespace
{

QString sentenceFor(bool hasTray)
{
    const QString without =
        QuitDialog::tr("Cameras can't send anything until Gatehouse is started again, and most never retry.");
    const QString instead =
        hasTray ? QuitDialog::tr("To keep receiving, close the window instead.")
                : QuitDialog::tr("This desktop has no tray. To keep receiving, minimise the window instead.");
    return without + QLatin1Char(' ') + instead;
}

} // namespace

QuitDialog::QuitDialog(bool hasTray, QWidget *parent)
    : widgets::ConfirmDialog(tr("Quit and stop receiving"), sentenceFor(hasTray), parent)
{
    closeButton()->setText(hasTray ? tr("Keep receiving") : tr("Keep the window"));
    QPushButton *quit = addButton(tr("Quit and stop receiving"), QStringLiteral("delete"));
    connect(quit, &QPushButton::clicked, this, [this] {
        Q_EMIT confirmed();
        accept();
    });
    closeButton()->setFocus();
    if (hasTray)
        return;
    QPushButton *minimise = addButton(tr("Minimise"));
    connect(minimise, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT minimiseRequested();
    });
    minimise->setFocus();
}

} // namespace gatehouse::shell
