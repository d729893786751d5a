// Confirms quitting. An engine of this window stops with it, which the dialog warns of; one that was started
// without the window goes on unless the person chooses to stop it, too. Without a tray, closing the window
// asks the same and offers to close it while receiving goes on. GUI thread.
#pragma once

#include "widgets/confirm_dialog.h"

namespace gatehouse::shell
{

class QuitDialog : public widgets::ConfirmDialog
{
    Q_OBJECT

public:
    struct Situation {
        bool hasTray = true;
        bool isOwnEngine = true;
    };
    QuitDialog(const Situation &situation, QWidget *parent);

Q_SIGNALS:
    void confirmed(bool stopsReceiving);
    void closeRequested(); // of the window only

private:
    void buildForOwn(bool hasTray);
    void buildForForeign();
    // A button that ends the dialog.
    template<typename Then>
    QPushButton *choice(const QString &text, const QString &look, Then then);
};

} // namespace gatehouse::shell
