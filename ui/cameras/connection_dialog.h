// What to enter into an existing camera, with copy buttons: everything but the password, which nobody can
// show again. Says which cameras share the login. GUI thread.
#pragma once

#include "control/commands.h"
#include "protocol/camera.h"
#include "widgets/confirm_dialog.h"

class QLabel;
class QPushButton;

namespace gatehouse::catalog
{
struct Camera;
}

namespace gatehouse::widgets
{
class LoginCard;
}

namespace gatehouse::cameras
{

class CardScrollArea;

class ConnectionDialog : public widgets::ConfirmDialog
{
    Q_OBJECT

public:
    // owner: the name of the camera whose login this one uses; empty: it is its own.
    ConnectionDialog(control::Commands &commands, const catalog::Camera &camera, const QString &owner,
                     QWidget *parent);

    [[nodiscard]] widgets::LoginCard *card() const { return m_card; }
    [[nodiscard]] QPushButton *passwordButton() const { return m_newPassword; }
    [[nodiscard]] QString notes() const;

Q_SIGNALS:
    void passwordRequested();

private:
    void showLogin(const Result<protocol::CameraLogin> &login);

    QString m_owner;
    QLabel *m_notes;
    widgets::LoginCard *m_card;
    CardScrollArea *m_scroll;
    QPushButton *m_newPassword;
};

} // namespace gatehouse::cameras
