// The line at the bottom: is it receiving, how much room is left, what needs a person, who reports.
// Only what is true now. GUI thread.
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
    [[nodiscard]] QString needs() const; // what a person should look at; empty: nothing

Q_SIGNALS:
    void resumeRequested();
    void cameraRequested(gatehouse::CameraId camera); // it needs a person

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
