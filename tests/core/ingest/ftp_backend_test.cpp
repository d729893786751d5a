// A camera's FTP tree survives a restart: after any sequence of commands, the catalog's rows match the tree
// in memory.
#include "receiver.h"
#include "support/catalog_invariants.h"
#include "support/registry.h"
#include "support/test_data.h"

#include <QLoggingCategory>
#include <QMap>
#include <QRandomGenerator>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::ingest;

namespace
{

using Seen = QMap<QString, qint64>; // bytes by path; -1: a folder

void lookBelow(FtpBackend &backend, AccountId account, const QString &folder, Seen &out)
{
    const auto entries = backend.list(account, folder.isEmpty() ? QStringLiteral("/") : folder, {}, 1000);
    QVERIFY(entries);
    for (const ftp::Entry &entry : *entries) {
        const QString path = folder + QLatin1Char('/') + entry.name;
        out.insert(path, entry.isFolder ? -1 : entry.bytes);
        if (entry.isFolder)
            lookBelow(backend, account, path, out);
    }
}

// Issues random commands on few names, so that they collide.
class RandomCamera
{
public:
    RandomCamera(Receiver &receiver, quint32 seed) : m_receiver(receiver), m_random(seed) {}

    void step()
    {
        FtpBackend &backend = *m_receiver.backend;
        const AccountId account = m_receiver.account();
        m_receiver.clock.advance(1'000);
        switch (m_random.bounded(8)) {
        case 0:
            static_cast<void>(backend.makeFolder(account, anyPath()));
            break;
        case 1:
            static_cast<void>(backend.removeFolder(account, anyPath()));
            break;
        case 2:
            finish(backend.remove(account, anyPath()));
            break;
        case 3:
        case 4:
            finish(backend.rename(account, anyPath(), anyPath()));
            break;
        case 5:
            upload(0); // an empty file gets no row
            break;
        default:
            upload(1 + int(m_random.bounded(999)));
        }
    }

private:
    // Half of the time an earlier one, so that it often exists.
    QString anyPath()
    {
        if (!m_named.isEmpty() && m_random.bounded(2) == 0)
            return m_named[int(m_random.bounded(quint32(m_named.size())))];
        QString out;
        for (int depth = 1 + int(m_random.bounded(3)); depth > 0; --depth)
            out += QLatin1Char('/') + QString(QLatin1Char("abc-"[m_random.bounded(4)]));
        m_named.append(out);
        return out;
    }
    void upload(int bytes)
    {
        const QString path = anyPath();
        const auto found = m_receiver.backend->stat(m_receiver.account(), path);
        bool isInTheWay = found && found->isFolder; // as a session checks
        for (qsizetype end = path.lastIndexOf(QLatin1Char('/')); end > 0;
             end = path.lastIndexOf(QLatin1Char('/'), end - 1)) {
            const auto above = m_receiver.backend->stat(m_receiver.account(), path.left(end));
            isInTheWay = isInTheWay || (above && !above->isFolder);
        }
        if (!isInTheWay)
            QVERIFY(m_receiver.upload(path, QByteArray(bytes, 'x')));
    }
    static void finish(const QFuture<Result<void>> &done)
    {
        QTRY_VERIFY_WITH_TIMEOUT(done.isFinished(), 30'000);
        QVERIFY(done.result() || done.result().error().kind == ErrorKind::NotFound ||
                done.result().error().kind == ErrorKind::Invalid);
    }

    Receiver &m_receiver;
    QRandomGenerator m_random;
    QStringList m_named;
};

} // namespace

class FtpBackendTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.*=false")); }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }

    void treeSurvivesARestart()
    {
        const quint32 seed = qEnvironmentVariableIsSet("GATEHOUSE_SEED")
                                 ? qEnvironmentVariable("GATEHOUSE_SEED").toUInt()
                                 : QRandomGenerator::global()->generate();
        qInfo("seed %u (GATEHOUSE_SEED)", seed);
        const QTemporaryDir folder;
        const auto receiver = makeReceiver(folder);
        RandomCamera camera(*receiver, seed);
        for (int i = 1; i <= (isLongRun() ? 3000 : 300); ++i) {
            camera.step();
            if (i % 10 != 0)
                continue;
            Seen seen;
            lookBelow(*receiver->backend, receiver->account(), {}, seen);
            FtpBackend restarted(*receiver->writer, *receiver->archive, receiver->matcher, receiver->clock,
                                 {});
            const auto here = std::make_shared<int>();
            const auto in = restarted.logIn(kNvr, "secret", QHostAddress::LocalHost, here);
            QTRY_VERIFY_WITH_TIMEOUT(in.isFinished() && in.result(), 30'000);
            Seen after;
            lookBelow(restarted, receiver->account(), {}, after);
            for (auto it = after.cbegin(); it != after.cend(); ++it) {
                QVERIFY2(seen.value(it.key(), -2) == it.value(),
                         qPrintable(QStringLiteral("step %1: %2").arg(QString::number(i), it.key())));
            }
            // Empty files are gone, and so are folders without stored files.
            for (auto it = seen.cbegin(); it != seen.cend(); ++it) {
                QVERIFY2(it.value() <= 0 || after.contains(it.key()),
                         qPrintable(QStringLiteral("step %1: %2").arg(QString::number(i), it.key())));
            }
        }
        QCOMPARE(brokenInvariants(receiver->path), QStringList());
    }
};

GATEHOUSE_TEST(FtpBackendTest)
#include "ftp_backend_test.moc"
