// Settings changed during uploads: those unrelated to the receiver leave it alone.
#include "control/client.h"
#include "protocol/engine.h"
#include "protocol/settings.h"
#include "settings/paths.h"
#include "support/ftp_client.h"
#include "support/program_fixture.h"
#include "support/registry.h"

#include <QFile>
#include <QTest>
#include <algorithm>

using namespace gatehouse::tests;

class SettingsWhileReceivingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unrelatedSettingsDoNotRestartTheReceiver();
    void receiverSettingsApplyImmediately();
    void newEventGapAppliesImmediately();
    void unusableSettingsChangeNothing();
    void recordsInAnotherFolder();
    void brokenSettingsFileDeletesNothing();

private:
    void start();
    template<gatehouse::protocol::Command C>
    gatehouse::Result<typename C::Reply> reply(const C &command);
    // Empty: they are applied; else why not.
    QString set(const QJsonObject &changes);
    gatehouse::protocol::Status status();

    std::unique_ptr<ProgramFixture> m_fixture;
    std::unique_ptr<gatehouse::control::Client> m_client;
};

void SettingsWhileReceivingTest::start()
{
    m_client.reset();
    m_fixture = std::make_unique<ProgramFixture>();
    QVERIFY2(m_fixture->start(), qPrintable(m_fixture->lastError()));
    QVERIFY2(m_fixture->addCamera(QStringLiteral("cam"), "secret"), qPrintable(m_fixture->lastError()));
    const auto paths = gatehouse::settings::Paths::of(m_fixture->data());
    m_client = std::make_unique<gatehouse::control::Client>(paths.socket);
    m_client->connectToEngine();
    QTRY_VERIFY_WITH_TIMEOUT(m_client->isConnected(), 30'000);
}

template<gatehouse::protocol::Command C>
gatehouse::Result<typename C::Reply> SettingsWhileReceivingTest::reply(const C &command)
{
    const auto answer = m_client->send(command);
    if (!QTest::qWaitFor([&] { return answer.isFinished(); }, 30'000))
        return gatehouse::fail(gatehouse::ErrorKind::Unavailable, QStringLiteral("no reply"));
    return answer.result();
}

QString SettingsWhileReceivingTest::set(const QJsonObject &changes)
{
    const auto done = reply(gatehouse::protocol::SetSettings{changes});
    return done ? QString() : done.error().text;
}

gatehouse::protocol::Status SettingsWhileReceivingTest::status()
{
    return reply(gatehouse::protocol::GetStatus()).value_or(gatehouse::protocol::Status());
}

// The port is any free one, so listening again would change it, and would cut the upload.
void SettingsWhileReceivingTest::unrelatedSettingsDoNotRestartTheReceiver()
{
    start();
    FtpClient client;
    QVERIFY(client.logIn(m_fixture->port(), "cam", "secret"));
    auto data = client.begin("STOR MDAlarm_20260612-100010.jpg");
    QVERIFY2(data, client.lastReply());
    FtpClient::send(*data, "the first half, ");
    const QJsonObject retention{{QStringLiteral("days"), 30}};
    QCOMPARE(
        set({{QStringLiteral("theme"), QStringLiteral("light")}, {QStringLiteral("retention"), retention}}),
        QString());
    const QJsonObject open{{QStringLiteral("anonymous"), true}};
    QCOMPARE(set({{QStringLiteral("receiver"), open}}), QString());
    QCOMPARE(status().port, int(m_fixture->port()));
    FtpClient::send(*data, "the second half");
    QVERIFY2(client.end(*data).startsWith("226"), client.lastReply());
    QVERIFY2(client.command("SIZE MDAlarm_20260612-100010.jpg").startsWith("213 31"), client.lastReply());
    FtpClient anybody;
    QVERIFY(anybody.logIn(m_fixture->port(), "anonymous", "x"));
}

void SettingsWhileReceivingTest::receiverSettingsApplyImmediately()
{
    start();
    FtpClient client;
    QVERIFY(client.logIn(m_fixture->port(), "cam", "secret"));
    const QJsonObject small{{QStringLiteral("maxFileBytes"), 1 << 20}};
    QCOMPARE(set({{QStringLiteral("receiver"), small}}), QString());
    // The cameras find it where it was.
    QCOMPARE(status().port, int(m_fixture->port()));
    QVERIFY(client.logIn(m_fixture->port(), "cam", "secret"));
    QVERIFY(!client.store("/MDAlarm_20260612-100010.jpg", QByteArray(2'000'000, 'x')));
    QVERIFY2(client.lastReply().startsWith("552"), client.lastReply());
    QVERIFY2(client.store("/MDAlarm_20260612-100011.jpg", "small"), client.lastReply());
}

void SettingsWhileReceivingTest::newEventGapAppliesImmediately()
{
    start();
    FtpClient client;
    QVERIFY(client.logIn(m_fixture->port(), "cam", "secret"));
    QVERIFY2(client.store("/MDAlarm_20260612-100000.jpg", "one"), client.lastReply());
    QVERIFY2(client.store("/MDAlarm_20260612-100130.jpg", "90 s later"), client.lastReply());
    QCOMPARE(m_fixture->cli({QStringLiteral("events")}).size(), 2);
    QCOMPARE(set({{QStringLiteral("eventGapSeconds"), 120}}), QString());
    QVERIFY2(client.store("/MDAlarm_20260612-100300.jpg", "90 s later again"), client.lastReply());
    QCOMPARE(m_fixture->cli({QStringLiteral("events")}).size(), 2);
}

void SettingsWhileReceivingTest::recordsInAnotherFolder()
{
    start();
    FtpClient client;
    QVERIFY(client.logIn(m_fixture->port(), "cam", "secret"));
    QVERIFY2(client.store("/MDAlarm_20260612-100000.jpg", "before"), client.lastReply());
    const qint64 pid = status().pid;
    const qint64 started = status().started;
    const QTemporaryDir disk;
    const QString folder = disk.filePath(QStringLiteral("recordings"));
    QCOMPARE(set({{QStringLiteral("archive"), QJsonObject{{QStringLiteral("folder"), folder}}}}), QString());
    QTRY_VERIFY_WITH_TIMEOUT(m_client->isConnected() && status().started > started, 30'000);
    QCOMPARE(status().pid, pid);
    QCOMPARE(status().port, int(m_fixture->port())); // cameras know it
    QCOMPARE(status().archive.root, folder);
    QVERIFY(client.logIn(m_fixture->port(), "cam", "secret"));
    QVERIFY2(client.store("/MDAlarm_20260612-100001.jpg", "after"), client.lastReply());
    QStringList contents;
    for (const QJsonObject &item : m_fixture->items()) {
        const QString path = item.value(QLatin1String("path")).toString();
        QFile file(path);
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(path));
        contents.append(QString::fromUtf8(file.readAll()));
        QCOMPARE(path.startsWith(folder), contents.last() == QLatin1String("after"));
    }
    contents.sort();
    QCOMPARE(contents, (QStringList{QStringLiteral("after"), QStringLiteral("before")}));
}

// A certificate with a foreign key: reported, not saved, and reception continues.
void SettingsWhileReceivingTest::unusableSettingsChangeNothing()
{
    start();
    ProgramFixture other;
    QVERIFY2(other.start(), qPrintable(other.lastError()));
    const auto theirs = gatehouse::settings::Paths::of(other.data());
    const auto ours = gatehouse::settings::Paths::of(m_fixture->data());
    const QJsonObject mixed{{QStringLiteral("certificate"), ours.certificate()},
                            {QStringLiteral("certificateKey"), theirs.certificateKey()}};
    QVERIFY(!set({{QStringLiteral("receiver"), mixed}}).isEmpty());
    QCOMPARE(status().port, int(m_fixture->port()));
    QCOMPARE(status().receiver, QString());
    FtpClient client;
    QVERIFY(client.logIn(m_fixture->port(), "cam", "secret"));
    QVERIFY2(client.store("/MDAlarm_20260612-100010.jpg", "as before"), client.lastReply());
    QCOMPARE(m_fixture->stop(), 0);
    QVERIFY2(m_fixture->start(), qPrintable(m_fixture->lastError()));
}

// It still receives, with the previous settings.
void SettingsWhileReceivingTest::brokenSettingsFileDeletesNothing()
{
    start();
    QCOMPARE(set({{QStringLiteral("retention"), QJsonObject{{QStringLiteral("days"), 30}}}}), QString());
    m_client.reset();
    QCOMPARE(m_fixture->stop(), 0);
    QVERIFY2(m_fixture->start(), qPrintable(m_fixture->lastError())); // these are the last good ones
    QCOMPARE(m_fixture->stop(), 0);
    const auto paths = gatehouse::settings::Paths::of(m_fixture->data());
    QFile file(paths.settings());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"retention\": {\"days\": 3");
    file.close();
    QVERIFY2(m_fixture->start(), qPrintable(m_fixture->lastError()));
    FtpClient client;
    QVERIFY(client.logIn(m_fixture->port(), "cam", "secret"));
    QVERIFY2(client.store("/MDAlarm_20260612-100010.jpg", "bytes"), client.lastReply());
    m_client = std::make_unique<gatehouse::control::Client>(paths.socket);
    m_client->connectToEngine();
    QTRY_VERIFY_WITH_TIMEOUT(m_client->isConnected(), 30'000);
    const auto isReported = [this] {
        const auto problems = status().problems;
        return std::any_of(problems.begin(), problems.end(),
                           [](const auto &problem) { return problem.key == QLatin1String("settings"); });
    };
    QVERIFY(isReported());
    const auto kept = reply(gatehouse::protocol::GetSettings());
    QVERIFY(kept);
    QCOMPARE(kept->settings.value(QLatin1String("retention")).toObject().value(QLatin1String("days")).toInt(),
             30);
    QCOMPARE(set(kept->settings), QString());
    QVERIFY(!isReported());
}

GATEHOUSE_TEST(SettingsWhileReceivingTest)
#include "settings_test.moc"
