// Asks before quitting, because quitting ends the receiving too. Where there is no tray, closing the window
// asks the same and offers to minimise it instead. GUI thread.
#pragma once

#include "widgets/confirm_dialog.h"

namespace gatehouse::shell
{

class QuitDialog : public widgets::ConfirmDialog
{
    Q_OBJECT

public:
    QuitDialog(bool hasTray, QWidget *parent);

Q_SIGNALS:
    void confirmed();
    void minimiseRequested();
};

} // namespace gatehouse::shell
