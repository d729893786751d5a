#include "cameras/connection_dialog.h"

#include "base/when_done.h"
#include "cameras/card_scroll_area.h"
#include "cameras/connection_card.h"
#include "cameras/login_dialog.h"
#include "catalog/types/camera.h"
#include "widgets/elided_label.h"
#include "widgets/login_card.h"

#include <QLabel>
#include <QPushButton>
#include <QStyle>

namespace gatehouse::cameras
{

namespace
{

// Sentences about whose login it is and what a new password does.
QStringList notesOn(const protocol::CameraLogin &login, const QString &owner)
{
    QStringList out;
    if (!owner.isEmpty())
        out.append(
            ConnectionDialog::tr("This camera has no login of its own: it uses the login of %1.").arg(owner));
    if (login.isAnonymous)
        out.append(ConnectionDialog::tr("It logs in as anonymous: any password will do."));
    else if (!login.isEnabled)
        out.append(
            ConnectionDialog::tr("Its recordings were imported: no camera can use this login yet. A new "
                                 "password enables it."));
    else
        out.append(
            ConnectionDialog::tr("The password can't be shown: only its hash is stored. If you don't know it "
                                 "any more, create a new one and enter it into the camera."));
    if (const QString shared = sharedLoginText(login.others); !shared.isEmpty() && !login.isAnonymous)
        out.append(shared);
    return out;
}

} // namespace

ConnectionDialog::ConnectionDialog(control::Commands &commands, const catalog::Camera &camera,
                                   const QString &owner, QWidget *parent)
    : widgets::ConfirmDialog(tr("Connection of %1").arg(widgets::elidedName(camera.name)), {}, parent),
      m_owner(owner), m_notes(new QLabel(this)), m_card(new widgets::LoginCard(this)),
      m_scroll(new CardScrollArea(m_card, this)), m_newPassword(addButton(tr("New password…")))
{
    setWholeHeading(tr("Connection of %1").arg(camera.name));
    addContent(m_scroll);
    m_notes->setTextFormat(Qt::PlainText); // they contain names
    m_notes->setWordWrap(true);
    m_notes->setTextInteractionFlags(Qt::TextSelectableByMouse);
    addContent(m_notes);
    m_newPassword->setAutoDefault(false);
    m_newPassword->setEnabled(false);
    connect(m_newPassword, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT passwordRequested();
    });
    closeButton()->setText(tr("Close"));
    closeButton()->setFocus();
    whenDone(commands.send(protocol::GetCameraLogin{camera.id}), this,
             [this](const Result<protocol::CameraLogin> &login) { showLogin(login); });
}

QString ConnectionDialog::notes() const
{
    return m_notes->text();
}

void ConnectionDialog::showLogin(const Result<protocol::CameraLogin> &login)
{
    if (!login) {
        m_notes->setText(login.error().text);
        m_notes->setProperty("ink", QStringLiteral("warn"));
        m_notes->style()->unpolish(m_notes);
        m_notes->style()->polish(m_notes);
        fitHeight();
        return;
    }
    m_card->setReceiver(login->addresses, login->port);
    fillCard(*m_card, *login);
    m_notes->setText(notesOn(*login, m_owner).join(QLatin1Char(' ')));
    m_newPassword->setEnabled(!login->isAnonymous);
    m_scroll->fit();
    fitHeight();
}

} // namespace gatehouse::cameras
