#include "cameras/login_dialog.h"

#include "base/limits.h"
#include "base/when_done.h"
#include "cameras/card_scroll_area.h"
#include "catalog/types/camera.h"
#include "models/engine_status_model.h"
#include "protocol/camera_login_text.h"
#include "widgets/elided_label.h"
#include "widgets/login_card.h"
#include "widgets/short_password_box.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace gatehouse::cameras
{

namespace
{

QString whatANewPasswordDoes(const QStringList &others)
{
    QStringList out{
        LoginDialog::tr("The camera can't send anything until you type the new password into it. The "
                        "old one stops working immediately.")};
    if (!others.isEmpty())
        out.append(sharedLoginText(others));
    return out.join(QLatin1Char(' '));
}

} // namespace

QString sharedLoginText(const QStringList &others)
{
    if (others.isEmpty())
        return {};
    return LoginDialog::tr("Also type it into: %1 (same login)").arg(others.join(QStringLiteral(", ")));
}

template<protocol::Command C>
void LoginDialog::make(const C &command)
{
    m_make->setEnabled(false);
    whenDone(m_commands.send(command), this,
             [this](const Result<protocol::CameraLogin> &login) { showLogin(login); });
}

LoginDialog::LoginDialog(control::Commands &commands, const models::EngineStatusModel &engine,
                         QWidget *parent)
    : widgets::ConfirmDialog(
          tr("Add a camera"),
          tr("The login is for this camera only: it lets the camera add pictures here and nothing else."),
          parent),
      m_commands(commands), m_name(new QLineEdit(this))
{
    m_name->setPlaceholderText(tr("Where it points, for example Front door"));
    m_name->setAccessibleName(tr("Camera name"));
    m_name->setMaxLength(int(limits::kMaxCameraName));
    addContent(m_name);
    m_make = addButton(tr("Create login"), QStringLiteral("primary"));
    m_make->setEnabled(false);
    m_make->setDefault(true);
    closeButton()->setText(tr("Close"));
    m_name->setFocus();
    connect(m_name, &QLineEdit::textChanged, this,
            [this](const QString &name) { m_make->setEnabled(!name.simplified().isEmpty()); });
    connect(m_make, &QPushButton::clicked, this, [this] {
        make(protocol::AddCamera{m_name->text().simplified(), {}, {}, m_short->isChecked()});
    });
    build(engine);
}

LoginDialog::LoginDialog(control::Commands &commands, const models::EngineStatusModel &engine,
                         const catalog::Camera &camera, const QStringList &others, QWidget *parent)
    : widgets::ConfirmDialog(tr("New password for %1").arg(widgets::elidedName(camera.name)),
                             whatANewPasswordDoes(others), parent),
      m_commands(commands)
{
    setWholeHeading(tr("New password for %1").arg(camera.name));
    m_make = addButton(tr("Create a new password"), QStringLiteral("primary"));
    connect(m_make, &QPushButton::clicked, this, [this, id = camera.id] {
        make(protocol::SetCameraPassword{id, {}, m_short->isChecked()});
    });
    build(engine);
}

void LoginDialog::build(const models::EngineStatusModel &engine)
{
    m_short = new widgets::ShortPasswordBox(this);
    addContent(m_short);
    m_wrong = new QLabel(this);
    m_wrong->setWordWrap(true);
    m_wrong->setProperty("ink", QStringLiteral("warn"));
    m_wrong->hide();
    addContent(m_wrong);
    m_card = new widgets::LoginCard(this);
    m_card->setReceiver(engine.status().addresses, engine.status().port);
    m_scroll = new CardScrollArea(m_card, this);
    m_scroll->hide();
    addContent(m_scroll);
}

void LoginDialog::showLogin(const Result<protocol::CameraLogin> &login)
{
    m_wrong->setVisible(!login);
    if (!login) {
        m_make->setEnabled(true);
        m_wrong->setText(login.error().text);
        return;
    }
    setHeading(m_name ? tr("Type this into %1").arg(widgets::elidedName(m_name->text().simplified()))
                      : tr("Type this into the camera"));
    setSentence(login->others.isEmpty()
                    ? tr("The password is shown only once. You can create a new one at any time.")
                    : tr("The password is shown only once.") + QLatin1Char(' ') +
                          sharedLoginText(login->others));
    m_card->setLogin(login->user, login->password);
    m_card->setConnection(protocol::encryptionText(*login), protocol::dataPortsText(*login));
    m_scroll->show();
    if (m_name)
        m_name->hide();
    m_short->hide();
    m_make->hide();
    closeButton()->setText(tr("Close"));
    closeButton()->setFocus();
}

} // namespace gatehouse::cameras
