#include "shell/restart_dialog.h"

#include <QPushButton>

namespace gatehouse::shell
{

namespace
{

QString restartSentence(const QString &open, const QString &own)
{
    if (open.isEmpty())
        return RestartDialog::tr(
                   "The window that is open is of an older version, or does not respond. Quit it, "
                   "then start Gatehouse %1 again.")
            .arg(own);
    return RestartDialog::tr(
               "The window that is open is Gatehouse %1. Restart it as %2: receiving is "
               "interrupted for a few seconds, and cameras send again what they are uploading at "
               "that moment.")
        .arg(open, own);
}

} // namespace

RestartDialog::RestartDialog(const QString &open, const QString &own)
    : widgets::ConfirmDialog(tr("Gatehouse is already open"), restartSentence(open, own), nullptr)
{
    if (open.isEmpty()) {
        closeButton()->setText(tr("Close"));
        return;
    }
    closeButton()->setText(tr("Keep %1").arg(open));
    QPushButton *restart = addButton(tr("Restart as %1").arg(own), QStringLiteral("primary"));
    connect(restart, &QPushButton::clicked, this, &QDialog::accept);
    restart->setDefault(true);
    restart->setFocus();
}

} // namespace gatehouse::shell
