// Selects the camera that another one is merged into. GUI thread.
#pragma once

#include "catalog/types/camera.h"
#include "widgets/confirm_dialog.h"

namespace gatehouse::widgets
{
class NameList;
}

namespace gatehouse::cameras
{

class MergeDialog : public widgets::ConfirmDialog
{
    Q_OBJECT

public:
    MergeDialog(const catalog::Camera &camera, const QVector<catalog::Camera> &all, QWidget *parent);

Q_SIGNALS:
    void chosen(gatehouse::CameraId into);

private:
    widgets::NameList *m_cameras;
};

} // namespace gatehouse::cameras
