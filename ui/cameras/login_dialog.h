// Creates a camera's login, or a new password for one, and shows it only once, with copy buttons. GUI thread.
#pragma once

#include "control/commands.h"
#include "protocol/camera.h"
#include "widgets/confirm_dialog.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace gatehouse::catalog
{
struct Camera;
}

namespace gatehouse::models
{
class EngineStatusModel;
}

namespace gatehouse::widgets
{
class LoginCard;
class ShortPasswordBox;
} // namespace gatehouse::widgets

namespace gatehouse::cameras
{

class CardScrollArea;

// "Also type it into: Garden, Yard (same login)"; empty: no other camera uses the login.
QString sharedLoginText(const QStringList &others);

class LoginDialog : public widgets::ConfirmDialog
{
    Q_OBJECT

public:
    // For a new camera: asks for its name first.
    LoginDialog(control::Commands &commands, const models::EngineStatusModel &engine, QWidget *parent);
    // For a new password of an existing camera. others: names of those that use the same login.
    LoginDialog(control::Commands &commands, const models::EngineStatusModel &engine,
                const catalog::Camera &camera, const QStringList &others, QWidget *parent);

    [[nodiscard]] QLineEdit *nameField() const { return m_name; }
    [[nodiscard]] QPushButton *makeButton() const { return m_make; }
    [[nodiscard]] widgets::ShortPasswordBox *shortBox() const { return m_short; }
    [[nodiscard]] widgets::LoginCard *card() const { return m_card; }

private:
    void build(const models::EngineStatusModel &engine);
    template<protocol::Command C>
    void make(const C &command);
    void showLogin(const Result<protocol::CameraLogin> &login);

    control::Commands &m_commands;
    QLineEdit *m_name = nullptr; // null for a new password
    QLabel *m_wrong = nullptr;
    widgets::LoginCard *m_card = nullptr;
    CardScrollArea *m_scroll = nullptr;
    widgets::ShortPasswordBox *m_short = nullptr;
    QPushButton *m_make = nullptr;
};

} // namespace gatehouse::cameras
