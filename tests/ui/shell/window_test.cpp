#include "app/engine/receiver_feature.h"
#include "cameras/camera_actions.h"
#include "cameras/login_dialog.h"
#include "cameras/remove_camera_dialog.h"
#include "cameras/trouble_dialog.h"
#include "fakes/engine_fixture.h"
#include "models/camera_model.h"
#include "models/selection.h"
#include "player/transport_bar.h"
#include "preferences/settings_page.h"
#include "protocol/camera.h"
#include "protocol/receiver.h"
#include "review/review_page.h"
#include "review/review_screen.h"
#include "setup/connect_page.h"
#include "setup/connect_steps.h"
#include "shell/main_window.h"
#include "shell/notices.h"
#include "shell/quit_dialog.h"
#include "shell/rail_button.h"
#include "shell/shortcuts_help.h"
#include "shell/status_bar.h"
#include "shell/tray.h"
#include "support/durations.h"
#include "support/ftp_client.h"
#include "support/registry.h"
#include "timeline/overview_strip.h"
#include "widgets/list_view.h"
#include "widgets/login_card.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>
#include <QThread>
#include <algorithm>
#include <functional>
#include <memory>

using namespace gatehouse;
using namespace gatehouse::cameras;
using namespace gatehouse::setup;
using namespace gatehouse::shell;
using namespace gatehouse::widgets;
using gatehouse::tests::EngineFixture;
using gatehouse::tests::FtpClient;
using gatehouse::tests::kPatience;

namespace
{

constexpr int kWindowPatience = 15'000;

QAction *actionIn(QMenu &menu, const QString &text)
{
    for (QAction *action : menu.actions()) {
        if (action->text() == text)
            return action;
        if (action->menu()) {
            if (QAction *found = actionIn(*action->menu(), text))
                return found;
        }
    }
    return nullptr;
}

QPushButton *buttonIn(QWidget &where, const QString &text)
{
    for (auto *button : where.findChildren<QPushButton *>()) {
        if (button->text() == text)
            return button;
    }
    return nullptr;
}

// A blocking client: the engine needs this thread.
bool elsewhere(const std::function<bool()> &work)
{
    bool isGood = false;
    const std::unique_ptr<QThread> thread(QThread::create([&] { isGood = work(); }));
    thread->start();
    const bool isDone = QTest::qWaitFor([&] { return thread->isFinished(); }, 2 * kWindowPatience);
    thread->wait();
    return isDone && isGood;
}

} // namespace

class WindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstUploadReplacesTheEmptyState();
    void showsAConnectedCameraBeforeItLogsIn();
    void keepsThePasswordThoughAnotherCameraSends();
    void withdrawsThePasswordThatAnotherOneReplaces();
    void keepsTheAddDialogThoughAnotherCameraSends();
    void leavesThePageForAnotherCamerasRecordings();
    void endsThePageOfARemovedCamera();
    void replacesAPasswordNobodyWroteDown();
    void addingACameraShowsThePasswordOnce();
    void removingKeepsTheEvidenceUnlessRequested();
    void statusBarReportsTheState();
    void trayPausesAndResumes();
    void closingWithoutATrayAsksFirst();
    void reportsALostEngine();
    void enterTwiceCreatesOneLogin();
    void reportsAChangedAddress();
    void reportsARefusedCamera();
    void showsFaultsOnRowAndPage_data();
    void showsFaultsOnRowAndPage();
    void showsWhatIsWrongWithACamera();
    void hidesTheChosenCameraByKey();
    void helpListsTheShortcuts();
    void restoresItsState();
    void focusesTheTimelineAtStartup();
};

