// What needs a person who does not look at the window, on a real bus: once it has lasted, until it is over,
// at most once an hour.
#include "shell/trouble_notifications.h"

#include "fakes/engine_fixture.h"
#include "fakes/set_clock.h"
#include "models/camera_model.h"
#include "models/engine_status_model.h"
#include "notification_service.h"
#include "shell/desktop_notifications.h"
#include "support/registry.h"

#include <QSignalSpy>
#include <QTest>
#include <memory>

using namespace gatehouse;
using namespace gatehouse::shell;
using namespace gatehouse::tests;

namespace
{

constexpr int kTroublePatience = 60'000;
constexpr qint64 kTroubleSettled = 3'000; // ms
constexpr qint64 kTroubleHour = 3'600'000;

// A desktop, and a window's notifications on it.
struct Desktop {
    Desktop()
    {
        isReady =
            desktop.registerObject(QStringLiteral("/org/freedesktop/Notifications"), &service,
                                   QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals) &&
            desktop.registerService(QStringLiteral("org.freedesktop.Notifications")) &&
            QTest::qWaitFor([this] { return notifications.isThere(); }, kTroublePatience);
        yard = fixture.addCamera(QStringLiteral("Yard"));
        isReady = isReady && QTest::qWaitFor([this] { return cameras.rowCount() == 1 && engine.isKnown(); },
                                             kTroublePatience);
    }
    ~Desktop()
    {
        QDBusConnection::disconnectFromBus(QStringLiteral("troubled"));
        QDBusConnection::disconnectFromBus(QStringLiteral("troubled desktop"));
    }
    Q_DISABLE_COPY_MOVE(Desktop)

    void report(const protocol::Status &status)
    {
        const QSignalSpy changed(&engine, &models::EngineStatusModel::changed);
        fixture.show(status);
        QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), kTroublePatience);
        cameras.setFaults(status.faults, {});
    }
    // So much later, everything that is due has been shown: a newer one takes its turn after the others.
    void pass(qint64 ms)
    {
        clock.advance(ms);
        cameras.setFaults(engine.status().faults, {});
        Q_EMIT cameras.updated();
        notifications.show(QStringLiteral("mark"), QStringLiteral("mark"), {});
        const qsizetype marks = service.titles.count(QStringLiteral("mark"));
        QTRY_COMPARE_WITH_TIMEOUT(service.titles.count(QStringLiteral("mark")), marks + 1, kTroublePatience);
    }
    [[nodiscard]] QStringList told() const
    {
        QStringList out = service.titles;
        out.removeAll(QStringLiteral("mark"));
        return out;
    }
    [[nodiscard]] protocol::Status good() const
    {
        protocol::Status out;
        out.archive.isReady = true;
        return out;
    }

    PrivateBus bus;
    QDBusConnection desktop =
        QDBusConnection::connectToBus(bus.address(), QStringLiteral("troubled desktop"));
    NotificationService service;
    DesktopNotifications notifications{
        nullptr, QDBusConnection::connectToBus(bus.address(), QStringLiteral("troubled"))};
    EngineFixture fixture;
    SetClock clock{fixture.clock.now()};
    models::EngineStatusModel engine{fixture.client};
    models::CameraModel cameras{fixture.services(), clock};
    TroubleNotifications troubles{engine, cameras, notifications, clock};
    catalog::Camera yard;
    bool isReady = false;
};

} // namespace

class TroubleNotificationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!PrivateBus::isPossible())
            QSKIP("dbus-daemon is needed");
    }
    void tellsWhatLasts();
    void saysNothingWhileWatched();
    void tellsOncePerHour();
    void tellsThatTheEngineDoesNotStart();
};

void TroubleNotificationsTest::tellsWhatLasts()
{
    Desktop of;
    QVERIFY(of.isReady);
    protocol::Status status = of.good();
    protocol::CameraFault fault;
    fault.kind = FaultKind::FileTooLarge;
    fault.user = of.yard.user;
    fault.first = of.clock.now();
    status.faults = {fault};
    status.problems.append(
        protocol::Problem{QStringLiteral("retention"), QStringLiteral("The disk is nearly full.")});
    of.report(status);
    of.pass(kTroubleSettled - 1);
    QCOMPARE(of.told(), QStringList()); // it may pass
    of.pass(1);
    QStringList told = of.told();
    told.sort();
    QCOMPARE(told, (QStringList{QStringLiteral("Gatehouse needs you"), QStringLiteral("Yard")}));
    const qsizetype yard = of.service.titles.indexOf(QStringLiteral("Yard"));
    QVERIFY2(of.service.texts.at(yard).startsWith(QStringLiteral("File too large since ")),
             qPrintable(of.service.texts.at(yard)));
    of.pass(kTroubleHour);
    QCOMPARE(of.told().size(), 2); // it is still on the screen
    of.report(of.good());
    QTRY_COMPARE_WITH_TIMEOUT(of.service.closed.size(), 2, kTroublePatience);
}

void TroubleNotificationsTest::saysNothingWhileWatched()
{
    Desktop of;
    QVERIFY(of.isReady);
    of.troubles.setWatched(true);
    protocol::Status status = of.good();
    status.archive.isReady = false;
    status.archive.reason = QStringLiteral("The disk is full.");
    of.report(status);
    of.pass(kTroubleSettled);
    QCOMPARE(of.told(), QStringList());
    of.troubles.setWatched(false); // the person leaves without having solved it
    QTRY_COMPARE_WITH_TIMEOUT(of.told(), QStringList{QStringLiteral("Nothing can be stored")},
                              kTroublePatience);
}

void TroubleNotificationsTest::tellsOncePerHour()
{
    Desktop of;
    QVERIFY(of.isReady);
    protocol::Status status = of.good();
    status.receiver = QStringLiteral("The port is taken.");
    for (int i = 0; i < 3; ++i) {
        of.report(status);
        of.pass(kTroubleSettled);
        QCOMPARE(of.told().size(), 1);
        of.report(of.good());
        of.pass(kTroubleSettled);
    }
    of.pass(kTroubleHour);
    of.report(status);
    of.pass(kTroubleSettled);
    QCOMPARE(of.told().size(), 2);
}

void TroubleNotificationsTest::tellsThatTheEngineDoesNotStart()
{
    Desktop of;
    QVERIFY(of.isReady);
    of.fixture.server.reset();
    QTRY_VERIFY_WITH_TIMEOUT(!of.engine.isKnown(), kTroublePatience);
    of.pass(kTroubleSettled);
    QCOMPARE(of.told(), QStringList()); // it is being restarted
    of.troubles.setEngineFailure(QStringLiteral("The disk is gone"));
    of.pass(kTroubleSettled);
    QCOMPARE(of.told(), QStringList{QStringLiteral("Gatehouse receives nothing")});
}

GATEHOUSE_TEST(TroubleNotificationsTest)
#include "trouble_notifications_test.moc"
