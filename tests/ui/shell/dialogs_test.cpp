// The camera dialogs, driven like a user: what is typed, selected and clicked reaches the engine as the right
// command, and closing a dialog changes nothing.
#include "cameras/camera_actions.h"
#include "cameras/camera_list.h"
#include "cameras/clock_dialog.h"
#include "cameras/connection_dialog.h"
#include "cameras/encryption_dialog.h"
#include "cameras/login_dialog.h"
#include "cameras/merge_dialog.h"
#include "cameras/trouble_dialog.h"
#include "cameras/zone_dialog.h"
#include "catalog/operations/cameras.h"
#include "fakes/engine_fixture.h"
#include "models/camera_model.h"
#include "models/selection.h"
#include "protocol/camera.h"
#include "protocol/settings.h"
#include "review/review_screen.h"
#include "shell/main_window.h"
#include "shell/status_bar.h"
#include "support/durations.h"
#include "support/registry.h"
#include "widgets/copy_field.h"
#include "widgets/list_view.h"
#include "widgets/login_card.h"
#include "widgets/short_password_box.h"
#include "widgets/tls_version_box.h"
#include "widgets/toasts.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <algorithm>

using namespace gatehouse;
using namespace gatehouse::cameras;
using namespace gatehouse::shell;
using namespace gatehouse::widgets;
using gatehouse::tests::EngineFixture;
using gatehouse::tests::kPatience;

namespace
{

constexpr int kDialogPatience = 15'000;
constexpr qint64 kDialogMinute = 60'000;

QPushButton *buttonNamed(QWidget &where, const QString &text)
{
    for (auto *button : where.findChildren<QPushButton *>()) {
        if (button->text() == text)
            return button;
    }
    return nullptr;
}

QString wordsOf(QWidget &where)
{
    QStringList out;
    for (const auto *label : where.findChildren<QLabel *>())
        out.append(label->text());
    return out.join(QLatin1Char('\n'));
}

QSpinBox *spinNamed(QWidget &where, const QString &name)
{
    for (auto *spin : where.findChildren<QSpinBox *>()) {
        if (spin->accessibleName() == name)
            return spin;
    }
    return nullptr;
}

void typeInto(QSpinBox *spin, const QString &text)
{
    spin->setFocus();
    spin->selectAll();
    QTest::keyClicks(spin, text);
}

// A window over an engine with the yard's and the road's camera.
struct Desk {
    Desk()
    {
        yard = fixture.addCamera(QStringLiteral("Yard"));
        road = fixture.addCamera(QStringLiteral("Road"));
        for (catalog::Camera *camera : {&yard, &road}) { // wherever the test runs
            camera->zone = "UTC";
            if (!tests::resultOf(fixture.writer->submit(catalog::SetCameraZone{camera->id, camera->zone})))
                qFatal("the zone is not set");
        }
        window = std::make_unique<MainWindow>(fixture.services(), fixture.client);
        window->show();
        if (!QTest::qWaitFor([this] { return cameras().rowCount() == 2; }, kDialogPatience))
            qFatal("the cameras are not there");
    }

    template<typename Dialog>
    Dialog *ask(cameras::CameraAction action, CameraId camera)
    {
        window->cameraActions().carryOut(action, camera);
        auto *dialog = window->findChild<Dialog *>();
        if (!dialog || !dialog->isVisible())
            qFatal("the question does not open");
        return dialog;
    }

    [[nodiscard]] models::CameraModel &cameras() const { return window->review().cameras(); }
    [[nodiscard]] catalog::Camera now(CameraId id) const
    {
        const catalog::Camera *found = cameras().camera(id);
        return found ? *found : catalog::Camera();
    }

