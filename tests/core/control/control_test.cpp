#include "control/client.h"
#include "control/json_lines.h"
#include "control/server.h"
#include "support/registry.h"

#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::control;

namespace
{

// Answers "echo" with its arguments, "refuse" with an error, and never answers "wait".
class EchoCommands : public Commands
{
public:
    QFuture<Result<QJsonObject>> run(QString name, QJsonObject arguments) override
    {
        QPromise<Result<QJsonObject>> promise;
        promise.start();
        auto future = promise.future();
        if (name == QLatin1String("wait")) {
            m_open.push_back(std::make_unique<QPromise<Result<QJsonObject>>>(std::move(promise)));
            return future;
        }
        if (name == QLatin1String("echo"))
            promise.addResult(arguments);
        else
            promise.addResult(fail(ErrorKind::Denied, QStringLiteral("no such command")));
        promise.finish();
        return future;
    }

private:
    std::vector<std::unique_ptr<QPromise<Result<QJsonObject>>>> m_open;
};

struct Fixture {
    QTemporaryDir folder;
    QString path = folder.filePath(QStringLiteral("c.sock"));
    EchoCommands commands;
    catalog::Changes changes;
    std::unique_ptr<Server> server = std::make_unique<Server>(path, commands, changes);
};

} // namespace

class ControlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesSurviveAnyCut()
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

    void commandsAreAnswered()
    {
        Fixture fixture;
        QVERIFY(fixture.server->listen());
        QCOMPARE(QFileInfo(fixture.path).permissions() &
                     (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
        Client client(fixture.path);
        client.connectToEngine();
        QTRY_VERIFY(client.isConnected());
        const qint64 large = (qint64(1) << 52) + 1;
        auto echo = client.run(QStringLiteral("echo"), {{QStringLiteral("x"), large}});
        auto refused = client.run(QStringLiteral("refuse"), {});
        QTRY_VERIFY(echo.isFinished() && refused.isFinished());
        QCOMPARE(echo.result()->value(QLatin1String("x")).toInteger(), large);
        QCOMPARE(refused.result().error().kind, ErrorKind::Denied);
        QCOMPARE(refused.result().error().text, QStringLiteral("no such command"));
    }

    void changesAndFactsReachEveryClient()
    {
        Fixture fixture;
        QVERIFY(fixture.server->listen());
        Client one(fixture.path);
        Client two(fixture.path);
        one.connectToEngine();
        two.connectToEngine();
        QTRY_VERIFY(one.isConnected() && two.isConnected());
        QVERIFY(one.run(QStringLiteral("echo"), {}).isValid());
        QSignalSpy added(&two.changes(), &catalog::Changes::itemsAdded);
        QSignalSpy events(&one.changes(), &catalog::Changes::eventsChanged);
        QSignalSpy notified(&one, &Client::notified);
        auto settled = two.run(QStringLiteral("echo"), {});
        QTRY_VERIFY(settled.isFinished());
        const QVector<catalog::ItemChange> items{{ItemId{(qint64(1) << 52) + 3},
                                                  CameraId{2},
                                                  EventId{3},
                                                  Kind::Clip,
                                                  ItemState::Ok,
                                                  {1000, 2000}}};
        Q_EMIT fixture.changes.itemsAdded(items);
        Q_EMIT fixture.changes.eventsChanged({EventId{7}});
        fixture.server->notify(QStringLiteral("login"), {{QStringLiteral("account"), 5}});
        QTRY_COMPARE(added.size(), 1);
        QCOMPARE(added.first().first().value<QVector<catalog::ItemChange>>(), items);
        QTRY_COMPARE(events.size(), 1);
        QTRY_COMPARE(notified.size(), 1);
        QCOMPARE(notified.first().first().toString(), QStringLiteral("login"));
    }

    void aLostEngineFailsWhatIsUnderWayAndIsFoundAgain()
    {
        Fixture fixture;
        QVERIFY(fixture.server->listen());
        Client client(fixture.path);
        QSignalSpy lost(&client, &Client::disconnected);
        QSignalSpy reset(&client.changes(), &catalog::Changes::reset);
        client.connectToEngine();
        QTRY_VERIFY(client.isConnected());
        auto waiting = client.run(QStringLiteral("wait"), {});
        auto settled = client.run(QStringLiteral("echo"), {});
        QTRY_VERIFY(settled.isFinished());
        fixture.server.reset();
        QTRY_COMPARE(lost.size(), 1);
        QTRY_VERIFY(waiting.isFinished());
        QCOMPARE(waiting.result().error().kind, ErrorKind::Unavailable);
        QCOMPARE(client.run(QStringLiteral("echo"), {}).result().error().kind, ErrorKind::Unavailable);
        fixture.server = std::make_unique<Server>(fixture.path, fixture.commands, fixture.changes);
        QVERIFY(fixture.server->listen());
        QTRY_VERIFY(client.isConnected());
        QCOMPARE(reset.size(), 2);
    }

    void connectedMeansThatTheEngineTookTheConnection()
    {
        QTemporaryDir folder;
        QLocalServer slow;
        QVERIFY(slow.listen(folder.filePath(QStringLiteral("c.sock"))));
        Client client(slow.fullServerName());
        QSignalSpy connected(&client, &Client::connected);
        client.connectToEngine();
        QTRY_VERIFY(slow.hasPendingConnections());
        QTest::qWait(50);
        QVERIFY(!client.isConnected());
        slow.nextPendingConnection()->write(toLine(
            {{QStringLiteral("notification"), kGreeting}, {QStringLiteral("protocol"), kProtocolVersion}}));
        QTRY_VERIFY(client.isConnected());
        QCOMPARE(connected.size(), 1);
    }

    void anEngineOfAnotherVersionIsNotUsed()
    {
        QTemporaryDir folder;
        QLocalServer old;
        QVERIFY(old.listen(folder.filePath(QStringLiteral("c.sock"))));
        Client client(old.fullServerName());
        QSignalSpy incompatible(&client, &Client::incompatible);
        client.connectToEngine();
        QTRY_VERIFY(old.hasPendingConnections());
        old.nextPendingConnection()->write(toLine({{QStringLiteral("fact"), kGreeting}})); // as version 1 did
        QTRY_COMPARE(incompatible.size(), 1);
        QVERIFY(!client.isConnected());
        const auto refused = client.run(QStringLiteral("echo"), {}).result();
        QCOMPARE(refused.error().kind, ErrorKind::Unavailable);
        QCOMPARE(refused.error().text, incompatible.first().first().toString());
    }

    void aWindowOfAnotherVersionIsRefused()
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
        QTRY_VERIFY(hasBoth());
        QCOMPARE(lines[0].value(QLatin1String("fact")).toString(), kGreeting); // else it would wait for ever
        QVERIFY(lines[1]
                    .value(QLatin1String("error"))
                    .toObject()
                    .value(QLatin1String("text"))
                    .toString()
                    .contains(QLatin1String("version")));
    }

    void garbageClosesOneConnectionOnly()
    {
        Fixture fixture;
        QVERIFY(fixture.server->listen());
        Client client(fixture.path);
        client.connectToEngine();
        QTRY_VERIFY(client.isConnected());
        QLocalSocket hostile;
        hostile.connectToServer(fixture.path);
        QVERIFY(hostile.waitForConnected());
        hostile.write("\x00\xff not json\n", 12);
        QTRY_COMPARE(hostile.state(), QLocalSocket::UnconnectedState);
        auto echo = client.run(QStringLiteral("echo"), {});
        QTRY_VERIFY(echo.isFinished());
        QVERIFY(echo.result());
    }
};

GATEHOUSE_TEST(ControlTest)
#include "control_test.moc"
