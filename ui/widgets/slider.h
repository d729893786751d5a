// A thin horizontal slider; the part before the knob is accent. A click jumps there. GUI thread.
#pragma once

#include <QSlider>

namespace gatehouse::widgets
{

class Slider : public QSlider
{
    Q_OBJECT

public:
    explicit Slider(QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    void moveTo(double x);
};

} // namespace gatehouse::widgets
