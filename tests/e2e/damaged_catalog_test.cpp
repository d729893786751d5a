// A catalog that is damaged while an engine uses it: it is told, cameras are put off rather than refused, and
// what the message advises helps without anybody ending the engine.
#include "support/database_pages.h"
#include "support/ftp_client.h"
#include "support/registry.h"
#include "support/running_house.h"

#include <QDir>
#include <QJsonArray>
#include <QTest>

using namespace gatehouse::tests;

namespace
{

QJsonObject damageToldBy(RunningHouse &house)
{
    const QJsonArray problems =
        house.verb({QStringLiteral("status")}).value(0).value(QLatin1String("problems")).toArray();
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
    void itIsToldAndRepairedBesideTheEngine();
};

void DamagedCatalogTest::itIsToldAndRepairedBesideTheEngine()
{
    RunningHouse house;
    QVERIFY2(house.start(), qPrintable(house.lastError()));
    QVERIFY2(house.addCamera(QStringLiteral("cam"), "secret"), qPrintable(house.lastError()));
    {
        FtpClient client;
        QVERIFY(client.logIn(house.port(), "cam", "secret"));
        for (int i = 0; i < 10; ++i)
            QVERIFY2(client.store("/MDAlarm_20260612-1000" + QByteArray::number(10 + i) + ".jpg",
                                  QByteArray(2'000, char('a' + i))),
                     client.lastReply());
    }
    QCOMPARE(house.stop(), 0);
    const QString catalog = house.data() + QStringLiteral("/catalog.db");
    destroy(catalog, "sqlite_autoindex_account_1"); // by which log-ins are looked up
    QVERIFY2(house.start(), qPrintable(house.lastError()));
    const quint16 port = house.port();
    const qint64 pid = house.pid();
    FtpClient refused;
    QVERIFY(!refused.logIn(port, "cam", "secret"));
    QVERIFY2(refused.lastReply().startsWith("421"), refused.lastReply());
    QTRY_VERIFY_WITH_TIMEOUT(!damageToldBy(house).isEmpty(), 20'000);
    QCOMPARE(damageToldBy(house).value(QLatin1String("verb")).toString(),
             QStringLiteral("gatehouse check --repair"));
    house.verb({QStringLiteral("check"), QStringLiteral("--quick")});
    QCOMPARE(house.exitCode(), 1);

    const auto told = house.verb({QStringLiteral("check"), QStringLiteral("--repair")});
    QVERIFY2(house.exitCode() == 0, qPrintable(house.lastError()));
    const QJsonObject salvage = told.value(0).value(QLatin1String("salvage")).toObject();
    QVERIFY(QFile::exists(salvage.value(QLatin1String("aside")).toString()));
    QCOMPARE(salvage.value(QLatin1String("lost")).toObject(), QJsonObject());
    const QStringList aside = QDir(house.data()).entryList({QStringLiteral("catalog.db.damaged-*")});
    QVERIFY(house.isRunning());
    QCOMPARE(house.pid(), pid);
    QVERIFY(damageToldBy(house).isEmpty());
    FtpClient again;
    QVERIFY2(again.logIn(port, "cam", "secret"), again.lastReply());
    QVERIFY2(again.store("/MDAlarm_20260612-110000.jpg", QByteArray(2'000, 'z')), again.lastReply());
    QCOMPARE(house.items().size(), 11);
    // Nothing is left to do, and then the engine goes on.
    house.verb({QStringLiteral("check"), QStringLiteral("--repair")});
    QVERIFY2(house.exitCode() == 0, qPrintable(house.lastError()));
    const QDir data(house.data());
    QCOMPARE(data.entryList({QStringLiteral("catalog.db.damaged-*")}), aside);
    QVERIFY(again.command("NOOP").startsWith("200"));
}

GATEHOUSE_TEST(DamagedCatalogTest)
#include "damaged_catalog_test.moc"
