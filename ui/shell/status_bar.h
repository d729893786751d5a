// The line at the bottom: whether it is receiving, free space, what needs attention, which cameras report.
// Shows only the current state. GUI thread.
#pragma once

#include "base/ids.h"

#include <QWidget>

namespace gatehouse::models
{
class CameraModel;
class EngineStatusModel;
} // namespace gatehouse::models

namespace gatehouse::widgets
{
class ElidedLabel;
}

namespace gatehouse::shell
{

class StatusItem;

class StatusBar : public QWidget
{
    Q_OBJECT

public:
    StatusBar(const models::EngineStatusModel &engine, const models::CameraModel &cameras,
              QWidget *parent = nullptr);

    [[nodiscard]] QString receiving() const;
    [[nodiscard]] QString reporting() const;
    [[nodiscard]] QString needs() const; // what needs attention; empty: nothing

Q_SIGNALS:
    void resumeRequested();
    void cameraRequested(gatehouse::CameraId camera); // the camera that needs attention

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    [[nodiscard]] QString reportingSentence() const;

    const models::EngineStatusModel &m_engine;
    const models::CameraModel &m_cameras;
    StatusItem *m_receiving;
    StatusItem *m_disk;
    StatusItem *m_needs;
    widgets::ElidedLabel *m_reporting;
};

} // namespace gatehouse::shell
