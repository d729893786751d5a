// The disk full, missing or swapped: uploads get 4xx so that the camera retries, no partial file remains,
// nothing is written outside the archive, and everything resumes afterwards.
#include "support/durations.h"
#include "support/ftp_client.h"
#include "support/program_fixture.h"
#include "support/registry.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace gatehouse::tests;

class DiskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recoversFromAFullDisk();
    void readsButDoesNotStartOnAReadOnlyDisk();
    void recoversWhenTheArchiveReturns();
    void startsWithoutTheArchive();
    void startsOnAFullDisk();
    void identifiesTheArchiveById();
    void acceptsASymlinkedArchive();
};

namespace
{

constexpr qint64 kMiB = qint64(1) << 20;
constexpr int kLookedAgainMs = 20'000; // the engine checks every two seconds

// Mounts a tmpfs on a folder, in a mount namespace that lasts as long as this object.
class SmallDisk
{
public:
    SmallDisk(const QString &folder, const QString &size) : m_folder(folder)
    {
        QDir().mkpath(folder);
        m_mountProcess.start(
            QStringLiteral("unshare"),
            {QStringLiteral("-m"), QStringLiteral("sh"), QStringLiteral("-c"),
             QStringLiteral("mount -t tmpfs -o size=$1 none \"$2\" && echo ready && exec cat"),
             QStringLiteral("sh"), size, folder});
        m_mountProcess.waitForReadyRead(10'000);
        m_isMounted = m_mountProcess.readAllStandardOutput().startsWith("ready");
    }
    ~SmallDisk()
    {
        m_mountProcess.closeWriteChannel();
        if (!m_mountProcess.waitForFinished(10'000))
            m_mountProcess.kill();
        m_mountProcess.waitForFinished(10'000);
    }
    Q_DISABLE_COPY_MOVE(SmallDisk)

    [[nodiscard]] bool isMounted() const { return m_isMounted; }
    [[nodiscard]] QStringList inside() const
    {
        return {QStringLiteral("nsenter"), QStringLiteral("-t"), QString::number(m_mountProcess.processId()),
                QStringLiteral("-m")};
    }
    // The same file, seen from outside the namespace.
    [[nodiscard]] QString path(const QString &name) const
    {
        return QStringLiteral("/proc/%1/root%2/%3").arg(m_mountProcess.processId()).arg(m_folder, name);
    }

private:
    QString m_folder;
    QProcess m_mountProcess;
    bool m_isMounted = false;
};

void fill(const QString &path, qint64 bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    const QByteArray block(int(kMiB), 'x');
    for (qint64 done = 0; done < bytes && file.write(block) == kMiB; done += kMiB) {
    }
}

// Until no byte is left.
void fillUp(const QString &path)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    for (qint64 size = kMiB; size > 0;) {
        const qint64 written = file.write(QByteArray(int(size), 'x'));
        if (written < size)
            size /= 2;
    }
}

QByteArray picture(int number)
{
    return QByteArray(50'000, 'p') + QByteArray::number(number);
}

QByteArray pathOf(int number)
{
    return "/MDAlarm_20260612-1000" + QByteArray::number(10 + number) + "_" + QByteArray::number(number) +
           ".jpg";
}

bool store(FtpClient &client, int number)
{
    return client.store(pathOf(number), picture(number));
}

// If a write at startup hits the full disk, cameras are asked to retry, never refused.
bool logInAtLast(FtpClient &client, const ProgramFixture &fixture)
{
    QElapsedTimer waited;
    waited.start();
    while (!client.logIn(fixture.port(), "cam", "secret")) {
        if (!client.lastReply().startsWith("4") || waited.elapsed() > kLookedAgainMs)
            return false;
    }
    return true;
}

// An engine with a camera that is logged in and has sent one picture.
bool startWithOne(ProgramFixture &fixture, FtpClient &client)
{
    return fixture.start() && fixture.addCamera(QStringLiteral("cam"), "secret") &&
           client.logIn(fixture.port(), "cam", "secret") && store(client, 1);
}

// Retries, as cameras do.
bool storeAtLast(FtpClient &client, int number)
{
    QElapsedTimer waited;
    waited.start();
    while (waited.elapsed() < kLookedAgainMs) {
        if (store(client, number))
            return true;
        QTest::qSleep(200);
    }
    return false;
}

void verifyKept(ProgramFixture &fixture, int count)
{
    const auto items = fixture.items();
    QCOMPARE(fixture.exitCode(), 0);
    QCOMPARE(items.size(), count);
    const auto report = fixture.cli({QStringLiteral("check")});
    QVERIFY(!report.isEmpty());
    QVERIFY2(fixture.exitCode() == 0, qPrintable(fixture.lastError()));
    QCOMPARE(report.last().value(QLatin1String("checked")).toInt(), count);
}

QStringList below(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
}

} // namespace

void DiskTest::recoversFromAFullDisk()
{
    ProgramFixture fixture;
    const SmallDisk disk(fixture.data(), QStringLiteral("110m"));
    if (!disk.isMounted())
        QSKIP("no mount namespace can be made here");
    // Evidence is never deleted to make room for other files: the camera has to wait.
    QVERIFY(QDir().mkpath(disk.path(QStringLiteral("config"))));
    QFile settings(disk.path(QStringLiteral("config/settings.json")));
    QVERIFY(settings.open(QIODevice::WriteOnly));
    settings.write(R"({"retention":{"reserveBytes":0}})");
    settings.close();
    fixture.runUnder(disk.inside());
    FtpClient client;
    QVERIFY2(startWithOne(fixture, client), qPrintable(fixture.lastError()));

    // Full in the middle of an upload: no partial file remains.
    QVERIFY(!client.store("/MDAlarm_20260612-090000_9.mkv", QByteArray(int(140 * kMiB), 'v')));
    QVERIFY2(client.lastReply().startsWith("452"), client.lastReply());
    QTRY_COMPARE_WITH_TIMEOUT(below(disk.path(QStringLiteral("archive/incoming"))), QStringList(), kPatience);
    FtpClient again;
    QVERIFY(again.logIn(fixture.port(), "cam", "secret"));
    QVERIFY2(storeAtLast(again, 2), again.lastReply());

    // Completely full, including the catalog's disk: no upload, no crash.
    fill(disk.path(QStringLiteral("filler")), 200 * kMiB);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(!store(again, 3));
        QVERIFY2(again.lastReply().startsWith("452"), again.lastReply());
    }
    QVERIFY(fixture.isRunning());
    verifyKept(fixture, 2);

    QVERIFY(QFile::remove(disk.path(QStringLiteral("filler"))));
    QVERIFY2(storeAtLast(again, 3), again.lastReply());
    verifyKept(fixture, 3);

    // Killed while there is no space: starts, repairs, and replies 452 until there is some.
    fill(disk.path(QStringLiteral("filler")), 200 * kMiB);
    fixture.kill9();
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY2(logInAtLast(again, fixture), again.lastReply());
    QVERIFY(!store(again, 4));
    QVERIFY2(again.lastReply().startsWith("452"), again.lastReply());
    verifyKept(fixture, 3);
    QVERIFY(QFile::remove(disk.path(QStringLiteral("filler"))));
    QVERIFY2(storeAtLast(again, 4), again.lastReply());
    verifyKept(fixture, 4);
}

// A backup, for example: the recordings can be viewed and checked, but nothing is received.
void DiskTest::readsButDoesNotStartOnAReadOnlyDisk()
{
    ProgramFixture fixture;
    const SmallDisk disk(fixture.data(), QStringLiteral("110m"));
    if (!disk.isMounted())
        QSKIP("no mount namespace can be made here");
    fixture.runUnder(disk.inside());
    FtpClient client;
    QVERIFY2(startWithOne(fixture, client), qPrintable(fixture.lastError()));
    QCOMPARE(fixture.stop(), 0);
    const QStringList remount = disk.inside() + QStringList{QStringLiteral("mount"), QStringLiteral("-o"),
                                                            QStringLiteral("remount,ro"), fixture.data()};
    QCOMPARE(QProcess::execute(remount.first(), remount.mid(1)), 0);
    verifyKept(fixture, 1);
    QVERIFY(!fixture.start());
    QCOMPARE(fixture.stop(), 5);
}

void DiskTest::recoversWhenTheArchiveReturns()
{
    ProgramFixture fixture;
    FtpClient client;
    QVERIFY2(startWithOne(fixture, client), qPrintable(fixture.lastError()));
    const QString archive = fixture.data() + QStringLiteral("/archive");
    const QString away = fixture.data() + QStringLiteral("/away");

    QVERIFY(QDir().rename(archive, away));
    QVERIFY(!store(client, 2));
    QVERIFY2(client.lastReply().startsWith("45"), client.lastReply());
    QVERIFY(!QFile::exists(archive));
    fixture.cli({QStringLiteral("check")});
    QCOMPARE(fixture.exitCode(), 4); // one missing disk, not a list of missing files

    QVERIFY(QDir().mkpath(archive)); // the bare mount point
    QVERIFY(!store(client, 2));
    QVERIFY2(client.lastReply().startsWith("45"), client.lastReply());
    QCOMPARE(below(archive), QStringList());

    QFile other(archive + QStringLiteral("/gatehouse-archive.json"));
    QVERIFY(other.open(QIODevice::WriteOnly));
    other.write(R"({"id":"another-disk","made":"2026-01-01T00:00:00.000Z"})");
    other.close();
    QVERIFY(QDir().mkpath(archive + QStringLiteral("/incoming")));
    QTest::qSleep(2'500); // a check happens meanwhile
    QVERIFY(!store(client, 2));
    QVERIFY2(client.lastReply().startsWith("45"), client.lastReply());
    QCOMPARE(below(archive),
             (QStringList{QStringLiteral("gatehouse-archive.json"), QStringLiteral("incoming")}));
    QCOMPARE(below(archive + QStringLiteral("/incoming")), QStringList());

    QVERIFY(QDir(archive).removeRecursively());
    QVERIFY(QDir().rename(away, archive));
    QVERIFY2(storeAtLast(client, 2), client.lastReply());
    verifyKept(fixture, 2);
}

void DiskTest::startsWithoutTheArchive()
{
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY2(fixture.addCamera(QStringLiteral("cam"), "secret"), qPrintable(fixture.lastError()));
    FtpClient client;
    QVERIFY(client.logIn(fixture.port(), "cam", "secret"));
    fixture.stop();
    const QString catalog = fixture.data() + QStringLiteral("/catalog.db");
    QVERIFY(QFile::copy(catalog, catalog + QStringLiteral(".old")));
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY(client.logIn(fixture.port(), "cam", "secret"));
    QVERIFY2(store(client, 1), client.lastReply());
    fixture.stop();

    // Disk missing, catalog older than the upload: what could not be repaired at startup is repaired later.
    const QString archive = fixture.data() + QStringLiteral("/archive");
    QVERIFY(QDir().rename(archive, archive + QStringLiteral(".away")));
    QVERIFY(QFile::remove(catalog));
    QVERIFY(QFile::copy(catalog + QStringLiteral(".old"), catalog));
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY(client.logIn(fixture.port(), "cam", "secret"));
    QVERIFY(!store(client, 2));
    QVERIFY2(client.lastReply().startsWith("45"), client.lastReply());
    QVERIFY(!QFile::exists(archive));

    QVERIFY(QDir().rename(archive + QStringLiteral(".away"), archive));
    QVERIFY2(storeAtLast(client, 2), client.lastReply());
    QTRY_COMPARE_WITH_TIMEOUT(fixture.items().size(), 2, kLookedAgainMs);
    verifyKept(fixture, 2);
}

// Completely full, then a power cut: the reserved space makes room for the catalog.
void DiskTest::startsOnAFullDisk()
{
    ProgramFixture fixture;
    const SmallDisk disk(fixture.data(), QStringLiteral("220m"));
    if (!disk.isMounted())
        QSKIP("no mount namespace can be made here");
    fixture.runUnder(disk.inside());
    FtpClient client;
    QVERIFY2(startWithOne(fixture, client), qPrintable(fixture.lastError()));
    const QString ballast = disk.path(QStringLiteral("ballast"));
    QVERIFY(QFile::exists(ballast));
    fixture.kill9();
    fillUp(disk.path(QStringLiteral("filler")));

    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY(!QFile::exists(ballast));
    QVERIFY2(logInAtLast(client, fixture), client.lastReply());
    QVERIFY(!store(client, 2));
    QVERIFY2(client.lastReply().startsWith("452"), client.lastReply());
    const auto status = fixture.cli({QStringLiteral("status")});
    QVERIFY(!status.isEmpty());
    QVERIFY(QJsonDocument(status.first()).toJson().contains("full"));

    // Without reserved space it may fail to start, and says why.
    fixture.kill9();
    fillUp(disk.path(QStringLiteral("more")));
    const bool hasStarted = fixture.start();
    fixture.kill9();
    QFile log(fixture.data() + QStringLiteral(".log"));
    QVERIFY(log.open(QIODevice::ReadOnly));
    const QByteArray said = log.readAll();
    QVERIFY2(!said.contains("already"), said);
    if (!hasStarted)
        QVERIFY2(said.trimmed().split('\n').last().contains("full"), said);
    QVERIFY(QFile::remove(disk.path(QStringLiteral("filler"))));
    QVERIFY(QFile::remove(disk.path(QStringLiteral("more"))));
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY(QFile::exists(ballast));
    QVERIFY(client.logIn(fixture.port(), "cam", "secret"));
    QVERIFY2(storeAtLast(client, 2), client.lastReply());
    fixture.cli({QStringLiteral("check")});
    QCOMPARE(fixture.exitCode(), 0);
}

void DiskTest::identifiesTheArchiveById()
{
    ProgramFixture fixture;
    FtpClient client;
    QVERIFY2(startWithOne(fixture, client), qPrintable(fixture.lastError()));
    QCOMPARE(fixture.stop(), 0);
    const QTemporaryDir elsewhere;
    const QString moved = elsewhere.filePath(QStringLiteral("data %1"));
    QVERIFY(QFile::link(fixture.data(), moved)); // the same data through another path

    // Its archive's disk is missing: no archive is created under the mount point.
    const QString archive = fixture.data() + QStringLiteral("/archive");
    QVERIFY(QDir().rename(archive, archive + QStringLiteral(".away")));
    QVERIFY(QDir().mkpath(archive));
    ProgramFixture other(moved);
    QVERIFY2(other.start(), qPrintable(other.lastError()));
    QVERIFY(client.logIn(other.port(), "cam", "secret"));
    QVERIFY(!store(client, 2));
    QVERIFY2(client.lastReply().startsWith("45"), client.lastReply());
    QCOMPARE(below(archive), QStringList());
    // Nor does the first path start a second engine.
    QVERIFY(!fixture.start());
    QVERIFY(QDir().rmdir(archive));
    QVERIFY(QDir().rename(archive + QStringLiteral(".away"), archive));
    QVERIFY2(storeAtLast(client, 2), client.lastReply());
    verifyKept(other, 2);
}

void DiskTest::acceptsASymlinkedArchive()
{
    ProgramFixture fixture;
    const QTemporaryDir disk;
    const QString archive = fixture.data() + QStringLiteral("/archive");
    QVERIFY(QDir().mkpath(fixture.data()));
    QVERIFY(QDir().mkpath(disk.filePath(QStringLiteral("evidence"))));
    QVERIFY(QFile::link(disk.filePath(QStringLiteral("evidence")), archive));
    FtpClient client;
    QVERIFY2(startWithOne(fixture, client), qPrintable(fixture.lastError()));
    QCOMPARE(fixture.stop(), 0);

    QVERIFY(QDir().rename(disk.filePath(QStringLiteral("evidence")), disk.filePath(QStringLiteral("away"))));
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY(client.logIn(fixture.port(), "cam", "secret"));
    QVERIFY(!store(client, 2));
    QCOMPARE(below(disk.path()), QStringList{QStringLiteral("away")});
    QVERIFY(QDir().rename(disk.filePath(QStringLiteral("away")), disk.filePath(QStringLiteral("evidence"))));
    QVERIFY2(storeAtLast(client, 2), client.lastReply());
    verifyKept(fixture, 2);
}

GATEHOUSE_TEST(DiskTest)
#include "disk_test.moc"
