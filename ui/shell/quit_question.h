// Asks before quitting, because quitting ends the receiving too. GUI thread.
#pragma once

#include "shell/question.h"

namespace gatehouse::shell
{

class QuitQuestion : public Question
{
    Q_OBJECT

public:
    explicit QuitQuestion(QWidget *parent);

Q_SIGNALS:
    void confirmed();
};

} // namespace gatehouse::shell
