// Each command to the real engine once, with what can be wrong about it.
#include "accounts/password.h"
#include "app/engine/receiver_feature.h"
#include "app/engine/removal_feature.h"
#include "catalog/operations/cameras.h"
#include "commands_fixture.h"
#include "protocol/camera.h"
#include "protocol/engine.h"
#include "protocol/import.h"
#include "protocol/items.h"
#include "protocol/receiver.h"
#include "protocol/repair.h"
#include "protocol/settings.h"
#include "support/registry.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::protocol;
using gatehouse::tests::CommandsFixture;

namespace
{

constexpr CameraId kNoCamera{4711};
constexpr ItemId kNoItem{4711};

template<typename T>
ErrorKind kindOf(const Result<T> &result)
{
    return result ? ErrorKind::Internal : result.error().kind;
}

} // namespace

class CommandsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCommandHasAHandler();
    void reportsUnknownCommands();
    void addsACameraWithAWorkingPassword();
    void validatesNamesAndPasswords();
    void replacesThePassword();
    void showsHowToConnectACamera();
    void namesTheCamerasOfASharedLogin();
    void makesNoPasswordForAnonymousCameras();
    void renamesACamera();
    void setsTheTimeZone();
    void setsAndLearnsTheClockOffset();
    void setsTlsRules();
    void removingACameraRemovesItsTlsRule();
    void mergesAndSplitsCameras();
    void removesItemsOnlyWithAReason();
    void undoesRemovals();
    void removesOnceUndoIsOver();
    void removesWhatWaitsWhenTheEngineStops();
    void protectsItems();
    void marksEventsReviewed();
    void pausesAndResumesTheReceiver();
    void readsAndWritesSettings();
    void importsAFolder();
    void acceptsStopWithoutARunningImport();
    void repairsTheArchive();
    void doesNotSalvageAHealthyCatalog();
    void confirmsRetention();
    void reportsTheEngineStatus();
    void quitsTheEngine();
};

// As the headers have them.
void CommandsTest::everyCommandHasAHandler()
{
    CommandsFixture fixture;
    static const QRegularExpression command(QStringLiteral("kName\\{\"([^\"]+)\"\\};\\s+using Reply ="));
    const QDir folder(QStringLiteral(GATEHOUSE_SOURCE_DIR "/core/protocol"));
    int count = 0;
    for (const QString &header : folder.entryList({QStringLiteral("*.h")})) {
        QFile file(folder.filePath(header));
        QVERIFY(file.open(QIODevice::ReadOnly));
        auto matches = command.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext()) {
            const QString name = matches.next().captured(1);
            const auto answer = CommandsFixture::awaited(fixture.commands.call(name, {}));
            QVERIFY2(kindOf(answer) != ErrorKind::NotFound, qPrintable(name));
            ++count;
        }
    }
    QVERIFY(count >= 25);
}

void CommandsTest::reportsUnknownCommands()
{
    CommandsFixture fixture;
    const auto answer = CommandsFixture::awaited(fixture.commands.call(QStringLiteral("camera.paint"), {}));
    QCOMPARE(kindOf(answer), ErrorKind::NotFound);
    QVERIFY(answer.error().text.contains(QStringLiteral("camera.paint")));
}

void CommandsTest::addsACameraWithAWorkingPassword()
{
    CommandsFixture fixture;
    const auto made = fixture.send(AddCamera{QStringLiteral(" Front door ")});
    QVERIFY2(made, qPrintable(made ? QString() : made.error().text));
    QCOMPARE(made->name, QStringLiteral("Front door"));
    const auto account = CommandsFixture::awaited(fixture.writer.submit(catalog::FindAccount{made->user}));
    QVERIFY(account);
    QVERIFY(accounts::matches({account->salt, account->hash, account->iterations}, made->password.toUtf8()));
    QCOMPARE(fixture.camera(made->camera).account, account->id);

    const auto given = fixture.send(
        AddCamera{QStringLiteral("Porch"), QStringLiteral("porch-cam"), QStringLiteral("tulip-harbor-74")});
    QVERIFY(given);
    QCOMPARE(given->user, QStringLiteral("porch-cam"));
    QCOMPARE(given->password, QStringLiteral("tulip-harbor-74"));
    QVERIFY(!fixture.send(AddCamera{QStringLiteral("Other"), QStringLiteral("porch-cam")})); // taken
}

