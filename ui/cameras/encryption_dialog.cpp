#include "cameras/encryption_dialog.h"

#include "base/when_done.h"
#include "protocol/camera.h"
#include "settings/settings.h"
#include "widgets/elided_label.h"
#include "widgets/tls_version_box.h"

#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace gatehouse::cameras
{

namespace
{

QString whyEncrypt(const QStringList &sharedBy)
{
    const QString why = EncryptionDialog::tr(
        "Without encryption, anyone on the same network can read the password and what the camera sends.");
    if (sharedBy.isEmpty())
        return why;
    return why + QLatin1Char(' ') +
           EncryptionDialog::tr("These settings also apply to %1, which uses the same login.")
               .arg(sharedBy.join(QStringLiteral(", ")));
}

} // namespace

EncryptionDialog::EncryptionDialog(control::Commands &commands, const catalog::Camera &camera,
                                   const QStringList &sharedBy, QWidget *parent)
    : widgets::ConfirmDialog(tr("Encryption of %1").arg(widgets::elidedName(camera.name)),
                             whyEncrypt(sharedBy), parent),
      m_commands(commands), m_camera(camera),
      m_only(new QCheckBox(tr("Only accept encrypted connections"), this)),
      m_version(new widgets::TlsVersionBox(this)), m_wrong(new QLabel(this))
{
    setWholeHeading(tr("Encryption of %1").arg(camera.name));
    QLabel *onlyHint =
        newHint(tr("First select FTPS, or FTP over explicit TLS, on the camera's page. Until then "
                   "it can't log in; the camera list will say so."));
    const int underText = style()->pixelMetric(QStyle::PM_IndicatorWidth) +
                          style()->pixelMetric(QStyle::PM_CheckBoxLabelSpacing);
    m_only->setAccessibleDescription(onlyHint->text());
    auto *versionLabel = new QLabel(tr("Oldest TLS version"), this);
    versionLabel->setBuddy(m_version);
    addGroup({m_only}, onlyHint, underText);
    addGroup({versionLabel, m_version}, newHint(widgets::tlsVersionHint()), 0);
    m_wrong->setWordWrap(true);
    m_wrong->setProperty("ink", QStringLiteral("warn"));
    m_wrong->hide();
    addContent(m_wrong);
    m_set = addButton(tr("Set encryption"), QStringLiteral("primary"));
    m_set->setDefault(true);
    connect(m_only, &QCheckBox::toggled, this, &EncryptionDialog::refresh);
    connect(m_version, &QComboBox::currentIndexChanged, this, &EncryptionDialog::refresh);
    connect(m_set, &QPushButton::clicked, this, &EncryptionDialog::set);
    refresh();
    whenDone(m_commands.send(protocol::GetSettings()), this,
             [this](const Result<protocol::CurrentSettings> &answer) { take(answer); });
}

QLabel *EncryptionDialog::newHint(const QString &text)
{
    auto *hint = new QLabel(text, this);
    hint->setForegroundRole(QPalette::PlaceholderText);
    hint->setWordWrap(true);
    hint->setAlignment(Qt::AlignLeft | Qt::AlignTop); // close to the control it explains
    return hint;
}

void EncryptionDialog::addGroup(std::initializer_list<QWidget *> controls, QLabel *hint, int indent)
{
    auto *group = new QWidget(this);
    auto *column = new QVBoxLayout(group);
    column->setContentsMargins(0, 4, 0, 4);
    column->setSpacing(4);
    for (QWidget *control : controls)
        column->addWidget(control);
    auto *below = new QHBoxLayout;
    below->setContentsMargins(indent, 0, 0, 0);
    below->addWidget(hint);
    column->addLayout(below);
    addContent(group);
}

void EncryptionDialog::take(const Result<protocol::CurrentSettings> &answer)
{
    const auto settings = answer.and_then([](const protocol::CurrentSettings &current) {
        return settings::Settings::fromJson(current.settings);
    });
    if (!settings)
        return fail(settings.error().text);
    const settings::Receiver &receiver = settings->receiver;
    const settings::TlsRule rule = receiver.tlsRules.value(m_camera.user);
    m_wasOnly = rule.isRequired;
    m_versionBefore = rule.least;
    m_isRead = true;
    m_version->offerDefault(receiver.minTls);
    m_version->setVersion(m_versionBefore);
    m_only->setChecked(m_wasOnly);
    refresh();
    m_only->setFocus();
}

void EncryptionDialog::refresh()
{
    const bool isChanged = m_only->isChecked() != m_wasOnly || m_version->version() != m_versionBefore;
    m_only->setEnabled(m_isRead);
    m_version->setEnabled(m_isRead);
    m_set->setEnabled(m_isRead && isChanged);
    m_set->setToolTip(m_isRead && !isChanged ? tr("No changes") : QString());
}

// Sets only what was changed here: the rest may have been changed elsewhere meanwhile.
void EncryptionDialog::set()
{
    protocol::SetCameraTls command{m_camera.id};
    if (m_only->isChecked() != m_wasOnly)
        command.isRequired = m_only->isChecked();
    if (m_version->version() != m_versionBefore)
        command.minTls = m_version->version();
    m_set->setEnabled(false);
    whenDone(m_commands.send(command), this, [this](const Result<protocol::Nothing> &result) {
        if (!result)
            return fail(result.error().text);
        Q_EMIT done(m_only->isChecked()
                        ? tr("%1 is accepted over encrypted connections only").arg(m_camera.name)
                        : tr("%1 is accepted with and without encryption").arg(m_camera.name));
        accept();
    });
}

void EncryptionDialog::fail(const QString &sentence)
{
    m_wrong->setText(sentence);
    m_wrong->show();
    refresh();
}

} // namespace gatehouse::cameras
