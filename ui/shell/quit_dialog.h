// Confirms quitting, because it also stops reception. Without a tray, closing the window asks the same and
// offers to minimise instead. GUI thread.
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
