// A deletion that can still be undone, when the engine ends: one that stops carries it out, one that is
// killed has deleted nothing.
#include "control/client.h"
#include "protocol/items.h"
#include "settings/paths.h"
#include "support/ftp_client.h"
#include "support/program_fixture.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse;
using gatehouse::tests::FtpClient;
using gatehouse::tests::ProgramFixture;

namespace
{
constexpr int kRemovalPatience = 30'000;
} // namespace

class RemovalTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deletesWhenTheEngineStops();
    void deletesNothingWhenTheEngineIsKilled();

private:
    // One item whose deletion waits in the engine. Null: something failed.
    static std::unique_ptr<control::Client> deleteOneItem(ProgramFixture &fixture);
};

std::unique_ptr<control::Client> RemovalTest::deleteOneItem(ProgramFixture &fixture)
{
    FtpClient camera;
    if (!fixture.start() || !fixture.addCamera(QStringLiteral("cam"), "secret") ||
        !camera.logIn(fixture.port(), "cam", "secret") || !camera.store("a.jpg", "a picture"))
        return nullptr;
    const auto items = fixture.items();
    auto client = std::make_unique<control::Client>(settings::Paths::of(fixture.data()).socket);
    client->connectToEngine();
    if (items.size() != 1 || !QTest::qWaitFor([&] { return client->isConnected(); }, kRemovalPatience))
        return nullptr;
    const ItemId item{items.first().value(QLatin1String("id")).toInteger()};
    const auto removed = client->send(
        protocol::RemoveItems{{item}, QStringLiteral("Private"), protocol::RemoveItems::kMaxUndoMs});
    // Commands are carried out in order: once this is refused, the deletion waits.
    const auto later = client->send(protocol::KeepItems{{ItemId{item.value + 1}}});
    if (!QTest::qWaitFor([&] { return later.isFinished(); }, kRemovalPatience) || removed.isFinished())
        return nullptr;
    return client;
}

void RemovalTest::deletesWhenTheEngineStops()
{
    ProgramFixture fixture;
    const auto client = deleteOneItem(fixture);
    QVERIFY2(client, qPrintable(fixture.lastError()));
    QCOMPARE(fixture.items().size(), 1);
    QCOMPARE(fixture.stop(), 0);
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QCOMPARE(fixture.items().size(), 0);
    QCOMPARE(fixture.cli({QStringLiteral("deletions")}).size(), 1);
}

void RemovalTest::deletesNothingWhenTheEngineIsKilled()
{
    ProgramFixture fixture;
    const auto client = deleteOneItem(fixture);
    QVERIFY2(client, qPrintable(fixture.lastError()));
    fixture.kill9();
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QCOMPARE(fixture.items().size(), 1);
    QCOMPARE(fixture.cli({QStringLiteral("deletions")}).size(), 0);
    fixture.cli({QStringLiteral("check")});
    QCOMPARE(fixture.exitCode(), 0);
}

GATEHOUSE_TEST(RemovalTest)
#include "removal_test.moc"
