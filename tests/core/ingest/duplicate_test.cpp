// The same bytes once more, where the file that is said to hold them is missing, cut or rotten: they take its
// place before they are given up, whichever way they came, and whenever the power goes.
#include "catalog/operations/add_item.h"
#include "catalog/operations/archives.h"
#include "fakes/forgetting_vfs.h"
#include "ingest/importer.h"
#include "receiver.h"
#include "support/catalog_invariants.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QDir>
#include <QLoggingCategory>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <algorithm>

using namespace gatehouse;
using namespace gatehouse::tests;

namespace
{

const QString kName = QStringLiteral("/gate/snap/MDAlarm_20260612-095930.jpg");
const QByteArray kEvidence("evidence, kept bit for bit");

enum class Harm { None, Missing, Cut, Rotten, Longer, Folder, DayMissing };

// The only file that is kept.
void harm(Receiver &receiver, Harm harm)
{
    const QString path = kRoot + receiver.filesBelow(QStringLiteral("/nvr gate")).value(0);
    const QString relative = path.mid(kRoot.size() + 1);
    switch (harm) {
    case Harm::None:
        return;
    case Harm::Missing:
    case Harm::DayMissing:
    case Harm::Folder:
        QVERIFY(receiver.files->remove(path));
        break;
    case Harm::Cut:
        receiver.put(relative, kEvidence.left(5));
        return;
    case Harm::Rotten:
        receiver.put(relative, QByteArray(kEvidence).replace("bit", "bat"));
        return;
    case Harm::Longer:
        receiver.put(relative, kEvidence + '!');
        return;
    }
    if (harm == Harm::Folder)
        QVERIFY(receiver.files->makeFolder(path));
    if (harm == Harm::DayMissing)
        QVERIFY(receiver.files->removeFolder(path.left(path.lastIndexOf(QLatin1Char('/')))));
}

void harmRows(std::initializer_list<Harm> harms)
{
    static const QHash<Harm, const char *> names{{Harm::None, "sound"},
                                                 {Harm::Missing, "missing"},
                                                 {Harm::Cut, "cut"},
                                                 {Harm::Rotten, "rotten"},
                                                 {Harm::Longer, "longer"},
                                                 {Harm::Folder, "a folder is there"},
                                                 {Harm::DayMissing, "its day is missing"}};
    QTest::addColumn<Harm>("what");
    for (const Harm one : harms)
        QTest::newRow(names[one]) << one;
}

} // namespace

Q_DECLARE_METATYPE(Harm)

class DuplicateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.*=false")); }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }
    void init();
    void cleanup();
    void resentBytesRestoreTheFile_data() { allHarms(); }
    void resentBytesRestoreTheFile();
    void importedBytesRestoreTheFile_data() { allHarms(); }
    void importedBytesRestoreTheFile();
    void renamedUploadRestoresTheFile_data() { allHarms(); }
    void renamedUploadRestoresTheFile();
    void recoveredFileRestoresTheFile_data() { allHarms(); }
    void recoveredFileRestoresTheFile();
    void keepsBothIfItCannotRestore_data();
    void keepsBothIfItCannotRestore();
    void restoringClearsTheDamageReport();
    void restoresAnItemOfAnAbsentArchive();
    void doesNotResumeAChangedPartialUpload();
    void doesNotResumeAnUploadInAnotherArchive();
    void acknowledgedUploadSurvivesAPowerCut_data();
    void acknowledgedUploadSurvivesAPowerCut();

private:
    static void allHarms()
    {
        harmRows({Harm::None, Harm::Missing, Harm::Cut, Harm::Rotten, Harm::Longer, Harm::Folder,
                  Harm::DayMissing});
    }
    void compareAll() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Receiver> m_receiver;
};

void DuplicateTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_receiver = makeReceiver(*m_folder);
}

void DuplicateTest::cleanup()
{
    const QString path = m_receiver->path;
    m_receiver.reset();
    QCOMPARE(brokenInvariants(path), QStringList());
}

