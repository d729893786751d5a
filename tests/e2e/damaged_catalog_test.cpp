// A catalog damaged while an engine uses it: the damage is reported, cameras are asked to retry rather than
// refused, and the advice in the message works without stopping the engine by hand.
#include "support/database_pages.h"
#include "support/ftp_client.h"
#include "support/program_fixture.h"
#include "support/registry.h"

#include <QDir>
#include <QJsonArray>
#include <QTest>

using namespace gatehouse::tests;

namespace
{

QJsonObject damageReportedBy(ProgramFixture &fixture)
{
    const QJsonArray problems =
        fixture.cli({QStringLiteral("status")}).value(0).value(QLatin1String("problems")).toArray();
    for (const QJsonValue &problem : problems) {
        if (problem.toObject().value(QLatin1String("key")).toString() == QLatin1String("catalog"))
            return problem.toObject();
    }
    return {};
}

} // namespace

class DamagedCatalogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reportsAndRepairsItWhileTheEngineRuns();
};

void DamagedCatalogTest::reportsAndRepairsItWhileTheEngineRuns()
{
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY2(fixture.addCamera(QStringLiteral("cam"), "secret"), qPrintable(fixture.lastError()));
    {
        FtpClient client;
        QVERIFY(client.logIn(fixture.port(), "cam", "secret"));
        for (int i = 0; i < 10; ++i)
            QVERIFY2(client.store("/MDAlarm_20260612-1000" + QByteArray::number(10 + i) + ".jpg",
                                  QByteArray(2'000, char('a' + i))),
                     client.lastReply());
    }
    QCOMPARE(fixture.stop(), 0);
    const QString catalog = fixture.data() + QStringLiteral("/catalog.db");
    destroy(catalog, "sqlite_autoindex_account_1"); // used to look up logins
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    const quint16 port = fixture.port();
    const qint64 pid = fixture.pid();
    FtpClient refused;
    QVERIFY(!refused.logIn(port, "cam", "secret"));
    QVERIFY2(refused.lastReply().startsWith("421"), refused.lastReply());
    QTRY_VERIFY_WITH_TIMEOUT(!damageReportedBy(fixture).isEmpty(), 20'000);
    QCOMPARE(damageReportedBy(fixture).value(QLatin1String("command_line")).toString(),
             QStringLiteral("gatehouse check --repair"));
    fixture.cli({QStringLiteral("check"), QStringLiteral("--quick")});
    QCOMPARE(fixture.exitCode(), 1);

    const auto reported = fixture.cli({QStringLiteral("check"), QStringLiteral("--repair")});
    QVERIFY2(fixture.exitCode() == 0, qPrintable(fixture.lastError()));
    const QJsonObject salvage = reported.value(0).value(QLatin1String("salvage")).toObject();
    QVERIFY(QFile::exists(salvage.value(QLatin1String("aside")).toString()));
    QCOMPARE(salvage.value(QLatin1String("lost")).toObject(), QJsonObject());
    const QStringList aside = QDir(fixture.data()).entryList({QStringLiteral("catalog.db.damaged-*")});
    QVERIFY(fixture.isRunning());
    QCOMPARE(fixture.pid(), pid);
    QVERIFY(damageReportedBy(fixture).isEmpty());
    FtpClient again;
    QVERIFY2(again.logIn(port, "cam", "secret"), again.lastReply());
    QVERIFY2(again.store("/MDAlarm_20260612-110000.jpg", QByteArray(2'000, 'z')), again.lastReply());
    QCOMPARE(fixture.items().size(), 11);
    // Nothing is left to repair; the engine keeps running.
    fixture.cli({QStringLiteral("check"), QStringLiteral("--repair")});
    QVERIFY2(fixture.exitCode() == 0, qPrintable(fixture.lastError()));
    const QDir data(fixture.data());
    QCOMPARE(data.entryList({QStringLiteral("catalog.db.damaged-*")}), aside);
    QVERIFY(again.command("NOOP").startsWith("200"));
}

GATEHOUSE_TEST(DamagedCatalogTest)
#include "damaged_catalog_test.moc"