    // The texts of the current menu of the camera's row.
    QStringList menuOf(CameraId camera)
    {
        auto *list = window->findChild<cameras::CameraList *>();
        widgets::ListView *view = list->view();
        const QRect row = view->visualRect(view->model()->index(cameras().indexOf(camera).row(), 0));
        QContextMenuEvent event(QContextMenuEvent::Mouse, row.center(),
                                view->viewport()->mapToGlobal(row.center()));
        QApplication::sendEvent(view->viewport(), &event);
        QStringList out;
        for (auto *menu : list->findChildren<QMenu *>()) {
            for (QAction *action : menu->actions()) {
                if (!action->text().isEmpty())
                    out.append(action->text());
                if (action->text().startsWith(QStringLiteral("Unmerge ")))
                    takeOut = action;
            }
        }
        return out;
    }

    EngineFixture fixture;
    catalog::Camera yard, road;
    std::unique_ptr<MainWindow> window;
    QPointer<QAction> takeOut;
};

} // namespace

class DialogsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void searchesAndSetsTheZone();
    void cannotSetAnUnknownZone();
    void correctsAndRelearnsTheClock();
    void correctsAClockThatIsBehind();
    void closingADialogChangesNothing();
    void unmergesCameras();
    void setsEncryption();
    void cannotSetEncryptionIfSettingsCannotBeRead();
    void showsTheConnectionAgain();
    void asksBeforeANewPassword();
    void saysWhoseLoginACameraUses();
    void offersNoPasswordToAnonymousCameras();
    void closesTheTroubleOfARemovedCamera();
    void reportsARefusal();
    void showButtonSelectsTheCameraInTrouble();
};