// One item, which is whole, and nothing else.
void DuplicateTest::compareAll() const
{
    m_receiver->collectGarbage();
    const auto items = m_receiver->items();
    QCOMPARE(items.size(), 1);
    QCOMPARE(items.first().sourcePath, kName);
    QCOMPARE(m_receiver->bytesOf(items.first()), kEvidence);
    QStringList files;
    QTRY_COMPARE_WITH_TIMEOUT((files = m_receiver->filesBelow(QStringLiteral("/nvr gate"))),
                              QStringList{items.first().path.mid(kRoot.size())}, kPatience);
    QCOMPARE(m_receiver->filesBelow(QStringLiteral("/incoming")), QStringList());
}

void DuplicateTest::resentBytesRestoreTheFile()
{
    QFETCH(Harm, what);
    QVERIFY(m_receiver->upload(kName, kEvidence));
    const catalog::Item before = m_receiver->items().first();
    harm(*m_receiver, what);
    QVERIFY(m_receiver->upload(kName, kEvidence));
    compareAll();
    const catalog::Item after = m_receiver->items().first();
    QCOMPARE(after.id, before.id);
    QCOMPARE(after.path, before.path);
    QCOMPARE(after.received, before.received);
    QCOMPARE(after.arrivals, 2);
    QCOMPARE(m_receiver->journal().contains("\"restored\""), what != Harm::None);
    // The row, the journal and the file agree: a repair finds nothing to do.
    const RepairReport report = m_receiver->repair();
    QCOMPARE(report.added + report.removed + report.failed, 0);
}

void DuplicateTest::importedBytesRestoreTheFile()
{
    QFETCH(Harm, what);
    QVERIFY(m_receiver->upload(kName, kEvidence));
    harm(*m_receiver, what);
    const QTemporaryDir backup;
    QVERIFY(QDir(backup.path()).mkpath(QStringLiteral("gate/snap")));
    QFile file(backup.path() + kName);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(kEvidence);
    file.close();
    ingest::Importer importer(*m_receiver->writer, *m_receiver->archive, m_receiver->matcher,
                              m_receiver->clock);
    QSignalSpy finished(&importer, &ingest::Importer::finished);
    QVERIFY(importer.start({backup.path(), true, m_receiver->account(), kNvr}));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30'000);
    const auto progress = finished[0][0].value<ingest::ImportProgress>();
    QCOMPARE(progress.known, 1);
    QCOMPARE(progress.failed, 0);
    QVERIFY(!file.exists());
    compareAll();
}

