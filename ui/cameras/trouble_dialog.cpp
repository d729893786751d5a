#include "cameras/trouble_dialog.h"

#include "models/engine_status_model.h"
#include "widgets/format.h"
#include "widgets/login_card.h"

#include <QLabel>
#include <QPushButton>
#include <algorithm>
#include <array>

namespace gatehouse::cameras
{

namespace
{

// Where a person changes something in this window, if anywhere.
struct Remedy {
    FaultKind kind;
    const char *label; // of the button
    std::optional<CameraAction> action;
    const char *setting = nullptr;
};

constexpr auto kNewPassword =
    QT_TRANSLATE_NOOP("gatehouse::cameras::TroubleDialog", "Create a new password…");
constexpr auto kEncryption = QT_TRANSLATE_NOOP("gatehouse::cameras::TroubleDialog", "Set encryption…");

constexpr std::array kRemedies{
    Remedy{FaultKind::WrongPassword, kNewPassword, CameraAction::Password},
    Remedy{FaultKind::NoUserName, kNewPassword, CameraAction::Password},
    Remedy{FaultKind::NoPassword, kNewPassword, CameraAction::Password},
    Remedy{FaultKind::NoLogIn, kNewPassword, CameraAction::Password},
    Remedy{FaultKind::NotEncrypted, kEncryption, CameraAction::Encryption},
    Remedy{FaultKind::OldTls, kEncryption, CameraAction::Encryption},
    Remedy{FaultKind::NoPassiveData,
           QT_TRANSLATE_NOOP("gatehouse::cameras::TroubleDialog", "Set passive ports…"),
           {},
           "receiver.passiveFirst"},
    Remedy{FaultKind::FileTooLarge,
           QT_TRANSLATE_NOOP("gatehouse::cameras::TroubleDialog", "Raise the limit…"),
           {},
           "receiver.maxFileBytes"},
};

const Remedy *remedyFor(const models::CameraModel::Trouble &trouble)
{
    if (!trouble.fault)
        return nullptr;
    const auto *found = std::find_if(kRemedies.begin(), kRemedies.end(), [&](const Remedy &remedy) {
        return remedy.kind == trouble.fault->kind;
    });
    return found == kRemedies.end() ? nullptr : found;
}

// Whether a look at the camera's FTP page helps.
bool isAboutConnection(const models::CameraModel::Trouble &trouble)
{
    if (!trouble.fault)
        return true;
    switch (trouble.fault->kind) {
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

QString factsOf(const models::CameraModel::Trouble &trouble)
{
    if (!trouble.fault)
        return {};
    const protocol::CameraFault &fault = *trouble.fault;
    QStringList out;
    if (!fault.peer.isEmpty() && fault.count > 1)
        out << TroubleDialog::tr("Seen %1 times, most recently at %2 from %3.")
                   .arg(QString::number(fault.count), widgets::sinceText(fault.last), fault.peer);
    else if (!fault.peer.isEmpty())
        out << TroubleDialog::tr("Seen at %1 from %2.").arg(widgets::sinceText(fault.last), fault.peer);
    if (fault.kind == FaultKind::NoPassiveData)
        out << (fault.firstPort == 0
                    ? TroubleDialog::tr("Data ports of this PC: any free one.")
                    : TroubleDialog::tr("Data ports of this PC: %1 to %2.")
                          .arg(QString::number(fault.firstPort), QString::number(fault.lastPort)));
    return out.join(QLatin1Char('\n'));
}

} // namespace

TroubleDialog::TroubleDialog(const models::CameraModel &cameras, const models::EngineStatusModel &engine,
                             CameraId camera, QWidget *parent)
    : widgets::ConfirmDialog({}, {}, parent), m_cameras(cameras), m_engine(engine), m_camera(camera),
      m_name(cameras.nameOf(camera)), m_facts(new QLabel(this)), m_card(new widgets::LoginCard(this))
{
    m_facts->setWordWrap(true);
    m_facts->setProperty("ink", QStringLiteral("second"));
    addContent(m_facts);
    addContent(m_card);
    m_change = addButton({}, QStringLiteral("primary"));
    connect(m_change, &QPushButton::clicked, this, &TroubleDialog::goOn);
    closeButton()->setText(tr("Close"));
    connect(&m_cameras, &models::CameraModel::updated, this, &TroubleDialog::refresh);
    connect(&m_engine, &models::EngineStatusModel::changed, this, &TroubleDialog::refresh);
    refresh();
}

void TroubleDialog::refresh()
{
    m_trouble = m_cameras.troubleOf(m_camera);
    m_trouble ? showTrouble(*m_trouble) : showOver();
}

void TroubleDialog::showTrouble(const Trouble &trouble)
{
    const QString heading = tr("%1: %2").arg(trouble.name, trouble.reason);
    const QString facts = factsOf(trouble);
    setWindowTitle(heading);
    setHeading(heading);
    setSentence(trouble.details);
    m_facts->setText(facts);
    m_facts->setVisible(!facts.isEmpty());
    m_card->setReceiver(m_engine.status().addresses, m_engine.status().port);
    m_card->setLogin(trouble.user, {}, tr("shown once, when it was created"));
    m_card->setVisible(isAboutConnection(trouble));
    const Remedy *remedy = remedyFor(trouble);
    m_change->setVisible(remedy != nullptr);
    m_change->setText(remedy ? tr(remedy->label) : QString());
    (remedy ? m_change : closeButton())->setDefault(true);
    m_text = QStringList{heading, trouble.details, facts}.join(QLatin1Char('\n'));
}

void TroubleDialog::showOver()
{
    m_text = tr("%1 works again").arg(m_name);
    setWindowTitle(m_text);
    setHeading(m_text);
    setSentence({});
    m_facts->hide();
    m_card->hide();
    m_change->hide();
    closeButton()->setDefault(true);
    adjustSize();
}

void TroubleDialog::goOn()
{
    const Remedy *remedy = m_trouble ? remedyFor(*m_trouble) : nullptr;
    if (remedy == nullptr)
        return;
    accept();
    if (remedy->action)
        Q_EMIT actionRequested(*remedy->action, m_camera);
    else
        Q_EMIT settingRequested(QString::fromLatin1(remedy->setting));
}

QString TroubleDialog::text() const
{
    return m_text;
}

} // namespace gatehouse::cameras
