// Asks before quitting, because quitting ends the receiving too. Where there is no tray, closing the window
// asks the same and offers to minimise it instead. GUI thread.
#pragma once

#include "shell/question.h"

namespace gatehouse::shell
{

class QuitQuestion : public Question
{
    Q_OBJECT

public:
    QuitQuestion(bool hasTray, QWidget *parent);

Q_SIGNALS:
    void confirmed();
    void minimiseAsked();
};

} // namespace gatehouse::shell
