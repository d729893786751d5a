// Asks for a short password, for cameras that accept no longer one. GUI thread.
#pragma once

#include <QCheckBox>

namespace gatehouse::widgets
{

class ShortPasswordBox : public QCheckBox
{
    Q_OBJECT

public:
    explicit ShortPasswordBox(QWidget *parent = nullptr);
};

} // namespace gatehouse::widgets
