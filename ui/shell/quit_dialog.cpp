#include "shell/quit_dialog.h"

#include <QPushButton>

namespace gatehouse::shell
{

namespace
{

QString titleFor(const QuitDialog::Situation &situation)
{
    return situation.isOwnEngine ? QuitDialog::tr("Quit and stop receiving")
                                 : QuitDialog::tr("Quit Gatehouse");
}

QString sentenceFor(const QuitDialog::Situation &situation)
{
    if (!situation.isOwnEngine)
        return QuitDialog::tr(
            "Receiving goes on: the engine was started without this window, and stops where it "
            "was started.");
    const QString without =
        QuitDialog::tr("Cameras can't send anything until Gatehouse is started again, and most never retry.");
    const QString instead =
        situation.hasTray
            ? QuitDialog::tr("To keep receiving, close the window instead.")
            : QuitDialog::tr(
                  "To keep receiving, close the window instead: start Gatehouse again to get it back.");
    return without + QLatin1Char(' ') + instead;
}

} // namespace

QuitDialog::QuitDialog(const Situation &situation, QWidget *parent)
    : widgets::ConfirmDialog(titleFor(situation), sentenceFor(situation), parent)
{
    if (situation.isOwnEngine)
        buildForOwn(situation.hasTray);
    else
        buildForForeign();
}

template<typename Then>
QPushButton *QuitDialog::choice(const QString &text, const QString &look, Then then)
{
    QPushButton *button = addButton(text, look);
    connect(button, &QPushButton::clicked, this, [this, then] {
        accept();
        then();
    });
    return button;
}

void QuitDialog::buildForOwn(bool hasTray)
{
    closeButton()->setText(hasTray ? tr("Keep receiving") : tr("Keep the window"));
    choice(tr("Quit and stop receiving"), QStringLiteral("delete"), [this] { Q_EMIT confirmed(true); });
    closeButton()->setFocus();
    if (!hasTray)
        choice(tr("Close the window"), {}, [this] { Q_EMIT closeRequested(); })->setFocus();
}

void QuitDialog::buildForForeign()
{
    closeButton()->setText(tr("Keep the window"));
    choice(tr("Stop receiving, too"), QStringLiteral("delete"), [this] { Q_EMIT confirmed(true); });
    choice(tr("Quit the window"), {}, [this] { Q_EMIT confirmed(false); })->setFocus();
}

} // namespace gatehouse::shell
