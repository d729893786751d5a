// Recordings go to a real bucket: everything that a camera sent is there, bit for bit and once, also when the
// engine is killed in the middle; and the command line says how it stands.
#include "support/ceph_bucket.h"
#include "support/durations.h"
#include "support/ftp_client.h"
#include "support/program_fixture.h"
#include "support/registry.h"
#include "support/test_data.h"
#include "support/tiny_media.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>
#include <algorithm>

using namespace gatehouse::tests;

namespace
{

const QString kSlow = QStringLiteral("60000"); // bytes per second

struct SaidOffsite {
    int code = -1;
    QByteArray out;
    QByteArray error;
};

QJsonObject offsiteStatusOf(ProgramFixture &fixture)
{
    return fixture.cli({QStringLiteral("offsite"), QStringLiteral("status")}).value(0);
}

qint64 amountOfFiles(const QJsonObject &status, const char *member)
{
    return status.value(QLatin1String(member)).toObject().value(QLatin1String("files")).toInteger();
}

// Everything that arrived has its rows, and every row is durable.
bool isAllOffsite(const QJsonObject &status)
{
    const QJsonObject waiting = status.value(QLatin1String("waiting")).toObject();
    const bool isWaiting = std::any_of(waiting.begin(), waiting.end(), [](const QJsonValue &amount) {
        return amount.toObject().value(QLatin1String("files")).toInteger() > 0;
    });
    return status.value(QLatin1String("set")).toBool() && !isWaiting &&
           !status.value(QLatin1String("looking_through")).toBool();
}

bool isOriginal(const QString &key)
{
    return !key.endsWith(QLatin1String(".low.mp4")) && !key.endsWith(QLatin1String(".poster.jpg"));
}

QByteArray sha256OfFile(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    return file.open(QIODevice::ReadOnly) && hash.addData(&file) ? hash.result() : QByteArray();
}

} // namespace

class OffsiteTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void keepsEverythingInTheBucket();
    void goesOnAfterAKill();
    void pausedSendsNothing();
    void refusesAWrongKey();
    void saysWhenNothingRuns();
    void refusesWhatIsNotBuilt();

private:
    SaidOffsite say(const QStringList &arguments, const QByteArray &input = {});
    SaidOffsite setUpBucket(const QByteArray &secret, const QStringList &more = {});
    bool logIn();
    bool store(const QByteArray &name, const QByteArray &bytes);
    bool waitUntilSafe(qint64 atLeast);
    void compareWithTheBucket();

    std::unique_ptr<CephServer> m_server;
    std::unique_ptr<ProgramFixture> m_fixture;
    FtpClient m_camera;
    QString m_bucket;
    int m_stored = 0;
    int m_buckets = 0;
};

void OffsiteTest::initTestCase()
{
    GATEHOUSE_NEEDS_CEPH();
    m_server = std::make_unique<CephServer>();
    QVERIFY2(m_server->start(), qPrintable(m_server->lastError()));
}

void OffsiteTest::init()
{
    m_bucket = QStringLiteral("evidence-%1").arg(++m_buckets);
    m_stored = 0;
    QVERIFY(makeBucket(*m_server, m_bucket.toLatin1()));
    m_fixture = std::make_unique<ProgramFixture>();
    // Not in the keychain of who runs the tests.
    m_fixture->runUnder({QStringLiteral("env"), QStringLiteral("-u"),
                         QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("-u"),
                         QStringLiteral("XDG_RUNTIME_DIR")});
    QVERIFY2(m_fixture->start(), qPrintable(m_fixture->lastError()));
    QVERIFY2(m_fixture->addCamera(QStringLiteral("cam"), "secret"), qPrintable(m_fixture->lastError()));
    QVERIFY(logIn());
}

void OffsiteTest::cleanup()
{
    m_fixture.reset();
}

SaidOffsite OffsiteTest::say(const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
    environment.remove(QStringLiteral("XDG_RUNTIME_DIR"));
    process.setProcessEnvironment(environment);
    process.start(program(), QStringList{QStringLiteral("offsite")} + arguments +
                                 QStringList{QStringLiteral("--data"), m_fixture->data()});
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(kWorkerPatience))
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

SaidOffsite OffsiteTest::setUpBucket(const QByteArray &secret, const QStringList &more)
{
    return say(QStringList{QStringLiteral("set"), QStringLiteral("--provider"), QStringLiteral("ceph"),
                           QStringLiteral("--endpoint"), m_server->httpEndpoint(), QStringLiteral("--bucket"),
                           m_bucket, QStringLiteral("--access-key"),
                           QString::fromLatin1(m_server->owner().accessKey), QStringLiteral("--prefix"),
                           QStringLiteral("cameras"), QStringLiteral("--site"), QStringLiteral("our-house"),
                           QStringLiteral("--secret-stdin")} +
                   more,
               secret + '\n');
}

bool OffsiteTest::logIn()
{
    return m_camera.logIn(m_fixture->port(), "cam", "secret");
}

