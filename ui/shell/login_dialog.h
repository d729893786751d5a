// Makes a camera's log-in, or a new password for one, and shows it this once with copy buttons.
// GUI thread.
#pragma once

#include "control/commands.h"
#include "shell/confirm_dialog.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace gatehouse::catalog
{
struct Camera;
}

namespace gatehouse::shell
{

class EngineStatusModel;
class LoginCard;

class LoginDialog : public ConfirmDialog
{
    Q_OBJECT

public:
    // For a new camera: asks its name first.
    LoginDialog(control::Commands &commands, const EngineStatusModel &engine, QWidget *parent);
    // A new password for a camera.
    LoginDialog(control::Commands &commands, const EngineStatusModel &engine, const catalog::Camera &camera,
                QWidget *parent);

    [[nodiscard]] QLineEdit *nameField() const { return m_name; }
    [[nodiscard]] QPushButton *makeButton() const { return m_make; }
    [[nodiscard]] LoginCard *card() const { return m_card; }

private:
    void build(const EngineStatusModel &engine);
    void make(const QString &command, const QJsonObject &arguments);
    void showAnswer(const Result<QJsonObject> &answer);

    control::Commands &m_commands;
    QLineEdit *m_name = nullptr; // none for a new password
    QLabel *m_wrong = nullptr;
    LoginCard *m_card = nullptr;
    QPushButton *m_make = nullptr;
};

} // namespace gatehouse::shell
