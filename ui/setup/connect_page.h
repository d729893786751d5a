// Replaces the content while no camera has sent anything: a name creates the login, the card shows what to
// type into the camera, the steps show the camera's progress. GUI thread.
#pragma once

#include "base/clock.h"
#include "control/client.h"
#include "protocol/camera.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace gatehouse::models
{
class CameraModel;
class EngineStatusModel;
} // namespace gatehouse::models

namespace gatehouse::widgets
{
class LoginCard;
class ShortPasswordBox;
} // namespace gatehouse::widgets

namespace gatehouse::setup
{

class ConnectSteps;

class ConnectPage : public QWidget
{
    Q_OBJECT

public:
    ConnectPage(control::Client &client, const models::EngineStatusModel &engine,
                const models::CameraModel &cameras, const Clock &clock, QWidget *parent = nullptr);

    [[nodiscard]] widgets::LoginCard *card() const { return m_card; }
    [[nodiscard]] ConnectSteps *steps() const { return m_steps; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeForm();
    void makeLogin();
    void makePassword();
    template<protocol::Command C>
    void run(const C &command); // one that makes a login
    void showLogin(const Result<protocol::CameraLogin> &login);
    void refresh();

    control::Client &m_client;
    const models::EngineStatusModel &m_engine;
    const models::CameraModel &m_cameras;
    QLineEdit *m_name = nullptr;
    QPushButton *m_make = nullptr;
    QPushButton *m_newPassword = nullptr;
    widgets::ShortPasswordBox *m_short = nullptr;
    QLabel *m_wrong = nullptr;
    widgets::LoginCard *m_card = nullptr;
    ConnectSteps *m_steps;
    bool m_made = false; // the card shows a password
};

} // namespace gatehouse::setup
