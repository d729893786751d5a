// Asks, before there is a window, what to do about one of another version that is still open. GUI thread.
#pragma once

#include "widgets/confirm_dialog.h"

namespace gatehouse::shell
{

class RestartDialog : public widgets::ConfirmDialog
{
    Q_OBJECT

public:
    // open: the version of the window that is there; empty: it does not say, and cannot be replaced.
    // own: of this program.
    RestartDialog(const QString &open, const QString &own);
};

} // namespace gatehouse::shell
