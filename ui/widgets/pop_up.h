// The ground of what opens beside a control for a moment: raised, with an edge. Escape and a click
// elsewhere close it. GUI thread.
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
    // On the wanted side of the control, or on the other one where the screen ends.
    void openBeside(const QWidget &control, Side wanted);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace gatehouse::widgets
