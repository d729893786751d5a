// A combo box with our arrow that ignores the mouse wheel while its page scrolls. GUI thread.
#pragma once

#include <QComboBox>

namespace gatehouse::widgets
{

class ComboBox : public QComboBox
{
    Q_OBJECT

public:
    explicit ComboBox(QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
};

} // namespace gatehouse::widgets
