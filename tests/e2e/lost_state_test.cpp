// What only the catalog knows comes back with a lost or older catalog: log-ins, names, zones, protection. And
// nothing is deleted for its age until a person has confirmed.
#include "support/ftp_client.h"
#include "support/registry.h"
#include "support/running_house.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace gatehouse::tests;

namespace
{

void store(RunningHouse &house, const QByteArray &name)
{
    FtpClient client;
    QVERIFY(client.logIn(house.port(), "cam", "secret"));
    QVERIFY2(client.store(name, QByteArray(20'000, 'x') + name), client.lastReply());
    client.quit();
}

void removeCatalog(const RunningHouse &house)
{
    for (const char *ending : {"", "-wal", "-shm"})
        QFile::remove(house.data() + QStringLiteral("/catalog.db") + QLatin1String(ending));
}

// What to type about a problem; empty: there is none.
QString problemOf(RunningHouse &house, const char *key)
{
    for (const QJsonValue &problem :
         house.verb({QStringLiteral("status")}).value(0).value(QLatin1String("problems")).toArray()) {
        if (problem.toObject().value(QLatin1String("key")).toString() == QLatin1String(key))
            return problem.toObject().value(QLatin1String("verb")).toString();
    }
    return {};
}

QString holdOf(RunningHouse &house)
{
    return problemOf(house, "hold");
}

QJsonObject cameraOf(RunningHouse &house)
{
    return house.verb({QStringLiteral("camera"), QStringLiteral("list")}).value(0);
}

} // namespace

class LostStateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itComesBackWithANewCatalog();
    void aFirstStartHoldsNothingBack();
    void aCopyThatCannotBeReadIsSaid();
    void whatWasDeletedIsListed();
};

void LostStateTest::itComesBackWithANewCatalog()
{
    RunningHouse house;
    QVERIFY2(house.start(), qPrintable(house.lastError()));
    QVERIFY2(house.addCamera(QStringLiteral("cam"), "secret"), qPrintable(house.lastError()));
    store(house, "/MDAlarm_20260612-100010.jpg");
    house.verb(
        {QStringLiteral("camera"), QStringLiteral("rename"), QStringLiteral("cam"), QStringLiteral("Gate")});
    QCOMPARE(house.exitCode(), 0);
    house.verb({QStringLiteral("camera"), QStringLiteral("zone"), QStringLiteral("Gate"),
                QStringLiteral("Asia/Tokyo")});
    QCOMPARE(house.exitCode(), 0);
    const QJsonObject before = cameraOf(house);
    QCOMPARE(before.value(QLatin1String("name")).toString(), QStringLiteral("Gate"));
    house.kill9();

    removeCatalog(house);
    QVERIFY2(house.start(), qPrintable(house.lastError()));
    const QJsonObject after = cameraOf(house);
    for (const char *field : {"name", "zone", "user"})
        QCOMPARE(after.value(QLatin1String(field)), before.value(QLatin1String(field)));
    QCOMPARE(house.items().size(), 1);
    store(house, "/MDAlarm_20260612-100020.jpg"); // the password is what it was
    QCOMPARE(house.items().size(), 2);
    // Held back until a person has looked, over starts too.
    QCOMPARE(holdOf(house), QStringLiteral("gatehouse retention confirm"));
    QCOMPARE(house.stop(), 0);
    QVERIFY2(house.start(), qPrintable(house.lastError()));
    QVERIFY(!holdOf(house).isEmpty());
    house.verb({QStringLiteral("retention"), QStringLiteral("confirm")});
    QCOMPARE(house.exitCode(), 0);
    QCOMPARE(holdOf(house), QString());
    house.kill9();
    QVERIFY2(house.start(), qPrintable(house.lastError()));
    QCOMPARE(holdOf(house), QString());
}

void LostStateTest::aFirstStartHoldsNothingBack()
{
    RunningHouse house;
    QVERIFY2(house.start(), qPrintable(house.lastError()));
    QCOMPARE(holdOf(house), QString());
}

void LostStateTest::aCopyThatCannotBeReadIsSaid()
{
    RunningHouse house;
    QVERIFY2(house.start(), qPrintable(house.lastError()));
    QVERIFY2(house.addCamera(QStringLiteral("cam"), "secret"), qPrintable(house.lastError()));
    QCOMPARE(house.stop(), 0);
    for (const char *copy : {"1", "2"}) {
        QFile file(house.data() + QStringLiteral("/archive/journal/state.%1.json").arg(QLatin1String(copy)));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Append));
        file.write("x");
    }
    QVERIFY2(house.start(), qPrintable(house.lastError()));
    QCOMPARE(problemOf(house, "state"), QStringLiteral("gatehouse retention confirm"));
    store(house, "/MDAlarm_20260612-100010.jpg"); // it receives all the same
    house.verb({QStringLiteral("retention"), QStringLiteral("confirm")});
    QCOMPARE(house.exitCode(), 0);
    QCOMPARE(problemOf(house, "state"), QString());
    QCOMPARE(house.stop(), 0);
    QVERIFY2(house.start(), qPrintable(house.lastError()));
    QCOMPARE(problemOf(house, "state"), QString());
}

// And still with a catalog made anew.
void LostStateTest::whatWasDeletedIsListed()
{
    RunningHouse house;
    QVERIFY2(house.start(), qPrintable(house.lastError()));
    QVERIFY2(house.addCamera(QStringLiteral("cam"), "secret"), qPrintable(house.lastError()));
    store(house, "/MDAlarm_20260612-100010.jpg");
    const auto deletions = [&house] { return house.verb({QStringLiteral("deletions")}); };
    QCOMPARE(deletions().size(), 0);
    const QString name = cameraOf(house).value(QLatin1String("name")).toString();
    house.verb({QStringLiteral("camera"), QStringLiteral("remove"), name, QStringLiteral("--evidence"),
                QStringLiteral("--reason"), QStringLiteral("Moved out")});
    QCOMPARE(house.exitCode(), 0);
    const auto told = deletions();
    QCOMPARE(told.size(), 1);
    QCOMPARE(told[0].value(QLatin1String("reason")).toString(), QStringLiteral("Moved out"));
    QCOMPARE(told[0].value(QLatin1String("captured")).toString(), QStringLiteral("2026-06-12T10:00:10.000Z"));
    QCOMPARE(house.stop(), 0);
    removeCatalog(house);
    QVERIFY2(house.start(), qPrintable(house.lastError()));
    const auto after = deletions();
    QCOMPARE(after.size(), 1);
    for (const char *field : {"id", "reason", "bytes", "captured", "source_path", "kind"})
        QCOMPARE(after[0].value(QLatin1String(field)), told[0].value(QLatin1String(field)));
}

GATEHOUSE_TEST(LostStateTest)
#include "lost_state_test.moc"
