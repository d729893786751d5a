// kill -9 at random moments under load from fourteen clients, which resend unacknowledged uploads: nothing
// that got 226 is missing or unreadable, no row lacks its file, no file lacks its row, and there are no
// duplicates.
#include "support/durations.h"
#include "support/ftp_client.h"
#include "support/program_fixture.h"
#include "support/registry.h"
#include "support/test_data.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QFile>
#include <QMutex>
#include <QRandomGenerator>
#include <QSet>
#include <QTest>
#include <atomic>
#include <thread>

using namespace gatehouse::tests;

class KillTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losesNothingAcknowledged();
};

namespace
{

constexpr int kClients = 14;

QByteArray hashOf(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

QString lastPart(const QString &path)
{
    return path.mid(path.lastIndexOf(QLatin1Char('/')) + 1);
}

// What the cameras sent, and what was acknowledged. All names have different endings.
struct Sent {
    QMutex mutex;
    QHash<QString, QByteArray> sha256;                    // got 226, by source path
    QHash<int, QHash<QByteArray, QByteArray>> unanswered; // by camera; bytes by source path
    QHash<QString, QSet<QByteArray>> hashes; // by last path component: the complete bytes, and the cut ones

    void begin(int camera, const QByteArray &path, const QByteArray &bytes, const QByteArray &cut)
    {
        const QMutexLocker lock(&mutex);
        unanswered[camera].insert(path, bytes);
        hashes[lastPart(QString::fromLatin1(path))] += {hashOf(bytes), hashOf(cut)};
    }
    void answered(int camera, const QByteArray &path)
    {
        const QMutexLocker lock(&mutex);
        sha256.insert(QString::fromLatin1(path), hashOf(unanswered[camera].take(path)));
    }
    QHash<QByteArray, QByteArray> unansweredOf(int camera)
    {
        const QMutexLocker lock(&mutex);
        return unanswered.value(camera);
    }
};

// As cameras do after a cut connection.
bool sendUnanswered(FtpClient &client, int camera, Sent &sent)
{
    const auto again = sent.unansweredOf(camera);
    for (auto it = again.begin(); it != again.end(); ++it) {
        if (!client.store(it.key(), it.value()))
            return false;
        sent.answered(camera, it.key());
    }
    return true;
}

// One camera: uploads while the receiver answers, retrying failed uploads as cameras do.
void upload(int camera, quint16 port, const std::atomic_bool &stop, std::atomic_int &next, Sent &sent)
{
    QRandomGenerator random = QRandomGenerator::securelySeeded();
    FtpClient client;
    if (!client.logIn(port, "cam", "secret") || !sendUnanswered(client, camera, sent))
        return;
    while (!stop) {
        const int number = next++;
        QByteArray bytes(random.bounded(100, 200'000), Qt::Uninitialized);
        for (char &byte : bytes)
            byte = char(random.generate());
        const QByteArray path = "/c" + QByteArray::number(camera) + "/MDAlarm_20260612-" +
                                QByteArray::number(100000 + number) + "_" + QByteArray::number(number) +
                                ".jpg";
        const QByteArray half = bytes.left(bytes.size() / 2);
        sent.begin(camera, path, bytes, half);
        if (random.bounded(10) == 0) {
            client.storeCut(path, half);
            if (!client.logIn(port, "cam", "secret"))
                return;
        }
        if (!client.store(path, bytes))
            return;
        sent.answered(camera, path);
    }
}

QSet<QString> archivedFiles(const QString &archive)
{
    QSet<QString> out;
    QDirIterator it(archive, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = it.next();
        if (!path.contains(QLatin1String("/journal/")) && !path.endsWith(QLatin1String(".json")))
            out.insert(path);
    }
    return out;
}

void runAndKill(ProgramFixture &fixture, std::atomic_int &next, Sent &sent)
{
    std::atomic_bool stop = false;
    std::vector<std::thread> clients;
    for (int camera = 0; camera < kClients; ++camera)
        clients.emplace_back(upload, camera, fixture.port(), std::cref(stop), std::ref(next), std::ref(sent));
    QTest::qSleep(QRandomGenerator::global()->bounded(200, 2500));
    fixture.kill9();
    stop = true;
    for (std::thread &client : clients)
        client.join();
}

bool isRecovered(const QJsonObject &item)
{
    return !item.value(QLatin1String("source_path")).toString().startsWith(QLatin1String("/c"));
}

int countRecovered(ProgramFixture &fixture)
{
    const auto items = fixture.items();
    return int(std::count_if(items.begin(), items.end(), isRecovered));
}

QByteArray hashOf(const QJsonObject &item)
{
    return QByteArray::fromHex(item.value(QLatin1String("sha256")).toString().toLatin1());
}

void verify(ProgramFixture &fixture, const Sent &sent)
{
    QHash<QString, QJsonObject> byPath;
    QSet<QString> rows;
    QSet<std::pair<QString, QByteArray>> kept;
    const auto items = fixture.items();
    for (const QJsonObject &item : items) {
        const QString source = item.value(QLatin1String("source_path")).toString();
        const std::pair content(lastPart(source), hashOf(item));
        QVERIFY2(sent.hashes.value(content.first).contains(content.second),
                 qPrintable(source + QStringLiteral(" was never sent")));
        QVERIFY2(!kept.contains(content), qPrintable(source + QStringLiteral(" is there twice")));
        kept.insert(content);
        rows.insert(item.value(QLatin1String("path")).toString());
        // A partial upload may exist next to its retry only until that retry is catalogued.
        if (!byPath.contains(source) ||
            item.value(QLatin1String("state")).toString() != QLatin1String("incomplete"))
            byPath.insert(source, item);
    }
    for (auto it = sent.sha256.begin(); it != sent.sha256.end(); ++it) {
        QVERIFY2(byPath.contains(it.key()), qPrintable(it.key() + QStringLiteral(" got 226 and has no row")));
        QCOMPARE(hashOf(byPath.value(it.key())), *it);
    }
    fixture.cli({QStringLiteral("check")});
    QVERIFY2(fixture.exitCode() == 0, qPrintable(fixture.lastError()));
    QTRY_COMPARE_WITH_TIMEOUT(archivedFiles(fixture.data() + QStringLiteral("/archive")), rows,
                              kPatience); // after the garbage
}

// Lets the cameras finish: recovered items that are sent again then have their names.
void sendTheRest(ProgramFixture &fixture, Sent &sent)
{
    FtpClient client;
    QVERIFY(client.logIn(fixture.port(), "cam", "secret"));
    for (int camera = 0; camera < kClients; ++camera)
        QVERIFY2(sendUnanswered(client, camera, sent), client.lastReply());
    client.quit();
    for (const QJsonObject &item : fixture.items()) {
        if (!isRecovered(item))
            continue;
        const QString source = item.value(QLatin1String("source_path")).toString();
        for (auto it = sent.sha256.begin(); it != sent.sha256.end(); ++it)
            QVERIFY2(lastPart(it.key()) != lastPart(source) || *it != hashOf(item), qPrintable(source));
    }
    qInfo("%d partial uploads are left", countRecovered(fixture));
    verify(fixture, sent);
}

} // namespace

void KillTest::losesNothingAcknowledged()
{
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY2(fixture.addCamera(QStringLiteral("cam"), "secret"), qPrintable(fixture.lastError()));
    Sent sent;
    std::atomic_int next = 0;
    int recovered = 0;
    const int kills = isLongRun() ? 200 : 12;
    for (int i = 0; i < kills; ++i) {
        runAndKill(fixture, next, sent);
        QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
        if (i % 10 == 9 || i + 1 == kills)
            verify(fixture, sent);
        if (!isLongRun()) // the lists get long
            recovered += countRecovered(fixture);
        if (QTest::currentTestFailed())
            return;
    }
    if (!isLongRun())
        qInfo("%d were recovered", recovered);
    sendTheRest(fixture, sent);
    QVERIFY2(sent.sha256.size() > kills,
             qPrintable(QStringLiteral("%1 promises are no load").arg(sent.sha256.size())));
}

GATEHOUSE_TEST(KillTest)
#include "kill_test.moc"
