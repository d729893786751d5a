// Tries of one upload that overlap: the one that hung and dies late is no news to its camera, and gives its
// bytes up. And what has no row in the catalog can be renamed all the same.
#include "catalog/operations/ftp_entries.h"
#include "ingest/receive/partial_upload_reconciler.h"
#include "receiver.h"
#include "support/catalog_invariants.h"
#include "support/registry.h"

#include <QLoggingCategory>
#include <QTemporaryDir>

using namespace gatehouse;
using namespace gatehouse::tests;

namespace
{
const QString kName = QStringLiteral("/gate/snap/MDAlarm_20260612-095930.jpg");
const QByteArray kEvidence("evidence, kept bit for bit");
} // namespace

class UploadTriesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.*=false")); }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }
    void init();
    void cleanup();
    void hungTryEndingAfterItsRetryIsDropped_data();
    void hungTryEndingAfterItsRetryIsDropped();
    void hungTryEndingDuringItsRetryIsDropped();
    void laterTryWinsIfBothEndTogether();
    void keepsAHungTryWithOtherBytes_data();
    void keepsAHungTryWithOtherBytes();
    void sizeWaitsForACutUpload();
    void renamesFilesWithoutARow();

private:
    static void end(ftp::Upload &upload, ftp::UploadEnd how)
    {
        const auto done = upload.finish(how);
        QTRY_VERIFY_WITH_TIMEOUT(done.isFinished(), 30'000);
        QVERIFY(done.result());
    }
    [[nodiscard]] qint64 sizeOf(const QString &path) const
    {
        return m_receiver->backend->stat(m_receiver->account(), path)
            .value_or(ftp::Entry{{}, false, -1, 0})
            .bytes;
    }
    [[nodiscard]] qint64 sizeAfterARestart(const QString &path = kName) const
    {
        const auto entries =
            m_receiver->writer->submit(catalog::ReadFtpEntries{m_receiver->account()}).result();
        for (const catalog::FtpEntry &entry : *entries) {
            if (entry.path == path)
                return entry.bytes;
        }
        return -1;
    }
    bool rename(const QString &from, const QString &to)
    {
        const auto done = m_receiver->backend->rename(m_receiver->account(), from, to);
        return QTest::qWaitFor([&] { return done.isFinished(); }, 30'000) && done.result().has_value();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Receiver> m_receiver;
    std::unique_ptr<catalog::ReaderPool> m_readers;
    std::unique_ptr<PartialUploadReconciler> m_partialUploads;
};

void UploadTriesTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_receiver = makeReceiver(*m_folder);
    m_readers = std::make_unique<catalog::ReaderPool>(m_receiver->path, 1); // one after the other
    m_partialUploads =
        std::make_unique<PartialUploadReconciler>(*m_receiver->writer, *m_readers, *m_receiver->files);
}

void UploadTriesTest::cleanup()
{
    const QString path = m_receiver->path;
    m_partialUploads.reset();
    m_readers.reset();
    m_receiver.reset();
    QCOMPARE(brokenInvariants(path), QStringList());
}

void UploadTriesTest::hungTryEndingAfterItsRetryIsDropped_data()
{
    QTest::addColumn<bool>("isRenamed");
    QTest::addColumn<ftp::UploadEnd>("how");
    QTest::newRow("under its name") << false << ftp::UploadEnd::Cut;
    QTest::newRow("renamed meanwhile") << true << ftp::UploadEnd::Cut;
    QTest::newRow("in order") << false << ftp::UploadEnd::Complete;
    QTest::newRow("in order, renamed meanwhile") << true << ftp::UploadEnd::Complete;
}

void UploadTriesTest::hungTryEndingAfterItsRetryIsDropped()
{
    QFETCH(bool, isRenamed);
    QFETCH(ftp::UploadEnd, how);
    const auto hung = m_receiver->begin(kName, kEvidence.left(10));
    QVERIFY(m_receiver->upload(kName, kEvidence));
    const QString last = isRenamed ? QStringLiteral("/gate/snap/MDAlarm_20260612-095931.jpg") : kName;
    QVERIFY(!isRenamed || rename(kName, last));
    end(*hung, how);
    QCOMPARE(sizeOf(last), kEvidence.size());
    QCOMPARE(sizeOf(kName), isRenamed ? qint64(-1) : kEvidence.size());
    QCOMPARE(sizeAfterARestart(), isRenamed ? qint64(-1) : kEvidence.size());
    QTRY_COMPARE_WITH_TIMEOUT(m_receiver->items().size(), 1, 30'000);
    QCOMPARE(m_receiver->items().first().bytes, kEvidence.size());
    QVERIFY(m_receiver->items().first().state != ItemState::Incomplete);
}

void UploadTriesTest::hungTryEndingDuringItsRetryIsDropped()
{
    const auto hung = m_receiver->begin(kName, kEvidence.left(10));
    const auto retry = m_receiver->begin(kName, kEvidence.left(3));
    end(*hung, ftp::UploadEnd::Cut);
    QCOMPARE(sizeOf(kName), -1); // of the try that goes on nothing is kept yet
    retry->write(kEvidence.mid(3));
    end(*retry, ftp::UploadEnd::Complete);
    QCOMPARE(sizeOf(kName), kEvidence.size());
    QTRY_COMPARE_WITH_TIMEOUT(m_receiver->items().size(), 1, 30'000);
    QCOMPARE(m_receiver->items().first().bytes, kEvidence.size());
}

// Both end in order, at once: whichever row is written first, the camera sees its later try.
void UploadTriesTest::laterTryWinsIfBothEndTogether()
{
    constexpr int rounds = 20; // by chance the rows come in either order
    for (int i = 0; i < rounds; ++i) {
        const QString path = QStringLiteral("/gate/snap/MDAlarm_20260612-0959%1.jpg").arg(10 + i);
        const QByteArray bytes = kEvidence + QByteArray::number(i);
        const auto hung = m_receiver->begin(path, bytes.left(10 + i % 3));
        const auto retry = m_receiver->begin(path, bytes);
        const auto kept = retry->finish(ftp::UploadEnd::Complete);
        const auto done = hung->finish(ftp::UploadEnd::Complete);
        QTRY_VERIFY_WITH_TIMEOUT(kept.isFinished() && done.isFinished(), 30'000);
        QVERIFY(kept.result() && done.result());
        QCOMPARE(sizeOf(path), bytes.size());
        QCOMPARE(sizeAfterARestart(path), bytes.size());
    }
}

void UploadTriesTest::keepsAHungTryWithOtherBytes_data()
{
    QTest::addColumn<ftp::UploadEnd>("how");
    QTest::newRow("cut") << ftp::UploadEnd::Cut;
    QTest::newRow("in order") << ftp::UploadEnd::Complete;
}

void UploadTriesTest::keepsAHungTryWithOtherBytes()
{
    QFETCH(ftp::UploadEnd, how);
    const auto hung = m_receiver->begin(kName, "something else");
    QVERIFY(m_receiver->upload(kName, kEvidence));
    end(*hung, how);
    QCOMPARE(sizeOf(kName), kEvidence.size());
    // One that is superseded after it: by then this one was compared, too.
    const QString other = QStringLiteral("/gate/snap/MDAlarm_20260612-095932.jpg");
    const auto cut = m_receiver->begin(other, kEvidence.left(10));
    QVERIFY(m_receiver->upload(other, kEvidence));
    end(*cut, ftp::UploadEnd::Cut);
    const auto isThere = [this] {
        const auto items = m_receiver->items();
        return std::any_of(items.begin(), items.end(), [](const auto &item) { return item.bytes == 10; });
    };
    QTRY_VERIFY_WITH_TIMEOUT(!isThere(), 30'000);
    QCOMPARE(m_receiver->items().size(), 3);
}

void UploadTriesTest::sizeWaitsForACutUpload()
{
    auto cut = m_receiver->begin(kName, kEvidence.left(10));
    const auto done = cut->finish(ftp::UploadEnd::Cut);
    const auto size = m_receiver->backend->statWhenWritten(m_receiver->account(), kName);
    QTRY_VERIFY_WITH_TIMEOUT(size.isFinished(), 30'000);
    QVERIFY(size.result());
    QCOMPARE(size.result()->bytes, 10);
    QTRY_VERIFY_WITH_TIMEOUT(done.isFinished(), 30'000);
}

void UploadTriesTest::renamesFilesWithoutARow()
{
    const QString test = QStringLiteral("/gate/test.txt");
    QVERIFY(m_receiver->upload(test, "test"));
    QVERIFY(m_receiver->upload(QStringLiteral("/gate/empty.jpg"), {}));
    QVERIFY(rename(test, QStringLiteral("/gate/test2.txt")));
    QVERIFY(rename(QStringLiteral("/gate/empty.jpg"), QStringLiteral("/gate/e.jpg")));
    QVERIFY(rename(QStringLiteral("/gate"), QStringLiteral("/door"))); // nothing of it is in the catalog
    QCOMPARE(sizeOf(QStringLiteral("/door/test2.txt")), 4);
    QCOMPARE(sizeOf(QStringLiteral("/door/e.jpg")), 0);
    QVERIFY(!rename(test, QStringLiteral("/gate/x")));
    QVERIFY(m_receiver->items().isEmpty());
}

GATEHOUSE_TEST(UploadTriesTest)
#include "upload_tries_test.moc"
