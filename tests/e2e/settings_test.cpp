// Settings changed beside uploads: what has nothing to do with the receiver leaves it alone.
#include "control/client.h"
#include "settings/paths.h"
#include "support/ftp_client.h"
#include "support/program_fixture.h"
#include "support/registry.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>
#include <algorithm>

using namespace gatehouse::tests;

class SettingsWhileReceivingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void otherSettingsLeaveTheReceiverAlone();
    void theReceiversOwnSettingsAreTakenAtOnce();
    void aNewEventGapCountsAtOnce();
    void whatCannotBeUsedChangesNothing();
    void aBrokenFileDeletesNothing();

private:
    void start();
    // The command is carried out; its answer.
    QJsonObject done(const QString &command, const QJsonObject &with = {});

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

QJsonObject SettingsWhileReceivingTest::done(const QString &command, const QJsonObject &with)
{
    const auto answer = m_client->run(command, with);
    if (!QTest::qWaitFor([&] { return answer.isFinished(); }, 30'000))
        return {{QStringLiteral("failed"), QStringLiteral("no answer")}};
    const auto result = answer.result();
    return result ? *result : QJsonObject{{QStringLiteral("failed"), result.error().text}};
}

// The port is any free one, so listening anew would move it; and it would cut the upload.
void SettingsWhileReceivingTest::otherSettingsLeaveTheReceiverAlone()
{
    start();
    FtpClient client;
    QVERIFY(client.logIn(m_fixture->port(), "cam", "secret"));
    auto data = client.begin("STOR MDAlarm_20260612-100010.jpg");
    QVERIFY2(data, client.lastReply());
    FtpClient::send(*data, "the first half, ");
    const QJsonObject retention{{QStringLiteral("days"), 30}};
    QCOMPARE(done(QStringLiteral("settings.set"), {{QStringLiteral("theme"), QStringLiteral("light")},
                                                   {QStringLiteral("retention"), retention}}),
             QJsonObject());
    const QJsonObject open{{QStringLiteral("anonymous"), true}};
    QCOMPARE(done(QStringLiteral("settings.set"), {{QStringLiteral("receiver"), open}}), QJsonObject());
    QCOMPARE(done(QStringLiteral("status")).value(QLatin1String("port")).toInt(), int(m_fixture->port()));
    FtpClient::send(*data, "the second half");
    QVERIFY2(client.end(*data).startsWith("226"), client.lastReply());
    QVERIFY2(client.command("SIZE MDAlarm_20260612-100010.jpg").startsWith("213 31"), client.lastReply());
    FtpClient anybody;
    QVERIFY(anybody.logIn(m_fixture->port(), "anonymous", "x"));
}

void SettingsWhileReceivingTest::theReceiversOwnSettingsAreTakenAtOnce()
{
    start();
    FtpClient client;
    QVERIFY(client.logIn(m_fixture->port(), "cam", "secret"));
    const QJsonObject small{{QStringLiteral("maxFileBytes"), 1 << 20}};
    QCOMPARE(done(QStringLiteral("settings.set"), {{QStringLiteral("receiver"), small}}), QJsonObject());
    // The cameras find it where it was.
    QCOMPARE(done(QStringLiteral("status")).value(QLatin1String("port")).toInt(), int(m_fixture->port()));
    QVERIFY(client.logIn(m_fixture->port(), "cam", "secret"));
    QVERIFY(!client.store("/MDAlarm_20260612-100010.jpg", QByteArray(2'000'000, 'x')));
    QVERIFY2(client.lastReply().startsWith("552"), client.lastReply());
    QVERIFY2(client.store("/MDAlarm_20260612-100011.jpg", "small"), client.lastReply());
}

void SettingsWhileReceivingTest::aNewEventGapCountsAtOnce()
{
    start();
    FtpClient client;
    QVERIFY(client.logIn(m_fixture->port(), "cam", "secret"));
    QVERIFY2(client.store("/MDAlarm_20260612-100000.jpg", "one"), client.lastReply());
    QVERIFY2(client.store("/MDAlarm_20260612-100130.jpg", "90 s later"), client.lastReply());
    QCOMPARE(m_fixture->cli({QStringLiteral("events")}).size(), 2);
    QCOMPARE(done(QStringLiteral("settings.set"), {{QStringLiteral("eventGapSeconds"), 120}}), QJsonObject());
    QVERIFY2(client.store("/MDAlarm_20260612-100300.jpg", "90 s later again"), client.lastReply());
    QCOMPARE(m_fixture->cli({QStringLiteral("events")}).size(), 2);
}

// A certificate with another one's key: said, not saved, and the cameras are received as before.
void SettingsWhileReceivingTest::whatCannotBeUsedChangesNothing()
{
    start();
    ProgramFixture other;
    QVERIFY2(other.start(), qPrintable(other.lastError()));
    const auto theirs = gatehouse::settings::Paths::of(other.data());
    const auto ours = gatehouse::settings::Paths::of(m_fixture->data());
    const QJsonObject mixed{{QStringLiteral("certificate"), ours.certificate()},
                            {QStringLiteral("certificateKey"), theirs.certificateKey()}};
    const QJsonObject answer = done(QStringLiteral("settings.set"), {{QStringLiteral("receiver"), mixed}});
    QVERIFY(!answer.value(QLatin1String("failed")).toString().isEmpty());
    const QJsonObject status = done(QStringLiteral("status"));
    QCOMPARE(status.value(QLatin1String("port")).toInt(), int(m_fixture->port()));
    QCOMPARE(status.value(QLatin1String("receiver")).toString(), QString());
    FtpClient client;
    QVERIFY(client.logIn(m_fixture->port(), "cam", "secret"));
    QVERIFY2(client.store("/MDAlarm_20260612-100010.jpg", "as before"), client.lastReply());
    QCOMPARE(m_fixture->stop(), 0);
    QVERIFY2(m_fixture->start(), qPrintable(m_fixture->lastError()));
}

// It receives all the same, with the settings of before.
void SettingsWhileReceivingTest::aBrokenFileDeletesNothing()
{
    start();
    QCOMPARE(done(QStringLiteral("settings.set"),
                  {{QStringLiteral("retention"), QJsonObject{{QStringLiteral("days"), 30}}}}),
             QJsonObject());
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
        const QJsonArray problems = done(QStringLiteral("status")).value(QLatin1String("problems")).toArray();
        return std::any_of(problems.begin(), problems.end(), [](const QJsonValue &problem) {
            return problem.toObject().value(QLatin1String("key")).toString() == QLatin1String("settings");
        });
    };
    QVERIFY(isReported());
    const QJsonObject kept = done(QStringLiteral("settings.get"));
    QCOMPARE(kept.value(QLatin1String("retention")).toObject().value(QLatin1String("days")).toInt(), 30);
    QCOMPARE(done(QStringLiteral("settings.set"), kept), QJsonObject());
    QVERIFY(!isReported());
}

GATEHOUSE_TEST(SettingsWhileReceivingTest)
#include "settings_test.moc"
