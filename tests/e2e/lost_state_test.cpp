// Data that only the catalog holds is restored with a lost or older catalog: logins, names, zones,
// protection. Nothing is deleted by age until a person has confirmed.
#include "support/ftp_client.h"
#include "support/program_fixture.h"
#include "support/registry.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace gatehouse::tests;

namespace
{

void store(ProgramFixture &fixture, const QByteArray &name)
{
    FtpClient client;
    QVERIFY(client.logIn(fixture.port(), "cam", "secret"));
    QVERIFY2(client.store(name, QByteArray(20'000, 'x') + name), client.lastReply());
    client.quit();
}

void removeCatalog(const ProgramFixture &fixture)
{
    for (const char *suffix : {"", "-wal", "-shm"})
        QFile::remove(fixture.data() + QStringLiteral("/catalog.db") + QLatin1String(suffix));
}

// The command that a problem suggests; empty: no such problem.
QString problemOf(ProgramFixture &fixture, const char *key)
{
    for (const QJsonValue &problem :
         fixture.cli({QStringLiteral("status")}).value(0).value(QLatin1String("problems")).toArray()) {
        if (problem.toObject().value(QLatin1String("key")).toString() == QLatin1String(key))
            return problem.toObject().value(QLatin1String("command_line")).toString();
    }
    return {};
}

QString holdOf(ProgramFixture &fixture)
{
    return problemOf(fixture, "hold");
}

} // namespace

class LostStateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void restoresStateIntoANewCatalog();
    void firstStartDoesNotHoldDeletion();
    void reportsAnUnreadableCopy();
    void listsDeletions();
};

void LostStateTest::restoresStateIntoANewCatalog()
{
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY2(fixture.addCamera(QStringLiteral("cam"), "secret"), qPrintable(fixture.lastError()));
    store(fixture, "/MDAlarm_20260612-100010.jpg");
    fixture.cli(
        {QStringLiteral("camera"), QStringLiteral("rename"), QStringLiteral("cam"), QStringLiteral("Gate")});
    QCOMPARE(fixture.exitCode(), 0);
    fixture.cli({QStringLiteral("camera"), QStringLiteral("zone"), QStringLiteral("Gate"),
                 QStringLiteral("Asia/Tokyo")});
    QCOMPARE(fixture.exitCode(), 0);
    const QJsonObject before = fixture.firstCamera();
    QCOMPARE(before.value(QLatin1String("name")).toString(), QStringLiteral("Gate"));
    fixture.kill9();

    removeCatalog(fixture);
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    const QJsonObject after = fixture.firstCamera();
    for (const char *field : {"name", "zone", "user"})
        QCOMPARE(after.value(QLatin1String(field)), before.value(QLatin1String(field)));
    QCOMPARE(fixture.items().size(), 1);
    store(fixture, "/MDAlarm_20260612-100020.jpg"); // the password is unchanged
    QCOMPARE(fixture.items().size(), 2);
    // On hold until a person has confirmed, across restarts, too.
    QCOMPARE(holdOf(fixture), QStringLiteral("gatehouse retention confirm"));
    QCOMPARE(fixture.stop(), 0);
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY(!holdOf(fixture).isEmpty());
    fixture.cli({QStringLiteral("retention"), QStringLiteral("confirm")});
    QCOMPARE(fixture.exitCode(), 0);
    QCOMPARE(holdOf(fixture), QString());
    fixture.kill9();
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QCOMPARE(holdOf(fixture), QString());
}

void LostStateTest::firstStartDoesNotHoldDeletion()
{
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QCOMPARE(holdOf(fixture), QString());
}

void LostStateTest::reportsAnUnreadableCopy()
{
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY2(fixture.addCamera(QStringLiteral("cam"), "secret"), qPrintable(fixture.lastError()));
    QCOMPARE(fixture.stop(), 0);
    for (const char *copy : {"1", "2"}) {
        QFile file(fixture.data() +
                   QStringLiteral("/archive/journal/state.%1.json").arg(QLatin1String(copy)));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Append));
        file.write("x");
    }
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QCOMPARE(problemOf(fixture, "state"), QStringLiteral("gatehouse retention confirm"));
    store(fixture, "/MDAlarm_20260612-100010.jpg"); // it still receives
    fixture.cli({QStringLiteral("retention"), QStringLiteral("confirm")});
    QCOMPARE(fixture.exitCode(), 0);
    QCOMPARE(problemOf(fixture, "state"), QString());
    QCOMPARE(fixture.stop(), 0);
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QCOMPARE(problemOf(fixture, "state"), QString());
}

// Still listed with a new catalog.
void LostStateTest::listsDeletions()
{
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY2(fixture.addCamera(QStringLiteral("cam"), "secret"), qPrintable(fixture.lastError()));
    store(fixture, "/MDAlarm_20260612-100010.jpg");
    const auto deletions = [&fixture] { return fixture.cli({QStringLiteral("deletions")}); };
    QCOMPARE(deletions().size(), 0);
    const QString name = fixture.firstCamera().value(QLatin1String("name")).toString();
    fixture.cli({QStringLiteral("camera"), QStringLiteral("remove"), name, QStringLiteral("--evidence"),
                 QStringLiteral("--reason"), QStringLiteral("Moved out")});
    QCOMPARE(fixture.exitCode(), 0);
    const auto reported = deletions();
    QCOMPARE(reported.size(), 1);
    QCOMPARE(reported[0].value(QLatin1String("reason")).toString(), QStringLiteral("Moved out"));
    QCOMPARE(reported[0].value(QLatin1String("captured")).toString(),
             QStringLiteral("2026-06-12T10:00:10.000Z"));
    QCOMPARE(fixture.stop(), 0);
    removeCatalog(fixture);
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    const auto after = deletions();
    QCOMPARE(after.size(), 1);
    for (const char *field : {"id", "reason", "bytes", "captured", "source_path", "kind"})
        QCOMPARE(after[0].value(QLatin1String(field)), reported[0].value(QLatin1String(field)));
}

GATEHOUSE_TEST(LostStateTest)
#include "lost_state_test.moc"
