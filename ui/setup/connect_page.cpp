#include "setup/connect_page.h"

#include "base/limits.h"
#include "base/when_done.h"
#include "models/camera_model.h"
#include "models/engine_status_model.h"
#include "protocol/camera_login_text.h"
#include "protocol/receiver.h"
#include "setup/connect_steps.h"
#include "widgets/card.h"
#include "widgets/login_card.h"
#include "widgets/short_password_box.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <algorithm>
#include <utility>

namespace gatehouse::setup
{

namespace
{
constexpr double kStepsShare = 0.28; // of the page
constexpr int kMinStepsWidth = 280;
constexpr int kMaxStepsWidth = 360;

// They are sorted by name; there is one.
const catalog::Camera &newestOf(const QVector<catalog::Camera> &cameras)
{
    return *std::max_element(cameras.begin(), cameras.end(),
                             [](const catalog::Camera &a, const catalog::Camera &b) { return a.id < b.id; });
}

// In a low window.
QScrollArea *scrolled(QWidget *content)
{
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(content);
    return scroll;
}

} // namespace

ConnectPage::ConnectPage(control::Client &client, const models::EngineStatusModel &engine,
                         const models::CameraModel &cameras, const Clock &clock, QWidget *parent)
    : QWidget(parent), m_client(client), m_engine(engine), m_cameras(cameras),
      m_steps(new ConnectSteps(this)), m_side(scrolled(m_steps))
{
    auto *inside = new QWidget;
    inside->setAutoFillBackground(false);
    auto *centred = new QHBoxLayout(inside);
    centred->setContentsMargins(20, 20, 20, 20);
    centred->addStretch(1);
    centred->addWidget(makeForm(), 100);
    centred->addStretch(1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(scrolled(inside), 1);
    m_side->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_side->setFocusPolicy(Qt::NoFocus);
    row->addWidget(m_side);

    connect(&m_engine, &models::EngineStatusModel::changed, this, &ConnectPage::refresh);
    connect(&m_cameras, &models::CameraModel::updated, this, &ConnectPage::refresh);
    control::Notifications &from = m_client.notifications();
    from.on<protocol::DialogueOpened>(this, [this, &clock](const protocol::DialogueOpened &dialogue) {
        m_steps->setReached(dialogue.peer, clock.now());
    });
    from.on<protocol::LoggedIn>(this, [this, &clock](const protocol::LoggedIn &login) {
        const QString user = m_cameras.userOf(login.account);
        if (!isOthers(user))
            m_steps->setLoggedIn(user, login.peer, clock.now());
    });
    refresh();
}

QWidget *ConnectPage::makeForm()
{
    auto *form = new QWidget(this);
    form->setMaximumWidth(widgets::kMaxCardWidth);
    m_title = new QLabel(form);
    m_title->setFont(widgets::font(widgets::TextStyle::H1));
    auto *why =
        new QLabel(tr("Name it, then type the values below into the camera's settings page. The user and "
                      "password are for this camera only: they let it add pictures here and nothing else."),
                   form);
    why->setWordWrap(true);
    m_name = new QLineEdit(form);
    m_name->setPlaceholderText(tr("Where it points, for example Front door"));
    m_name->setAccessibleName(tr("Camera name"));
    m_name->setMaxLength(int(limits::kMaxCameraName));
    m_make = new QPushButton(tr("Create login"), form);
    m_make->setProperty("role", QStringLiteral("primary"));
    m_wrong = new QLabel(form);
    m_wrong->setWordWrap(true);
    m_wrong->setProperty("ink", QStringLiteral("warn"));
    m_wrong->hide();
    m_card = new widgets::LoginCard(form);
    m_newPassword = new QPushButton(tr("Create a new password"), form);
    m_newPassword->setToolTip(tr("The old one stops working immediately"));
    m_newPassword->hide();
    m_short = new widgets::ShortPasswordBox(form);
    auto *nameRow = new QHBoxLayout;
    nameRow->setSpacing(8);
    nameRow->addWidget(m_name, 1);
    nameRow->addWidget(m_make);
    auto *passwordRow = new QHBoxLayout; // the box applies to both buttons
    passwordRow->addWidget(m_short, 1);
    passwordRow->addWidget(m_newPassword);
    auto *column = new QVBoxLayout(form);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(makeOthersRow(form));
    column->addWidget(m_title);
    column->addWidget(why);
    column->addLayout(nameRow);
    column->addLayout(passwordRow);
    column->addWidget(m_wrong);
    column->addWidget(m_card);
    column->addStretch();
    connect(m_make, &QPushButton::clicked, this, &ConnectPage::makeLogin);
    connect(m_name, &QLineEdit::returnPressed, this, &ConnectPage::makeLogin);
    connect(m_newPassword, &QPushButton::clicked, this, &ConnectPage::makePassword);
    return form;
}

QWidget *ConnectPage::makeOthersRow(QWidget *form)
{
    m_othersRow = new QWidget(form);
    m_others = new QLabel(m_othersRow);
    m_others->setTextFormat(Qt::PlainText); // it contains names
    m_others->setWordWrap(true);
    auto *leave = new QPushButton(tr("Show the recordings"), m_othersRow);
    leave->setToolTip(tr("The password is not shown again; a camera's menu creates a new one"));
    connect(leave, &QPushButton::clicked, this, &ConnectPage::dismiss);
    auto *row = new QHBoxLayout(m_othersRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(m_others, 1);
    row->addWidget(leave, 0, Qt::AlignTop);
    m_othersRow->hide();
    return m_othersRow;
}

template<protocol::Command C>
void ConnectPage::run(const C &command)
{
    m_make->setEnabled(false);
    m_newPassword->setEnabled(false);
    whenDone(m_client.send(command), this,
             [this](const Result<protocol::CameraLogin> &login) { showLogin(login); });
}

void ConnectPage::makeLogin()
{
    if (!m_make->isEnabled()) // by Enter, while the last one is being made
        return;
    const QString name = m_name->text().simplified();
    if (name.isEmpty()) {
        m_name->setFocus();
        return;
    }
    run(protocol::AddCamera{name, {}, {}, m_short->isChecked()});
}

// The camera list, whose menu does this too, is not shown yet.
void ConnectPage::makePassword()
{
    for (const catalog::Camera &camera : m_cameras.cameras()) {
        if (camera.user == m_card->user())
            return run(protocol::SetCameraPassword{camera.id, {}, m_short->isChecked()});
    }
}

void ConnectPage::showLogin(const Result<protocol::CameraLogin> &login)
{
    m_make->setEnabled(true);
    m_newPassword->setEnabled(true);
    m_wrong->setVisible(!login);
    if (!login) {
        m_wrong->setText(login.error().text);
        return;
    }
    if (login->camera != m_own.camera) {
        if (m_own.camera.isValid()) // its password is gone, so nothing may offer it any more
            Q_EMIT dismissed();
        m_steps->restart();
        m_isOwnListed = m_isConnected = false;
    }
    m_own = *login;
    m_card->setLogin(login->user, login->password);
    m_card->setConnection(protocol::encryptionText(*login), protocol::dataPortsText(*login));
    m_name->clear();
    setKept(true);
    refresh();
}

void ConnectPage::setKept(bool on)
{
    if (std::exchange(m_isKept, on) != on)
        Q_EMIT keptChanged(on);
}

void ConnectPage::reopen()
{
    if (m_own.camera.isValid())
        setKept(true);
}

void ConnectPage::dismiss()
{
    m_own = {};
    m_isOwnListed = m_isConnected = false;
    setKept(false);
    Q_EMIT dismissed();
    refresh();
}

bool ConnectPage::isOthers(const QString &user) const
{
    return m_own.camera.isValid() && user != m_own.user && m_cameras.hasUser(user);
}

// What happens to the camera whose password the card shows.
void ConnectPage::refreshOwn()
{
    const catalog::Camera *own = m_own.camera.isValid() ? m_cameras.camera(m_own.camera) : nullptr;
    if (!own) {
        if (m_isOwnListed) // removed elsewhere
            dismiss();
        return;
    }
    m_isOwnListed = true;
    if (own->lastReceived == 0 || std::exchange(m_isConnected, true))
        return;
    setKept(false);
    Q_EMIT connected(own->name);
}

void ConnectPage::showOthers()
{
    QStringList sending;
    for (const catalog::Camera &camera : m_cameras.cameras()) {
        if (camera.lastReceived > 0 || camera.items > 0)
            sending.append(camera.name);
    }
    m_title->setText(sending.isEmpty() ? tr("Connect your first camera") : tr("Connect a camera"));
    m_othersRow->setVisible(!sending.isEmpty());
    m_others->setText(tr("Already recording: %1").arg(sending.join(QStringLiteral(", "))));
}

void ConnectPage::refresh()
{
    QVector<protocol::CameraFault> faults = m_engine.status().faults;
    faults.removeIf([this](const protocol::CameraFault &fault) { return isOthers(fault.user); });
    m_steps->setFaults(faults);
    QVector<protocol::TestUpload> tests = m_engine.status().tests;
    tests.removeIf([this](const protocol::TestUpload &test) { return isOthers(test.user); });
    m_steps->setTests(tests);
    m_card->setReceiver(m_engine.status().addresses, m_engine.status().port);
    m_make->setToolTip(m_engine.isConnected() ? QString() : m_engine.sentence());
    const auto &cameras = m_cameras.cameras();
    const bool isOwn = m_own.camera.isValid();
    if (!isOwn && !cameras.isEmpty())
        m_card->setLogin(newestOf(cameras).user, {}, tr("shown once, when it was created"));
    m_newPassword->setVisible(!cameras.isEmpty());
    m_make->setText(cameras.isEmpty() ? tr("Create login") : tr("Create another login"));
    for (const catalog::Camera &camera : cameras) {
        if (camera.lastReceived > 0 && (!isOwn || camera.id == m_own.camera))
            m_steps->setStored(camera.name, camera.lastReceived);
    }
    showOthers();
    refreshOwn();
}

void ConnectPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_side->setFixedWidth(std::clamp(int(width() * kStepsShare), kMinStepsWidth, kMaxStepsWidth));
}

void ConnectPage::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), widgets::themeOf(*this).bg);
}

} // namespace gatehouse::setup
