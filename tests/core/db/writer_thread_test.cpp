// The writer thread on a real database: the order, one commit per burst, savepoints, results after the
// commit, and what a full, busy or vanishing disk leaves.
#include "db/writer_thread.h"
#include "fakes/forgetting_vfs.h"
#include "support/registry.h"

#include <QFile>
#include <QLoggingCategory>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>
#include <atomic>
#include <future>

using namespace gatehouse;
using namespace gatehouse::db;
using namespace gatehouse::tests;

namespace
{

std::unique_ptr<Connection> opened(const OpenOptions &options)
{
    auto connection = Connection::open(options);
    if (!connection)
        qFatal("%s", qPrintable(connection.error().where));
    return std::move(*connection);
}

QVector<qint64> rowsOf(Connection &db)
{
    QVector<qint64> out;
    Statement row = db.query("SELECT a FROM t ORDER BY rowid");
    while (row.step())
        out.append(row.integer(0));
    return out;
}

QVector<qint64> upTo(qint64 count)
{
    QVector<qint64> out;
    for (qint64 i = 0; i < count; ++i)
        out.append(i);
    return out;
}

// Commits in the log since it was begun: a frame that ends one says how large the database is then.
int commitsIn(const QString &database)
{
    constexpr qint64 kLogHeader = 32;
    constexpr qint64 kFrame = 24 + 4096;
    QFile log(database + QStringLiteral("-wal"));
    if (!log.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray bytes = log.readAll();
    int commits = 0;
    for (qint64 at = kLogHeader; at + kFrame <= bytes.size(); at += kFrame)
        commits += qFromBigEndian<quint32>(bytes.constData() + at + 4) != 0;
    return commits;
}

auto insert(qint64 value)
{
    return [value](Connection &db) -> Result<void> {
        db.run("INSERT INTO t VALUES(?)", value);
        return {};
    };
}

// Keeps the thread in a burst of its own, so that what is submitted meanwhile makes the next one.
class Hold
{
public:
    explicit Hold(WriterThread &thread)
    {
        m_future = thread.submit([this, free = m_free.get_future().share()](Connection &) -> Result<void> {
            m_entered.set_value();
            free.wait();
            return {};
        });
        m_entered.get_future().wait();
    }
    ~Hold() { release(); }
    void release()
    {
        if (!std::exchange(m_isReleased, true))
            m_free.set_value();
        m_future.waitForFinished();
    }

private:
    std::promise<void> m_entered;
    std::promise<void> m_free;
    QFuture<Result<void>> m_future;
    bool m_isReleased = false;
};

struct Counts final : CommitObserver {
    std::atomic<int> kept = 0;
    std::atomic<int> dropped = 0;
    std::atomic<int> commits = 0;
    std::atomic<int> rollbacks = 0;
    std::atomic<int> damages = 0;
    std::function<void()> whenCommitted;

    void jobFinished(bool isKept) override { ++(isKept ? kept : dropped); }
    void committed() override
    {
        ++commits;
        if (whenCommitted)
            whenCommitted();
    }
    void rolledBack() override { ++rollbacks; }
    void damageFound(const Error &) override { ++damages; }
};

class ThreadFixture
{
public:
    ThreadFixture()
    {
        auto connection = opened({path(), false, 50});
        connection->script("CREATE TABLE t(a)");
        reader = opened({path(), true});
        thread = std::make_unique<WriterThread>(std::move(connection), "test", &counts);
    }

    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("t.sqlite")); }

private:
    QTemporaryDir m_folder;

public:
    Counts counts;
    std::unique_ptr<Connection> reader;
    std::unique_ptr<WriterThread> thread;
};

ErrorKind kindOf(const QFuture<Result<void>> &future)
{
    const Result<void> result = future.result();
    return result ? ErrorKind::Internal : result.error().kind;
}

} // namespace

class WriterThreadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<ThreadFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void runsJobsInOrderAndReturnsResults()
    {
        QVector<QFuture<Result<qint64>>> futures;
        for (qint64 i = 0; i < 1'000; ++i) // more than one burst holds
            futures.append(m_fixture->thread->submit([i](Connection &db) -> Result<qint64> {
                db.run("INSERT INTO t VALUES(?)", i);
                return db.lastInsertId();
            }));
        for (qint64 i = 0; i < futures.size(); ++i)
            QCOMPARE(*futures[i].result(), i + 1);
        QCOMPARE(rowsOf(*m_fixture->reader), upTo(1'000));
        QCOMPARE(m_fixture->counts.kept, 1'000);
    }

    void commitsABurstAtOnce()
    {
        // A reader keeps the log from being begun again.
        m_fixture->reader->run("BEGIN");
        QCOMPARE(rowsOf(*m_fixture->reader).size(), 0);
        const int before = commitsIn(m_fixture->path());
        QVector<QFuture<Result<void>>> futures;
        {
            Hold hold(*m_fixture->thread);
            for (qint64 i = 0; i < 100; ++i)
                futures.append(
                    m_fixture->thread->submit(insert(i), i % 2 ? Urgency::Immediate : Urgency::Deferred));
        }
        for (const auto &future : futures)
            QVERIFY(future.result());
        QCOMPARE(commitsIn(m_fixture->path()), before + 1);
        m_fixture->reader->run("COMMIT");
        QCOMPARE(rowsOf(*m_fixture->reader), upTo(100));
    }

    void runsDeferredJobsWithoutOthers()
    {
        QVERIFY(m_fixture->thread->submit(insert(0), Urgency::Deferred).result());
        QCOMPARE(rowsOf(*m_fixture->reader), upTo(1));
    }

    void failedJobDoesNotAffectOthers()
    {
        QFuture<Result<void>> refused;
        QFuture<Result<void>> broken;
        QVector<QFuture<Result<void>>> good;
        {
            Hold hold(*m_fixture->thread);
            good.append(m_fixture->thread->submit(insert(0)));
            refused = m_fixture->thread->submit([](Connection &db) -> Result<void> {
                db.run("INSERT INTO t VALUES(77)");
                return fail(ErrorKind::Denied, QStringLiteral("no"));
            });
            good.append(m_fixture->thread->submit(insert(1)));
            broken = m_fixture->thread->submit([](Connection &db) -> Result<void> {
                db.run("INSERT INTO t VALUES(78)");
                db.run("INSERT INTO nowhere VALUES(1)");
                return {};
            });
            good.append(m_fixture->thread->submit(insert(2)));
        }
        QCOMPARE(kindOf(refused), ErrorKind::Denied);
        QVERIFY(!broken.result());
        for (const auto &future : good)
            QVERIFY(future.result());
        QCOMPARE(rowsOf(*m_fixture->reader), upTo(3));
        QCOMPARE(m_fixture->counts.dropped, 2);
        QCOMPARE(m_fixture->counts.rollbacks, 0);
    }

    void deliversResultsAfterTheCommit()
    {
        QVector<QFuture<Result<void>>> futures;
        std::atomic<bool> early = false;
        std::atomic<qint64> seen = -1;
        {
            Hold hold(*m_fixture->thread);
            futures.append(m_fixture->thread->submit(insert(0)));
            futures.append(m_fixture->thread->submit(
                [&, first = futures[0], other = m_fixture->reader.get()](Connection &db) -> Result<void> {
                    early = first.isFinished() || !rowsOf(*other).isEmpty();
                    return insert(1)(db);
                }));
            m_fixture->counts.whenCommitted = [&, all = futures, isHold = true]() mutable {
                if (std::exchange(isHold, false))
                    return;
                for (const auto &future : all)
                    early = early || future.isFinished();
                seen = rowsOf(*m_fixture->reader).size();
            };
        }
        for (const auto &future : futures)
            QVERIFY(future.result());
        QVERIFY(!early);
        QCOMPARE(seen, 2);
    }

    void fullDatabaseKeepsCommittedRows()
    {
        // Room for some pages more.
        QVERIFY(m_fixture->thread
                    ->submit([](Connection &db) -> Result<void> {
                        db.script("PRAGMA max_page_count = 8");
                        return {};
                    })
                    .result());
        QVector<QFuture<Result<void>>> futures;
        {
            Hold hold(*m_fixture->thread);
            for (qint64 i = 0; i < 3; ++i)
                futures.append(m_fixture->thread->submit(insert(i)));
            futures.append(m_fixture->thread->submit([](Connection &db) -> Result<void> {
                db.run("INSERT INTO t VALUES(?)", QByteArray(100'000, 'x'));
                return {};
            }));
            futures.append(m_fixture->thread->submit(insert(3)));
        }
        qint64 promised = 0;
        for (const auto &future : futures) {
            const Result<void> result = future.result();
            promised += result.has_value();
            QVERIFY(result || result.error().kind == ErrorKind::Full);
        }
        QVERIFY(!futures[3].result());
        QCOMPARE(rowsOf(*m_fixture->reader).size(), promised);
        QVERIFY(m_fixture->thread->submit(insert(9)).result());
        QCOMPARE(rowsOf(*m_fixture->reader).size(), promised + 1);
    }

    void recoversFromABusyDatabase()
    {
        const auto other = opened({m_fixture->path(), false, 50});
        other->run("BEGIN IMMEDIATE");
        QVector<QFuture<Result<void>>> futures;
        for (qint64 i = 0; i < 3; ++i)
            futures.append(m_fixture->thread->submit(insert(i)));
        for (const auto &future : futures)
            QCOMPARE(kindOf(future), ErrorKind::Unavailable);
        QVERIFY(m_fixture->counts.rollbacks > 0);
        other->run("COMMIT");
        QVERIFY(m_fixture->thread->submit(insert(0)).result());
        QCOMPARE(rowsOf(*m_fixture->reader), upTo(1));
    }

    // As kill -9 or a power cut at any moment leaves it.
    void committedRowsSurviveAPowerCut()
    {
        QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.db.warning=false"));
        qint64 steps = 1;
        for (qint64 cut = 0; cut < steps; ++cut) {
            auto power = std::make_shared<Power>();
            const ForgettingVfs vfs(power);
            qint64 promised = 0;
            {
                auto connection = opened({QStringLiteral("/t.sqlite"), false, 50, 8192, vfs.name()});
                connection->script("CREATE TABLE t(a)");
                const qint64 before = power->steps();
                if (cut > 0)
                    power->cutAfter(cut);
                WriterThread thread(std::move(connection), "test");
                while (promised < 4 && thread.submit(insert(promised)).result())
                    ++promised;
                if (cut == 0) // the first round only counts
                    steps = power->steps() - before;
            }
            const QTemporaryDir folder;
            QVERIFY(vfs.saveTo(folder.path(), ForgettingVfs::Survives::OnlySynced));
            const auto db = opened({folder.filePath(QStringLiteral("t.sqlite"))});
            const QVector<qint64> found = rowsOf(*db);
            QVERIFY2(found.size() >= promised && found == upTo(found.size()) && found.size() <= promised + 1,
                     qPrintable(QStringLiteral("cut after step %1, %2 promised, %3 found")
                                    .arg(QString::number(cut), QString::number(promised),
                                         QString::number(found.size()))));
        }
        QVERIFY(steps > 8);
        QLoggingCategory::setFilterRules({});
    }

    // Also after the first report: a person may have had the database checked or replaced meanwhile.
    void reportsDamageForEveryBurst()
    {
        for (int i = 0; i < 3; ++i) {
            const auto damaged = m_fixture->thread->submit([](Connection &) -> Result<void> {
                return fail(ErrorKind::Corrupt, QStringLiteral("broken"));
            });
            QCOMPARE(kindOf(damaged), ErrorKind::Corrupt);
        }
        QCOMPARE(m_fixture->counts.damages, 3);
    }

    void shutdownFinishesTheQueue()
    {
        QVector<QFuture<Result<void>>> futures;
        auto hold = std::make_unique<Hold>(*m_fixture->thread);
        for (qint64 i = 0; i < 50; ++i)
            futures.append(
                m_fixture->thread->submit(insert(i), i % 5 ? Urgency::Immediate : Urgency::Deferred));
        std::thread stopping([&] { m_fixture->thread.reset(); });
        hold.reset();
        stopping.join();
        for (const auto &future : futures) {
            QVERIFY(future.isFinished());
            QVERIFY(future.result());
        }
        QCOMPARE(rowsOf(*m_fixture->reader), upTo(50));
        QCOMPARE(QFile(m_fixture->path() + QStringLiteral("-wal")).size(), 0); // all is in the database
    }

private:
    std::unique_ptr<ThreadFixture> m_fixture;
};

GATEHOUSE_TEST(WriterThreadTest)
#include "writer_thread_test.moc"
