// The rows of the outbox: written with their items, found in their order, gone with their items.
#include "catalog/catalog_fixture.h"
#include "catalog/operations/item_removal.h"
#include "db/connection.h"
#include "offsite/outbox.h"
#include "offsite/survey.h"
#include "offsite/wanted.h"
#include "support/catalog_invariants.h"
#include "support/durations.h"
#include "support/registry.h"

using namespace gatehouse;
using namespace gatehouse::catalog;
using namespace gatehouse::offsite;
using namespace gatehouse::tests;

class OutboxTest : public QObject
{
    Q_OBJECT

    // First, because its type follows from its body.
    template<typename Operation>
    auto run(Operation operation)
    {
        return awaited(m_fixture->writer->submit(std::move(operation)));
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<CatalogFixture>();
        m_policy = std::make_shared<Policy>();
        m_camera = m_fixture->addCamera(QStringLiteral("Door"));
        m_fixture->writer->addParticipant(outboxParticipant(m_policy));
        choose(Choice::Everything);
    }
    void cleanup()
    {
        QCOMPARE(brokenInvariants(m_fixture->path()), QStringList());
        m_fixture.reset();
    }

    void nothingIsWrittenBeforeItIsSetUp()
    {
        m_policy->set({});
        add(Kind::Still, 0);
        QCOMPARE(rows(), 0);
    }

