// What the engine makes of the receiver's reports: one entry per fault, with the camera it belongs to, until
// it is over; in bounded memory, whoever connects.
#include "app/engine/receiver_watch.h"

#include "fakes/disk_backend.h"
#include "fakes/set_clock.h"
#include "ftp/server.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::app;
using namespace gatehouse::tests;

namespace
{

constexpr qint64 kNow = 1'781'258'400'000; // 2026-06-12T10:00:00Z
const QHostAddress kYardAddress(QStringLiteral("192.168.1.57"));
const QHostAddress kOther(QStringLiteral("192.168.1.58"));
const QString kYard = QStringLiteral("yard");
const QString kRoad = QStringLiteral("road");

// The watch of a server whose signals the test emits.
struct Watched {
    Watched()
    {
        settings::Receiver receiver;
        receiver.passiveFirst = 50'000;
        receiver.passiveLast = 50'100;
        watch.watch(server, receiver);
    }

    void see(FaultKind kind, const QString &user, const QHostAddress &peer = kYardAddress,
             const QString &detail = {})
    {
        Q_EMIT server.faultSeen({kind, user, peer, detail});
    }
    void logIn(const QString &user, const QHostAddress &peer = kYardAddress)
    {
        Q_EMIT server.loggedIn(AccountId{1}, peer, user);
    }
    [[nodiscard]] QVector<protocol::CameraFault> faults() const { return watch.faults({kYard, kRoad}); }

    QTemporaryDir folder;
    DiskBackend backend{folder.path()};
    SetClock clock{kNow};
    Problems problems{clock};
    ftp::Server server{{}, backend, clock};
    ReceiverWatch watch{problems, clock};
};

} // namespace

class ReceiverWatchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsRepetitions();
    void clearsLoginFaultsAfterALogin();
    void keepsLaterFaultsUntilTheyEnd();
    void aNewReceiverForgetsFaultsAfterTheLogin();
    void identifiesAnonymousCamerasByAddress();
    void addressesOutliveARestart();
    void keepsCamerasDespiteACrowdOfStrangers();
    void forgetsStrangers();
    void remembersATest();
    void describesRefusedLogins();
};

