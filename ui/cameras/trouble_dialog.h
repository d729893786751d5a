// What is wrong with a camera, since when, and how to fix it: sentences, what its FTP page has to contain,
// and a button that goes where something can be changed here. Follows the camera, and closes if it is
// removed. GUI thread.
#pragma once

#include "cameras/camera_list.h"
#include "control/commands.h"
#include "models/camera_model.h"
#include "protocol/camera.h"
#include "widgets/confirm_dialog.h"

class QLabel;
class QPushButton;

namespace gatehouse::models
{
class EngineStatusModel;
}

namespace gatehouse::widgets
{
class LoginCard;
}

namespace gatehouse::cameras
{

class CardScrollArea;

class TroubleDialog : public widgets::ConfirmDialog
{
    Q_OBJECT

public:
    TroubleDialog(control::Commands &commands, const models::CameraModel &cameras,
                  const models::EngineStatusModel &engine, CameraId camera, QWidget *parent);

    // For tests: its sentences, one per line.
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void actionRequested(gatehouse::cameras::CameraAction action, gatehouse::CameraId camera);
    // field: of settings/fields.h
    void settingRequested(const QString &field);

private:
    using Trouble = models::CameraModel::Trouble;

    void refresh();
    void showTrouble(const Trouble &trouble);
    void showOver();
    void showHeading(const QString &heading, const QString &whole);
    void goOn();

    const models::CameraModel &m_cameras;
    const models::EngineStatusModel &m_engine;
    CameraId m_camera;
    QLabel *m_facts;
    widgets::LoginCard *m_card;
    CardScrollArea *m_scroll;
    QPushButton *m_change;
    std::optional<protocol::CameraLogin> m_login; // none: the engine has not answered
    std::optional<Trouble> m_trouble;
    QString m_text;
};

} // namespace gatehouse::cameras