bool OffsiteTest::store(const QByteArray &name, const QByteArray &bytes)
{
    if (!m_camera.store(name, bytes))
        return false;
    ++m_stored;
    return true;
}

bool OffsiteTest::waitUntilSafe(qint64 atLeast)
{
    QElapsedTimer waited;
    waited.start();
    QJsonObject status;
    while (waited.elapsed() < kWorkerPatience) {
        status = offsiteStatusOf(*m_fixture);
        if (isAllOffsite(status) && amountOfFiles(status, "durable") >= atLeast)
            return true;
        QTest::qWait(200);
    }
    qWarning("%s", QJsonDocument(status).toJson().constData());
    return false;
}

// Each file of the archive is one object with the same bytes, and there are no other originals.
void OffsiteTest::compareWithTheBucket()
{
    const QMap<QString, QByteArray> objects = hashesIn(*m_server, m_bucket);
    QMultiMap<QByteArray, QString> originals;
    for (auto it = objects.begin(); it != objects.end(); ++it) {
        QVERIFY2(it.key().startsWith(QLatin1String("cameras/")), qPrintable(it.key()));
        if (isOriginal(it.key()))
            originals.insert(it.value(), it.key());
    }
    const QVector<QJsonObject> items = m_fixture->items();
    QCOMPARE(items.size(), m_stored);
    for (const QJsonObject &item : items) {
        const QString path = item.value(QLatin1String("path")).toString();
        const QByteArray hash = sha256OfFile(path);
        QVERIFY2(!hash.isEmpty(), qPrintable(path));
        QCOMPARE(originals.count(hash), 1);
        originals.remove(hash);
    }
    QVERIFY2(originals.isEmpty(), qPrintable(originals.values().join(QLatin1Char('\n'))));
}

void OffsiteTest::keepsEverythingInTheBucket()
{
    // What arrived before goes, too.
    QVERIFY2(store("MDAlarm_20260612-095900.jpg", makeStill({.seed = 99})), m_camera.lastReply());
    const SaidOffsite set = setUpBucket(m_server->owner().secretKey);
    QVERIFY2(set.code == 0, set.error + set.out);
    QVERIFY2(set.out.contains("Saved") && set.out.contains("good"), set.out);
    QVERIFY2(set.out.contains("config/secrets/offsite"), set.out); // it says where the secret is
    for (int i = 0; i < 5; ++i) {
        const QByteArray name = "MDAlarm_20260612-10000" + QByteArray::number(i) + ".jpg";
        QVERIFY2(store(name, makeStill({.seed = i})), m_camera.lastReply());
    }
    const QByteArray clip = makeClip({});
    QVERIFY(!clip.isEmpty());
    QVERIFY2(store("MDAlarm_20260612-100000.mp4", clip), m_camera.lastReply());
    QVERIFY(waitUntilSafe(m_stored));
    compareWithTheBucket();

    const QJsonObject status = offsiteStatusOf(*m_fixture);
    QCOMPARE(amountOfFiles(status, "failed"), 0);
    QVERIFY(status.value(QLatin1String("all_safe_up_to")).toInteger() > 0);
    QVERIFY(!status.contains(QLatin1String("trouble")));
    const SaidOffsite said = say({QStringLiteral("status")});
    QCOMPARE(said.code, 0);
    QVERIFY2(said.out.contains("Nothing waits") && said.out.contains("Everything up to"), said.out);
    // The secret is in its file, and nowhere else.
    const QString secrets = m_fixture->data() + QStringLiteral("/config/secrets/offsite");
    constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(QFile::exists(secrets) && !(QFile::permissions(secrets) & others));
    for (const QString &path : {m_fixture->data() + QStringLiteral("/config/settings.json"),
                                m_fixture->data() + QStringLiteral(".log")}) {
        QFile file(path);
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(path));
        QVERIFY2(!file.readAll().contains(m_server->owner().secretKey), qPrintable(path));
    }
    // A new start knows all that, and sends nothing twice.
    QCOMPARE(m_fixture->stop(), 0);
    QVERIFY2(m_fixture->start(), qPrintable(m_fixture->lastError()));
    QVERIFY(waitUntilSafe(m_stored));
    compareWithTheBucket();
}

void OffsiteTest::goesOnAfterAKill()
{
    const SaidOffsite set =
        setUpBucket(m_server->owner().secretKey, {QStringLiteral("--upload-limit"), kSlow,
                                                  QStringLiteral("--what"), QStringLiteral("everything")});
    QVERIFY2(set.code == 0, set.error + set.out);
    const int kills = isLongRun() ? 20 : 4;
    for (int i = 0; i < kills; ++i) {
        for (int j = 0; j < 6; ++j) {
            const QByteArray number = QByteArray::number(100000 + i * 100 + j);
            StillRecipe recipe;
            recipe.width = 640;
            recipe.height = 480;
            recipe.seed = i * 6 + j;
            QVERIFY2(store("MDAlarm_20260612-" + number + ".jpg", makeStill(recipe)), m_camera.lastReply());
        }
        QTest::qWait(150 * i); // a different moment each time
        m_fixture->kill9();
        QVERIFY2(m_fixture->start(), qPrintable(m_fixture->lastError()));
        QVERIFY(logIn());
    }
    const SaidOffsite faster =
        say({QStringLiteral("set"), QStringLiteral("--upload-limit"), QStringLiteral("0")});
    QVERIFY2(faster.code == 0, faster.error + faster.out);
    QVERIFY(waitUntilSafe(m_stored));
    compareWithTheBucket();
}