void WindowTest::firstUploadReplacesTheEmptyState()
{
    EngineFixture fixture;
    MainWindow window(fixture.services(), fixture.client);
    window.show();
    QTRY_VERIFY_WITH_TIMEOUT(window.review().page().isEmptyStateShown(), kWindowPatience);
    // There is nothing to play yet, and no day to show.
    QVERIFY(!window.findChild<player::TransportBar *>()->isVisible());
    QVERIFY(!window.findChild<timeline::OverviewStrip *>()->isVisible());
    auto *page = window.findChild<ConnectPage *>();
    QTRY_COMPARE_WITH_TIMEOUT(page->card()->address(), QStringLiteral("192.168.1.20"), kWindowPatience);

    page->findChild<QLineEdit *>()->setText(QStringLiteral("Front door"));
    buttonIn(*page, QStringLiteral("Create login"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(!page->card()->password().isEmpty(), kWindowPatience);
    QVERIFY(!page->card()->user().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(window.review().cameras().rowCount(), 1, kWindowPatience);
    QVERIFY(window.review().page().isEmptyStateShown());
    QTRY_COMPARE_WITH_TIMEOUT(window.statusBar().reporting(), QStringLiteral("Waiting for the first picture"),
                              kWindowPatience);

    const catalog::Camera camera = window.review().cameras().cameras().first();
    fixture.server->notify(protocol::LoggedIn{camera.account, QStringLiteral("192.168.1.57")});
    QTRY_VERIFY_WITH_TIMEOUT(page->steps()->text().contains(QStringLiteral("Logged in as ") + camera.user),
                             kWindowPatience);
    fixture.add(camera, Kind::Still, fixture.clock.now() - 5'000);
    QTRY_VERIFY_WITH_TIMEOUT(!window.review().page().isEmptyStateShown(), kWindowPatience);
    QVERIFY(window.findChild<player::TransportBar *>()->isVisible());
    QVERIFY(window.findChild<timeline::OverviewStrip *>()->isVisible());
}

namespace
{

// A window over an engine that receives, where the yard's camera is about to send its first picture.
struct Waiting {
    Waiting()
    {
        const auto made =
            fixture.handlers.send(protocol::AddCamera{QStringLiteral("Yard"), {}, QStringLiteral("secret")});
        if (!QTest::qWaitFor([&] { return made.isFinished(); }, kWindowPatience))
            qFatal("no camera");
        window = std::make_unique<MainWindow>(fixture.services(), fixture.client);
        window->show();
        page = window->findChild<ConnectPage *>();
        if (!QTest::qWaitFor([this] { return cameras().rowCount() == 1; }, kWindowPatience))
            qFatal("the camera is not there");
    }

    // The new camera's password.
    QString createLogin(const QString &name)
    {
        page->findChild<QLineEdit *>()->setText(name);
        buttonIn(*page, QStringLiteral("Create another login"))->click();
        (void)QTest::qWaitFor([this] { return !page->card()->password().isEmpty(); }, kWindowPatience);
        return page->card()->password();
    }

    // By FTP, until the window knows.
    bool sendPicture(const QString &user, const QString &password)
    {
        const quint16 port = fixture.engine.receiver().port();
        return elsewhere([=] {
                   FtpClient client;
                   return client.logIn(port, user.toUtf8(), password.toUtf8()) &&
                          client.store("a.jpg", "from " + user.toUtf8());
               }) &&
               QTest::qWaitFor(
                   [&] {
                       const auto &all = cameras().cameras();
                       return std::any_of(all.begin(), all.end(), [&](const catalog::Camera &camera) {
                           return camera.user == user && camera.lastReceived > 0;
                       });
                   },
                   kWindowPatience);
    }

    [[nodiscard]] bool isPageShown() const { return window->review().page().isEmptyStateShown(); }
    [[nodiscard]] bool showsAnywhere(const QString &password) const
    {
        const auto fields = window->findChildren<QLineEdit *>();
        return std::any_of(fields.begin(), fields.end(),
                           [&](const QLineEdit *field) { return field->text().contains(password); });
    }
    [[nodiscard]] models::CameraModel &cameras() const { return window->review().cameras(); }

    EngineFixture fixture{EngineFixture::Receives::OnLoopback};
    std::unique_ptr<MainWindow> window;
    ConnectPage *page = nullptr;
};

} // namespace

void WindowTest::keepsThePasswordThoughAnotherCameraSends()
{
    Waiting waiting;
    const QString password = waiting.createLogin(QStringLiteral("Back door"));
    const QString user = waiting.page->card()->user();
    QVERIFY(!password.isEmpty() && user != QLatin1String("yard"));
    QVERIFY(waiting.sendPicture(QStringLiteral("yard"), QStringLiteral("secret")));
    QVERIFY(waiting.isPageShown());
    QCOMPARE(waiting.page->card()->password(), password);
    // The progress is that of the camera whose password is shown.
    const QString steps = waiting.page->steps()->text();
    QVERIFY2(!steps.contains(QStringLiteral("yard"), Qt::CaseInsensitive), qPrintable(steps));
    QVERIFY2(steps.contains(QStringLiteral("First picture is stored: waiting")), qPrintable(steps));

    QVERIFY(waiting.sendPicture(user, password));
    QTRY_VERIFY_WITH_TIMEOUT(!waiting.isPageShown(), kWindowPatience);
    const Notices &notices = waiting.window->notices();
    QVERIFY2(notices.text().contains(QStringLiteral("Back door")), qPrintable(notices.text()));
    buttonIn(*waiting.window, QStringLiteral("Show the password"))->click();
    QVERIFY(waiting.isPageShown());
    QCOMPARE(waiting.page->card()->password(), password);
    buttonIn(*waiting.page, QStringLiteral("Show the recordings"))->click();
    QVERIFY(!waiting.isPageShown());
    QVERIFY(!waiting.showsAnywhere(password));
    QVERIFY2(!notices.text().contains(QStringLiteral("Back door")), qPrintable(notices.text()));
}

void WindowTest::withdrawsThePasswordThatAnotherOneReplaces()
{
    Waiting waiting;
    const QString password = waiting.createLogin(QStringLiteral("Back door"));
    QVERIFY(waiting.sendPicture(waiting.page->card()->user(), password));
    const Notices &notices = waiting.window->notices();
    QTRY_VERIFY_WITH_TIMEOUT(notices.text().contains(QStringLiteral("Back door")), kWindowPatience);
    buttonIn(*waiting.window, QStringLiteral("Show the password"))->click();
    QVERIFY(waiting.isPageShown());
    QVERIFY(notices.text().contains(QStringLiteral("Back door")));
    waiting.createLogin(QStringLiteral("Porch"));
    QTRY_VERIFY_WITH_TIMEOUT(waiting.page->card()->password() != password, kWindowPatience);
    QVERIFY(waiting.isPageShown());
    QVERIFY2(!notices.text().contains(QStringLiteral("Back door")), qPrintable(notices.text()));
}

void WindowTest::keepsTheAddDialogThoughAnotherCameraSends()
{
    Waiting waiting;
    waiting.window->cameraActions().carryOut(cameras::CameraAction::Add, {});
    auto *dialog = waiting.window->findChild<LoginDialog *>();
    QVERIFY(dialog);
    dialog->nameField()->setText(QStringLiteral("Porch"));
    dialog->makeButton()->click();
    QTRY_VERIFY_WITH_TIMEOUT(dialog->card()->isVisible(), kWindowPatience);
    const QString password = dialog->card()->password();
    QVERIFY(waiting.sendPicture(QStringLiteral("yard"), QStringLiteral("secret")));
    QTRY_VERIFY_WITH_TIMEOUT(!waiting.isPageShown(), kWindowPatience); // it showed no password
    QVERIFY(dialog->isVisible());
    QCOMPARE(dialog->card()->password(), password);
}

void WindowTest::leavesThePageForAnotherCamerasRecordings()
{
    Waiting waiting;
    const QString password = waiting.createLogin(QStringLiteral("Back door"));
    QPushButton *leave = buttonIn(*waiting.page, QStringLiteral("Show the recordings"));
    QVERIFY(!leave->isVisible()); // there are none
    QVERIFY(waiting.sendPicture(QStringLiteral("yard"), QStringLiteral("secret")));
    QTRY_VERIFY_WITH_TIMEOUT(leave->isVisible(), kWindowPatience);
    leave->click();
    QVERIFY(!waiting.isPageShown());
    QVERIFY(!waiting.showsAnywhere(password));
}

void WindowTest::endsThePageOfARemovedCamera()
{
    Waiting waiting;
    const QString password = waiting.createLogin(QStringLiteral("Back door"));
    QVERIFY(waiting.sendPicture(QStringLiteral("yard"), QStringLiteral("secret")));
    QTRY_COMPARE_WITH_TIMEOUT(waiting.cameras().rowCount(), 2, kWindowPatience);
    const catalog::Camera added = waiting.cameras().cameras().first(); // by name
    QCOMPARE(added.name, QStringLiteral("Back door"));
    QVERIFY(waiting.isPageShown());
    waiting.fixture.client.send(protocol::RemoveCamera{added.id, false, {}});
    QTRY_VERIFY_WITH_TIMEOUT(!waiting.isPageShown(), kWindowPatience);
    QVERIFY(!waiting.showsAnywhere(password));
}

void WindowTest::enterTwiceCreatesOneLogin()
{
    EngineFixture fixture;
    MainWindow window(fixture.services(), fixture.client);
    window.show();
    auto *page = window.findChild<ConnectPage *>();
    QTRY_COMPARE_WITH_TIMEOUT(page->card()->address(), QStringLiteral("192.168.1.20"), kWindowPatience);
    auto *name = page->findChild<QLineEdit *>();
    name->setText(QStringLiteral("Front door"));
    QTest::keyClick(name, Qt::Key_Return);
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!page->card()->password().isEmpty(), kWindowPatience);
    name->setText(QStringLiteral("Back door"));
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(window.review().cameras().rowCount(), 2, kWindowPatience);
    QCOMPARE(fixture.commands.count<protocol::AddCamera>(), 2);
}

// From the receiver's socket to the step on the page.
void WindowTest::showsAConnectedCameraBeforeItLogsIn()
{
    EngineFixture fixture(EngineFixture::Receives::OnLoopback);
    MainWindow window(fixture.services(), fixture.client);
    window.show();
    const auto *page = window.findChild<ConnectPage *>();
    QVERIFY(!page->steps()->text().contains(QStringLiteral("Reached this PC")));
    QTcpSocket camera;
    camera.connectToHost(QStringLiteral("127.0.0.1"), fixture.engine.receiver().port());
    QTRY_VERIFY_WITH_TIMEOUT(
        page->steps()->text().contains(QStringLiteral("Reached this PC: from 127.0.0.1")), kWindowPatience);
    QVERIFY(!page->steps()->text().contains(QStringLiteral("Logged in")));
    QVERIFY(!page->steps()->text().contains(QStringLiteral("since")));
}

// Started again before the camera was ready: there is no list of cameras yet whose menu would help.
void WindowTest::replacesAPasswordNobodyWroteDown()
{
    EngineFixture fixture;
    const auto porch = fixture.addCamera(QStringLiteral("Porch"));
    MainWindow window(fixture.services(), fixture.client);
    window.show();
    auto *page = window.findChild<ConnectPage *>();
    QTRY_COMPARE_WITH_TIMEOUT(page->card()->user(), porch.user, kWindowPatience);
    QVERIFY(page->isVisible());
    QCOMPARE(page->card()->password(), QString());
    QPushButton *make = buttonIn(*page, QStringLiteral("Create a new password"));
    QVERIFY(make && make->isVisible());
    make->click();
    QTRY_VERIFY_WITH_TIMEOUT(!page->card()->password().isEmpty(), kWindowPatience);
    QCOMPARE(page->card()->user(), porch.user);
    QCOMPARE(fixture.commands.last<protocol::SetCameraPassword>().camera, porch.id);
}

void WindowTest::addingACameraShowsThePasswordOnce()
{
    EngineFixture fixture;
    MainWindow window(fixture.services(), fixture.client);
    window.show();
    QTRY_VERIFY_WITH_TIMEOUT(window.review().cameras().isLoaded(), kWindowPatience);
    window.cameraActions().carryOut(cameras::CameraAction::Add, {});
    auto *dialog = window.findChild<LoginDialog *>();
    QVERIFY(dialog);
    QVERIFY(!dialog->makeButton()->isEnabled());
    QVERIFY(!dialog->card()->isVisible());
    dialog->nameField()->setText(QStringLiteral("Porch"));
    dialog->makeButton()->click();
    QTRY_VERIFY_WITH_TIMEOUT(dialog->card()->isVisible(), kWindowPatience);
    const QString password = dialog->card()->password();
    QVERIFY(!password.isEmpty());
    QVERIFY(!dialog->makeButton()->isVisible());
    QCOMPARE(fixture.commands.count<protocol::AddCamera>(), 1);
    dialog->reject();
    QTRY_VERIFY_WITH_TIMEOUT(!window.findChild<LoginDialog *>(), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(window.review().cameras().rowCount(), 1, kWindowPatience);
    // The window does not keep it anywhere.
    for (auto *field : window.findChildren<QLineEdit *>())
        QVERIFY(!field->text().contains(password));
}

void WindowTest::removingKeepsTheEvidenceUnlessRequested()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    fixture.add(yard, Kind::Clip, fixture.clock.now() - 600'000);
    fixture.add(yard, Kind::Clip, fixture.clock.now() - 900'000);
    MainWindow window(fixture.services(), fixture.client);
    window.show();
    QTRY_VERIFY_WITH_TIMEOUT(window.review().cameras().camera(yard.id), kWindowPatience);
    window.cameraActions().carryOut(cameras::CameraAction::Remove, yard.id);
    auto *dialog = window.findChild<RemoveCameraDialog *>();
    QSignalSpy confirmed(dialog, &RemoveCameraDialog::confirmed);
    auto *evidence = dialog->findChild<QCheckBox *>();
    QVERIFY(!evidence->isChecked());
    QPushButton *remove = buttonIn(*dialog, QStringLiteral("Remove camera"));
    QVERIFY(remove->isEnabled());
    const auto says = [dialog](const QString &words) {
        const auto labels = dialog->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&words](const QLabel *label) { return label->text().contains(words); });
    };
    QVERIFY(says(QStringLiteral("Its recordings stay on the timeline.")));
    evidence->setChecked(true);
    QVERIFY(!says(QStringLiteral("stay on the timeline")));
    QVERIFY(!remove->isEnabled());
    const auto fields = dialog->findChildren<QLineEdit *>();
    fields[0]->setText(QStringLiteral("3"));
    fields[1]->setText(QStringLiteral("moved away"));
    QVERIFY(!remove->isEnabled());
    fields[0]->setText(QStringLiteral("2"));
    QVERIFY(remove->isEnabled());
    evidence->setChecked(false);
    remove->click();
    QCOMPARE(confirmed.size(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.commands.count<protocol::RemoveCamera>(), 1, kWindowPatience);
    QVERIFY(!fixture.commands.last<protocol::RemoveCamera>().withEvidence);
}

void WindowTest::statusBarReportsTheState()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    fixture.addCamera(QStringLiteral("Road"));
    fixture.add(yard, Kind::Clip, fixture.clock.now() - 600'000);
    MainWindow window(fixture.services(), fixture.client);
    QTRY_COMPARE_WITH_TIMEOUT(window.statusBar().receiving(),
                              QStringLiteral("Ready to receive on 192.168.1.20, port 2121"), kWindowPatience);
    QTRY_COMPARE_WITH_TIMEOUT(window.statusBar().reporting(), QStringLiteral("1 of 2 cameras are reporting"),
                              kWindowPatience);
    QCOMPARE(window.statusBar().needs(), QString());
    const QString taken = QStringLiteral("Port 2121 is taken by another program");
    protocol::Status status;
    status.archive.isReady = true;
    status.receiver = taken;
    fixture.show(status);
    QTRY_COMPARE_WITH_TIMEOUT(window.statusBar().receiving(),
                              QStringLiteral("Nothing can be received: ") + taken, kWindowPatience);
    const QString clock = QStringLiteral("The PC's clock is 9 days ahead of where it was.");
    status.clock = clock;
    fixture.show(status);
    QTRY_COMPARE_WITH_TIMEOUT(window.statusBar().needs(), clock, kWindowPatience);
}

void WindowTest::trayPausesAndResumes()
{
    EngineFixture fixture;
    MainWindow window(fixture.services(), fixture.client);
    QMenu *menu = window.tray().menu();
    QAction *hour = actionIn(*menu, QStringLiteral("For 1 h"));
    QVERIFY(hour);
    QTRY_VERIFY_WITH_TIMEOUT(window.tray().tip().contains(QStringLiteral("Ready to receive")),
                             kWindowPatience);
    hour->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(window.notices().text().contains(QStringLiteral("paused until")),
                             kWindowPatience);
    QCOMPARE(fixture.commands.last<protocol::PauseReceiver>().minutes, 60);
    QVERIFY(window.tray().tip().contains(QStringLiteral("paused until")));
    QAction *resume = actionIn(*menu, QStringLiteral("Resume receiving"));
    QVERIFY(resume->isVisible());
    resume->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(window.notices().text(), QString(), kWindowPatience);
    QVERIFY(!resume->isVisible());
}

void WindowTest::closingWithoutATrayAsksFirst()
{
    EngineFixture fixture;
    MainWindow window(fixture.services(), fixture.client);
    if (window.tray().isThere())
        QSKIP("this desktop has a tray");
    window.start(true);
    QTRY_VERIFY_WITH_TIMEOUT(window.isVisible() && !window.isMinimized(), kWindowPatience); // no tray comes
    window.bringUp();
    QSignalSpy quit(&window, &MainWindow::quitConfirmed);
    window.close();
    QVERIFY(window.isVisible());
    auto *dialog = window.findChild<QuitDialog *>();
    QVERIFY(dialog);
    QCOMPARE(quit.size(), 0);
    window.close(); // again: it has already asked
    QCOMPARE(window.findChildren<QuitDialog *>().size(), 1);
    // Closed, it keeps running.
    buttonIn(*dialog, QStringLiteral("Close the window"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(!window.isVisible(), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!window.findChild<QuitDialog *>(), kPatience);
    QCOMPARE(quit.size(), 0);
    window.bringUp();
    QVERIFY(window.isVisible());
    window.close();
    dialog = window.findChild<QuitDialog *>();
    QVERIFY(dialog);
    buttonIn(*dialog, QStringLiteral("Quit and stop receiving"))->click();
    QCOMPARE(quit.size(), 1);
}

void WindowTest::reportsALostEngine()
{
    EngineFixture fixture;
    MainWindow window(fixture.services(), fixture.client);
    QTRY_VERIFY_WITH_TIMEOUT(window.statusBar().receiving().startsWith(QStringLiteral("Ready")),
                             kWindowPatience);
    fixture.server.reset();
    QTRY_VERIFY_WITH_TIMEOUT(window.notices().text().startsWith(QStringLiteral("The receiver stopped")),
                             kWindowPatience);
    fixture.server =
        std::make_unique<control::Server>(fixture.socket(), fixture.commands, fixture.writer->changes());
    QVERIFY(fixture.server->listen());
    QTRY_COMPARE_WITH_TIMEOUT(window.notices().text(), QString(), kWindowPatience);
    QTRY_VERIFY_WITH_TIMEOUT(window.statusBar().receiving().startsWith(QStringLiteral("Ready")),
                             kWindowPatience);
}

void WindowTest::reportsAChangedAddress()
{
    EngineFixture fixture;
    MainWindow window(fixture.services(), fixture.client);
    fixture.server->notify(
        protocol::AddressesChanged{{QStringLiteral("192.168.1.31")}, {QStringLiteral("192.168.1.20")}});
    QTRY_VERIFY_WITH_TIMEOUT(window.notices().text().contains(QStringLiteral("192.168.1.31")),
                             kWindowPatience);
    QVERIFY(window.notices().text().contains(QStringLiteral("192.168.1.20")));
}

void WindowTest::reportsARefusedCamera()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    MainWindow window(fixture.services(), fixture.client);
    QTRY_COMPARE_WITH_TIMEOUT(window.review().cameras().rowCount(), 1, kWindowPatience);
    const auto report = [&](const QString &user, FaultKind kind) {
        protocol::Status status;
        protocol::CameraFault fault;
        fault.kind = kind;
        fault.user = user;
        fault.peer = QStringLiteral("192.168.1.57");
        fault.first = fault.last = fixture.clock.now();
        status.faults = {fault};
        fixture.show(status);
    };
    report(QStringLiteral("someone-else"), FaultKind::WrongPassword);
    report(yard.user, FaultKind::WrongPassword);
    QTRY_COMPARE_WITH_TIMEOUT(window.review().cameras().firstTrouble().user, yard.user, kWindowPatience);
    QCOMPARE(window.review().cameras().troubles().size(), 1);
    auto *review = window.findChild<RailButton *>();
    QCOMPARE(review->text(), QStringLiteral("Review"));
    QTRY_VERIFY_WITH_TIMEOUT(review->needsYou(), kPatience);
    // The current state, and what to do.
    const models::CameraModel &cameras = window.review().cameras();
    for (const auto &[kind, words] : {std::pair(FaultKind::NotEncrypted, "Unencrypted since "),
                                      std::pair(FaultKind::OldTls, "TLS too old since "),
                                      std::pair(FaultKind::WrongPassword, "Wrong login since ")}) {
        report(yard.user, kind);
        QTRY_VERIFY_WITH_TIMEOUT(cameras.firstTrouble().reason.startsWith(QLatin1String(words)),
                                 kWindowPatience);
    }
    QVERIFY(cameras.data(cameras.index(0, 0), Qt::ToolTipRole)
                .toString()
                .endsWith(QStringLiteral("\nCorrect both on the camera, or create a new password here.")));
    fixture.show(protocol::Status());
    QTRY_VERIFY_WITH_TIMEOUT(window.review().cameras().firstTrouble().user.isEmpty(), kWindowPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!review->needsYou(), kPatience);
}

void WindowTest::showsFaultsOnRowAndPage_data()
{
    QTest::addColumn<QByteArray>("bytes"); // after the greeting
    QTest::addColumn<bool>("logsIn");
    QTest::addColumn<QString>("row");
    QTest::addColumn<QString>("page");
    const auto row = [](const char *name, bool logsIn, const QByteArray &bytes, const char *brief,
                        const char *page) {
        QTest::newRow(name) << bytes << logsIn << QString::fromLatin1(brief) << QString::fromLatin1(page);
    };
    row("implicit FTPS", false, QByteArray::fromHex("16030100650100006103035f0ff000000000"),
        "Implicit FTPS since ",
        "This camera speaks implicit FTPS. Choose explicit FTPS or none on the camera.");
    row("SFTP", false, "SSH-2.0-dropbear\r\n", "Speaks SFTP since ", "This camera speaks SFTP, not FTP.");
    row("RTSP", false, "OPTIONS rtsp://192.168.1.20/ RTSP/1.0\r\n\r\n", "Speaks RTSP since ",
        "This camera speaks RTSP, not FTP.");
    row("no user", false, "USER\r\nPASS\r\nQUIT\r\n", "No user name since ",
        "The camera sends no user name.");
    row("no password", false, "USER yard\r\nQUIT\r\n", "No password since ", "The camera sends no password.");
    row("wrong password", false, "USER yard\r\nPASS guess\r\nQUIT\r\n", "Wrong login since ",
        "The camera logs in with a wrong user or password.");
    row("wrong user", false, "USER yrad\r\nPASS secret\r\nQUIT\r\n", "Wrong login since ",
        "The camera logs in with a wrong user or password.");
    row("no login", false, "FEAT\r\nQUIT\r\n", "No login since ",
        "The camera connects, but does not log in.");
    row("no TLS after all", false, "AUTH TLS\r\n", "TLS fails since ", "does not complete it.");
    row("no data", true, "MKD 2026\r\nCWD 2026\r\nPASV\r\nSTOR a.jpg\r\n", "No data since ",
        "The camera logs in, but never reaches the data port: a firewall or Docker blocks it. Set a range of "
        "passive "
        "ports in the settings and open it, or set the camera to PORT (active).");
    row("refused PORT", true, "PORT 203,0,113,7,200,10\r\nQUIT\r\n", "PORT refused since ",
        "The camera asks for its data connection (PORT) to 203.0.113.7, port 51210, which is not allowed. "
        "Set the "
        "camera to PASV (passive).");
    row("unreachable", true, "PORT 127,0,0,1,4,1\r\nSTOR a.jpg\r\nQUIT\r\n", "No data since ",
        "Gatehouse could not reach the camera for the picture (PORT). Set the camera to PASV (passive).");
    row("a long name", true, "MKD " + QByteArray(300, 'x') + "\r\n", "Name refused since ",
        "The camera's file can't be stored under the name that it gives it: it is too long. Choose other "
        "names for files and folders on the camera.");
    row("a test", true, "STOR test.txt", "Test received at ", "Test received: from yard");
    row("empty files", true, "STOR a.jpg", "Empty files since ", "The camera sends empty files.");
}

// From the receiver's socket to the row and to the page that waits for the camera.
void WindowTest::showsFaultsOnRowAndPage()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, logsIn);
    QFETCH(QString, row);
    QFETCH(QString, page);
    EngineFixture fixture(EngineFixture::Receives::OnLoopback);
    const auto made =
        fixture.handlers.send(protocol::AddCamera{QStringLiteral("Yard"), {}, QStringLiteral("secret")});
    QTRY_VERIFY_WITH_TIMEOUT(made.isFinished(), kWindowPatience);
    const quint16 port = fixture.engine.receiver().port();
    QVERIFY(elsewhere([port] { return FtpClient().logIn(port, "yard", "secret"); }));
    MainWindow window(fixture.services(), fixture.client);
    window.show();
    const auto *waiting = window.findChild<ConnectPage *>();
    const models::CameraModel &cameras = window.review().cameras();
    QTRY_COMPARE_WITH_TIMEOUT(cameras.rowCount(), 1, kWindowPatience);
    QVERIFY(elsewhere([=] {
        FtpClient client;
        if (logsIn && !client.logIn(port, "yard", "secret"))
            return false;
        if (bytes.startsWith("STOR")) {
            const QByteArray content = bytes.contains("test") ? "test" : "";
            for (int i = 0; i < 3; ++i) {
                if (!client.store(bytes.mid(5), content))
                    return false;
            }
            return true;
        }
        return logsIn ? client.sendRaw(bytes) : FtpClient::sendRaw(port, bytes);
    }));
    QTRY_VERIFY2_WITH_TIMEOUT(
        cameras.index(0, 0).data(models::CameraModel::AgeRole).toString().startsWith(row),
        qPrintable(cameras.index(0, 0).data(models::CameraModel::AgeRole).toString()), kWindowPatience);
    QVERIFY2(waiting->steps()->text().contains(page), qPrintable(waiting->steps()->text()));
    if (row.startsWith(QLatin1String("Test")))
        return;
    QVERIFY(
        cameras.index(0, 0).data(Qt::ToolTipRole).toString().contains(page.section(QLatin1Char('.'), 0, 0)));
    // It works again.
    QVERIFY(elsewhere([port] {
        FtpClient client;
        return client.logIn(port, "yard", "secret") && client.store("note.txt", "all is well");
    }));
    QTRY_VERIFY_WITH_TIMEOUT(cameras.troubles().isEmpty(), kWindowPatience);
}

// From the status bar to the sentences, and on to where something can be changed.
void WindowTest::showsWhatIsWrongWithACamera()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    fixture.add(yard, Kind::Clip, fixture.clock.now() - 60'000);
    MainWindow window(fixture.services(), fixture.client);
    window.show();
    QTRY_COMPARE_WITH_TIMEOUT(window.review().cameras().rowCount(), 1, kWindowPatience);
    protocol::Status status;
    protocol::CameraFault fault;
    fault.kind = FaultKind::NoPassiveData;
    fault.user = yard.user;
    fault.peer = QStringLiteral("192.168.1.57");
    fault.first = fixture.clock.now() - 60'000;
    fault.last = fixture.clock.now();
    fault.count = 14;
    fault.firstPort = 50'000;
    fault.lastPort = 50'100;
    status.faults = {fault};
    status.addresses = {QStringLiteral("192.168.1.20")};
    status.port = 2121;
    status.archive.isReady = true;
    fixture.show(status);
    QTRY_VERIFY_WITH_TIMEOUT(window.statusBar().needs().startsWith(QStringLiteral("Yard: No data since ")),
                             kWindowPatience);
    buttonIn(window.statusBar(), QStringLiteral("Show"))->click();
    auto *dialog = window.findChild<TroubleDialog *>();
    QVERIFY(dialog != nullptr && dialog->isVisible());
    for (const char *words : {"Yard: No data since ", "Open ports 50000 to 50100",
                              "Seen 14 times; last: ", ", from 192.168.1.57"})
        QVERIFY2(dialog->text().contains(QLatin1String(words)), qPrintable(dialog->text()));
    const auto *card = dialog->findChild<LoginCard *>();
    QVERIFY(card->isVisible());
    QCOMPARE(card->address(), QStringLiteral("192.168.1.20"));
    QCOMPARE(card->user(), yard.user);
    const auto saysEncryption = [card] {
        const auto labels = card->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
            return label->isVisible() && label->text().contains(QLatin1String("AUTH TLS"));
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(saysEncryption(), kWindowPatience);
    buttonIn(*dialog, QStringLiteral("Set passive ports…"))->click();
    QVERIFY(window.settings().isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(window.focusWidget() && window.focusWidget()->accessibleName() ==
                                                         QStringLiteral("Passive ports from"),
                             kWindowPatience);

    // It follows the camera.
    fault.kind = FaultKind::WrongPassword;
    status.faults = {fault};
    fixture.show(status);
    QTRY_VERIFY_WITH_TIMEOUT(window.statusBar().needs().contains(QStringLiteral("Wrong login")),
                             kWindowPatience);
    QTRY_VERIFY_WITH_TIMEOUT(window.findChild<TroubleDialog *>() == nullptr, kPatience);
    window.cameraActions().carryOut(CameraAction::Trouble, yard.id);
    dialog = window.findChild<TroubleDialog *>();
    QVERIFY(dialog->text().startsWith(QStringLiteral("Yard: Wrong login since ")));
    status.faults.clear();
    fixture.show(status);
    QTRY_COMPARE_WITH_TIMEOUT(dialog->text(), QStringLiteral("No trouble with Yard is known any more"),
                              kWindowPatience);
    QVERIFY(!dialog->findChild<LoginCard *>()->isVisible());
}

void WindowTest::hidesTheChosenCameraByKey()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    fixture.add(yard, Kind::Clip, fixture.clock.now() - 60'000);
    MainWindow window(fixture.services(), fixture.client);
    window.start(false);
    models::CameraModel &cameras = window.review().cameras();
    QTRY_COMPARE_WITH_TIMEOUT(window.review().selection().camera(), yard.id, kWindowPatience);
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(&window, Qt::Key_H);
    QCOMPARE(cameras.hidden(), QSet<CameraId>{yard.id});
    QPushButton *undo = buttonIn(window, QStringLiteral("Undo"));
    QVERIFY(undo != nullptr);
    undo->click();
    QVERIFY(cameras.hidden().isEmpty());
    QTest::keyClick(&window, Qt::Key_H);
    QTest::keyClick(&window, Qt::Key_H);
    QVERIFY(cameras.hidden().isEmpty());
    window.shortcutsHelp().open();
    QCOMPARE(window.shortcutsHelp().lines().filter(QStringLiteral("H\tHide or show the camera")).size(), 1);
}

void WindowTest::helpListsTheShortcuts()
{
    EngineFixture fixture;
    MainWindow window(fixture.services(), fixture.client);
    window.show();
    window.shortcutsHelp().open();
    QVERIFY(window.shortcutsHelp().isVisible());
    QVERIFY(!window.shortcutsHelp().lines().filter(QStringLiteral("Add a camera")).isEmpty());
    QTest::keyClick(&window.shortcutsHelp(), Qt::Key_Escape);
    QVERIFY(!window.shortcutsHelp().isVisible());
    // The keyboard focus stays where it was.
    window.start(false);
    QTRY_VERIFY_WITH_TIMEOUT(window.focusWidget() &&
                                 window.focusWidget()->inherits("gatehouse::timeline::TimelinePanel"),
                             kPatience);
    window.shortcutsHelp().open();
    QTest::keyClick(&window.shortcutsHelp(), Qt::Key_Escape);
    QVERIFY(window.focusWidget()->inherits("gatehouse::timeline::TimelinePanel"));
}

void WindowTest::restoresItsState()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const WindowOptions options{fixture.folder.filePath(QStringLiteral("window.json")), {}};
    const QSize left(792, 700); // fits the screen of the tests
    {
        MainWindow window(fixture.services(), fixture.client, options);
        window.resize(left);
        window.show();
        window.review().cameras().setHidden({yard.id});
    }
    MainWindow again(fixture.services(), fixture.client, options);
    QCOMPARE(again.review().cameras().hidden(), QSet<CameraId>{yard.id});
    QCOMPARE(again.size(), left);
}

void WindowTest::focusesTheTimelineAtStartup()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    fixture.add(yard, Kind::Clip, fixture.clock.now() - 60'000);
    MainWindow window(fixture.services(), fixture.client);
    window.start(false);
    QTRY_VERIFY_WITH_TIMEOUT(window.focusWidget() &&
                                 window.focusWidget()->inherits("gatehouse::timeline::TimelinePanel"),
                             kPatience);
    QAction *settings = nullptr;
    QAction *review = nullptr;
    for (QAction *action : window.actions()) {
        settings = action->text() == QStringLiteral("Settings") ? action : settings;
        review = action->text() == QStringLiteral("Review") ? action : review;
    }
    settings->trigger();
    QVERIFY(window.settings().isVisible());
    QVERIFY(!window.focusWidget()->inherits("gatehouse::timeline::TimelinePanel"));
    review->trigger();
    QVERIFY(window.focusWidget()->inherits("gatehouse::timeline::TimelinePanel"));
}

GATEHOUSE_TEST(WindowTest)
#include "window_test.moc"
