// After 400 days the journal and the list of deletions forget what was removed, unless deletion is held.
#include "ingest/retention/history_limit.h"

#include "archive/journal_reader.h"
#include "catalog/operations/archives.h"
#include "catalog/operations/item_removal.h"
#include "receiver.h"
#include "support/catalog_invariants.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QLoggingCategory>
#include <QTemporaryDir>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::ingest;

namespace
{

struct Fixture : Receiver {
    explicit Fixture(const QString &database)
        : Receiver(std::make_unique<CrashFileSystem>(std::make_shared<Power>()), database, nullptr),
          watch(*writer, clock), history(*writer, *archive, watch)
    {
        watch.start([this] { return clock.now(); });
    }
    ~Fixture() { writer->submit(catalog::ReadArchives{}).waitForFinished(); }

    // Time goes by while the PC runs.
    void wait(int days)
    {
        for (int day = 0; day < days; ++day) {
            clock.advance(kDayMs);
            watch.ageNow();
        }
    }
    void uploadAndRemove(int count)
    {
        for (int i = 0; i < count; ++i) {
            clock.advance(10);
            const QString number = QString::number(++uploaded);
            QVERIFY(upload(QStringLiteral("/gate/snap/MDAlarm_20260612-095900_%1.jpg").arg(number),
                           number.toLatin1()));
        }
        QVector<ItemId> going;
        const auto all = items();
        for (qsizetype i = 0; i < count; ++i)
            going.append(all[i].id);
        QVERIFY(writer->submit(catalog::RemoveItems{going, QStringLiteral("Old")}).result());
        collectGarbage();
    }
    [[nodiscard]] int deletions() const
    {
        catalog::DeletionQuery all;
        all.limit = 10'000;
        return int((*catalog::Reader::open(path))->deletions(all)->size());
    }
    [[nodiscard]] int journalLines() const
    {
        int lines = 0;
        const auto count = [&lines](const archive::JournalEntry &) { ++lines; };
        return archive::readJournal(*files, kRoot, 0, count) ? lines : -1;
    }
    void look()
    {
        bool isOver = false;
        const auto over = QObject::connect(&history, &HistoryLimit::looked, [&] { isOver = true; });
        history.look();
        QTRY_VERIFY_WITH_TIMEOUT(isOver, 30'000);
        QObject::disconnect(over);
    }

    TrustedClock watch;
    HistoryLimit history;
    int uploaded = 0;
};

} // namespace

class HistoryLimitTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.*=false")); }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_fixture = std::make_unique<Fixture>(m_folder->filePath(QStringLiteral("catalog.db")));
        m_fixture->logIn();
        m_fixture->uploadAndRemove(20);
        m_fixture->wait(100);
        m_fixture->uploadAndRemove(3);
    }
    void cleanup()
    {
        const QString path = m_fixture->path;
        m_fixture.reset();
        QCOMPARE(brokenInvariants(path), QStringList());
    }

    void forgetsOldRemovals()
    {
        const int all = m_fixture->journalLines();
        QVERIFY(all >= 46);
        m_fixture->history.setHeld(false);
        m_fixture->look();
        QCOMPARE(m_fixture->deletions(), 23);
        m_fixture->wait(301); // the first are from 401 days ago, in a month that is not over by then
        m_fixture->look();
        QCOMPARE(m_fixture->deletions(), 3);
        QCOMPARE(m_fixture->journalLines(), all);
        m_fixture->wait(31);
        m_fixture->look();
        QCOMPARE(m_fixture->deletions(), 3);
        QCOMPARE(m_fixture->journalLines(), all - 40);
    }

    void keepsHistoryWhileDeletionIsHeld()
    {
        const int all = m_fixture->journalLines();
        m_fixture->wait(400);
        m_fixture->look();
        m_fixture->history.setHeld(false);
        m_fixture->history.setHeld(true);
        m_fixture->look();
        QCOMPARE(m_fixture->deletions(), 23);
        QCOMPARE(m_fixture->journalLines(), all);
    }

    // A day that nobody believes makes nothing old.
    void keepsHistoryAfterAClockJump()
    {
        const int all = m_fixture->journalLines();
        m_fixture->history.setHeld(false);
        m_fixture->clock.jump(1'000 * kDayMs);
        m_fixture->look();
        QCOMPARE(m_fixture->deletions(), 23);
        QCOMPARE(m_fixture->journalLines(), all);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Fixture> m_fixture;
};

GATEHOUSE_TEST(HistoryLimitTest)
#include "history_limit_test.moc"
