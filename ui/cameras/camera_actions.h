// User actions on cameras: add, connection, what is wrong, new password, encryption, zone, clock, merge,
// unmerge, remove. Opens the dialogs, runs the commands, and reports each outcome in one sentence. GUI
// thread.
#pragma once

#include "cameras/camera_list.h"
#include "control/commands.h"

#include <QObject>

class QDialog;

namespace gatehouse::catalog
{
struct Camera;
}

namespace gatehouse::models
{
class CameraModel;
class EngineStatusModel;
} // namespace gatehouse::models

namespace gatehouse::cameras
{

class CameraActions : public QObject
{
    Q_OBJECT

public:
    CameraActions(control::Commands &commands, const models::EngineStatusModel &engine,
                  models::CameraModel &cameras, QWidget *dialogs);

    void carryOut(CameraAction action, CameraId camera);

Q_SIGNALS:
    void done(const QString &sentence);
    void failed(const QString &sentence);
    // field: of settings/fields.h
    void settingRequested(const QString &field);

private:
    void add();
    void showConnection(const catalog::Camera &camera);
    void showTrouble(const catalog::Camera &camera);
    void newPassword(const catalog::Camera &camera);
    void setEncryption(const catalog::Camera &camera);
    void setZone(const catalog::Camera &camera);
    void correctClock(const catalog::Camera &camera);
    void merge(const catalog::Camera &camera);
    void split(CameraId merged);
    void remove(const catalog::Camera &camera);
    // Names of the other cameras that use its login.
    [[nodiscard]] QStringList sharing(const catalog::Camera &camera) const;
    // Tells by the sentence that it is done.
    void report(const QFuture<Result<protocol::Nothing>> &done, const QString &sentence);
    void open(QDialog *dialog);

    control::Commands &m_commands;
    const models::EngineStatusModel &m_engine;
    models::CameraModel &m_cameras;
    QWidget *m_dialogs;
};

} // namespace gatehouse::cameras
