#include "widgets/login_card.h"

#include "widgets/copy_field.h"
#include "widgets/theme.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace gatehouse::widgets
{

namespace
{
constexpr int kCardNames = 96;
} // namespace

LoginCard::LoginCard(QWidget *parent)
    : Card(parent), m_address(new CopyField(tr("FTP server"), this)), m_port(new CopyField(tr("Port"), this)),
      m_user(new CopyField(tr("User"), this)), m_password(new CopyField(tr("Password"), this)),
      m_path(new CopyField(tr("Path"), this)), m_encryptionName(new QLabel(tr("Encryption"), this)),
      m_encryption(newText({})), m_mode(newText(tr("Passive (PASV)"))),
      m_portsName(new QLabel(tr("Data ports"), this)), m_ports(new CopyField(tr("Data ports"), this)),
      m_others(new QLabel(this)), m_otherButton(new QPushButton(this))
{
    auto *copyEverything = new QPushButton(tr("Copy all"), this);
    copyEverything->setProperty("role", QStringLiteral("link"));
    copyEverything->setAutoDefault(false);
    connect(copyEverything, &QPushButton::clicked, this, &LoginCard::copyAll);
    m_otherButton->setProperty("role", QStringLiteral("link"));
    m_otherButton->setAutoDefault(false);
    connect(m_otherButton, &QPushButton::clicked, this, &LoginCard::useNextAddress);
    m_path->setValue(QStringLiteral("/"));

    auto *title = new QLabel(tr("On the camera's FTP page"), this);
    title->setFont(widgets::font(widgets::TextStyle::H3));
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(16, 12, 16, 12);
    grid->setVerticalSpacing(8);
    grid->setHorizontalSpacing(16);
    grid->setColumnMinimumWidth(0, kCardNames);
    grid->setColumnStretch(1, 1);
    grid->addWidget(title, 0, 0, 1, 2);
    grid->addWidget(copyEverything, 0, 1, Qt::AlignRight);
    const std::pair<QLabel *, QWidget *> rows[] = {{new QLabel(tr("FTP server"), this), m_address},
                                                   {new QLabel(tr("Port"), this), m_port},
                                                   {new QLabel(tr("User"), this), m_user},
                                                   {new QLabel(tr("Password"), this), m_password},
                                                   {new QLabel(tr("Mode"), this), m_mode},
                                                   {m_portsName, m_ports},
                                                   {m_encryptionName, m_encryption},
                                                   {new QLabel(tr("Path"), this), m_path}};
    int row = 1;
    for (const auto &[name, field] : rows) {
        grid->addWidget(name, row, 0);
        grid->addWidget(field, row++, 1);
    }
    m_portsName->hide();
    m_ports->hide();
    m_encryptionName->hide();
    m_encryption->hide();
    auto *below = new QHBoxLayout;
    below->setSpacing(6);
    below->addWidget(m_others);
    below->addWidget(m_otherButton);
    below->addStretch();
    grid->addLayout(below, row, 1);
    setLogin({}, {});
    refreshAddress();
}

QLabel *LoginCard::newText(const QString &text)
{
    auto *label = new QLabel(text, this);
    label->setWordWrap(true);
    label->setMinimumHeight(widgets::metrics::kControlHeight); // the same height as the other rows
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

void LoginCard::setConnection(const QString &encryption, const QString &dataPorts)
{
    m_encryption->setText(encryption);
    m_encryptionName->show();
    m_encryption->show();
    m_mode->setText(dataPorts.isEmpty() ? tr("Passive (PASV), any free data port") : tr("Passive (PASV)"));
    m_ports->setValue(dataPorts);
    m_portsName->setVisible(!dataPorts.isEmpty());
    m_ports->setVisible(!dataPorts.isEmpty());
}

void LoginCard::setReceiver(const QStringList &addresses, int port)
{
    if (addresses != m_addresses)
        m_chosen = 0;
    m_addresses = addresses;
    m_port->setValue(port > 0 ? QString::number(port) : QString());
    refreshAddress();
}

void LoginCard::refreshAddress()
{
    m_address->setValue(m_addresses.value(m_chosen), tr("not connected to a network"));
    const bool several = m_addresses.size() > 1;
    m_others->setVisible(several);
    m_otherButton->setVisible(several);
    m_others->setText(tr("Wrong network?"));
    if (several)
        m_otherButton->setText(
            tr("This PC also has %1").arg(m_addresses[(m_chosen + 1) % m_addresses.size()]));
}

void LoginCard::useNextAddress()
{
    m_chosen = int((m_chosen + 1) % m_addresses.size());
    refreshAddress();
}

void LoginCard::setLogin(const QString &user, const QString &password, const QString &passwordHint)
{
    m_user->setValue(user, tr("created with the login"));
    m_password->setValue(password, passwordHint.isEmpty() ? tr("created with the login") : passwordHint);
}

QString LoginCard::user() const
{
    return m_user->value();
}

QString LoginCard::password() const
{
    return m_password->value();
}

QString LoginCard::address() const
{
    return m_address->value();
}

void LoginCard::copyAll()
{
    QString text =
        tr("FTP server: %1\nPort: %2\nUser: %3\n").arg(m_address->value(), m_port->value(), m_user->value());
    if (!m_password->value().isEmpty())
        text += tr("Password: %1\n").arg(m_password->value());
    text += tr("Mode: passive (PASV)\nPath: %1\n").arg(m_path->value());
    if (!m_encryption->text().isEmpty())
        text += tr("Encryption: %1\n").arg(m_encryption->text());
    if (!m_ports->value().isEmpty())
        text += tr("Data ports: %1\n").arg(m_ports->value());
    QGuiApplication::clipboard()->setText(text);
}

} // namespace gatehouse::widgets
