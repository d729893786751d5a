// kill -9 at random moments under load from fourteen clients: nothing that got 226 is missing or
// unreadable, no row without its file, no file without its row, no duplicates.
#include "support/ftp_client.h"
#include "support/registry.h"
#include "support/running_house.h"
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
    void nothingAcknowledgedIsLost();
};

namespace
{

constexpr int kClients = 14;

// What the cameras were promised, by source path.
struct Promises {
    QMutex mutex;
    QHash<QString, QByteArray> sha256;
};

// One camera: uploads for as long as the receiver answers; a failed upload is tried again as cameras do.
void upload(int camera, quint16 port, const std::atomic_bool &stop, std::atomic_int &next, Promises &promises)
{
    QRandomGenerator random = QRandomGenerator::securelySeeded();
    FtpClient client;
    if (!client.logIn(port, "cam", "secret"))
        return;
    while (!stop) {
        const int number = next++;
        QByteArray bytes(random.bounded(100, 200'000), Qt::Uninitialized);
        for (char &byte : bytes)
            byte = char(random.generate());
        const QByteArray path = "/c" + QByteArray::number(camera) + "/MDAlarm_20260612-" +
                                QByteArray::number(100000 + number) + "_" + QByteArray::number(number) +
                                ".jpg";
        if (random.bounded(10) == 0) {
            client.storeCut(path, bytes.left(bytes.size() / 2));
            if (!client.logIn(port, "cam", "secret"))
                return;
        }
        if (!client.store(path, bytes))
            return;
        const QMutexLocker lock(&promises.mutex);
        promises.sha256.insert(QString::fromLatin1(path),
                               QCryptographicHash::hash(bytes, QCryptographicHash::Sha256));
    }
}

QSet<QString> filesBelow(const QString &archive)
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

void runAndKill(RunningHouse &house, std::atomic_int &next, Promises &promises)
{
    std::atomic_bool stop = false;
    std::vector<std::thread> clients;
    for (int camera = 0; camera < kClients; ++camera)
        clients.emplace_back(upload, camera, house.port(), std::cref(stop), std::ref(next),
                             std::ref(promises));
    QTest::qSleep(QRandomGenerator::global()->bounded(200, 2500));
    house.kill9();
    stop = true;
    for (std::thread &client : clients)
        client.join();
}

void verify(RunningHouse &house, const Promises &promises)
{
    QHash<QString, QJsonObject> byPath;
    QSet<QString> rows;
    int doubles = 0;
    const auto items = house.items();
    for (const QJsonObject &item : items) {
        const QString source = item.value(QLatin1String("source_path")).toString();
        // A cut beginning may stand beside its retry only until that retry is catalogued.
        if (byPath.contains(source) &&
            item.value(QLatin1String("sha256")) == byPath[source].value(QLatin1String("sha256")))
            ++doubles;
        if (!byPath.contains(source) ||
            item.value(QLatin1String("state")).toString() != QLatin1String("incomplete"))
            byPath.insert(source, item);
        rows.insert(item.value(QLatin1String("path")).toString());
        QVERIFY2(source.startsWith(QLatin1String("/c")),
                 qPrintable(source + QStringLiteral(" was never sent")));
    }
    QCOMPARE(doubles, 0);
    for (auto it = promises.sha256.begin(); it != promises.sha256.end(); ++it) {
        QVERIFY2(byPath.contains(it.key()), qPrintable(it.key() + QStringLiteral(" got 226 and has no row")));
        const QJsonObject item = byPath.value(it.key());
        QCOMPARE(item.value(QLatin1String("sha256")).toString(), QString::fromLatin1(it->toHex()));
    }
    house.verb({QStringLiteral("check")});
    QVERIFY2(house.exitCode() == 0, qPrintable(house.lastError()));
    QCOMPARE(filesBelow(house.data() + QStringLiteral("/archive")), rows);
}

} // namespace

void KillTest::nothingAcknowledgedIsLost()
{
    RunningHouse house;
    QVERIFY2(house.start(), qPrintable(house.lastError()));
    QVERIFY2(house.addCamera(QStringLiteral("cam"), "secret"), qPrintable(house.lastError()));
    Promises promises;
    std::atomic_int next = 0;
    const int kills = isLongRun() ? 200 : 12;
    for (int i = 0; i < kills; ++i) {
        runAndKill(house, next, promises);
        QVERIFY2(house.start(), qPrintable(house.lastError()));
        if (i % 10 == 9 || i + 1 == kills)
            verify(house, promises);
    }
    QVERIFY2(promises.sha256.size() > kills,
             qPrintable(QStringLiteral("%1 promises are no load").arg(promises.sha256.size())));
}

GATEHOUSE_TEST(KillTest)
#include "kill_test.moc"
