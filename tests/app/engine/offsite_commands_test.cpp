// The commands about off-site copies: to the real engine, and a real bucket where they need one.
#include "app/engine/offsite_feature.h"
#include "catalog/operations/cameras.h"
#include "commands_fixture.h"
#include "protocol/engine.h"
#include "protocol/offsite.h"
#include "protocol/settings.h"
#include "support/ceph_bucket.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>

using namespace gatehouse;
using namespace gatehouse::protocol;
using namespace gatehouse::tests;

namespace
{

const QString kSecretKey = QStringLiteral("a/secret+key");

// Nobody listens there.
OffsiteConnection unreachableConnection()
{
    OffsiteConnection out;
    out.endpoint = QStringLiteral("http://127.0.0.1:1");
    out.bucket = QStringLiteral("evidence");
    out.accessKey = QStringLiteral("key");
    out.site = QStringLiteral("house");
    out.secret = kSecretKey;
    return out;
}

OffsiteConnection cephConnection(const CephServer &server, const QString &bucket)
{
    OffsiteConnection out;
    out.provider = QStringLiteral("ceph");
    out.endpoint = server.httpEndpoint();
    out.bucket = bucket;
    out.accessKey = QString::fromLatin1(server.owner().accessKey);
    out.secret = QString::fromLatin1(server.owner().secretKey);
    out.site = QStringLiteral("house");
    return out;
}

template<typename T>
ErrorKind offsiteKindOf(const Result<T> &result)
{
    return result ? ErrorKind::Internal : result.error().kind;
}

bool hasOffsiteProblem(CommandsFixture &fixture)
{
    const auto &all = fixture.engine.context().problems.all();
    return std::any_of(all.begin(), all.end(),
                       [](const Problem &one) { return one.key == QLatin1String("offsite"); });
}

} // namespace

class OffsiteCommandsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void needsToBeSetUp();
    void savesNothingThatCannotBeUsed();
    void savesAnywayIfForced();
    void namesWhatIsWrong();
    void asksForTheSecretOfAnotherKey();
    void changesWithoutATest();
    void pausesAndResumes();
    void endsWithAnEmptyBucket();
    void choosesForOneCamera();
    void reportsALockedKeychain();
    void testsARealBucketAndSaves();
};

void OffsiteCommandsTest::needsToBeSetUp()
{
    CommandsFixture fixture;
    const auto status = fixture.send(GetOffsiteStatus());
    QVERIFY(status);
    QVERIFY(!status->isSet);
    QVERIFY(!status->trouble);
    QCOMPARE(offsiteKindOf(fixture.send(PauseOffsite())), ErrorKind::Invalid);
    QCOMPARE(offsiteKindOf(fixture.send(ResumeOffsite())), ErrorKind::Invalid);
    QCOMPARE(offsiteKindOf(fixture.send(TestOffsite())), ErrorKind::Invalid);
    QCOMPARE(offsiteKindOf(fixture.send(SetOffsite())), ErrorKind::Invalid);
    QCOMPARE(fixture.secrets.reads, 0); // no keychain asks a user who has no bucket
}

void OffsiteCommandsTest::savesNothingThatCannotBeUsed()
{
    CommandsFixture fixture;
    const auto report = fixture.send(SetOffsite{unreachableConnection()});
    QVERIFY2(report, qPrintable(report ? QString() : report.error().text));
    QVERIFY(!report->isUsable);
    QVERIFY(!report->isSaved);
    QCOMPARE(report->findings.size(), 1);
    QCOMPARE(report->findings[0].verdict, FindingVerdict::Bad);
    QVERIFY(!report->findings[0].text.isEmpty());
    QVERIFY(!fixture.engine.context().settings.offsite.isSet());
    QVERIFY(fixture.secrets.kept.isEmpty());
}

void OffsiteCommandsTest::savesAnywayIfForced()
{
    CommandsFixture fixture;
    QSignalSpy changed(&fixture.engine.offsite(), &app::OffsiteFeature::changed);
    SetOffsite command{unreachableConnection()};
    command.isForced = true;
    command.choice = OffsiteChoice::Stills;
    const auto report = fixture.send(command);
    QVERIFY2(report, qPrintable(report ? QString() : report.error().text));
    QVERIFY(report->isSaved);
    QVERIFY(!report->isUsable);
    QCOMPARE(report->secretPlace, QStringLiteral("memory"));
    QCOMPARE(fixture.secrets.kept.value(QStringLiteral("offsite")), kSecretKey.toUtf8());
    QVERIFY(!changed.isEmpty());
    const auto status = fixture.send(GetOffsiteStatus());
    QVERIFY(status);
    QVERIFY(status->isSet);
    QCOMPARE(status->bucket, QStringLiteral("evidence"));
    QCOMPARE(status->site, QStringLiteral("house"));
    QCOMPARE(fixture.engine.context().settings.offsite.choice, QStringLiteral("stills"));
    // Neither the settings nor their file have the secret.
    QFile file(fixture.engine.context().options.paths.settings());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray json = file.readAll();
    QVERIFY(json.contains("evidence"));
    QVERIFY(!json.contains(kSecretKey.toUtf8()));
}

