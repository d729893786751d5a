// Passwords of sessions that have gone: they are not hashed, so that whoever comes and goes, however often,
// holds up no camera, not even one of the same address.
#include "base/clock.h"
#include "base/posix_file_system.h"
#include "catalog/operations/cameras.h"
#include "ingest/receive/ftp_backend.h"
#include "support/registry.h"

#include <QElapsedTimer>
#include <QPasswordDigestor>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;

class AbandonedLogInsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doNotDelayOthers();
};

void AbandonedLogInsTest::doNotDelayOthers()
{
    const QTemporaryDir folder;
    const SystemClock clock;
    PosixFileSystem files;
    catalog::WriterOptions options;
    options.databasePath = folder.filePath(QStringLiteral("catalog.db"));
    const auto writer = catalog::Writer::open(options, clock);
    const auto archive =
        archive::Archive::open({folder.filePath(QStringLiteral("archive"))}, files, clock, true);
    const auto matcher = vendors::Matcher::load();
    QVERIFY(writer && archive && matcher);
    catalog::Account account;
    account.user = QStringLiteral("cam");
    account.salt = "0123456789abcdef";
    account.iterations = 1;
    account.hash = QPasswordDigestor::deriveKeyPbkdf2(QCryptographicHash::Sha256, "secret", account.salt,
                                                      account.iterations, 32);
    QVERIFY((*writer)->submit(catalog::AddCamera{QStringLiteral("Cam"), account}).result());
    ingest::FtpBackend backend(**writer, **archive, *matcher, clock, {});

    // A user that is not known costs as much as one whose password is hashed as it should be.
    const auto here = std::make_shared<int>();
    const auto guess = [&backend](int i, const std::shared_ptr<int> &asker) {
        return backend.logIn(QStringLiteral("guess%1").arg(i), "x", QHostAddress::LocalHost, asker);
    };
    QElapsedTimer one;
    one.start();
    const auto first = guess(-1, here);
    QTRY_VERIFY_WITH_TIMEOUT(first.isFinished(), 30'000);
    const qint64 hashTakes = one.elapsed();

    constexpr int many = 1000;
    for (int i = 0; i < many; ++i)
        guess(i, std::make_shared<int>());
    // The same guess again, and here to stay; and of one try that was given up and one that was not.
    const auto again = guess(7, here);
    const auto stays = guess(2000, here);
    guess(2000, std::make_shared<int>());
    QElapsedTimer waited;
    waited.start();
    const auto camera = backend.logIn(account.user, "secret", QHostAddress::LocalHost, here);
    QTRY_VERIFY_WITH_TIMEOUT(camera.isFinished(), 120'000);
    QVERIFY(camera.result());
    QVERIFY2(waited.elapsed() < std::max<qint64>(5000, many / 4 * hashTakes),
             qPrintable(QStringLiteral("%1 ms, a hash takes %2")
                            .arg(QString::number(waited.elapsed()), QString::number(hashTakes))));
    QTRY_VERIFY_WITH_TIMEOUT(again.isFinished() && stays.isFinished(), 30'000);
    QCOMPARE(again.result().error().kind, ErrorKind::Denied);
    QCOMPARE(stays.result().error().kind, ErrorKind::Denied);
}

GATEHOUSE_TEST(AbandonedLogInsTest)
#include "abandoned_log_ins_test.moc"
