// A spin box with our arrows, which the style sheet would leave out, that ignores the mouse wheel while its
// page scrolls. GUI thread.
#pragma once

#include <QSpinBox>

namespace gatehouse::widgets
{

class SpinBox : public QSpinBox
{
    Q_OBJECT

public:
    explicit SpinBox(QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
};

} // namespace gatehouse::widgets