void OffsiteCommandsTest::namesWhatIsWrong()
{
    CommandsFixture fixture;
    const auto fieldOf = [&fixture](auto change) {
        SetOffsite command{unreachableConnection()};
        command.isForced = true;
        change(command.connection);
        const auto answer = fixture.send(command);
        return answer ? QStringLiteral("accepted") : answer.error().field;
    };
    QCOMPARE(fieldOf([](auto &c) { c.provider = QStringLiteral("no-such"); }),
             QStringLiteral("offsite.provider"));
    QCOMPARE(fieldOf([](auto &c) { c.endpoint = QString(); }), QStringLiteral("offsite.endpoint"));
    QCOMPARE(fieldOf([](auto &c) { c.bucket = QStringLiteral("a b"); }), QStringLiteral("offsite.bucket"));
    QCOMPARE(fieldOf([](auto &c) { c.accessKey = QString(); }), QStringLiteral("offsite.accessKey"));
    QCOMPARE(fieldOf([](auto &c) { c.secret = QString(); }), QStringLiteral("offsite.secretKey"));
    QCOMPARE(fieldOf([](auto &c) { c.caFile = QStringLiteral("own.pem"); }),
             QStringLiteral("offsite.caFile"));
    QVERIFY(!fixture.engine.context().settings.offsite.isSet());
    QVERIFY(fixture.secrets.kept.isEmpty());
    // The settings refuse the same.
    const QJsonObject wrong{{QStringLiteral("bucket"), QStringLiteral("a b")}};
    const auto refused = fixture.send(SetSettings{{{QStringLiteral("offsite"), wrong}}});
    QCOMPARE(offsiteKindOf(refused), ErrorKind::Invalid);
    QVERIFY(refused.error().field.startsWith(QLatin1String("offsite.")));
}

void OffsiteCommandsTest::asksForTheSecretOfAnotherKey()
{
    CommandsFixture fixture;
    OffsiteConnection without = unreachableConnection();
    without.secret.reset();
    QCOMPARE(offsiteKindOf(fixture.send(SetOffsite{without})), ErrorKind::Invalid);
    SetOffsite first{unreachableConnection()};
    first.isForced = true;
    QVERIFY(fixture.send(first));
    // With the same key, it is the one that is kept.
    QVERIFY(fixture.send(TestOffsite{without}));
    without.accessKey = QStringLiteral("another");
    const auto refused = fixture.send(TestOffsite{without});
    QCOMPARE(offsiteKindOf(refused), ErrorKind::Invalid);
    QCOMPARE(refused.error().field, QStringLiteral("offsite.secretKey"));
}

