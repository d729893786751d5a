// Another module's row in an item's transaction: both are there, or neither.
#include "catalog/operations/add_item.h"
#include "catalog/operations/cameras.h"
#include "catalog_fixture.h"
#include "db/connection.h"
#include "fakes/forgetting_vfs.h"
#include "support/catalog_invariants.h"
#include "support/registry.h"

#include <QLoggingCategory>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::catalog;

namespace
{

void makeMail(const db::OpenOptions &options)
{
    auto db = std::move(*db::Connection::open(options));
    db->script("CREATE TABLE mail(item INTEGER PRIMARY KEY, bytes INTEGER NOT NULL)");
    if (const auto error = db->takeError())
        qFatal("%s", qPrintable(error->where));
}

Result<void> writeMail(db::Connection &db, const Item &item)
{
    db.run("INSERT INTO mail VALUES(?,?)", item.id, item.bytes);
    return {};
}

QVector<ItemId> idsIn(const QString &path, const char *sql)
{
    auto db = std::move(*db::Connection::open({path, true}));
    QVector<ItemId> out;
    db::Statement row = db->query(sql);
    while (row.step())
        out.append(row.id<ItemId>(0));
    return out;
}

QVector<ItemId> itemsIn(const QString &path)
{
    return idsIn(path, "SELECT id FROM item ORDER BY id");
}

QVector<ItemId> mailIn(const QString &path)
{
    return idsIn(path, "SELECT item FROM mail ORDER BY item");
}

} // namespace

class ItemParticipantTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<CatalogFixture>();
        m_account = m_fixture->addCamera(QStringLiteral("Door")).account;
        makeMail({m_fixture->path()});
    }
    void cleanup() { m_fixture.reset(); }

    void commitsItsRowWithTheItem()
    {
        m_fixture->add(item(0)); // before there was one
        Item seen;
        m_fixture->writer->addParticipant([&](db::Connection &db, const Item &added) {
            seen = added;
            return writeMail(db, added);
        });
        const NewItem second = item(1);
        m_fixture->add(second);
        QCOMPARE(mailIn(m_fixture->path()), QVector<ItemId>{second.id});
        QCOMPARE(seen.captured, kTestNow + 1'000);
        QCOMPARE(seen.event, (*m_fixture->reader->item(second.id))->event);
        QVERIFY(seen.event.isValid());
        NewItem again = second; // the same bytes under the same name are no new item
        again.id = m_fixture->writer->ids().next();
        QVERIFY(m_fixture->add(again).duplicate);
        QCOMPARE(mailIn(m_fixture->path()).size(), 1);
    }

    void itsErrorRejectsOnlyThatItem_data()
    {
        QTest::addColumn<bool>("isReturned"); // else it is left in the connection
        QTest::newRow("returned") << true;
        QTest::newRow("left in the connection") << false;
    }

    void itsErrorRejectsOnlyThatItem()
    {
        QFETCH(const bool, isReturned);
        const NewItem refused = item(1);
        m_fixture->writer->addParticipant(writeMail);
        m_fixture->writer->addParticipant([&](db::Connection &db, const Item &added) -> Result<void> {
            if (added.id != refused.id)
                return {};
            if (isReturned)
                return fail(ErrorKind::Denied, QStringLiteral("no"));
            db.run("INSERT INTO nowhere VALUES(1)");
            return {};
        });
        QVector<QFuture<Result<Added>>> futures;
        QVector<ItemId> kept;
        for (const NewItem &one : {item(0), refused, item(2)}) {
            futures.append(m_fixture->writer->submit(AddItem{one}));
            if (one.id != refused.id)
                kept.append(one.id);
        }
        QVERIFY(awaited(futures[0]));
        QVERIFY(!awaited(futures[1]));
        QVERIFY(awaited(futures[2]));
        std::sort(kept.begin(), kept.end());
        QCOMPARE(itemsIn(m_fixture->path()), kept);
        QCOMPARE(mailIn(m_fixture->path()), kept);
        QCOMPARE(brokenInvariants(m_fixture->path()), QStringList());
    }

    void powerCutKeepsBothRowsOrNeither()
    {
        QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.db.warning=false"));
        qint64 steps = 1;
        for (qint64 cut = 0; cut < steps; ++cut) {
            auto power = std::make_shared<Power>();
            const ForgettingVfs vfs(power);
            WriterOptions options;
            options.databasePath = QStringLiteral("/t.sqlite");
            options.vfs = vfs.name();
            makeMail({options.databasePath, false, 50, 8192, vfs.name()});
            qsizetype promised = 0;
            {
                auto writer = std::move(*Writer::open(options, m_fixture->clock));
                writer->addParticipant(writeMail);
                const Camera camera = *awaited(writer->submit(AddCamera{QStringLiteral("a"), Account()}));
                const qint64 before = power->steps();
                if (cut > 0)
                    power->cutAfter(cut);
                for (; promised < 2; ++promised) {
                    NewItem one = item(int(promised));
                    one.account = camera.account;
                    if (!awaited(writer->submit(AddItem{one})))
                        break;
                }
                if (cut == 0) // the first round only counts
                    steps = power->steps() - before;
            }
            const QTemporaryDir folder;
            QVERIFY(vfs.saveTo(folder.path(), ForgettingVfs::Survives::OnlySynced));
            const QString path = folder.filePath(QStringLiteral("t.sqlite"));
            QVERIFY(db::Connection::open({path})); // reads the log
            QCOMPARE(mailIn(path), itemsIn(path));
            QVERIFY(itemsIn(path).size() >= promised);
        }
        QVERIFY(steps > 4);
        QLoggingCategory::setFilterRules({});
    }

private:
    NewItem item(int number) { return m_fixture->item(m_account, Kind::Still, kTestNow + number * 1'000); }

    std::unique_ptr<CatalogFixture> m_fixture;
    AccountId m_account;
};

GATEHOUSE_TEST(ItemParticipantTest)
#include "item_participant_test.moc"