void ReceiverWatchTest::countsRepetitions()
{
    Watched of;
    QSignalSpy changed(&of.watch, &ReceiverWatch::changed);
    for (int i = 0; i < 3; ++i) {
        of.see(FaultKind::NoPassiveData, kYard);
        of.clock.advance(kMinuteMs);
    }
    QCOMPARE(changed.size(), 1);
    QCOMPARE(of.faults().size(), 1);
    const protocol::CameraFault fault = of.faults().first();
    QCOMPARE(fault.count, 3);
    QCOMPARE(fault.first, kNow);
    QCOMPARE(fault.last, kNow + 2 * kMinuteMs);
    QCOMPARE(fault.firstPort, 50'000);
    QVERIFY(textOf(fault).todo.contains(QStringLiteral("50000 to 50100")));
    of.see(FaultKind::NoPassiveData, kYard, kOther); // a new address, the same camera
    QCOMPARE(of.faults().size(), 1);
    QCOMPARE(of.faults().first().peer, kOther.toString());
    of.see(FaultKind::OtherProtocol, {}, kYardAddress, QStringLiteral("RTSP"));
    of.see(FaultKind::OtherProtocol, {}, kYardAddress, QStringLiteral("SFTP")); // another sentence
    QCOMPARE(changed.size(), 3);
    QCOMPARE(of.faults().size(), 2);
}

void ReceiverWatchTest::clearsLoginFaultsAfterALogin()
{
    Watched of;
    of.logIn(kYard);
    of.logIn(kRoad); // a recorder: both behind one address
    of.see(FaultKind::WrongPassword, kYard);
    of.see(FaultKind::WrongPassword, kRoad);
    of.see(FaultKind::WrongPassword, QStringLiteral("yrad"));
    of.see(FaultKind::ImplicitTls, {});
    of.see(FaultKind::EmptyFiles, kYard);
    of.see(FaultKind::ImplicitTls, {}, kOther);
    QCOMPARE(of.faults().size(), 6);
    of.logIn(kYard);
    QCOMPARE(of.faults().size(), 3);
    for (const protocol::CameraFault &fault : of.faults())
        QVERIFY(fault.user == kRoad || fault.kind == FaultKind::EmptyFiles ||
                fault.peer == kOther.toString());
}

void ReceiverWatchTest::keepsLaterFaultsUntilTheyEnd()
{
    Watched of;
    of.see(FaultKind::EmptyFiles, kYard);
    of.see(FaultKind::EmptyFiles, kRoad);
    Q_EMIT of.server.faultOver(kYard, FaultKind::NoPassiveData);
    QCOMPARE(of.faults().size(), 2);
    Q_EMIT of.server.faultOver(kYard, FaultKind::EmptyFiles);
    QCOMPARE(of.faults().size(), 1);
    QCOMPARE(of.faults().first().user, kRoad);
}

// Nobody would report their end.
void ReceiverWatchTest::aNewReceiverForgetsFaultsAfterTheLogin()
{
    Watched of;
    of.see(FaultKind::FileTooLarge, kYard);
    of.see(FaultKind::WrongPassword, kRoad);
    const ftp::Server next({}, of.backend, of.clock);
    of.watch.watch(next, {});
    QCOMPARE(of.faults().size(), 1);
    QCOMPARE(of.faults().first().user, kRoad);
}

void ReceiverWatchTest::identifiesAnonymousCamerasByAddress()
{
    Watched of;
    of.see(FaultKind::ImplicitTls, {});
    QVERIFY(of.faults().first().user.isEmpty());
    QCOMPARE(of.faults().first().peer, kYardAddress.toString());
    of.logIn(kYard);
    of.see(FaultKind::ImplicitTls, {});
    QCOMPARE(of.faults().first().user, kYard);
    of.see(FaultKind::WrongPassword, QStringLiteral("yrad"));
    QCOMPARE(of.faults().first().user, kYard);
    of.see(FaultKind::WrongPassword, QStringLiteral("admin"), kOther);
    QCOMPARE(of.faults().first().user, QStringLiteral("admin"));
    of.logIn(QStringLiteral("removed")); // no camera any more
    of.see(FaultKind::NoUserName, {});
    QCOMPARE(of.faults().first().user, kYard);
    of.logIn(kRoad); // which of them is it now?
    of.see(FaultKind::NoUserName, {});
    QVERIFY(of.faults().first().user.isEmpty());
    of.logIn(kRoad, kOther); // it has got an address of its own
    QCOMPARE(of.faults().first().user, kYard);
}

void ReceiverWatchTest::addressesOutliveARestart()
{
    QJsonObject saved;
    {
        Watched of;
        QSignalSpy changed(&of.watch, &ReceiverWatch::addressesChanged);
        of.logIn(kYard);
        of.logIn(kYard);
        of.logIn(kRoad, kOther);
        QCOMPARE(changed.size(), 2);
        saved = of.watch.addresses();
    }
    Watched of;
    of.logIn(kRoad, QHostAddress(QStringLiteral("192.168.1.99"))); // before they are read
    of.watch.setAddresses(saved);
    of.see(FaultKind::ImplicitTls, {});
    QCOMPARE(of.faults().first().user, kYard);
    of.see(FaultKind::ImplicitTls, {}, kOther);
    QVERIFY(of.faults().first().user.isEmpty());
}

void ReceiverWatchTest::keepsCamerasDespiteACrowdOfStrangers()
{
    Watched of;
    of.see(FaultKind::EmptyFiles, kYard);
    of.see(FaultKind::WrongPassword, kRoad, kOther);
    for (int i = 0; i < 1000; ++i)
        of.see(FaultKind::WrongPassword, QString::number(i), QHostAddress(QStringLiteral("203.0.113.9")));
    const auto faults = of.faults();
    QVERIFY(faults.size() <= 100);
    QCOMPARE(faults.last().user, kYard);
    QCOMPARE(faults.first().user, QStringLiteral("999"));
}

void ReceiverWatchTest::forgetsStrangers()
{
    Watched of;
    of.see(FaultKind::NoLogIn, {}, kOther);
    of.see(FaultKind::WrongPassword, kYard);
    of.clock.advance(25 * 60 * kMinuteMs);
    QCOMPARE(of.faults().size(), 1); // a camera stays until it works
    QCOMPARE(of.faults().first().user, kYard);
}

void ReceiverWatchTest::remembersATest()
{
    Watched of;
    of.logIn(kYard);
    of.watch.noteTest(kYard);
    of.clock.advance(kMinuteMs);
    of.watch.noteTest(kRoad);
    of.watch.noteTest(kYard);
    QCOMPARE(of.watch.tests().size(), 2);
    QCOMPARE(of.watch.tests().first(),
             (protocol::TestUpload{kYard, kYardAddress.toString(), kNow + kMinuteMs}));
}

void ReceiverWatchTest::describesRefusedLogins()
{
    Watched of;
    of.see(FaultKind::WrongPassword, kYard);
    of.see(FaultKind::NotEncrypted, kRoad);
    of.see(FaultKind::ImplicitTls, {}); // was not refused a login
    const auto refused = of.watch.refusedLogIns();
    QCOMPARE(refused.size(), 2);
    QVERIFY(refused.first().reason.startsWith(QStringLiteral("Encryption is required")));
    of.logIn(kYard);
    QCOMPARE(of.watch.refusedLogIns().size(), 1);
}

GATEHOUSE_TEST(ReceiverWatchTest)
#include "receiver_watch_test.moc"
