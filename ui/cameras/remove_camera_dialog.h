// Confirms the removal of a camera. Its recordings stay unless the user chooses otherwise, types the number
// of files to delete, and gives a reason. GUI thread.
#pragma once

#include "catalog/types/camera.h"
#include "widgets/confirm_dialog.h"

class QCheckBox;
class QLineEdit;

namespace gatehouse::cameras
{

class RemoveCameraDialog : public widgets::ConfirmDialog
{
    Q_OBJECT

public:
    RemoveCameraDialog(const catalog::Camera &camera, QWidget *parent);

Q_SIGNALS:
    void confirmed(bool evidence, const QString &reason);

private:
    void refresh();

    catalog::Camera m_camera;
    QCheckBox *m_evidence;
    QWidget *m_typed;
    QLineEdit *m_count;
    QLineEdit *m_reason;
    QPushButton *m_remove;
};

} // namespace gatehouse::cameras
