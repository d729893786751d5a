#include "app/window/engine_supervisor.h"

#include "app/engine/engine_lock.h"
#include "support/registry.h"

#include <QDateTime>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

using namespace gatehouse;
using namespace gatehouse::app;

namespace
{

constexpr int kPatienceMs = 60'000;
constexpr qint64 kBackWithinMs = 2'000;
constexpr int kStartsBeforeWarning = 5;

struct Start {
    qint64 pid = 0;
    qint64 at = 0; // UTC ms
};

Options optionsOf(const QString &data)
{
    Options out;
    out.data = data;
    return out;
}

// A folder of data, and the engines that were started on it.
class SupervisorFixture
{
public:
    ~SupervisorFixture()
    {
        if (isEngineRunning())
            ::kill(pid_t(starts().constLast().pid), SIGKILL);
    }

    [[nodiscard]] QVector<Start> starts() const
    {
        QVector<Start> out;
        QFile file(paths.data + QStringLiteral("/starts"));
        if (!file.open(QIODevice::ReadOnly))
            return out;
        for (const QByteArray &line : file.readAll().split('\n')) {
            const QList<QByteArray> words = line.split(' ');
            if (words.size() == 2)
                out.append({words[0].toLongLong(), words[1].toLongLong()});
        }
        return out;
    }

    void refuse() const
    {
        QFile file(paths.data + QStringLiteral("/refuse"));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    void refuseNoLonger() const { QVERIFY(QFile::remove(paths.data + QStringLiteral("/refuse"))); }

    [[nodiscard]] bool isEngineRunning() const { return EngineLock::isTaken(paths); }

    QTemporaryDir folder;
    const settings::Paths paths = settings::Paths::of(folder.filePath(QStringLiteral("data")));
    const EngineProgram program{QStringLiteral(TEST_ENGINE), optionsOf(paths.data)};
    control::Client client{paths.socket};
    EngineSupervisor supervisor{program, paths, client};
};

} // namespace

class EngineSupervisorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsAnEngineIfNoneIsRunning();
    void leavesARunningEngineAlone();
    void restartsADeadEngineQuickly();
    void keepsTheOptionsOfTheEngine();
    void warnsAfterRepeatedStartFailures();
    void quitStopsTheEngine();
    void quitWithoutAnEngineFinishesImmediately();
    void passesOptionsToTheEngine();
};

void EngineSupervisorTest::startsAnEngineIfNoneIsRunning()
{
    SupervisorFixture fixture;
    fixture.supervisor.start();
    QTRY_VERIFY_WITH_TIMEOUT(fixture.client.isConnected(), kPatienceMs);
    QCOMPARE(fixture.starts().size(), 1);
}

void EngineSupervisorTest::leavesARunningEngineAlone()
{
    SupervisorFixture fixture;
    QProcess running;
    running.start(fixture.program.path, engineArguments(fixture.program.options));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(fixture.paths.socket), kPatienceMs);
    fixture.supervisor.start();
    QTRY_VERIFY_WITH_TIMEOUT(fixture.client.isConnected(), kPatienceMs);
    QCOMPARE(fixture.starts().size(), 1);
    QCOMPARE(fixture.starts().constFirst().pid, running.processId());
    QVERIFY(!fixture.supervisor.isOwn());
    running.kill();
    running.waitForFinished();
}

void EngineSupervisorTest::restartsADeadEngineQuickly()
{
    SupervisorFixture fixture;
    fixture.supervisor.start();
    QTRY_VERIFY_WITH_TIMEOUT(fixture.client.isConnected(), kPatienceMs);
    for (int times = 1; times <= 3; ++times) {
        const qint64 killed = QDateTime::currentMSecsSinceEpoch();
        QCOMPARE(::kill(pid_t(fixture.starts().constLast().pid), SIGKILL), 0);
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.client.isConnected(), kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.client.isConnected(), kPatienceMs);
        const QVector<Start> starts = fixture.starts();
        QCOMPARE(starts.size(), times + 1);
        QVERIFY2(starts.constLast().at - killed < kBackWithinMs,
                 qPrintable(QStringLiteral("started after %1 ms").arg(starts.constLast().at - killed)));
    }
}

