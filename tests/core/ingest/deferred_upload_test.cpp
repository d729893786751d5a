#include "base/futures.h"
#include "ingest/receive/deferred_upload.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ingest;
using gatehouse::tests::kPatience;

class DeferredUploadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void retriesStartOnceTheCutUploadIsRecorded();
};

// The session of the cut upload and two impatient retries wait for the same answer: all get it.
void DeferredUploadTest::retriesStartOnceTheCutUploadIsRecorded()
{
    const SharedPromise<Result<void>> cut;
    int begun = 0;
    const auto begin = [&begun]() -> Result<std::unique_ptr<ftp::Upload>> {
        ++begun;
        return fail(ErrorKind::Full, QStringLiteral("full"));
    };
    bool isSessionNotified = false;
    cut.future().then([&isSessionNotified](const Result<void> &) { isSessionNotified = true; });
    DeferredUpload first(cut.future(), this, begin);
    DeferredUpload second(cut.future(), this, begin);
    first.write("abc");
    QCOMPARE(first.pending(), 3);
    auto refused = first.finish(ftp::UploadEnd::Complete);
    QCoreApplication::processEvents();
    QCOMPARE(begun, 0);
    cut.resolve({});
    QTRY_COMPARE_WITH_TIMEOUT(begun, 2, kPatience);
    QVERIFY(isSessionNotified);
    QTRY_VERIFY_WITH_TIMEOUT(refused.isFinished(), kPatience);
    QCOMPARE(refused.result().error().kind, ErrorKind::Full);
    QCOMPARE(first.pending(), 0);
}

GATEHOUSE_TEST(DeferredUploadTest)
#include "deferred_upload_test.moc"
