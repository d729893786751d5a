#include "cameras/trouble_dialog.h"

#include "base/when_done.h"
#include "cameras/card_scroll_area.h"
#include "cameras/connection_card.h"
#include "models/engine_status_model.h"
#include "widgets/elided_label.h"
#include "widgets/format.h"
#include "widgets/login_card.h"

#include <QLabel>
#include <QPushButton>

namespace gatehouse::cameras
{

namespace
{

// Where a person changes something in this window: by an action, or in a setting.
struct Remedy {
    QString label; // of the button
    std::optional<CameraAction> action;
    QString setting = {};
};

std::optional<Remedy> remedyFor(FaultKind kind)
{
    switch (kind) {
    case FaultKind::WrongPassword:
    case FaultKind::NoUserName:
    case FaultKind::NoPassword:
    case FaultKind::NoLogIn:
        return Remedy{TroubleDialog::tr("Create a new password…"), CameraAction::Password};
    case FaultKind::NotEncrypted:
    case FaultKind::OldTls:
        return Remedy{TroubleDialog::tr("Set encryption…"), CameraAction::Encryption};
    case FaultKind::NoPassiveData:
        return Remedy{TroubleDialog::tr("Set passive ports…"), {}, QStringLiteral("receiver.passiveFirst")};
    case FaultKind::FileTooLarge:
        return Remedy{TroubleDialog::tr("Raise the limit…"), {}, QStringLiteral("receiver.maxFileBytes")};
    default:
        return {};
    }
}

// Whether a look at the camera's FTP page helps.
bool isAboutConnection(FaultKind kind)
{
    switch (kind) {
    case FaultKind::OwnTrouble:
    case FaultKind::EmptyFiles:
    case FaultKind::FileTooLarge:
    case FaultKind::NameRefused:
    case FaultKind::ClockUnset:
        return false;
    default:
        return true;
    }
}

QString factsOf(const protocol::CameraFault &fault)
{
    if (fault.peer.isEmpty())
        return {};
    if (fault.count > 1)
        return TroubleDialog::tr("Seen %1 times; last: %2, from %3")
            .arg(QString::number(fault.count), widgets::sinceText(fault.last), fault.peer);
    return TroubleDialog::tr("Last seen: %1, from %2").arg(widgets::sinceText(fault.last), fault.peer);
}

} // namespace

TroubleDialog::TroubleDialog(control::Commands &commands, const models::CameraModel &cameras,
                             const models::EngineStatusModel &engine, CameraId camera, QWidget *parent)
    : widgets::ConfirmDialog({}, {}, parent), m_cameras(cameras), m_engine(engine), m_camera(camera),
      m_facts(new QLabel(this)), m_card(new widgets::LoginCard(this)),
      m_scroll(new CardScrollArea(m_card, this))
{
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setWordWrap(true);
    m_facts->setProperty("ink", QStringLiteral("second"));
    addContent(m_facts);
    addContent(m_scroll);
    m_change = addButton({}, QStringLiteral("primary"));
    connect(m_change, &QPushButton::clicked, this, &TroubleDialog::goOn);
    closeButton()->setText(tr("Close"));
    connect(&m_cameras, &models::CameraModel::updated, this, &TroubleDialog::refresh);
    connect(&m_engine, &models::EngineStatusModel::changed, this, &TroubleDialog::refresh);
    refresh();
    whenDone(commands.send(protocol::GetCameraLogin{camera}), this,
             [this](const Result<protocol::CameraLogin> &login) {
                 if (!login) // the card keeps what is known anyway
                     return;
                 m_login = *login;
                 refresh();
             });
}

void TroubleDialog::refresh()
{
    if (m_cameras.camera(m_camera) == nullptr) { // removed
        reject();
        return;
    }
    m_trouble = m_cameras.troubleOf(m_camera);
    m_trouble ? showTrouble(*m_trouble) : showOver();
}

void TroubleDialog::showTrouble(const Trouble &trouble)
{
    const QString whole = tr("%1: %2").arg(trouble.name, trouble.reason);
    const QString facts = factsOf(trouble.fault);
    showHeading(tr("%1: %2").arg(widgets::elidedName(trouble.name), trouble.reason), whole);
    setSentence(trouble.details);
    m_facts->setText(facts);
    m_facts->setVisible(!facts.isEmpty());
    m_card->setReceiver(m_engine.status().addresses, m_engine.status().port);
    if (m_login)
        fillCard(*m_card, *m_login);
    else
        m_card->setLogin(trouble.user, {}, hiddenPasswordHint());
    m_scroll->setVisible(isAboutConnection(trouble.fault.kind));
    const auto remedy = remedyFor(trouble.fault.kind);
    m_change->setVisible(remedy.has_value());
    m_change->setText(remedy ? remedy->label : QString());
    (remedy ? m_change : closeButton())->setDefault(true);
    m_text = QStringList{whole, trouble.details, facts}.join(QLatin1Char('\n'));
    m_scroll->fit();
    fitHeight();
}

void TroubleDialog::showOver()
{
    const QString name = m_cameras.nameOf(m_camera);
    m_text = tr("No trouble with %1 is known any more").arg(name);
    showHeading(tr("No trouble with %1 is known any more").arg(widgets::elidedName(name)), m_text);
    setSentence({});
    m_facts->hide();
    m_scroll->hide();
    m_change->hide();
    closeButton()->setDefault(true);
    fitHeight();
}

void TroubleDialog::showHeading(const QString &heading, const QString &whole)
{
    setHeading(heading);
    setWholeHeading(whole);
}

void TroubleDialog::goOn()
{
    const auto remedy = m_trouble ? remedyFor(m_trouble->fault.kind) : std::nullopt;
    if (!remedy)
        return;
    accept();
    if (remedy->action)
        Q_EMIT actionRequested(*remedy->action, m_camera);
    else
        Q_EMIT settingRequested(remedy->setting);
}

QString TroubleDialog::text() const
{
    return m_text;
}

} // namespace gatehouse::cameras