void EngineSupervisorTest::keepsTheOptionsOfTheEngine()
{
    SupervisorFixture fixture;
    QProcess running;
    Options options = fixture.program.options;
    options.bind = QStringLiteral("127.0.0.1");
    options.ftpPort = 2345;
    running.start(fixture.program.path, engineArguments(options));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(fixture.paths.socket), kPatienceMs);
    QSignalSpy own(&fixture.supervisor, &EngineSupervisor::ownKnown);
    fixture.supervisor.start();
    QTRY_COMPARE_WITH_TIMEOUT(own.size(), 1, kPatienceMs);
    QVERIFY(!own.at(0).at(0).toBool());
    running.kill();
    running.waitForFinished();
    QTRY_COMPARE_WITH_TIMEOUT(own.size(), 2, kPatienceMs);
    QVERIFY(own.at(1).at(0).toBool() && fixture.supervisor.isOwn());
    QCOMPARE(fixture.client.engine().bind, options.bind);
    QCOMPARE(fixture.client.engine().port, std::optional(2345));
}

void EngineSupervisorTest::warnsAfterRepeatedStartFailures()
{
    SupervisorFixture fixture;
    fixture.refuse();
    QSignalSpy failed(&fixture.supervisor, &EngineSupervisor::failed);
    qsizetype startsAtWarning = 0;
    connect(&fixture.supervisor, &EngineSupervisor::failed, this,
            [&] { startsAtWarning = fixture.starts().size(); });
    fixture.supervisor.start();
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatienceMs);
    // On a busy machine the last one has not got as far as saying that it runs.
    QVERIFY2(startsAtWarning == kStartsBeforeWarning || startsAtWarning == kStartsBeforeWarning - 1,
             qPrintable(QString::number(startsAtWarning)));
    QCOMPARE(failed.at(0).at(0).toString(), QStringLiteral("The disk is gone"));
    // It goes on trying.
    QTRY_VERIFY_WITH_TIMEOUT(fixture.starts().size() > kStartsBeforeWarning, kPatienceMs);
    fixture.refuseNoLonger();
    QTRY_VERIFY_WITH_TIMEOUT(fixture.client.isConnected(), kPatienceMs);
}

void EngineSupervisorTest::quitStopsTheEngine()
{
    SupervisorFixture fixture;
    fixture.supervisor.start();
    QTRY_VERIFY_WITH_TIMEOUT(fixture.client.isConnected(), kPatienceMs);
    QSignalSpy gone(&fixture.supervisor, &EngineSupervisor::gone);
    fixture.supervisor.quitEngine();
    QTRY_COMPARE_WITH_TIMEOUT(gone.size(), 1, kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(!fixture.isEngineRunning(), kPatienceMs);
    QCOMPARE(fixture.starts().size(), 1);
}

void EngineSupervisorTest::quitWithoutAnEngineFinishesImmediately()
{
    SupervisorFixture fixture;
    QSignalSpy gone(&fixture.supervisor, &EngineSupervisor::gone);
    fixture.supervisor.quitEngine();
    QCOMPARE(gone.size(), 1);
}

void EngineSupervisorTest::passesOptionsToTheEngine()
{
    Options options;
    QCOMPARE(engineArguments(options), QStringList{QStringLiteral("--headless")});
    options.data = QStringLiteral("/home/data");
    options.bind = QStringLiteral("127.0.0.1");
    options.ftpPort = 0;
    options.demo = true;
    QCOMPARE(engineArguments(options).join(QLatin1Char(' ')),
             QStringLiteral("--headless --data /home/data --bind 127.0.0.1 --ftp-port 0 --demo"));
}

GATEHOUSE_TEST(EngineSupervisorTest)
#include "engine_supervisor_test.moc"
