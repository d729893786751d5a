#include "db/migrations.h"
#include "db/transaction.h"
#include "support/registry.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>
#include <unistd.h>

using namespace gatehouse;
using namespace gatehouse::db;

namespace
{

class Place
{
public:
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("t.sqlite")); }
    [[nodiscard]] std::unique_ptr<Connection> open(bool readOnly = false, int busyTimeout = 50) const
    {
        auto opened = Connection::open({path(), readOnly, busyTimeout});
        if (!opened)
            qFatal("%s", qPrintable(opened.error().where));
        return std::move(*opened);
    }
    void step(const char *name, const QByteArray &sql) const
    {
        QDir(m_folder.path()).mkdir(QStringLiteral("schema"));
        QFile file(schema() + QLatin1Char('/') + QString::fromLatin1(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        file.write(sql);
    }
    [[nodiscard]] QString schema() const { return m_folder.filePath(QStringLiteral("schema")); }

private:
    QTemporaryDir m_folder;
};

qint64 one(Connection &db, const char *sql)
{
    Statement row = db.query(sql);
    return row.step() ? row.integer(0) : -1;
}

} // namespace

class DbTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesRoundTrip()
    {
        const Place place;
        const auto db = place.open();
        db->script("CREATE TABLE t(a, b, c, d, e)");
        const QString text = QStringLiteral("T\u00fcr \U0001f600");
        db->run("INSERT INTO t VALUES(?,?,?,?,?)", 1LL << 52, text, QByteArray("\0x\xff", 3), CameraId(),
                std::optional<qint64>());
        Statement row = db->query("SELECT * FROM t");
        QVERIFY(row.step());
        QCOMPARE(row.integer(0), 1LL << 52);
        QCOMPARE(row.text(1), text);
        QCOMPARE(row.blob(2), QByteArray("\0x\xff", 3));
        QVERIFY(row.isNull(3));
        QVERIFY(!row.maybe(4));
        QVERIFY(!row.step());
        QVERIFY(db->takeResult());
    }

    void opensInSafeMode()
    {
        const Place place;
        const auto db = place.open();
        QCOMPARE(one(*db, "PRAGMA synchronous"), 2);
        QCOMPARE(one(*db, "PRAGMA foreign_keys"), 1);
        Statement row = db->query("PRAGMA journal_mode");
        QVERIFY(row.step());
        QCOMPARE(row.text(0), QStringLiteral("wal"));
    }

    void allowsNestedUseOfAStatement()
    {
        const Place place;
        const auto db = place.open();
        db->script("CREATE TABLE t(a); INSERT INTO t VALUES(1),(2)");
        Statement outer = db->query("SELECT a FROM t ORDER BY a");
        int pairs = 0;
        while (outer.step()) {
            Statement inner = db->query("SELECT a FROM t ORDER BY a");
            while (inner.step())
                ++pairs;
        }
        QCOMPARE(pairs, 4);
    }

    void runsNothingAfterAnError()
    {
        const Place place;
        const auto db = place.open();
        db->script("CREATE TABLE t(a UNIQUE); INSERT INTO t VALUES(1)");
        {
            Transaction transaction(*db, Transaction::Write);
            db->run("INSERT INTO t VALUES(2)");
            db->run("INSERT INTO t VALUES(1)");
            db->run("INSERT INTO t VALUES(3)");
            const auto done = transaction.commit();
            QVERIFY(!done);
            QCOMPARE(done.error().kind, ErrorKind::Internal);
        }
        QCOMPARE(one(*db, "SELECT count(*) FROM t"), 1);
    }

    void savepointRollsBackOnlyItsChanges()
    {
        const Place place;
        const auto db = place.open();
        db->script("CREATE TABLE t(a UNIQUE)");
        Transaction transaction(*db, Transaction::Write);
        {
            Savepoint first(*db);
            db->run("INSERT INTO t VALUES(1)");
            QVERIFY(first.release());
        }
        {
            Savepoint second(*db);
            db->run("INSERT INTO t VALUES(2)");
            db->run("INSERT INTO t VALUES(1)");
            QVERIFY(!second.release());
        }
        {
            const Savepoint dropped(*db);
            db->run("INSERT INTO t VALUES(3)");
        }
        QVERIFY(transaction.commit());
        QCOMPARE(one(*db, "SELECT sum(a) FROM t"), 1);
    }

    void mapsErrorKinds()
    {
        const Place place;
        const auto db = place.open();
        db->script("CREATE TABLE t(a)");
        const auto reader = place.open(true);
        reader->run("INSERT INTO t VALUES(1)");
        QCOMPARE(reader->takeError()->kind, ErrorKind::Denied);

        const auto other = place.open();
        Transaction held(*db, Transaction::Write);
        {
            Transaction waiting(*other, Transaction::Write);
            QCOMPARE(waiting.commit().error().kind, ErrorKind::Unavailable);
        }
        QVERIFY(held.commit());

        db->script("PRAGMA max_page_count = 4");
        db->run("INSERT INTO t VALUES(?)", QByteArray(100'000, 'x'));
        QCOMPARE(db->takeError()->kind, ErrorKind::Full);
        QCOMPARE(Connection::open({QStringLiteral("/nonexistent/x")}).error().kind, ErrorKind::Unavailable);
        QCOMPARE(Connection::open({QStringLiteral("/nonexistent/x"), true}).error().kind,
                 ErrorKind::NotFound);

        const Place broken;
        QFile file(broken.path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'z'));
        file.close();
        QCOMPARE(Connection::open({broken.path()}).error().kind, ErrorKind::Corrupt);
    }

    void namesThePathInItsWay()
    {
        const Place place;
        const auto reported = [&](const char *suffix) {
            const auto opened = Connection::open({place.path()});
            if (opened || opened.error().kind != ErrorKind::Denied)
                return QString();
            const QString name = place.path() + QLatin1String(suffix);
            return opened.error().text.startsWith(name + QLatin1Char(' ')) ? opened.error().text : QString();
        };
        for (const char *suffix : {"", "-wal", "-shm"}) {
            const QString name = place.path() + QLatin1String(suffix);
            QVERIFY(QDir().mkpath(name));
            QVERIFY(reported(suffix).contains(QLatin1String("Move it away")));
            QVERIFY(QDir().rmdir(name));
            QFile file(name);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.close();
            file.setPermissions(QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther);
            // The administrator may write everything.
            const bool isRoot = ::geteuid() == 0;
            const QByteArray folder = QFile::encodeName(QFileInfo(name).absolutePath());
            if (isRoot)
                QVERIFY(::chmod(folder.constData(), 0777) == 0 && ::seteuid(65534) == 0);
            const QString text = reported(suffix);
            if (isRoot)
                QCOMPARE(::seteuid(0), 0);
            QVERIFY2(text.contains(QLatin1String("chmod u+w")), qPrintable(text));
            QVERIFY(file.remove());
        }
        QVERIFY(Connection::open({place.path()}));
    }

    void migrationsRunOnceAndInOrder()
    {
        const Place place;
        place.step("0001_first.sql", "CREATE TABLE t(a); INSERT INTO t VALUES(1);");
        auto db = place.open();
        QVERIFY(migrate(*db, place.schema()));
        QVERIFY(migrate(*db, place.schema()));
        QCOMPARE(one(*db, "SELECT count(*) FROM t"), 1);
        place.step("0002_second.sql", "ALTER TABLE t ADD COLUMN b DEFAULT 7;");
        QVERIFY(migrate(*db, place.schema()));
        QCOMPARE(one(*db, "SELECT b FROM t"), 7);
        QCOMPARE(one(*db, "PRAGMA user_version"), 2);

        place.step("0003_wrong.sql", "CREATE TABLE u(a); CREATE TABLE t(a);");
        QVERIFY(!migrate(*db, place.schema()));
        QCOMPARE(one(*db, "PRAGMA user_version"), 2);
        QCOMPARE(one(*db, "SELECT count(*) FROM sqlite_schema WHERE name = 'u'"), 0);

        db->script("PRAGMA user_version = 9");
        const auto newer = migrate(*db, place.schema());
        QCOMPARE(newer.error().kind, ErrorKind::Invalid);
        QVERIFY(newer.error().text.contains(QStringLiteral("newer")));
    }

    void checkpointsTheLog()
    {
        const Place place;
        const auto db = place.open();
        db->script("CREATE TABLE t(a)");
        for (int i = 0; i < 50; ++i)
            db->run("INSERT INTO t VALUES(?)", QByteArray(4'000, 'x'));
        QVERIFY(db->logPages() > 40);
        QVERIFY(db->checkpoint());
        QCOMPARE(db->logPages(), 0);
        db->run("INSERT INTO t VALUES(1)");
        QVERIFY(db->logPages() < 5); // begun anew
        QVERIFY(db->checkpoint(true));
        QCOMPARE(QFile(place.path() + QStringLiteral("-wal")).size(), 0);
    }
};

GATEHOUSE_TEST(DbTest)
#include "db_test.moc"
