// A camera's progress towards its first picture, from the engine's notifications: reached this PC, logged in,
// first picture stored; a refusal with its reason. GUI thread.
#pragma once

#include "protocol/camera_fault.h"

#include <QWidget>

class QLabel;

namespace gatehouse::setup
{

class ConnectStep;

class ConnectSteps : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectSteps(QWidget *parent = nullptr);

    // For another camera: all steps wait.
    void restart();
    // now: UTC ms.
    void setReached(const QString &peer, qint64 now);
    void setLoggedIn(const QString &user, const QString &peer, qint64 now);
    // What keeps the camera from going on, as the engine reports it; a step that failed waits again once it
    // is over.
    void setFaults(const QVector<protocol::CameraFault> &faults);
    void setTests(const QVector<protocol::TestUpload> &tests);
    void setStored(const QString &camera, qint64 when);
    // For tests: the sentences with their details, one per line.
    [[nodiscard]] QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ConnectStep *m_reached;
    ConnectStep *m_loggedIn;
    ConnectStep *m_stored;
};

} // namespace gatehouse::setup
