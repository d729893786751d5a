// Replaces the content while no camera has sent anything: a name creates the login, the card shows what to
// type into the camera, the steps show the camera's progress. Once it shows a password, only that camera's
// first picture or a person ends the page, and the password stays until a person dismisses it. GUI thread.
#pragma once

#include "base/clock.h"
#include "control/client.h"
#include "protocol/camera.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;

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

    // Shows the page and its password again.
    void reopen();
    // Ends the page and forgets its password.
    void dismiss();

    [[nodiscard]] widgets::LoginCard *card() const { return m_card; }
    [[nodiscard]] ConnectSteps *steps() const { return m_steps; }

Q_SIGNALS:
    // Whether the page stays although cameras have sent something.
    void keptChanged(bool on);
    // The camera of the card's password has sent its first picture.
    void connected(const QString &camera);
    // The card's password is gone: by dismiss(), or because another camera's replaces it.
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeForm();
    QWidget *makeOthersRow(QWidget *form);
    void makeLogin();
    void makePassword();
    template<protocol::Command C>
    void run(const C &command); // one that makes a login
    void showLogin(const Result<protocol::CameraLogin> &login);
    void refresh();
    void refreshOwn();
    void showOthers();
    void setKept(bool on);
    // Of a camera whose progress is not shown here.
    [[nodiscard]] bool isOthers(const QString &user) const;

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
    QScrollArea *m_side; // the steps, next to the form
    QLabel *m_title = nullptr;
    QWidget *m_othersRow = nullptr;
    QLabel *m_others = nullptr;
    protocol::CameraLogin m_own; // with the card's password; none: no login was created here
    bool m_isOwnListed = false;
    bool m_isConnected = false; // it has sent a picture
    bool m_isKept = false;
};

} // namespace gatehouse::setup