void OffsiteCommandsTest::changesWithoutATest()
{
    CommandsFixture fixture;
    SetOffsite first{unreachableConnection()};
    first.isForced = true;
    QVERIFY(fixture.send(first));
    SetOffsite change;
    change.choice = OffsiteChoice::LowRes;
    change.uploadLimit = 500'000;
    const auto report = fixture.send(change);
    QVERIFY(report);
    QVERIFY(report->isSaved);
    QVERIFY(report->findings.isEmpty());
    const settings::Offsite &set = fixture.engine.context().settings.offsite;
    QCOMPARE(set.choice, QStringLiteral("low_res"));
    QCOMPARE(set.uploadLimit, 500'000);
    QCOMPARE(set.bucket, QStringLiteral("evidence"));
}

void OffsiteCommandsTest::pausesAndResumes()
{
    CommandsFixture fixture;
    SetOffsite first{unreachableConnection()};
    first.isForced = true;
    QVERIFY(fixture.send(first));
    QVERIFY(fixture.send(PauseOffsite()));
    QVERIFY(fixture.send(GetOffsiteStatus())->isPaused);
    const auto saved = settings::load(fixture.engine.context().options.paths.settings());
    QVERIFY(saved && saved->offsite.isPaused);
    QVERIFY(fixture.send(ResumeOffsite()));
    QVERIFY(!fixture.send(GetOffsiteStatus())->isPaused);
}

void OffsiteCommandsTest::endsWithAnEmptyBucket()
{
    CommandsFixture fixture;
    SetOffsite first{unreachableConnection()};
    first.isForced = true;
    QVERIFY(fixture.send(first));
    SetOffsite end;
    end.connection.bucket = QString();
    const auto report = fixture.send(end);
    QVERIFY2(report, qPrintable(report ? QString() : report.error().text));
    QVERIFY(report->isSaved);
    QVERIFY(!fixture.send(GetOffsiteStatus())->isSet);
    QVERIFY(!hasOffsiteProblem(fixture));
}

void OffsiteCommandsTest::choosesForOneCamera()
{
    CommandsFixture fixture;
    const auto porch = CommandsFixture::awaited(
        fixture.writer.submit(catalog::AddCamera{QStringLiteral("Porch"), catalog::Account()}));
    QVERIFY(porch);
    QVERIFY(fixture.send(SetCameraOffsite{porch->id, OffsiteChoice::LowRes}));
    const auto &cameras = fixture.engine.context().settings.offsite.cameras;
    QCOMPARE(cameras.size(), 1);
    QCOMPARE(cameras.value({porch->user, porch->key}), QStringLiteral("low_res"));
    QVERIFY(fixture.send(SetCameraOffsite{porch->id}));
    QVERIFY(fixture.engine.context().settings.offsite.cameras.isEmpty());
    QCOMPARE(offsiteKindOf(fixture.send(SetCameraOffsite{CameraId{4711}, OffsiteChoice::Nothing})),
             ErrorKind::NotFound);
}

// Said once, and over as soon as the keychain is unlocked.
void OffsiteCommandsTest::reportsALockedKeychain()
{
    CommandsFixture fixture(CommandsFixture::Receives::OnLoopback);
    SetOffsite first{unreachableConnection()};
    first.isForced = true;
    fixture.secrets.lock();
    QCOMPARE(offsiteKindOf(fixture.send(first)), ErrorKind::Unavailable);
    QVERIFY(!fixture.engine.context().settings.offsite.isSet());

    // The settings are there, the secret is not readable: as after a start before somebody logs in.
    QJsonObject json{{QStringLiteral("endpoint"), QStringLiteral("http://127.0.0.1:1")},
                     {QStringLiteral("bucket"), QStringLiteral("evidence")},
                     {QStringLiteral("site"), QStringLiteral("house")},
                     {QStringLiteral("accessKey"), QStringLiteral("key")},
                     {QStringLiteral("paused"), true}};
    QVERIFY(fixture.send(SetSettings{{{QStringLiteral("offsite"), json}}}));
    QTRY_VERIFY_WITH_TIMEOUT(hasOffsiteProblem(fixture), kPatience);
    const auto locked = fixture.send(GetOffsiteStatus());
    QVERIFY(locked && locked->trouble);
    QVERIFY(locked->trouble->needsUser);
    QVERIFY(locked->trouble->text.contains(QLatin1String("The keychain is locked")));
    // It is read again, though not in a loop.
    const int reads = fixture.secrets.reads;
    QTest::qWait(100);
    QCOMPARE(fixture.secrets.reads, reads);
    fixture.secrets.unlock();
    fixture.secrets.kept.insert(QStringLiteral("offsite"), kSecretKey.toUtf8());
    QVERIFY(fixture.send(ResumeOffsite()));
    QTRY_VERIFY_WITH_TIMEOUT(fixture.secrets.reads > reads, kPatience);
    // Nothing is to be sent, so that the server which is not there is not missed.
    QTRY_VERIFY_WITH_TIMEOUT(!hasOffsiteProblem(fixture), kPatience);
    const auto status = fixture.send(GetOffsiteStatus());
    QVERIFY(status);
    QVERIFY(!status->trouble || !status->trouble->text.contains(QLatin1String("keychain")));
}

void OffsiteCommandsTest::testsARealBucketAndSaves()
{
    GATEHOUSE_NEEDS_CEPH();
    CephServer server;
    QVERIFY2(server.start(), qPrintable(server.lastError()));
    QVERIFY(makeBucket(server, "evidence"));
    CommandsFixture fixture;
    const OffsiteConnection good = cephConnection(server, QStringLiteral("evidence"));
    const auto tested = fixture.send(TestOffsite{good});
    QVERIFY2(tested, qPrintable(tested ? QString() : tested.error().text));
    QVERIFY(tested->isUsable);
    QVERIFY(!tested->isSaved);
    QVERIFY(tested->findings.size() > 5);
    QVERIFY(!fixture.engine.context().settings.offsite.isSet());

    OffsiteConnection wrong = good;
    wrong.secret = QStringLiteral("wrong");
    const auto refused = fixture.send(SetOffsite{wrong});
    QVERIFY(refused);
    QVERIFY(!refused->isUsable && !refused->isSaved);
    QVERIFY(fixture.secrets.kept.isEmpty());

    const auto saved = fixture.send(SetOffsite{good});
    QVERIFY2(saved, qPrintable(saved ? QString() : saved.error().text));
    QVERIFY(saved->isUsable && saved->isSaved);
    QCOMPARE(fixture.secrets.kept.value(QStringLiteral("offsite")), server.owner().secretKey);
    // Another prefix is tested with the key that is kept.
    SetOffsite moved;
    moved.connection.prefix = QStringLiteral("cameras");
    const auto again = fixture.send(moved);
    QVERIFY(again && again->isSaved && !again->findings.isEmpty());
    QCOMPARE(fixture.send(GetOffsiteStatus())->prefix, QStringLiteral("cameras"));
}

GATEHOUSE_TEST(OffsiteCommandsTest)
#include "offsite_commands_test.moc"