void DuplicateTest::renamedUploadRestoresTheFile()
{
    QFETCH(Harm, what);
    QVERIFY(m_receiver->upload(kName, kEvidence));
    harm(*m_receiver, what);
    const QString temporary = kName + QStringLiteral(".tmp");
    QVERIFY(m_receiver->upload(temporary, kEvidence));
    QCOMPARE(m_receiver->items().size(), 2);
    QVERIFY(m_receiver->backend->remove(m_receiver->account(), kName).result());
    const auto renamed = m_receiver->backend->rename(m_receiver->account(), temporary, kName);
    QTRY_VERIFY_WITH_TIMEOUT(renamed.isFinished(), 30'000);
    QVERIFY(renamed.result());
    compareAll();
    QCOMPARE(m_receiver->items().first().arrivals, 2);
}

// A file without a row that repair finds.
void DuplicateTest::recoveredFileRestoresTheFile()
{
    QFETCH(Harm, what);
    QVERIFY(m_receiver->upload(kName, kEvidence));
    harm(*m_receiver, what);
    const QString second = QStringLiteral("nvr gate/2026-06-12/100007-%1-MDAlarm_20260612-095930.jpg")
                               .arg(firstItemAt(kTenOClock - 7'000).value);
    QVERIFY(m_receiver->files->makeFolder(kRoot + QStringLiteral("/nvr gate")));
    QVERIFY(m_receiver->files->makeFolder(kRoot + QStringLiteral("/nvr gate/2026-06-12")));
    m_receiver->put(second, kEvidence);
    QCOMPARE(m_receiver->repair().removed, 1);
    compareAll();
}

void DuplicateTest::keepsBothIfItCannotRestore_data()
{
    harmRows({Harm::Missing, Harm::Cut, Harm::Rotten});
}

void DuplicateTest::keepsBothIfItCannotRestore()
{
    QFETCH(Harm, what);
    QVERIFY(m_receiver->upload(kName, kEvidence));
    harm(*m_receiver, what);
    m_receiver->hooked.setHook([](const QString &operation, const QString &path) -> Result<void> {
        if (operation == QLatin1String("replace"))
            return fail(ErrorKind::Denied, path);
        return {};
    });
    QVERIFY(m_receiver->upload(kName, kEvidence));
    QCOMPARE(m_receiver->items().size(), 2);
    QCOMPARE(m_receiver->bytesOf(m_receiver->items().first()), kEvidence);
    // That one is sound: it is no third.
    QVERIFY(m_receiver->upload(kName, kEvidence));
    QCOMPARE(m_receiver->items().size(), 2);
    QCOMPARE(m_receiver->filesBelow(QStringLiteral("/incoming")), QStringList());
}

void DuplicateTest::restoringClearsTheDamageReport()
{
    QVERIFY(m_receiver->upload(kName, kEvidence));
    const catalog::Item item = m_receiver->items().first();
    catalog::Examined broken;
    broken.item = item.id;
    broken.state = ItemState::Damaged;
    broken.reason = QStringLiteral("It ends in the middle of a picture");
    QVERIFY(m_receiver->writer->submit(catalog::SetExamined{broken}).result());
    harm(*m_receiver, Harm::Rotten);
    QVERIFY(m_receiver->upload(kName, kEvidence));
    QCOMPARE(m_receiver->items().first().state, ItemState::Unexamined);
    QCOMPARE(m_receiver->items().first().reason, QString());
}

void DuplicateTest::restoresAnItemOfAnAbsentArchive()
{
    QVERIFY(m_receiver->upload(kName, kEvidence));
    const catalog::Item item = m_receiver->items().first();
    QVERIFY(m_receiver->writer->submit(catalog::SetArchive{QStringLiteral("other"), QStringLiteral("/gone")})
                .result());
    QVERIFY(m_receiver->writer->submit(catalog::MarkFileRestored{item.id, QStringLiteral("other")}).result());
    harm(*m_receiver, Harm::Missing);
    QVERIFY(m_receiver->upload(kName, kEvidence));
    compareAll();
}

void DuplicateTest::doesNotResumeAChangedPartialUpload()
{
    QVERIFY(m_receiver->upload(kName, kEvidence.left(8)));
    m_receiver->put(m_receiver->items().first().path.mid(kRoot.size() + 1), "EVIDENCE");
    ftp::UploadRequest request;
    request.account = m_receiver->account();
    request.path = kName;
    request.peer = QHostAddress::LocalHost;
    request.mode = ftp::StoreMode::Append;
    auto begun = m_receiver->backend->beginUpload(request);
    QVERIFY(begun);
    (*begun)->write(kEvidence.mid(8));
    const auto done = (*begun)->finish(ftp::UploadEnd::Complete);
    QTRY_VERIFY_WITH_TIMEOUT(done.isFinished(), kPatience);
    QVERIFY(!done.result());
    QCOMPARE(m_receiver->items().size(), 1);
}

// The file is below another root.
void DuplicateTest::doesNotResumeAnUploadInAnotherArchive()
{
    const QByteArray start = kEvidence.left(8);
    QVERIFY(m_receiver->upload(kName, start));
    const ItemId item = m_receiver->items().first().id;
    catalog::Writer &writer = *m_receiver->writer;
    QVERIFY(writer.submit(catalog::SetArchive{QStringLiteral("other"), QStringLiteral("/other")}).result());
    QVERIFY(writer.submit(catalog::MarkFileRestored{item, QStringLiteral("other")}).result());
    QVERIFY(writer.submit(catalog::SetArchive{m_receiver->archive->id(), kRoot}).result());
    // The next run reads the account's files from the catalog.
    m_receiver->backend =
        std::make_unique<FtpBackend>(writer, *m_receiver->archive, m_receiver->matcher, m_receiver->clock,
                                     FtpBackendOptions{false, qint64(1) << 30});
    m_receiver->logIn();
    const auto seen = m_receiver->backend->stat(m_receiver->account(), kName);
    QVERIFY(seen);
    QCOMPARE(seen->bytes, start.size()); // so that cameras do not send everything once more

    ftp::UploadRequest request;
    request.account = m_receiver->account();
    request.path = kName;
    request.peer = QHostAddress::LocalHost;
    request.mode = ftp::StoreMode::Append;
    const auto appended = m_receiver->backend->beginUpload(request);
    QVERIFY(!appended);
    QCOMPARE(appended.error().kind, ErrorKind::Invalid);
    request.mode = ftp::StoreMode::Replace;
    request.offset = start.size();
    const auto resumed = m_receiver->backend->beginUpload(request);
    QVERIFY(!resumed);
    QCOMPARE(resumed.error().kind, ErrorKind::Invalid);

    QVERIFY(m_receiver->upload(kName, kEvidence)); // from the start
    const auto items = m_receiver->items();
    QVERIFY(std::any_of(items.begin(), items.end(),
                        [this](const auto &one) { return m_receiver->bytesOf(one) == kEvidence; }));
}

void DuplicateTest::acknowledgedUploadSurvivesAPowerCut_data()
{
    harmRows({Harm::Missing, Harm::Rotten, Harm::DayMissing});
}

// At every step of the second upload: what had its 226 is whole after the next start.
void DuplicateTest::acknowledgedUploadSurvivesAPowerCut()
{
    QFETCH(Harm, what);
    for (qint64 cut = 0;; ++cut) {
        const auto power = std::make_shared<Power>();
        ForgettingVfs vfs(power);
        std::unique_ptr<CrashFileSystem> disk;
        const QTemporaryDir folder;
        bool answered = false;
        bool over = false;
        {
            Receiver before(std::make_unique<CrashFileSystem>(power), QStringLiteral("/catalog.db"),
                            vfs.name());
            before.logIn();
            QVERIFY(before.upload(kName, kEvidence));
            harm(before, what);
            power->cutAfter(cut);
            answered = before.upload(kName, kEvidence);
            over = !power->isCut();
            power->cutAfter(0);
            disk = before.files->afterCrash(CrashFileSystem::Survives::AnyMixture, quint32(cut),
                                            std::make_shared<Power>());
            QVERIFY(vfs.saveTo(folder.path(), ForgettingVfs::Survives::OnlySynced));
        }
        Receiver after(std::move(disk), folder.filePath(QStringLiteral("catalog.db")), nullptr);
        after.clock.advance(60'000);
        after.repair();
        after.collectGarbage();
        const auto items = after.items();
        QCOMPARE(items.size(), 1);
        const QByteArray context = "cut after " + QByteArray::number(cut);
        if (answered)
            QVERIFY2(after.bytesOf(items.first()) == kEvidence, context);
        after.logIn();
        QVERIFY2(after.upload(kName, kEvidence), context);
        QCOMPARE(after.items().size(), 1);
        QVERIFY2(after.bytesOf(after.items().first()) == kEvidence, context);
        QTRY_COMPARE_WITH_TIMEOUT(after.filesBelow(QStringLiteral("/nvr gate")).size(), 1, kPatience);
        if (over)
            break;
    }
}

GATEHOUSE_TEST(DuplicateTest)
#include "duplicate_test.moc"
