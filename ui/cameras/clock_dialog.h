// Shows how far a camera's clock is off, learned or set manually, and allows correcting or relearning it. GUI
// thread.
#pragma once

#include "widgets/confirm_dialog.h"

class QComboBox;
class QSpinBox;

namespace gatehouse::catalog
{
struct Camera;
}

namespace gatehouse::cameras
{

class ClockDialog : public widgets::ConfirmDialog
{
    Q_OBJECT

public:
    ClockDialog(const catalog::Camera &camera, QWidget *parent);

Q_SIGNALS:
    void offsetChosen(qint64 offset); // ms that the camera's clock is ahead
    void learningChosen();

private:
    [[nodiscard]] qint64 offset() const;

    QSpinBox *m_hours;
    QSpinBox *m_minutes;
    QSpinBox *m_seconds;
    QComboBox *m_direction;
};

// "Its clock is 1 h 2 min ahead, learned from its uploads"
QString clockSentence(const catalog::Camera &camera);

} // namespace gatehouse::cameras