    void rowsComeWithTheirItem()
    {
        const ItemId still = add(Kind::Still, 0);
        const ItemId clip = add(Kind::Clip, 1'000);
        const Work work = find();
        QCOMPARE(ids(work.urgent), QVector<PartId>({{still, Part::Original}}));
        QCOMPARE(work.urgent.first().camera, QStringLiteral("Door"));
        QCOMPARE(ids(work.bulk), QVector<PartId>({{clip, Part::LowRes}, {clip, Part::Original}}));
        QVERIFY(work.backlog.isEmpty());
        QVERIFY(run(LookAgain{m_policy, {still, clip}, kTestNow}));
        QCOMPARE(rows(), 3); // never two for one
    }

    void firstPicturesGoFirstAndNewestEventsBefore()
    {
        const ItemId first = add(Kind::Still, 0);
        const ItemId second = add(Kind::Still, 2'000);
        const ItemId later = add(Kind::Still, kHourMs); // another event
        QCOMPARE(
            ids(find().urgent),
            QVector<PartId>({{later, Part::Original}, {first, Part::Original}, {second, Part::Original}}));
    }

    void clipWithoutAStillSendsItsPosterOnceExamined()
    {
        const ItemId clip = add(Kind::Clip, 0);
        QVERIFY(find().urgent.isEmpty());
        QVERIFY(find().nextDue > kTestNow);
        Examined found;
        found.item = clip;
        found.width = 100;
        found.height = 100;
        found.derivatives = {{clip, DerivativeKind::Poster, 10, QStringLiteral("posters/1.jpg")}};
        QVERIFY(run(SetExamined{found}));
        QVERIFY(run(LookAgain{m_policy, {clip}, kTestNow}));
        const Work work = find();
        QCOMPARE(ids(work.urgent), QVector<PartId>({{clip, Part::Poster}}));
        QCOMPARE(work.urgent.first().poster, QStringLiteral("posters/1.jpg"));
        const ItemId still = add(Kind::Still, 1'000); // shows the same better
        QCOMPARE(ids(find().urgent), QVector<PartId>({{still, Part::Original}}));
    }

    void oldOnesAreTheBacklog()
    {
        const ItemId old = add(Kind::Still, -kDayMs);
        const ItemId now = add(Kind::Still, 0);
        const Work work = find();
        QCOMPARE(ids(work.urgent), QVector<PartId>({{now, Part::Original}}));
        QCOMPARE(ids(work.backlog), QVector<PartId>({{old, Part::Original}}));
        FindWork without = search();
        without.held = {{now, Part::Original}};
        QVERIFY(run(without)->urgent.isEmpty());
    }

    void temporaryNamesWaitUntilTheyAreRenamed()
    {
        NewItem item = m_fixture->item(m_camera.account, Kind::Still, kTestNow);
        item.id = firstItemAt(kTestNow);
        item.sourcePath = QStringLiteral("/a.jpg_");
        item.received = kTestNow;
        m_fixture->add(item);
        QVERIFY(find().urgent.isEmpty());
        QCOMPARE(find().nextDue, kTestNow + kRenameWait);
        NewItem renamed = item;
        renamed.sourcePath = QStringLiteral("/a.jpg");
        QVERIFY(run(ReviseItem{item.id, renamed}));
        QVERIFY(run(LookAgain{m_policy, {item.id}, kTestNow}));
        QCOMPARE(find().urgent.size(), 1);
    }

    void statesFollowOneAnother()
    {
        const PartId part{add(Kind::Still, 0), Part::Original};
        QVERIFY(*run(BeginUpload{part, QStringLiteral("key"), 5}));
        QVERIFY(!*run(BeginUpload{part, QStringLiteral("another"), 5})); // it never changes
        QVERIFY(*run(KeepUploadId{part, "id", 8}));
        QCOMPARE(*run(ReadUploadIds{}), QSet<QByteArray>{"id"});
        QVERIFY(*run(MarkVerifying{part}));
        QCOMPARE(find().urgent.first().row.state, State::Verifying); // after a restart
        QCOMPARE(find().urgent.first().row.key, QStringLiteral("key"));
        QCOMPARE(find().urgent.first().row.partSize, 8);
        QVERIFY(*run(MarkDurable{part, 5, "etag", QByteArray(32, 'x'), kTestNow}));
        QVERIFY(find().urgent.isEmpty());
        QVERIFY(run(ReadUploadIds{})->isEmpty());
        QVERIFY(!*run(Postpone{part, 0, QStringLiteral("late")})); // durable stays durable
        const OutboxCounts counts = *run(CountOutbox{});
        QCOMPARE(counts.durable.files, 1);
        QCOMPARE(counts.durable.bytes, 5);
        QVERIFY(!counts.oldest[size_t(Rank::FirstPicture)].isValid());
    }

    void failuresWaitOrEnd()
    {
        const PartId part{add(Kind::Still, 0), Part::Original};
        QVERIFY(*run(Postpone{part, kTestNow + 500, QStringLiteral("busy"), s3::Remedy::TryAgain, true}));
        QVERIFY(find().urgent.isEmpty());
        QCOMPARE(find().nextDue, kTestNow + 500);
        QVERIFY(run(ShortenWaits{kTestNow, kTestNow + kHourMs}));
        QCOMPARE(find().urgent.first().row.badDigests, 1);
        QVERIFY(*run(GiveUp{part, QStringLiteral("no")}));
        QVERIFY(find().urgent.isEmpty());
        QCOMPARE(run(CountOutbox{})->failed.files, 1);
        QVERIFY(run(RetryFailed{}));
        QCOMPARE(find().urgent.size(), 1);
    }

    void goesWithItsItem()
    {
        const ItemId item = add(Kind::Still, 0);
        QVERIFY(run(RemoveItems{{item}, QStringLiteral("test")}));
        QCOMPARE(rows(), 0);
        QVERIFY(!*run(BeginUpload{{item, Part::Original}, QStringLiteral("key"), 5}));
    }

    void olderItemsAreLookedThrough()
    {
        m_policy->set({});
        QVector<ItemId> items;
        for (int i = 0; i < 7; ++i)
            items.append(add(Kind::Still, -i * kDayMs));
        QCOMPARE(rows(), 0);
        choose(Choice::Stills);
        lookThrough(2);
        QCOMPARE(rows(), 7);
        QVERIFY(find().backlog.first().row.looksFirst); // an earlier catalog may have sent them
        QVERIFY(!run(CountOutbox{})->isLookingThrough);
        choose(Choice::Nothing);
        lookThrough(2);
        QCOMPARE(rows(), 0);
    }

    void anotherBucketGetsEverythingAgain()
    {
        const PartId part{add(Kind::Still, 0), Part::Original};
        QVERIFY(*run(BeginUpload{part, QStringLiteral("key"), 5}));
        QVERIFY(*run(MarkDurable{part, 5, "etag", QByteArray(32, 'x'), kTestNow}));
        m_bucket = QStringLiteral("another");
        choose(Choice::Everything);
        lookThrough(100);
        QCOMPARE(find().urgent.size(), 1);
        QCOMPARE(find().urgent.first().row.key, QString());
        QVERIFY(find().urgent.first().row.looksFirst);
    }

    void lowResThatCannotBeMadeSendsTheOriginal()
    {
        choose(Choice::LowRes);
        add(Kind::Still, 0);
        const ItemId clip = add(Kind::Clip, 1'000);
        QCOMPARE(ids(find().bulk), QVector<PartId>({{clip, Part::LowRes}}));
        QVERIFY(run(ReplaceLowRes{clip, kTestNow}));
        QCOMPARE(ids(find().bulk), QVector<PartId>({{clip, Part::Original}}));
    }

    void findingIsARangeOfAnIndex()
    {
        auto db = std::move(*db::Connection::open({m_fixture->path(), true}));
        for (const char *sql :
             {"SELECT item FROM outbox INDEXED BY outbox_next WHERE state < 3 AND rank = 1 AND item >= 2 AND "
              "item < 3 AND next_try <= 4 ORDER BY item DESC",
              "SELECT min(next_try) FROM outbox INDEXED BY outbox_due WHERE state < 3 AND next_try > 0 AND "
              "next_try > 5",
              "SELECT min(item) FROM outbox INDEXED BY outbox_next WHERE state < 3 AND rank = 1"}) {
            db::Statement row = db->query("EXPLAIN QUERY PLAN " + std::string(sql));
            while (row.step())
                QVERIFY2(row.text(3).startsWith(QLatin1String("SEARCH")), qPrintable(row.text(3)));
        }
    }

private:
    // The item arrived so many ms from now.
    ItemId add(Kind kind, qint64 at)
    {
        NewItem item = m_fixture->item(m_camera.account, kind, kTestNow + at);
        item.id = ItemId{firstItemAt(kTestNow + at).value + ++m_added};
        item.received = kTestNow + at;
        return m_fixture->add(item).item;
    }

    void choose(Choice choice)
    {
        Options options;
        options.isSet = true;
        options.choice = choice;
        m_policy->set(options);
        QVERIFY(run(SetTarget{m_bucket, m_policy->choices(), kTestNow}));
    }

    void lookThrough(int limit)
    {
        for (int i = 0; i < 100; ++i) {
            const auto more = run(LookThrough{m_policy, kTestNow, limit});
            QVERIFY(more);
            if (!*more)
                return;
        }
        QFAIL("it never ends");
    }

    static FindWork search() { return {kTestNow, firstItemAt(kTestNow - kHourMs), {}, 100}; }
    Work find() { return run(search()).value_or(Work()); }

    static QVector<PartId> ids(const QVector<Task> &tasks)
    {
        QVector<PartId> out;
        for (const Task &task : tasks)
            out.append(task.row.id);
        return out;
    }

    qint64 rows()
    {
        auto db = std::move(*db::Connection::open({m_fixture->path(), true}));
        db::Statement row = db->query("SELECT count(*) FROM outbox");
        return row.step() ? row.integer(0) : -1;
    }

    std::unique_ptr<CatalogFixture> m_fixture;
    std::shared_ptr<Policy> m_policy;
    Camera m_camera;
    QString m_bucket = QStringLiteral("bucket");
    int m_added = 0;
};

GATEHOUSE_TEST(OutboxTest)
#include "outbox_test.moc"
