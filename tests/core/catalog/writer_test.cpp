#include "catalog/operations/add_item.h"
#include "catalog/operations/cameras.h"
#include "catalog/operations/event_gap.h"
#include "catalog/operations/ftp_entries.h"
#include "catalog/operations/item_removal.h"
#include "catalog/operations/retention.h"
#include "catalog/operations/review.h"
#include "catalog_fixture.h"
#include "fakes/forgetting_vfs.h"
#include "support/catalog_invariants.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QLoggingCategory>
#include <QSignalSpy>
#include <thread>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::catalog;

class WriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<CatalogFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void failedCommandDoesNotAffectOthers()
    {
        const Camera camera = m_fixture->addCamera(QStringLiteral("a"));
        QVector<QFuture<Result<Added>>> futures;
        QVector<bool> good;
        for (int i = 0; i < 200; ++i) { // so many that bursts hold several
            NewItem item = m_fixture->item(camera.account, Kind::Still, kTestNow);
            good.append(i % 3 != 0);
            if (i % 3 == 0)
                item.account = AccountId{77};
            futures.append(m_fixture->writer->submit(AddItem{item}));
        }
        for (int i = 0; i < futures.size(); ++i)
            QCOMPARE(awaited(futures[i]).has_value(), good[i]);
        QCOMPARE(m_fixture->reader->cameras()->first().items, good.count(true));
        QCOMPARE(brokenInvariants(m_fixture->path()), QStringList());
    }

    void concurrentCallersLoseNothing()
    {
        QVector<AccountId> accounts;
        for (int i = 0; i < 14; ++i)
            accounts.append(m_fixture->addCamera(QStringLiteral("cam %1").arg(i)).account);
        std::vector<std::thread> callers;
        std::atomic<int> failed = 0;
        for (const AccountId account : accounts) {
            callers.emplace_back([&, account] {
                for (int i = 0; i < 40; ++i) {
                    const auto added = awaited(m_fixture->writer->submit(
                        AddItem{m_fixture->item(account, Kind::Clip, kTestNow + i * 30'000)}));
                    failed += added ? 0 : 1;
                }
            });
        }
        for (std::thread &caller : callers)
            caller.join();
        QCOMPARE(failed.load(), 0);
        QCOMPARE(m_fixture->reader->items({{}, {}, 10'000, true})->size(), 14 * 40);
        QCOMPARE(brokenInvariants(m_fixture->path()), QStringList());
    }

    void commitsDeferredCommandsInOrderWithTheNext()
    {
        const Camera camera = m_fixture->addCamera(QStringLiteral("Door"));
        const NewItem first = m_fixture->item(camera.account, Kind::Still, kTestNow);
        m_fixture->add(first);
        Examined found;
        found.item = first.id;
        const auto examined = m_fixture->writer->submit(SetExamined{found});
        m_fixture->add(m_fixture->item(camera.account, Kind::Still, kTestNow + 1'000));
        QVERIFY(examined.isFinished());
        QVERIFY(examined.result());
        QCOMPARE((*m_fixture->reader->item(first.id))->state, ItemState::Ok);
        // Alone it is carried out, too.
        found.state = ItemState::Damaged;
        QVERIFY(awaited(m_fixture->writer->submit(SetExamined{found})));
        QCOMPARE((*m_fixture->reader->item(first.id))->state, ItemState::Damaged);
    }

    void batchesChangeSignalsOnTheOwnersThread()
    {
        const Camera camera = m_fixture->addCamera(QStringLiteral("a"));
        qint64 reported = 0;
        int signalled = 0;
        bool elsewhere = false;
        connect(&m_fixture->writer->changes(), &Changes::itemsAdded, this,
                [&, own = QThread::currentThread()](const QVector<ItemChange> &items) {
                    reported += items.size();
                    ++signalled;
                    elsewhere = elsewhere || QThread::currentThread() != own;
                });
        QVector<QFuture<Result<Added>>> futures;
        for (int i = 0; i < 100; ++i)
            futures.append(
                m_fixture->writer->submit(AddItem{m_fixture->item(camera.account, Kind::Still, kTestNow)}));
        QTRY_COMPARE_WITH_TIMEOUT(reported, 100, kPatience);
        QVERIFY(signalled < 100);
        QVERIFY(!elsewhere);
    }

    void notifiesOnlyAfterTheCommit()
    {
        const Camera camera = m_fixture->addCamera(QStringLiteral("a"));
        bool there = false;
        connect(&m_fixture->writer->changes(), &Changes::itemsAdded, this,
                [&](const QVector<ItemChange> &items) {
                    there = m_fixture->reader->item(items.first().item)->has_value();
                });
        m_fixture->add(m_fixture->item(camera.account, Kind::Still, kTestNow));
        QTRY_VERIFY_WITH_TIMEOUT(there, kPatience);
    }

    void recoversFromAFailedCommit()
    {
        QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.db.warning=false"));
        auto power = std::make_shared<Power>();
        const ForgettingVfs vfs(power);
        WriterOptions options;
        options.databasePath = QStringLiteral("/x.sqlite");
        options.vfs = vfs.name();
        auto writer = std::move(*Writer::open(options, m_fixture->clock));
        const Camera camera = *awaited(writer->submit(AddCamera{QStringLiteral("a"), Account()}));
        power->cutAfter(3);
        QVector<QFuture<Result<Added>>> futures;
        for (int i = 0; i < 20; ++i)
            futures.append(writer->submit(AddItem{m_fixture->item(camera.account, Kind::Still, kTestNow)}));
        for (auto &future : futures) {
            const auto added = awaited(future);
            QVERIFY(!added);
            QCOMPARE(added.error().kind, ErrorKind::Unavailable);
        }
        power->cutAfter(1'000'000); // the disk is back
        QVERIFY(awaited(writer->submit(AddItem{m_fixture->item(camera.account, Kind::Still, kTestNow)})));
        writer.reset();
        QLoggingCategory::setFilterRules({});
    }

    void idsIncreaseWhenTheClockGoesBack()
    {
        const Camera camera = m_fixture->addCamera(QStringLiteral("a"));
        const NewItem item = m_fixture->item(camera.account, Kind::Still, kTestNow);
        m_fixture->add(item);
        QVERIFY(item.id.value < (1LL << 53));
        m_fixture->clock.set(kTestNow - 365 * 86'400'000LL);
        QVERIFY(m_fixture->writer->ids().next() > item.id);
        QVERIFY(awaited(m_fixture->writer->submit(RemoveItems{{item.id}, QStringLiteral("x")})));
        QVERIFY(awaited(m_fixture->writer->submit(ForgetGarbage{{item.id}})));
        m_fixture->open();
        QVERIFY(m_fixture->writer->ids().next() > item.id); // its id is never used again
    }

    void keepsRemovedItemsAsGarbageUntilDeleted()
    {
        const Camera camera = m_fixture->addCamera(QStringLiteral("a"));
        const NewItem item = m_fixture->item(camera.account, Kind::Still, kTestNow);
        const NewItem kept = m_fixture->item(camera.account, Kind::Still, kTestNow);
        m_fixture->add(item);
        m_fixture->add(kept);
        QVERIFY(awaited(m_fixture->writer->submit(SetProtected{kept.id, true})));
        QCOMPARE(awaited(m_fixture->writer->submit(RemoveItems{{item.id, kept.id}, QStringLiteral("x")}))
                     .error()
                     .kind,
                 ErrorKind::Denied);
        QCOMPARE(m_fixture->reader->items({})->size(), 2); // all or nothing
        const auto gone =
            *awaited(m_fixture->writer->submit(RemoveItems{{item.id}, QStringLiteral("too old")}));
        QCOMPARE(gone.size(), 1);
        QCOMPARE(gone[0].relativePath, item.relativePath);
        QCOMPARE(gone[0].archive, item.archive);
        m_fixture->open();
        QCOMPARE(awaited(m_fixture->writer->submit(ReadGarbage{}))->size(), 1);
        QVERIFY(awaited(m_fixture->writer->submit(ForgetGarbage{{item.id}})));
        QVERIFY(awaited(m_fixture->writer->submit(ReadGarbage{}))->isEmpty());
        QCOMPARE(brokenInvariants(m_fixture->path()), QStringList());
    }

    void newEventGapAppliesToLaterItems()
    {
        const Camera camera = m_fixture->addCamera(QStringLiteral("a"));
        const auto events = [this] { return m_fixture->reader->events({})->size(); };
        const auto add = [&](qint64 after) {
            m_fixture->add(m_fixture->item(camera.account, Kind::Still, kTestNow + after));
        };
        add(0);
        add(90'000);
        QCOMPARE(events(), 2);
        QVERIFY(awaited(m_fixture->writer->submit(SetEventGap{120'000})));
        QCOMPARE(events(), 2); // what is kept stays as it was
        add(200'000);
        QCOMPARE(events(), 2);
        add(45'000);
        QCOMPARE(events(), 1);
        QCOMPARE(brokenInvariants(m_fixture->path(), 120'000), QStringList());
        QVERIFY(awaited(m_fixture->writer->submit(SetEventGap{0})));
        add(201'000);
        QCOMPARE(events(), 2);
        add(100'000); // within an event, whose holes are longer than the gap is now
        QCOMPARE(events(), 2);
    }

    void returnsOldestItemsWithoutProtectedOnes()
    {
        const Camera camera = m_fixture->addCamera(QStringLiteral("a"));
        QVector<ItemId> ids;
        // What came first was captured last: a late camera's old pictures are not the first to go.
        for (int i = 0; i < 4; ++i) {
            const NewItem item = m_fixture->item(camera.account, Kind::Still, kTestNow - i * 1'000);
            m_fixture->add(item);
            ids.append(item.id);
        }
        QVERIFY(awaited(m_fixture->writer->submit(SetProtected{ids[0], true})));
        const QString disk = QStringLiteral("disk");
        const auto oldest = *awaited(m_fixture->writer->submit(ReadOldestItems{disk, 2}));
        QCOMPARE(oldest.size(), 2);
        QCOMPARE(oldest[0].id, ids[1]);
        QCOMPARE(oldest[1].id, ids[2]);
        QCOMPARE(awaited(m_fixture->writer->submit(ReadOldestItems{disk, 9}))->size(), 3);
        // Its files are on a disk that is not here.
        QVERIFY(awaited(m_fixture->writer->submit(ReadOldestItems{QStringLiteral("another"), 9}))->isEmpty());
    }

    void ftpTreeSurvivesARestart()
    {
        const AccountId account = m_fixture->addCamera(QStringLiteral("a")).account;
        const NewItem item = m_fixture->item(account, Kind::Still, kTestNow, QStringLiteral("d/one.jpg"));
        m_fixture->add(item);
        FtpEntry folder;
        folder.path = QStringLiteral("/up/d");
        folder.isFolder = true;
        QVERIFY(awaited(m_fixture->writer->submit(PutFtpEntry{account, folder})));
        folder.path = QStringLiteral("/up/d-other");
        QVERIFY(awaited(m_fixture->writer->submit(PutFtpEntry{account, folder})));
        QVERIFY(awaited(m_fixture->writer->submit(
            MoveFtpEntries{account,
                           {{QStringLiteral("/up/d"), QStringLiteral("/e")},
                            {QStringLiteral("/up/d/one.jpg"), QStringLiteral("/e/one.jpg")}}})));
        m_fixture->open();
        const auto entries = *awaited(m_fixture->writer->submit(ReadFtpEntries{account}));
        QStringList paths;
        for (const FtpEntry &entry : entries)
            paths.append(entry.path);
        QCOMPARE(paths, (QStringList{QStringLiteral("/e"), QStringLiteral("/e/one.jpg"),
                                     QStringLiteral("/up/d-other")}));
        QCOMPARE(entries[1].item, item.id);
        QCOMPARE(entries[1].relativePath, item.relativePath);
        QCOMPARE(entries[1].sha256, item.sha256);
        QVERIFY(awaited(m_fixture->writer->submit(RemoveFtpEntry{account, QStringLiteral("/e/one.jpg")})));
        QVERIFY(*m_fixture->reader->item(item.id)); // only the entry
        // One without a row takes the place of one that has.
        QVERIFY(awaited(m_fixture->writer->submit(
            MoveFtpEntries{account, {{QStringLiteral("/empty"), QStringLiteral("/up/d-other")}}})));
        QCOMPARE(*awaited(m_fixture->writer->submit(ExpireFtpEntries{kTestNow + 1})), 1);
    }

private:
    std::unique_ptr<CatalogFixture> m_fixture;
};

GATEHOUSE_TEST(WriterTest)
#include "writer_test.moc"