void CommandsTest::validatesNamesAndPasswords()
{
    CommandsFixture fixture;
    for (const QString &name :
         {QString(), QStringLiteral("  "), QString(81, u'x'), QStringLiteral("two\nlines")})
        QCOMPARE(kindOf(fixture.send(AddCamera{name})), ErrorKind::Invalid);
    for (const QString &secret : {QString(129, u'x'), QStringLiteral("a\tb"), QStringLiteral(" padded ")}) {
        QCOMPARE(kindOf(fixture.send(AddCamera{QStringLiteral("Yard"), secret})), ErrorKind::Invalid);
        QCOMPARE(kindOf(fixture.send(AddCamera{QStringLiteral("Yard"), {}, secret})), ErrorKind::Invalid);
        QCOMPARE(kindOf(fixture.send(SetCameraPassword{kNoCamera, secret})), ErrorKind::Invalid);
    }
    QCOMPARE(*fixture.send(GetStatus())->cameras, 0);
}

void CommandsTest::replacesThePassword()
{
    CommandsFixture fixture;
    const auto before = *fixture.send(AddCamera{QStringLiteral("Yard")});
    const auto after = fixture.send(SetCameraPassword{before.camera});
    QVERIFY(after);
    QCOMPARE(after->user, before.user);
    QVERIFY(after->password != before.password);
    const auto account = *CommandsFixture::awaited(fixture.writer.submit(catalog::FindAccount{before.user}));
    const accounts::Secret secret{account.salt, account.hash, account.iterations};
    QVERIFY(accounts::matches(secret, after->password.toUtf8()));
    QVERIFY(!accounts::matches(secret, before.password.toUtf8()));
    QCOMPARE(kindOf(fixture.send(SetCameraPassword{kNoCamera})), ErrorKind::NotFound);
    const auto brief = fixture.send(SetCameraPassword{before.camera, {}, true});
    QVERIFY(brief && brief->password.size() == 7);
    const auto another = fixture.send(AddCamera{QStringLiteral("Porch"), {}, {}, true});
    QVERIFY(another && another->password.size() == 7);
    const auto typed =
        fixture.send(AddCamera{QStringLiteral("Road"), {}, QStringLiteral("tulip-harbor"), true});
    QVERIFY(typed && typed->password == QLatin1String("tulip-harbor")); // what a person chose stays
}