void DialogsTest::searchesAndSetsTheZone()
{
    Desk desk;
    auto *dialog = desk.ask<ZoneDialog>(cameras::CameraAction::Zone, desk.yard.id);
    auto *zones = dialog->findChild<QListWidget *>();
    QCOMPARE(zones->currentItem()->text(), QStringLiteral("UTC")); // its zone now
    auto *search = dialog->findChild<QLineEdit *>();
    QTRY_VERIFY_WITH_TIMEOUT(search->hasFocus(), kPatience);
    QTest::keyClicks(search, QStringLiteral("new york"));
    QCOMPARE(zones->currentItem()->text(), QStringLiteral("America/New_York"));
    // Enter in the search field applies the match.
    QTest::keyClick(search, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(desk.now(desk.yard.id).zone, QByteArray("America/New_York"), kDialogPatience);
    QCOMPARE(desk.now(desk.road.id).zone, QByteArray("UTC"));
}

void DialogsTest::cannotSetAnUnknownZone()
{
    Desk desk;
    auto *dialog = desk.ask<ZoneDialog>(cameras::CameraAction::Zone, desk.yard.id);
    auto *search = dialog->findChild<QLineEdit *>();
    QPushButton *set = buttonNamed(*dialog, QStringLiteral("Set time zone"));
    QVERIFY(set->isEnabled());
    QTest::keyClicks(search, QStringLiteral("atlantis"));
    QVERIFY(!set->isEnabled());
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(dialog->isVisible());
    search->clear();
    QTest::keyClicks(search, QStringLiteral("berlin"));
    QVERIFY(set->isEnabled());
    QTest::mouseClick(set, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(desk.now(desk.yard.id).zone, QByteArray("Europe/Berlin"), kDialogPatience);
}

void DialogsTest::correctsAndRelearnsTheClock()
{
    Desk desk;
    {
        auto *dialog = desk.ask<ClockDialog>(cameras::CameraAction::Clock, desk.yard.id);
        QVERIFY(wordsOf(*dialog).contains(QStringLiteral("Its clock is correct")));
        QVERIFY(!buttonNamed(*dialog, QStringLiteral("Learn from uploads"))->isEnabled());
        typeInto(spinNamed(*dialog, QStringLiteral("Hours")), QStringLiteral("1"));
        typeInto(spinNamed(*dialog, QStringLiteral("Minutes")), QStringLiteral("2"));
        typeInto(spinNamed(*dialog, QStringLiteral("Seconds")), QStringLiteral("3"));
        QTest::mouseClick(buttonNamed(*dialog, QStringLiteral("Correct manually")), Qt::LeftButton);
    }
    QTRY_COMPARE_WITH_TIMEOUT(desk.now(desk.yard.id).offset, 62 * kDialogMinute + 3'000, kDialogPatience);
    QVERIFY(desk.now(desk.yard.id).offsetFixed);
    QTRY_VERIFY_WITH_TIMEOUT(!desk.window->findChild<ClockDialog *>(), kPatience);
    auto *dialog = desk.ask<ClockDialog>(cameras::CameraAction::Clock, desk.yard.id);
    QVERIFY(wordsOf(*dialog).contains(QStringLiteral("1 h 2 min ahead, set manually")));
    QCOMPARE(spinNamed(*dialog, QStringLiteral("Seconds"))->value(), 3);
    QPushButton *learn = buttonNamed(*dialog, QStringLiteral("Learn from uploads"));
    QVERIFY(learn->isEnabled());
    QTest::mouseClick(learn, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!desk.now(desk.yard.id).offsetFixed, kDialogPatience);
}

void DialogsTest::correctsAClockThatIsBehind()
{
    Desk desk;
    auto *dialog = desk.ask<ClockDialog>(cameras::CameraAction::Clock, desk.road.id);
    typeInto(spinNamed(*dialog, QStringLiteral("Minutes")), QStringLiteral("90")); // the maximum is 59
    QVERIFY(spinNamed(*dialog, QStringLiteral("Minutes"))->value() <= 59);
    typeInto(spinNamed(*dialog, QStringLiteral("Minutes")), QStringLiteral("5"));
    auto *direction = dialog->findChild<QComboBox *>();
    QTest::keyClick(direction, Qt::Key_Down);
    QCOMPARE(direction->currentText(), QStringLiteral("behind"));
    QTest::mouseClick(buttonNamed(*dialog, QStringLiteral("Correct manually")), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(desk.now(desk.road.id).offset, -5 * kDialogMinute, kDialogPatience);
}

void DialogsTest::closingADialogChangesNothing()
{
    Desk desk;
    auto *zone = desk.ask<ZoneDialog>(cameras::CameraAction::Zone, desk.yard.id);
    QTest::keyClicks(zone->findChild<QLineEdit *>(), QStringLiteral("berlin"));
    QTest::keyClick(zone, Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!desk.window->findChild<ZoneDialog *>(), kPatience);
    auto *clock = desk.ask<ClockDialog>(cameras::CameraAction::Clock, desk.yard.id);
    typeInto(spinNamed(*clock, QStringLiteral("Hours")), QStringLiteral("4"));
    QTest::mouseClick(buttonNamed(*clock, QStringLiteral("Cancel")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!desk.window->findChild<ClockDialog *>(), kPatience);
    auto *merge = desk.ask<MergeDialog>(cameras::CameraAction::Merge, desk.yard.id);
    QTest::keyClick(merge, Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!desk.window->findChild<MergeDialog *>(), kPatience);
    QCOMPARE(desk.fixture.commands.count<protocol::SetCameraZone>(), 0);
    QCOMPARE(desk.fixture.commands.count<protocol::SetCameraOffset>(), 0);
    QCOMPARE(desk.fixture.commands.count<protocol::MergeCameras>(), 0);
}

void DialogsTest::unmergesCameras()
{
    Desk desk;
    // Only a merged camera can be unmerged.
    QVERIFY(desk.menuOf(desk.road.id).filter(QStringLiteral("Unmerge ")).isEmpty());
    auto *dialog = desk.ask<MergeDialog>(cameras::CameraAction::Merge, desk.yard.id);
    auto *others = dialog->findChild<QListWidget *>();
    QCOMPARE(others->count(), 1); // not itself
    QCOMPARE(others->item(0)->text(), QStringLiteral("Road"));
    QTest::mouseClick(buttonNamed(*dialog, QStringLiteral("Merge Yard")), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(desk.cameras().rowCount(), 1, kDialogPatience);
    QTRY_COMPARE_WITH_TIMEOUT(desk.now(desk.road.id).merged.size(), 1, kDialogPatience);
    QCOMPARE(desk.menuOf(desk.road.id).filter(QStringLiteral("Unmerge ")),
             QStringList{QStringLiteral("Unmerge Yard")});
    desk.takeOut->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(desk.cameras().rowCount(), 2, kDialogPatience);
    QCOMPARE(desk.now(desk.yard.id).name, QStringLiteral("Yard"));
    QTRY_VERIFY_WITH_TIMEOUT(desk.now(desk.road.id).merged.isEmpty(), kPatience);
}

// Using only the keyboard.
void DialogsTest::setsEncryption()
{
    Desk desk;
    desk.fixture.applySettings([&desk](settings::Settings &settings) {
        settings.receiver.minTls = QStringLiteral("1.2");
        settings.receiver.tlsRules = {{desk.yard.user, {false, QStringLiteral("1.0")}}};
    });
    auto *dialog = desk.ask<EncryptionDialog>(cameras::CameraAction::Encryption, desk.yard.id);
    QTRY_VERIFY_WITH_TIMEOUT(dialog->onlyEncrypted()->hasFocus(), kDialogPatience);
    QVERIFY(!dialog->onlyEncrypted()->isChecked());
    QCOMPARE(dialog->oldestVersion()->version(), QStringLiteral("1.0"));
    QVERIFY(!dialog->setButton()->isEnabled());
    QTest::keyClick(dialog->onlyEncrypted(), Qt::Key_Space);
    QVERIFY(dialog->setButton()->isEnabled());
    QTest::keyClick(dialog, Qt::Key_Tab);
    QVERIFY(dialog->oldestVersion()->hasFocus());
    QTest::keyClick(dialog->oldestVersion(), Qt::Key_Up);
    QVERIFY(dialog->oldestVersion()->currentText().contains(QStringLiteral("Same as all cameras: TLS 1.2")));
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(
        wordsOf(*desk.window).contains(QStringLiteral("Yard is accepted over encrypted")), kDialogPatience);
    QCOMPARE(desk.fixture.engine.context().settings.receiver.tlsRules,
             (QHash<QString, settings::TlsRule>{{desk.yard.user, {true, QString()}}}));
    // Of another one, only what was changed.
    auto *second = desk.ask<EncryptionDialog>(cameras::CameraAction::Encryption, desk.road.id);
    QTRY_VERIFY_WITH_TIMEOUT(second->onlyEncrypted()->isEnabled(), kDialogPatience);
    second->oldestVersion()->setVersion(QStringLiteral("1.3"));
    desk.fixture.commands.refuse<protocol::SetCameraTls>(QStringLiteral("The disk is full"));
    second->setButton()->click();
    QTRY_VERIFY_WITH_TIMEOUT(wordsOf(*second).contains(QStringLiteral("The disk is full")), kDialogPatience);
    QVERIFY(second->isVisible());
    const auto sent = desk.fixture.commands.last<protocol::SetCameraTls>();
    QCOMPARE(sent.camera, desk.road.id);
    QVERIFY(!sent.isRequired);
    QCOMPARE(sent.minTls, std::optional(QStringLiteral("1.3")));
}

void DialogsTest::cannotSetEncryptionIfSettingsCannotBeRead()
{
    Desk desk;
    desk.fixture.commands.refuse<protocol::GetSettings>(QStringLiteral("The engine is busy"));
    auto *dialog = desk.ask<EncryptionDialog>(cameras::CameraAction::Encryption, desk.yard.id);
    QTRY_VERIFY_WITH_TIMEOUT(wordsOf(*dialog).contains(QStringLiteral("The engine is busy")),
                             kDialogPatience);
    QVERIFY(!dialog->onlyEncrypted()->isEnabled() && !dialog->setButton()->isEnabled());
}

void DialogsTest::showsTheConnectionAgain()
{
    Desk desk;
    desk.fixture.applySettings([](settings::Settings &settings) {
        settings.receiver.bind = QStringLiteral("127.0.0.1");
        settings.receiver.passiveFirst = 50'000;
        settings.receiver.passiveLast = 50'100;
        settings.receiver.tlsRules[QStringLiteral("yard")] = {true, QStringLiteral("1.2")};
    });
    QVERIFY(desk.menuOf(desk.yard.id).contains(QStringLiteral("Connection…")));
    auto *dialog = desk.ask<ConnectionDialog>(cameras::CameraAction::Connection, desk.yard.id);
    QTRY_COMPARE_WITH_TIMEOUT(dialog->card()->user(), QStringLiteral("yard"), kDialogPatience);
    const auto fields = dialog->card()->findChildren<CopyField *>();
    QStringList shown;
    for (const CopyField *field : fields) {
        if (field->value().isEmpty())
            continue;
        auto *copy = field->findChild<QPushButton *>();
        QVERIFY(copy->isVisible() && copy->isEnabled());
        copy->click();
        shown.append(QApplication::clipboard()->text());
    }
    QCOMPARE(shown, (QStringList{QStringLiteral("127.0.0.1"), QStringLiteral("yard"), QStringLiteral("/"),
                                 QStringLiteral("50000 to 50100")}));
    QVERIFY2(wordsOf(*dialog).contains(QStringLiteral("explicit FTPS (AUTH TLS) only, TLS 1.2 or newer")),
             qPrintable(wordsOf(*dialog)));
    QVERIFY2(dialog->notes().contains(QStringLiteral("only its hash is stored")),
             qPrintable(dialog->notes()));
    QVERIFY(dialog->card()->password().isEmpty());
    buttonNamed(*dialog->card(), QStringLiteral("Copy all"))->click();
    QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("Data ports: 50000 to 50100")));
    QVERIFY(!QApplication::clipboard()->text().contains(QStringLiteral("Password")));
}

void DialogsTest::asksBeforeANewPassword()
{
    Desk desk;
    auto *dialog = desk.ask<ConnectionDialog>(cameras::CameraAction::Connection, desk.yard.id);
    QTRY_VERIFY_WITH_TIMEOUT(dialog->passwordButton()->isEnabled(), kDialogPatience);
    dialog->passwordButton()->click();
    auto *question = desk.window->findChild<LoginDialog *>();
    QVERIFY(question && question->isVisible());
    QVERIFY(wordsOf(*question).contains(QStringLiteral("until you type the new password into it")));
    QCOMPARE(desk.fixture.commands.count<protocol::SetCameraPassword>(), 0);
    question->shortBox()->setChecked(true);
    question->makeButton()->click();
    QTRY_COMPARE_WITH_TIMEOUT(question->card()->password().size(), 7, kDialogPatience);
    QCOMPARE(desk.fixture.commands.last<protocol::SetCameraPassword>().camera, desk.yard.id);
}

// A recorder with two channels.
void DialogsTest::saysWhoseLoginACameraUses()
{
    Desk desk;
    desk.fixture.add(desk.yard, Kind::Still, desk.fixture.clock.now() - 9'000, Trigger::Motion,
                     QStringLiteral("ch01"));
    desk.fixture.add(desk.yard, Kind::Still, desk.fixture.clock.now() - 6'000, Trigger::Motion,
                     QStringLiteral("ch02"));
    QTRY_COMPARE_WITH_TIMEOUT(desk.cameras().rowCount(), 3, kDialogPatience);
    const auto &all = desk.cameras().cameras();
    const auto channel = std::find_if(all.begin(), all.end(), [](const catalog::Camera &camera) {
        return camera.key == QLatin1String("ch02");
    });
    QVERIFY(channel != all.end());
    auto *dialog = desk.ask<ConnectionDialog>(cameras::CameraAction::Connection, channel->id);
    QTRY_VERIFY_WITH_TIMEOUT(dialog->passwordButton()->isEnabled(), kDialogPatience);
    QVERIFY2(dialog->notes().contains(QStringLiteral("it uses the login of Yard")),
             qPrintable(dialog->notes()));
    QVERIFY2(dialog->notes().contains(QStringLiteral("Also type it into: Yard (same login)")),
             qPrintable(dialog->notes()));
    dialog->passwordButton()->click();
    auto *question = desk.window->findChild<LoginDialog *>();
    QVERIFY(question);
    QVERIFY2(wordsOf(*question).contains(QStringLiteral("Also type it into: Yard (same login)")),
             qPrintable(wordsOf(*question)));
}

void DialogsTest::offersNoPasswordToAnonymousCameras()
{
    Desk desk;
    catalog::Account account;
    account.user = QStringLiteral("anonymous");
    const auto any =
        *tests::resultOf(desk.fixture.writer->submit(catalog::AddCamera{QStringLiteral("Any"), account}));
    QTRY_COMPARE_WITH_TIMEOUT(desk.cameras().rowCount(), 3, kDialogPatience);
    auto *dialog = desk.ask<ConnectionDialog>(cameras::CameraAction::Connection, any.id);
    QTRY_VERIFY_WITH_TIMEOUT(dialog->notes().contains(QStringLiteral("anonymous")), kDialogPatience);
    QVERIFY(!dialog->passwordButton()->isEnabled());
}

void DialogsTest::closesTheTroubleOfARemovedCamera()
{
    Desk desk;
    QPointer<TroubleDialog> dialog = desk.ask<TroubleDialog>(cameras::CameraAction::Trouble, desk.road.id);
    QVERIFY2(wordsOf(*dialog).contains(QStringLiteral("No trouble with Road is known any more")),
             qPrintable(wordsOf(*dialog)));
    desk.fixture.client.send(protocol::RemoveCamera{desk.road.id, false, {}});
    QTRY_VERIFY_WITH_TIMEOUT(dialog.isNull(), kDialogPatience);
}

void DialogsTest::reportsARefusal()
{
    Desk desk;
    desk.fixture.commands.refuse<protocol::SetCameraZone>(QStringLiteral("The catalog cannot be written"));
    auto *dialog = desk.ask<ZoneDialog>(cameras::CameraAction::Zone, desk.yard.id);
    QSignalSpy failed(&desk.window->cameraActions(), &CameraActions::failed);
    QTest::mouseClick(buttonNamed(*dialog, QStringLiteral("Set time zone")), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kDialogPatience);
    QTRY_VERIFY_WITH_TIMEOUT(wordsOf(*desk.window).contains(QStringLiteral("The catalog cannot be written")),
                             kPatience);
}

void DialogsTest::showButtonSelectsTheCameraInTrouble()
{
    Desk desk;
    desk.window->review().selection().chooseCamera(desk.road.id);
    protocol::CameraFault fault;
    fault.kind = FaultKind::WrongPassword;
    fault.user = desk.yard.user;
    fault.first = desk.fixture.clock.now();
    desk.cameras().setFaults({fault}, {});
    QPushButton *show = buttonNamed(desk.window->statusBar(), QStringLiteral("Show"));
    QTRY_VERIFY_WITH_TIMEOUT(show && show->isVisible(), kPatience);
    QTest::mouseClick(show, Qt::LeftButton);
    QCOMPARE(desk.window->review().selection().camera(), desk.yard.id);
    const QModelIndex row = desk.window->review().cameraList().view()->currentIndex();
    QCOMPARE(row.data().toString(), QStringLiteral("Yard"));
}

GATEHOUSE_TEST(DialogsTest)
#include "dialogs_test.moc"
