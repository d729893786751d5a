#include "control/client.h"
#include "control/dispatcher.h"
#include "control/json_lines.h"
#include "control/server.h"
#include "protocol/receiver.h"
#include "protocol/version.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::control;
using gatehouse::tests::kPatience;

namespace
{

// Comes back as it was sent.
struct Echo {
    qint64 number = 0;

    static constexpr QLatin1String kName{"echo"};
    using Reply = Echo;
    static constexpr auto fields() { return std::tuple{protocol::field("number", &Echo::number)}; }
};

struct Refuse {
    static constexpr QLatin1String kName{"refuse"};
    using Reply = protocol::Nothing;
    static constexpr auto fields() { return std::tuple{}; }
};

// Is never replied.
struct Wait {
    static constexpr QLatin1String kName{"wait"};
    using Reply = protocol::Nothing;
    static constexpr auto fields() { return std::tuple{}; }
};

struct Fixture {
    QTemporaryDir folder;
    QString path = folder.filePath(QStringLiteral("c.sock"));
    SharedPromise<Result<protocol::Nothing>> never;
    Dispatcher commands;
    catalog::Changes changes;
    std::unique_ptr<Server> server = std::make_unique<Server>(path, commands, changes);

    Fixture()
    {
        commands.on<Echo>([](const Echo &echo) -> Result<Echo> { return echo; });
        commands.on<Refuse>([](const Refuse &) -> Result<protocol::Nothing> {
            return tl::unexpected(
                Error{ErrorKind::Denied, QStringLiteral("not today"), {}, QStringLiteral("name")});
        });
        commands.on<Wait>([this](const Wait &) { return never.future(); });
    }
};

} // namespace

class ControlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parsesLinesSplitAnywhere()
    {
        const QByteArray text =
            toLine({{QStringLiteral("a"), 1}}) + toLine({{QStringLiteral("b"), QStringLiteral("\n")}});
        for (qsizetype cut = 0; cut <= text.size(); ++cut) {
            LineBuffer buffer;
            auto all = *buffer.add(text.left(cut));
            all += *buffer.add(text.mid(cut));
            QCOMPARE(all.size(), 2);
            QCOMPARE(all.at(1).value(QLatin1String("b")).toString(), QStringLiteral("\n"));
        }
        LineBuffer garbage;
        QVERIFY(!garbage.add("GET / HTTP/1.1\n"));
        LineBuffer endless;
        QVERIFY(!endless.add(QByteArray(kMaxLine + 1, 'x')));
    }

    void answersCommands()
    {
        Fixture fixture;
        QVERIFY(fixture.server->listen());
        QCOMPARE(QFileInfo(fixture.path).permissions() &
                     (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
        Client client(fixture.path);
        client.connectToEngine();
        QTRY_VERIFY_WITH_TIMEOUT(client.isConnected(), kPatience);
        const qint64 large = (qint64(1) << 52) + 1;
        auto echo = client.send(Echo{large});
        auto refused = client.send(Refuse());
        auto unknown = client.sendAction(QStringLiteral("frobnicate"));
        auto incomplete = client.call(Echo::kName, {});
        QTRY_VERIFY_WITH_TIMEOUT(echo.isFinished() && refused.isFinished() && unknown.isFinished() &&
                                     incomplete.isFinished(),
                                 kPatience);
        QCOMPARE(echo.result()->number, large);
        QCOMPARE(refused.result().error().kind, ErrorKind::Denied);
        QCOMPARE(refused.result().error().text, QStringLiteral("not today"));
        QCOMPARE(refused.result().error().field, QStringLiteral("name"));
        QCOMPARE(unknown.result().error().kind, ErrorKind::NotFound);
        QVERIFY(unknown.result().error().text.contains(QStringLiteral("frobnicate")));
        QCOMPARE(incomplete.result().error().kind, ErrorKind::Invalid);
        QVERIFY(incomplete.result().error().text.contains(QStringLiteral("number")));
    }

    void sendsNotificationsToEveryClient()
    {
        Fixture fixture;
        QVERIFY(fixture.server->listen());
        Client one(fixture.path);
        Client two(fixture.path);
        one.connectToEngine();
        two.connectToEngine();
        QTRY_VERIFY_WITH_TIMEOUT(one.isConnected() && two.isConnected(), kPatience);
        QSignalSpy added(&two.changes(), &catalog::Changes::itemsAdded);
        QSignalSpy events(&one.changes(), &catalog::Changes::eventsChanged);
        QVector<qint64> logins;
        one.notifications().on<protocol::LoggedIn>(
            &one, [&logins](const protocol::LoggedIn &login) { logins.append(login.account.value); });
        auto first = one.send(Echo());
        auto second = two.send(Echo());
        QTRY_VERIFY_WITH_TIMEOUT(first.isFinished() && second.isFinished(), kPatience);
        const QVector<catalog::ItemChange> items{{ItemId{(qint64(1) << 52) + 3},
                                                  CameraId{2},
                                                  EventId{3},
                                                  Kind::Clip,
                                                  ItemState::Ok,
                                                  {1000, 2000}}};
        Q_EMIT fixture.changes.itemsAdded(items);
        Q_EMIT fixture.changes.eventsChanged({EventId{7}});
        // One that cannot be read, and one of another type, reach no listener.
        Q_EMIT fixture.server->notifications().arrived(protocol::LoggedIn::kName, {});
        fixture.server->notify(protocol::DialogueOpened{QStringLiteral("10.0.0.4")});
        fixture.server->notify(protocol::LoggedIn{AccountId{5}, QStringLiteral("10.0.0.4")});
        QTRY_COMPARE_WITH_TIMEOUT(added.size(), 1, kPatience);
        QCOMPARE(added.first().first().value<QVector<catalog::ItemChange>>(), items);
        QTRY_COMPARE_WITH_TIMEOUT(events.size(), 1, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(logins, QVector<qint64>{5}, kPatience);
    }

    void failsPendingCommandsAndReconnects()
    {
        Fixture fixture;
        QVERIFY(fixture.server->listen());
        Client client(fixture.path);
        QSignalSpy lost(&client, &Client::disconnected);
        QSignalSpy reset(&client.changes(), &catalog::Changes::reset);
        client.connectToEngine();
        QTRY_VERIFY_WITH_TIMEOUT(client.isConnected(), kPatience);
        auto waiting = client.send(Wait());
        auto settled = client.send(Echo());
        QTRY_VERIFY_WITH_TIMEOUT(settled.isFinished(), kPatience);
        fixture.server.reset();
        QTRY_COMPARE_WITH_TIMEOUT(lost.size(), 1, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(waiting.isFinished(), kPatience);
        QCOMPARE(waiting.result().error().kind, ErrorKind::Unavailable);
        QCOMPARE(client.send(Echo()).result().error().kind, ErrorKind::Unavailable);
        fixture.server = std::make_unique<Server>(fixture.path, fixture.commands, fixture.changes);
        QVERIFY(fixture.server->listen());
        QTRY_VERIFY_WITH_TIMEOUT(client.isConnected(), kPatience);
        QCOMPARE(reset.size(), 2);
    }

    void isConnectedOnlyAfterTheGreeting()
    {
        QTemporaryDir folder;
        QLocalServer slow;
        QVERIFY(slow.listen(folder.filePath(QStringLiteral("c.sock"))));
        Client client(slow.fullServerName());
        QSignalSpy connected(&client, &Client::connected);
        client.connectToEngine();
        QTRY_VERIFY_WITH_TIMEOUT(slow.hasPendingConnections(), kPatience);
        QTest::qWait(50);
        QVERIFY(!client.isConnected());
        slow.nextPendingConnection()->write(toLine(
            {{QStringLiteral("notification"), kGreeting}, {QStringLiteral("protocol"), protocol::kVersion}}));
        QTRY_VERIFY_WITH_TIMEOUT(client.isConnected(), kPatience);
        QCOMPARE(connected.size(), 1);
    }

    void clientRejectsAnIncompatibleEngine()
    {
        QTemporaryDir folder;
        QLocalServer old;
        QVERIFY(old.listen(folder.filePath(QStringLiteral("c.sock"))));
        Client client(old.fullServerName());
        QSignalSpy incompatible(&client, &Client::incompatible);
        client.connectToEngine();
        QTRY_VERIFY_WITH_TIMEOUT(old.hasPendingConnections(), kPatience);
        old.nextPendingConnection()->write(toLine({{QStringLiteral("fact"), kGreeting}})); // as version 1 did
        QTRY_COMPARE_WITH_TIMEOUT(incompatible.size(), 1, kPatience);
        QVERIFY(!client.isConnected());
        const auto refused = client.send(Echo()).result();
        QCOMPARE(refused.error().kind, ErrorKind::Unavailable);
        QCOMPARE(refused.error().text, incompatible.first().first().toString());
    }

    void serverRejectsAnIncompatibleClient()
    {
        Fixture fixture;
        QVERIFY(fixture.server->listen());
        QLocalSocket old;
        old.connectToServer(fixture.path);
        QVERIFY(old.waitForConnected());
        old.write(toLine({{QStringLiteral("id"), 1},
                          {QStringLiteral("do"), QStringLiteral("echo")},
                          {QStringLiteral("with"), QJsonObject()}}));
        LineBuffer buffer;
        QVector<QJsonObject> lines;
        const auto hasBoth = [&] {
            lines += buffer.add(old.readAll()).value_or(QVector<QJsonObject>());
            return lines.size() == 2;
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasBoth(), kPatience);
        QCOMPARE(lines[0].value(QLatin1String("fact")).toString(), kGreeting); // else it would wait for ever
        QVERIFY(lines[1]
                    .value(QLatin1String("error"))
                    .toObject()
                    .value(QLatin1String("text"))
                    .toString()
                    .contains(QLatin1String("version")));
    }

    void garbageClosesOnlyItsConnection()
    {
        Fixture fixture;
        QVERIFY(fixture.server->listen());
        Client client(fixture.path);
        client.connectToEngine();
        QTRY_VERIFY_WITH_TIMEOUT(client.isConnected(), kPatience);
        QLocalSocket hostile;
        hostile.connectToServer(fixture.path);
        QVERIFY(hostile.waitForConnected());
        hostile.write("\x00\xff not json\n", 12);
        QTRY_COMPARE_WITH_TIMEOUT(hostile.state(), QLocalSocket::UnconnectedState, kPatience);
        auto echo = client.send(Echo());
        QTRY_VERIFY_WITH_TIMEOUT(echo.isFinished(), kPatience);
        QVERIFY(echo.result());
    }
};

GATEHOUSE_TEST(ControlTest)
#include "control_test.moc"
