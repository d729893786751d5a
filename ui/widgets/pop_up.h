// The frame of a temporary pop-up next to a control: raised, with an edge. Escape and a click elsewhere close
// it. GUI thread.
#pragma once

#include <QWidget>

namespace gatehouse::widgets
{

class PopUp : public QWidget
{
    Q_OBJECT

public:
    explicit PopUp(QWidget *parent);

    enum class Side { Above, Below };
    // On the wanted side of the control, or on the other one if the screen ends there.
    void openBeside(const QWidget &control, Side wanted);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace gatehouse::widgets