void CommandsTest::showsHowToConnectACamera()
{
    CommandsFixture fixture;
    QVERIFY(fixture.send(SetSettings{
        {{QStringLiteral("receiver"), QJsonObject{{QStringLiteral("bind"), QStringLiteral("127.0.0.1")},
                                                  {QStringLiteral("port"), 2222},
                                                  {QStringLiteral("passiveFirst"), 50'000},
                                                  {QStringLiteral("passiveLast"), 50'100}}}}}));
    const auto made = *fixture.send(AddCamera{QStringLiteral("Yard")});
    QCOMPARE(made.addresses, QVector<QString>{QStringLiteral("127.0.0.1")});
    QCOMPARE(made.port, 2222);
    QVERIFY(made.passiveFirst == 50'000 && made.passiveLast == 50'100);
    QVERIFY(!made.isTlsRequired);
    QCOMPARE(made.minTls, QStringLiteral("1.0"));
    QVERIFY(made.others.isEmpty());
    QVERIFY(fixture.send(SetCameraTls{made.camera, true, QStringLiteral("1.2")}));

    const auto again = fixture.send(GetCameraLogin{made.camera});
    QVERIFY(again);
    QCOMPARE(again->user, made.user);
    QCOMPARE(again->port, 2222);
    QVERIFY(again->isTlsRequired && again->isEnabled && !again->isAnonymous);
    QCOMPARE(again->minTls, QStringLiteral("1.2"));
    QCOMPARE(again->password, QString()); // nobody knows it any more
    QCOMPARE(kindOf(fixture.send(GetCameraLogin{kNoCamera})), ErrorKind::NotFound);
}

void CommandsTest::namesTheCamerasOfASharedLogin()
{
    CommandsFixture fixture;
    const auto hub = *fixture.send(AddCamera{QStringLiteral("Hub")});
    fixture.add(hub.camera, QStringLiteral("ch01"));
    const ItemId item = fixture.add(hub.camera, QStringLiteral("ch02"));
    QVERIFY(fixture.item(item));
    const CameraId channel = fixture.item(item)->camera;
    QVERIFY(channel != hub.camera);
    const QString name = fixture.camera(channel).name;
    QCOMPARE(fixture.send(GetCameraLogin{hub.camera})->others, QVector<QString>{name});
    const auto changed = fixture.send(SetCameraPassword{channel});
    QVERIFY(changed);
    QCOMPARE(changed->user, hub.user);
    QCOMPARE(changed->others, QVector<QString>{QStringLiteral("Hub")});
}

void CommandsTest::makesNoPasswordForAnonymousCameras()
{
    CommandsFixture fixture;
    catalog::Account account;
    account.user = QStringLiteral("anonymous");
    const auto camera =
        *CommandsFixture::awaited(fixture.writer.submit(catalog::AddCamera{QStringLiteral("Any"), account}));
    QVERIFY(fixture.send(GetCameraLogin{camera.id})->isAnonymous);
    QCOMPARE(kindOf(fixture.send(SetCameraPassword{camera.id})), ErrorKind::Invalid);
}

void CommandsTest::renamesACamera()
{
    CommandsFixture fixture;
    const CameraId yard = fixture.send(AddCamera{QStringLiteral("Yard")})->camera;
    QVERIFY(fixture.send(RenameCamera{yard, QStringLiteral("Back yard")}));
    QCOMPARE(fixture.camera(yard).name, QStringLiteral("Back yard"));
    QCOMPARE(kindOf(fixture.send(RenameCamera{yard, {}})), ErrorKind::Invalid);
    QCOMPARE(kindOf(fixture.send(RenameCamera{kNoCamera, QStringLiteral("X")})), ErrorKind::NotFound);
}

void CommandsTest::setsTheTimeZone()
{
    CommandsFixture fixture;
    const CameraId yard = fixture.send(AddCamera{QStringLiteral("Yard")})->camera;
    QVERIFY(fixture.send(SetCameraZone{yard, "Europe/Berlin"}));
    QCOMPARE(fixture.camera(yard).zone, QByteArray("Europe/Berlin"));
    const auto unknown = fixture.send(SetCameraZone{yard, "Mars/Olympus"});
    QCOMPARE(kindOf(unknown), ErrorKind::Invalid);
    QVERIFY(unknown.error().text.contains(QStringLiteral("Mars/Olympus")));
    QCOMPARE(kindOf(fixture.send(SetCameraZone{kNoCamera, "UTC"})), ErrorKind::NotFound);
}

void CommandsTest::setsAndLearnsTheClockOffset()
{
    CommandsFixture fixture;
    const CameraId yard = fixture.send(AddCamera{QStringLiteral("Yard")})->camera;
    QVERIFY(fixture.send(SetCameraOffset{yard, -90'000}));
    QCOMPARE(fixture.camera(yard).offset, -90'000);
    QVERIFY(fixture.camera(yard).offsetFixed);
    QVERIFY(fixture.send(LearnCameraOffset{yard}));
    QVERIFY(!fixture.camera(yard).offsetFixed);
    QCOMPARE(kindOf(fixture.send(SetCameraOffset{yard, 37LL * 3'600'000})), ErrorKind::Invalid);
    QCOMPARE(kindOf(fixture.send(SetCameraOffset{kNoCamera, 1})), ErrorKind::NotFound);
    QCOMPARE(kindOf(fixture.send(LearnCameraOffset{kNoCamera})), ErrorKind::NotFound);
}

void CommandsTest::setsTlsRules()
{
    CommandsFixture fixture;
    const auto yard = *fixture.send(AddCamera{QStringLiteral("Yard")});
    QVERIFY(fixture.send(SetCameraTls{yard.camera, true, {}}));
    QVERIFY(fixture.send(SetCameraTls{yard.camera, {}, QStringLiteral("1.2")}));
    const auto rules = [&fixture] { return fixture.engine.context().settings.receiver.tlsRules; };
    QCOMPARE(rules().value(yard.user), (settings::TlsRule{true, QStringLiteral("1.2")}));
    const auto unknown = fixture.send(SetCameraTls{yard.camera, {}, QStringLiteral("1.9")});
    QCOMPARE(kindOf(unknown), ErrorKind::Invalid);
    QCOMPARE(unknown.error().field, QStringLiteral("least"));
    QCOMPARE(rules().value(yard.user).least, QStringLiteral("1.2"));
    QVERIFY(fixture.send(SetCameraTls{yard.camera, false, QString()}));
    QVERIFY(!rules().contains(yard.user));
    QCOMPARE(kindOf(fixture.send(SetCameraTls{kNoCamera, true, {}})), ErrorKind::NotFound);
}

void CommandsTest::removingACameraRemovesItsTlsRule()
{
    CommandsFixture fixture;
    const auto yard = *fixture.send(AddCamera{QStringLiteral("Yard")});
    QVERIFY(fixture.send(SetCameraTls{yard.camera, true, {}}));
    QVERIFY(fixture.send(RemoveCamera{yard.camera, false, {}}));
    QVERIFY(!fixture.camera(yard.camera).id.isValid());
    QVERIFY(fixture.engine.context().settings.receiver.tlsRules.isEmpty());
    QCOMPARE(kindOf(fixture.send(RemoveCamera{yard.camera, false, {}})), ErrorKind::NotFound);
}

void CommandsTest::mergesAndSplitsCameras()
{
    CommandsFixture fixture;
    const CameraId yard = fixture.send(AddCamera{QStringLiteral("Yard")})->camera;
    const CameraId road = fixture.send(AddCamera{QStringLiteral("Road")})->camera;
    QVERIFY(fixture.send(MergeCameras{yard, road}));
    QVERIFY(!fixture.camera(yard).id.isValid());
    QCOMPARE(fixture.camera(road).merged.size(), 1);
    QVERIFY(fixture.send(SplitCamera{yard}));
    QVERIFY(fixture.camera(yard).id.isValid());
    QVERIFY(!fixture.send(SplitCamera{yard})); // it is merged no more
    QVERIFY(!fixture.send(MergeCameras{yard, yard}));
    QVERIFY(!fixture.send(MergeCameras{yard, kNoCamera}));
}

void CommandsTest::removesItemsOnlyWithAReason()
{
    CommandsFixture fixture;
    const auto yard = *fixture.send(AddCamera{QStringLiteral("Yard")});
    const ItemId item = fixture.add(yard.camera);
    QVERIFY(fixture.item(item));
    QCOMPARE(kindOf(fixture.send(RemoveItems{{item}, QStringLiteral(" ")})), ErrorKind::Invalid);
    QCOMPARE(kindOf(fixture.send(RemoveItems{{}, QStringLiteral("Private")})), ErrorKind::Invalid);
    const auto removed = fixture.send(RemoveItems{{item}, QStringLiteral("Private")});
    QVERIFY(removed);
    QCOMPARE(removed->removed, 1);
    QVERIFY(!fixture.item(item));
}

void CommandsTest::undoesRemovals()
{
    CommandsFixture fixture;
    const auto yard = *fixture.send(AddCamera{QStringLiteral("Yard")});
    const ItemId first = fixture.add(yard.camera);
    const ItemId second = fixture.add(yard.camera);
    const auto removed = fixture.commands.send(
        RemoveItems{{first, second}, QStringLiteral("Private"), RemoveItems::kMaxUndoMs});
    // All or none.
    QCOMPARE(kindOf(fixture.send(KeepItems{{first, kNoItem}})), ErrorKind::NotFound);
    QVERIFY(fixture.send(KeepItems{{first}}));
    QCOMPARE(kindOf(fixture.send(KeepItems{{first}})), ErrorKind::NotFound);
    QVERIFY(!removed.isFinished());
    QVERIFY(fixture.send(KeepItems{{second}}));
    QCOMPARE(CommandsFixture::awaited(removed)->removed, 0);
    QVERIFY(fixture.item(first) && fixture.item(second));
    QCOMPARE(
        kindOf(fixture.send(RemoveItems{{first}, QStringLiteral("Private"), RemoveItems::kMaxUndoMs + 1})),
        ErrorKind::Invalid);
}

void CommandsTest::removesOnceUndoIsOver()
{
    CommandsFixture fixture;
    const auto yard = *fixture.send(AddCamera{QStringLiteral("Yard")});
    const ItemId kept = fixture.add(yard.camera);
    const ItemId gone = fixture.add(yard.camera);
    const auto removed = fixture.commands.send(RemoveItems{{kept, gone}, QStringLiteral("Private"), 500});
    QVERIFY(fixture.send(KeepItems{{kept}}));
    QVERIFY(fixture.item(gone));
    QCOMPARE(CommandsFixture::awaited(removed)->removed, 1);
    QVERIFY(fixture.item(kept) && !fixture.item(gone));
    const auto late = fixture.send(KeepItems{{gone}});
    QCOMPARE(kindOf(late), ErrorKind::NotFound);
    QVERIFY2(late.error().text.contains(QStringLiteral("too late")), qPrintable(late.error().text));
}

void CommandsTest::removesWhatWaitsWhenTheEngineStops()
{
    CommandsFixture fixture;
    const auto yard = *fixture.send(AddCamera{QStringLiteral("Yard")});
    const ItemId item = fixture.add(yard.camera);
    const auto removed =
        fixture.commands.send(RemoveItems{{item}, QStringLiteral("Private"), RemoveItems::kMaxUndoMs});
    QVERIFY(fixture.item(item));
    fixture.engine.removal().stop();
    QCOMPARE(CommandsFixture::awaited(removed)->removed, 1);
    QVERIFY(!fixture.item(item));
}

void CommandsTest::protectsItems()
{
    CommandsFixture fixture;
    const auto yard = *fixture.send(AddCamera{QStringLiteral("Yard")});
    const ItemId item = fixture.add(yard.camera);
    QVERIFY(fixture.send(ProtectItem{item, true}));
    QVERIFY(fixture.item(item)->isProtected);
    QCOMPARE(kindOf(fixture.send(RemoveItems{{item}, QStringLiteral("Private")})), ErrorKind::Denied);
    QVERIFY(fixture.send(ProtectItem{item, false}));
    QVERIFY(!fixture.item(item)->isProtected);
    QCOMPARE(kindOf(fixture.send(ProtectItem{ItemId{7}, true})), ErrorKind::NotFound);
}

void CommandsTest::marksEventsReviewed()
{
    CommandsFixture fixture;
    const auto yard = *fixture.send(AddCamera{QStringLiteral("Yard")});
    const EventId event = fixture.item(fixture.add(yard.camera))->event;
    QVERIFY(fixture.send(ReviewEvent{event, true}));
    QVERIFY(fixture.event(event)->reviewed);
    QVERIFY(fixture.send(ReviewEvent{event, false}));
    QVERIFY(!fixture.event(event)->reviewed);
    QCOMPARE(kindOf(fixture.send(ReviewEvent{EventId{4711}, true})), ErrorKind::NotFound);
}

void CommandsTest::pausesAndResumesTheReceiver()
{
    CommandsFixture fixture;
    QSignalSpy changed(&fixture.engine.receiver(), &app::ReceiverFeature::changed);
    QVERIFY(fixture.send(PauseReceiver{60}));
    QVERIFY(fixture.send(GetStatus())->pausedUntil > fixture.engine.context().clock.now() + 59 * 60'000);
    QVERIFY(fixture.send(ResumeReceiver()));
    QCOMPARE(fixture.send(GetStatus())->pausedUntil, 0);
    QCOMPARE(changed.size(), 2);
    for (const int minutes : {-1, 0, 1441})
        QCOMPARE(kindOf(fixture.send(PauseReceiver{minutes})), ErrorKind::Invalid);
}

void CommandsTest::readsAndWritesSettings()
{
    CommandsFixture fixture;
    QCOMPARE(fixture.send(GetSettings())->settings, settings::Settings().toJson());
    QVERIFY(fixture.send(SetSettings{{{QStringLiteral("eventGapSeconds"), 120}}}));
    QCOMPARE(fixture.engine.context().settings.eventGapSeconds, 120);
    QCOMPARE(fixture.send(GetSettings())->settings.value(QLatin1String("eventGapSeconds")).toInt(), 120);
    QCOMPARE(kindOf(fixture.send(SetSettings{{{QStringLiteral("eventGapSeconds"), -5}}})),
             ErrorKind::Invalid);
    QCOMPARE(fixture.engine.context().settings.eventGapSeconds, 120);
}

void CommandsTest::importsAFolder()
{
    CommandsFixture fixture;
    const QString tree = fixture.folder.filePath(QStringLiteral("old"));
    QVERIFY(QDir().mkpath(tree));
    QFile file(tree + QStringLiteral("/MDAlarm_20260612-100010.jpg"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("a picture") > 0);
    file.close();
    ImportProgress last;
    fixture.notifications.on<ImportProgress>(this,
                                             [&last](const ImportProgress &progress) { last = progress; });
    QVERIFY(fixture.send(StartImport{tree}));
    QTRY_VERIFY_WITH_TIMEOUT(last.isFinished, 20'000);
    QCOMPARE(last.added, 1);
    QVERIFY(!last.isStopped);
    // The same again, under the same login: known.
    last = {};
    QVERIFY(fixture.send(StartImport{tree}));
    QTRY_VERIFY_WITH_TIMEOUT(last.isFinished, 20'000);
    QCOMPARE(last.known, 1);
    QCOMPARE(*fixture.send(GetStatus())->items, 1);

    const QString gone = fixture.folder.filePath(QStringLiteral("gone"));
    QCOMPARE(kindOf(fixture.send(StartImport{gone})), ErrorKind::Invalid);
    QCOMPARE(kindOf(fixture.send(StartImport{QString()})), ErrorKind::Invalid);
    QCOMPARE(kindOf(fixture.send(StartImport{tree, false, QStringLiteral("nobody")})), ErrorKind::NotFound);
}

void CommandsTest::acceptsStopWithoutARunningImport()
{
    CommandsFixture fixture;
    QVERIFY(fixture.send(StopImport())); // none is running
}

void CommandsTest::repairsTheArchive()
{
    CommandsFixture fixture;
    const auto report = fixture.send(RepairArchive());
    QVERIFY(report);
    QCOMPARE(report->failed, 0);
    QCOMPARE(report->added, 0);
}

void CommandsTest::doesNotSalvageAHealthyCatalog()
{
    CommandsFixture fixture;
    QSignalSpy requested(&fixture.commands, &app::EngineCommands::repairRequested);
    const auto condition = fixture.send(RepairCatalog());
    QVERIFY(condition);
    QVERIFY(!condition->isDamaged);
    QCOMPARE(requested.size(), 0);
    const auto salvaged = fixture.send(GetSalvageReport());
    QVERIFY(salvaged);
    QVERIFY(salvaged->isEmpty());
}

void CommandsTest::confirmsRetention()
{
    CommandsFixture fixture;
    // Not before it has been looked through once.
    QTRY_VERIFY_WITH_TIMEOUT(!fixture.send(GetStatus())->isStarting, 20'000);
    const auto confirmed = fixture.send(ConfirmRetention());
    QVERIFY2(confirmed, confirmed ? "" : qPrintable(confirmed.error().text));
}

void CommandsTest::reportsTheEngineStatus()
{
    CommandsFixture fixture;
    QVERIFY(fixture.send(AddCamera{QStringLiteral("Yard")}));
    const auto status = fixture.send(GetStatus());
    QVERIFY(status);
    QVERIFY(status->isRunning);
    QCOMPARE(status->pid, QCoreApplication::applicationPid());
    QCOMPARE(status->cameras, std::optional<qint64>(1));
    QVERIFY(status->archive.isReady);
    QVERIFY(status->archive.total.value_or(0) > 0);
    QVERIFY(status->addresses.isEmpty()); // it does not receive
}

void CommandsTest::quitsTheEngine()
{
    CommandsFixture fixture;
    QSignalSpy requested(&fixture.commands, &app::EngineCommands::quitRequested);
    QVERIFY(fixture.send(Quit()));
    QCOMPARE(requested.size(), 1);
}

GATEHOUSE_TEST(CommandsTest)
#include "commands_test.moc"