void OffsiteTest::pausedSendsNothing()
{
    const SaidOffsite set = setUpBucket(m_server->owner().secretKey);
    QVERIFY2(set.code == 0, set.error + set.out);
    QCOMPARE(say({QStringLiteral("pause")}).code, 0);
    QVERIFY2(store("MDAlarm_20260612-100000.jpg", makeStill({})), m_camera.lastReply());
    QTRY_VERIFY_WITH_TIMEOUT(!isAllOffsite(offsiteStatusOf(*m_fixture)), kPatience);
    QTest::qWait(1'000);
    QVERIFY(hashesIn(*m_server, m_bucket).isEmpty());
    QVERIFY(say({QStringLiteral("status")}).out.contains("Paused"));
    QCOMPARE(say({QStringLiteral("resume")}).code, 0);
    QVERIFY(waitUntilSafe(1));
    compareWithTheBucket();
}

void OffsiteTest::refusesAWrongKey()
{
    const SaidOffsite refused = setUpBucket("wrong");
    QCOMPARE(refused.code, 1);
    QVERIFY2(refused.out.contains("BAD") && refused.out.contains("Not saved"), refused.out);
    QVERIFY(!offsiteStatusOf(*m_fixture).value(QLatin1String("set")).toBool());
    QVERIFY(!QFile::exists(m_fixture->data() + QStringLiteral("/config/secrets/offsite")));
    const SaidOffsite none =
        say({QStringLiteral("set"), QStringLiteral("--bucket"), m_bucket, QStringLiteral("--secret-stdin")});
    QCOMPARE(none.code, 2);
    QVERIFY2(none.error.contains("No secret key"), none.error);

    // Saved nevertheless, it says what to do, and nothing counts as safe.
    QVERIFY2(store("MDAlarm_20260612-100000.jpg", makeStill({})), m_camera.lastReply());
    QCOMPARE(setUpBucket("wrong", {QStringLiteral("--force")}).code, 0);
    QTRY_VERIFY_WITH_TIMEOUT(offsiteStatusOf(*m_fixture)
                                 .value(QLatin1String("trouble"))
                                 .toObject()
                                 .value(QLatin1String("needs_user"))
                                 .toBool(),
                             kPatience);
    QCOMPARE(amountOfFiles(offsiteStatusOf(*m_fixture), "durable"), 0);
    const auto problems = m_fixture->statusAtOnce().value(QLatin1String("problems")).toArray();
    QVERIFY(std::any_of(problems.begin(), problems.end(), [](const QJsonValue &problem) {
        return problem.toObject().value(QLatin1String("key")) == QLatin1String("offsite");
    }));
    // The right one helps at once.
    QCOMPARE(setUpBucket(m_server->owner().secretKey).code, 0);
    QVERIFY(waitUntilSafe(1));
    compareWithTheBucket();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->statusAtOnce().value(QLatin1String("problems")).toArray().isEmpty(),
                             kPatience);
}

void OffsiteTest::saysWhenNothingRuns()
{
    QCOMPARE(m_fixture->stop(), 0);
    QCOMPARE(say({QStringLiteral("status")}).code, 4);
    QVERIFY(say({QStringLiteral("status"), QStringLiteral("--json")}).out.contains("\"engine\":false"));
    // It can be set up all the same, and what is there goes once it runs.
    const SaidOffsite set = setUpBucket(m_server->owner().secretKey);
    QVERIFY2(set.code == 0, set.error + set.out);
    QVERIFY2(m_fixture->start(), qPrintable(m_fixture->lastError()));
    QVERIFY(logIn());
    QVERIFY2(store("MDAlarm_20260612-100000.jpg", makeStill({})), m_camera.lastReply());
    QVERIFY(waitUntilSafe(1));
    compareWithTheBucket();
}

void OffsiteTest::refusesWhatIsNotBuilt()
{
    const SaidOffsite encrypted = setUpBucket("any", {QStringLiteral("--passphrase-stdin")});
    QCOMPARE(encrypted.code, 2);
    QVERIFY2(encrypted.error.contains("does not encrypt"), encrypted.error);
    QCOMPARE(say({QStringLiteral("set"), QStringLiteral("--what"), QStringLiteral("some")}).code, 2);
    QCOMPARE(say({QStringLiteral("set")}).code, 2);
    QCOMPARE(say({QStringLiteral("set"), QStringLiteral("--upload-limit"), QStringLiteral("fast")}).code, 2);
    QCOMPARE(say({QStringLiteral("pause")}).code, 2);
}

GATEHOUSE_TEST(OffsiteTest)
#include "offsite_test.moc"
