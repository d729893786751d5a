// The frame of a temporary pop-up next to a control: raised, with an edge and round corners. Escape and a
// click elsewhere close it. GUI thread.
#pragma once

#include <QPixmap>
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

private:
    void copyGround(QWidget &window, QPoint at);

    // What is below it. X11 without a compositor paints black where a window is transparent.
    QPixmap m_ground;
};

} // namespace gatehouse::widgets
