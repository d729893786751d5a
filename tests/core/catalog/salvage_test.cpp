// Catalogs with damaged pages: every row outside of them comes through, the new catalog holds its invariants,
// and a crash on the way costs nothing.
#include "catalog/operations/salvage.h"

#include "catalog/operations/add_item.h"
#include "catalog/operations/archives.h"
#include "catalog/operations/cameras.h"
#include "catalog/operations/item_removal.h"
#include "catalog/operations/review.h"
#include "catalog_fixture.h"
#include "db/connection.h"
#include "support/catalog_invariants.h"
#include "support/database_pages.h"
#include "support/registry.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::catalog;

namespace
{

// Three cameras (one of them merged), 900 items with events, deletions, protected and reviewed ones.
void fill(CatalogFixture &fixture)
{
    QVector<Camera> cameras;
    for (const char *name : {"Front door", "Garden", "Garage"}) {
        cameras.append(fixture.addCamera(QString::fromLatin1(name)));
        awaited(fixture.writer->submit(SetAccountSecret{cameras.last().account, "salt of " + QByteArray(name),
                                                        "hash of " + QByteArray(name), 1'000}));
    }
    awaited(fixture.writer->submit(SetCameraZone{cameras[1].id, "America/New_York"}));
    awaited(fixture.writer->submit(SetArchive{QStringLiteral("disk"), QStringLiteral("/archive")}));
    QVector<ItemId> items;
    for (int i = 0; i < 900; ++i) {
        fixture.clock.set(kTestNow + i * qint64(20'000));
        const Camera &camera = cameras[i % 3];
        NewItem item =
            fixture.item(camera.account, i % 5 ? Kind::Still : Kind::Clip, fixture.clock.now() - 9'000);
        item.relativePath = QStringLiteral("cam%1/2026-06-12/%2-a-rather-long-name-as-cameras-have-them.jpg")
                                .arg(i % 3)
                                .arg(i);
        items.append(fixture.add(item).item);
        if (i % 2 == 0)
            continue;
        Examined examined;
        examined.item = items.last();
        examined.duration = item.kind == Kind::Clip ? 15'000 : 0;
        examined.width = 640;
        examined.derivatives = {{items.last(), DerivativeKind::Poster, 20'000,
                                 QStringLiteral("posters/%1.jpg").arg(items.last().value)}};
        awaited(fixture.writer->submit(SetExamined{examined}));
    }
    for (int i = 0; i < items.size(); i += 50)
        awaited(fixture.writer->submit(SetProtected{items[i], true}));
    awaited(fixture.writer->submit(RemoveItems{items.mid(101, 40), QStringLiteral("Too old")}));
    awaited(fixture.writer->submit(MergeCameras{cameras[2].id, cameras[0].id}));
    const auto connection = *db::Connection::open({fixture.path()});
    connection->run("UPDATE event SET reviewed = 1 WHERE id % 3 = 0");
    fixture.writer.reset();
    fixture.reader.reset();
}

using Rows = QMap<qint64, QStringList>;

Rows rowsOf(const QString &path, const char *table)
{
    Rows out;
    const auto connection = *db::Connection::open({path, true});
    db::Statement row = connection->query(std::string("SELECT * FROM ") + table);
    while (row.step()) {
        QStringList values;
        for (int column = 0; column < 40; ++column)
            values.append(QString::fromLatin1(row.blob(column).toHex()));
        out.insert(row.integer(0), values);
    }
    return out;
}

// What a broken disk leaves: zeros, noise, or another page.
QByteArray damage(QRandomGenerator &random, const QByteArray &other)
{
    QByteArray noise(kDatabasePageSize, '\0');
    switch (random.bounded(3)) {
    case 0:
        return noise;
    case 1:
        for (char &byte : noise)
            byte = char(random.bounded(256));
        return noise;
    default:
        return other;
    }
}

} // namespace

class SalvageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void leavesAHealthyCatalogAlone();
    void salvagesAroundAnyDamagedPage();
    void foreignPageDeletesNothing();
    void salvagesAroundManyDamagedPages();
    void salvagesWithADamagedHeader();
    void salvagesATruncatedFile();
    void salvagesTheWriteAheadLog();
    void rebuildsAWrongIndex();
    void crashDuringSalvageLosesNothing();

private:
    // A fresh copy of the catalog.
    QString copy();
    [[nodiscard]] Result<Salvaged> salvageIt() const
    {
        return salvage({m_path, QStringLiteral("disk"), QStringLiteral("/archive")}, m_clock);
    }
    void comparePart(const char *table, qint64 maxLost);

    CatalogFixture m_fixture;
    SetClock m_clock{kTestNow + 86'400'000};
    QTemporaryDir m_folder;
    QString m_path;
};

void SalvageTest::initTestCase()
{
    fill(m_fixture);
    QCOMPARE(brokenInvariants(m_fixture.path()), QStringList());
    QVERIFY(pagesOf(m_fixture.path()).size() > 60);
}

QString SalvageTest::copy()
{
    const auto all = QDir(m_folder.path()).entryList(QDir::Files);
    for (const QString &name : all)
        QFile::remove(m_folder.filePath(name));
    m_path = m_folder.filePath(QStringLiteral("catalog.db"));
    if (!QFile::copy(m_fixture.path(), m_path))
        qFatal("cannot copy");
    return m_path;
}

// Every row that came through is as it was, and no more are missing than were on the damaged pages.
void SalvageTest::comparePart(const char *table, qint64 maxLost)
{
    const Rows before = rowsOf(m_fixture.path(), table);
    const Rows after = rowsOf(m_path, table);
    for (auto it = after.cbegin(); it != after.cend(); ++it)
        QVERIFY2(before.value(it.key()) == it.value(),
                 qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(table)).arg(it.key())));
    QVERIFY2(after.size() >= before.size() - maxLost,
             qPrintable(QStringLiteral("%1: %2 of %3 left, %4 might be lost")
                            .arg(QLatin1String(table))
                            .arg(after.size())
                            .arg(before.size())
                            .arg(maxLost)));
}

void SalvageTest::leavesAHealthyCatalogAlone()
{
    copy();
    const auto done = salvageIt();
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::Invalid);
    QCOMPARE(QDir(m_folder.path()).entryList({QStringLiteral("*salv*"), QStringLiteral("*damaged*")}).size(),
             0);
}

void SalvageTest::salvagesAroundAnyDamagedPage()
{
    const auto seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    const QVector<DatabasePage> pages = pagesOf(m_fixture.path());
    QFile whole(m_fixture.path());
    QVERIFY(whole.open(QIODevice::ReadOnly));
    for (const DatabasePage &page : pages) {
        // Leaves are many and alike.
        if (page.number > 1 && page.type == "leaf" && random.bounded(6) != 0 && page.cells > 3)
            continue;
        whole.seek(qint64(random.bounded(int(pages.size()))) * kDatabasePageSize);
        copy();
        overwritePage(m_path, page.number, damage(random, whole.read(kDatabasePageSize)));
        const auto label = QStringLiteral("page %1 of %2").arg(page.number).arg(QLatin1String(page.owner));
        if (verifyCatalog(m_path)) // the same bytes, or a page nobody misses
            continue;
        const auto done = salvageIt();
        QVERIFY2(done, qPrintable(label + (done ? QString() : done.error().text + done.error().where)));
        QVERIFY2(verifyCatalog(m_path), qPrintable(label));
        const QStringList broken = brokenInvariants(m_path);
        QVERIFY2(broken.isEmpty(), qPrintable(label + broken.join(QLatin1Char('\n'))));
        const bool isRows = page.type == "leaf";
        const auto lostOf = [&](const QByteArrayList &tables) {
            return isRows && tables.contains(page.owner) ? page.cells : 0;
        };
        if (page.owner != "deletion") // of a lost one its reason is left while its file is not gone
            comparePart("deletion", 0);
        if (page.owner != "account") // of a lost one its name is left, which its index has
            comparePart("account", 0);
        if (QTest::currentTestFailed() || page.owner == "camera" || page.owner == "account" ||
            page.owner == "event" || page.owner == "archive") {
            QVERIFY2(!QTest::currentTestFailed(), qPrintable(label));
            QCOMPARE(rowsOf(m_path, "item").size(), rowsOf(m_fixture.path(), "item").size());
            continue;
        }
        // What an item's event is called may change where a part of it is to be made again.
        if (lostOf({"item", "item_detail"}) == 0) {
            comparePart("item", 0);
            comparePart("camera", 0);
        }
        comparePart("item_detail", lostOf({"item", "item_detail"}));
        QVERIFY2(!QTest::currentTestFailed(), qPrintable(label));
        // What was protected is, or waits to be.
        const auto connection = *db::Connection::open({m_path, true});
        if (page.owner != "item") {
            db::Statement row = connection->query("SELECT (SELECT count(*) FROM item WHERE protected = 1) + "
                                                  "(SELECT count(*) FROM salvaged_item)");
            QVERIFY(row.step());
            QVERIFY2(row.integer(0) == 18, qPrintable(label));
        }
    }
}

// A page of another table whose rows can be read as deletions of what is here.
void SalvageTest::foreignPageDeletesNothing()
{
    const QVector<DatabasePage> pages = pagesOf(m_fixture.path());
    QMap<QByteArray, DatabasePage> leaves; // one of each
    for (const DatabasePage &page : pages) {
        if (page.number > 1 && page.type == "leaf" && page.cells > 0)
            leaves.insert(page.owner, page);
    }
    QVERIFY(leaves.contains("garbage") && leaves.contains("deletion") && leaves.size() > 10);
    QFile whole(m_fixture.path());
    QVERIFY(whole.open(QIODevice::ReadOnly));
    for (const char *const target : {"garbage", "deletion"}) {
        for (const DatabasePage &source : std::as_const(leaves)) {
            if (source.owner == target)
                continue;
            whole.seek((source.number - 1) * qint64(kDatabasePageSize));
            copy();
            overwritePage(m_path, leaves[target].number, whole.read(kDatabasePageSize));
            const auto label =
                QStringLiteral("%1 on %2").arg(QLatin1String(source.owner), QLatin1String(target));
            if (verifyCatalog(m_path)) // rows that might as well be its own
                continue;
            const auto done = salvageIt();
            QVERIFY2(done, qPrintable(label + (done ? QString() : done.error().text)));
            const QStringList broken = brokenInvariants(m_path);
            QVERIFY2(broken.isEmpty(), qPrintable(label + broken.join(QLatin1Char('\n'))));
            comparePart("item_detail", 0);
            QVERIFY2(!QTest::currentTestFailed(), qPrintable(label));
        }
    }
}

void SalvageTest::salvagesAroundManyDamagedPages()
{
    const auto seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    const QVector<DatabasePage> pages = pagesOf(m_fixture.path());
    for (int round = 0; round < 8; ++round) {
        copy();
        qint64 lost = 0;
        for (int i = 0; i < 12; ++i) {
            const DatabasePage &page = pages[random.bounded(int(pages.size()))];
            overwritePage(m_path, page.number, damage(random, QByteArray(kDatabasePageSize, '\xff')));
            lost += page.cells;
        }
        if (verifyCatalog(m_path))
            continue;
        const auto done = salvageIt();
        QVERIFY2(done, qPrintable(done ? QString() : done.error().text + done.error().where));
        const QStringList broken = brokenInvariants(m_path);
        QVERIFY2(broken.isEmpty(), qPrintable(broken.join(QLatin1Char('\n'))));
        QVERIFY(rowsOf(m_path, "item").size() >= rowsOf(m_fixture.path(), "item").size() - lost);
    }
}

void SalvageTest::salvagesWithADamagedHeader()
{
    copy();
    overwritePage(m_path, 1, QByteArray(kDatabasePageSize, 'x'));
    const auto done = salvageIt();
    QVERIFY2(done, qPrintable(done ? QString() : done.error().text + done.error().where));
    QCOMPARE(brokenInvariants(m_path), QStringList());
    for (const char *table : {"item", "item_detail", "account", "deletion", "event"})
        comparePart(table, 0);
    QVERIFY(QFile::exists(done->aside));
}

void SalvageTest::salvagesATruncatedFile()
{
    const qint64 size = QFileInfo(m_fixture.path()).size();
    for (const qint64 left : {size / 2 + 100, size / 3, size - 5'000, qint64(3 * kDatabasePageSize)}) {
        copy();
        QVERIFY(QFile::resize(m_path, left));
        const auto done = salvageIt();
        QVERIFY2(done, qPrintable(done ? QString() : done.error().text + done.error().where));
        QCOMPARE(brokenInvariants(m_path), QStringList());
        QCOMPARE(QFileInfo(done->aside).size(), left);
    }
}

// What was committed and is in the write-ahead log only.
void SalvageTest::salvagesTheWriteAheadLog()
{
    CatalogFixture fixture;
    const Camera camera = fixture.addCamera(QStringLiteral("one"));
    fixture.writer.reset();
    fixture.reader.reset();
    fixture.open();
    const QString path = fixture.path();
    const auto holder = *db::Connection::open({path, true});
    db::Statement held =
        holder->query("SELECT count(*) FROM item"); // so that nothing is moved out of the log
    QVERIFY(held.step());
    for (int i = 0; i < 50; ++i)
        fixture.add(fixture.item(camera.account, Kind::Still, kTestNow + i * 1'000));
    copy();
    for (const char *suffix : {"", "-wal"}) {
        QFile::remove(m_path + QLatin1String(suffix));
        QVERIFY(QFile::copy(path + QLatin1String(suffix), m_path + QLatin1String(suffix)));
    }
    // A page that the log does not hold.
    for (const DatabasePage &page : pagesOf(path)) {
        if (page.owner == "account")
            overwritePage(m_path, page.number, QByteArray(kDatabasePageSize, 'x'));
    }
    {
        QFile log(m_path + QStringLiteral("-wal"));
        QVERIFY(log.open(QIODevice::Append));
        log.write(QByteArray(2'000, 'z')); // torn
    }
    const auto done = salvageIt();
    QVERIFY2(done, qPrintable(done ? QString() : done.error().text));
    QCOMPARE(rowsOf(m_path, "item").size(), 50);
    QCOMPARE(rowsOf(m_path, "account").size(), 1);
    QCOMPARE(brokenInvariants(m_path), QStringList());
}

// Sound pages that do not say the same: rows that an index does not know.
void SalvageTest::rebuildsAWrongIndex()
{
    copy();
    {
        const auto connection = *db::Connection::open({m_path});
        connection->script(
            "PRAGMA writable_schema = 1;"
            "CREATE TABLE elsewhere(a, b); CREATE INDEX elsewhere_index ON elsewhere(a);"
            "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name "
            "= 'elsewhere_index') WHERE name = 'item_captured';"
            "DELETE FROM sqlite_schema WHERE name = 'elsewhere_index';");
        QVERIFY(!connection->failed());
    }
    const auto done = salvageIt();
    QVERIFY2(done, qPrintable(done ? QString() : done.error().text));
    QCOMPARE(brokenInvariants(m_path), QStringList());
    for (const char *table : {"item", "item_detail", "account", "camera", "deletion", "event", "archive"})
        comparePart(table, 0);
    for (const SalvagedTable &table : done->tables)
        QCOMPARE(table.lost, 0);
}

void SalvageTest::crashDuringSalvageLosesNothing()
{
    copy();
    overwritePage(m_path, 1, QByteArray(100, 'x'));
    // Files that a killed salvage leaves behind.
    for (const char *suffix : {".salvage-copy", ".salvage-new", ".salvage-new-journal"}) {
        QFile left(m_path + QLatin1String(suffix));
        QVERIFY(left.open(QIODevice::WriteOnly));
        left.write("half");
    }
    QVERIFY(salvageIt());
    comparePart("item", 0);
    QCOMPARE(QDir(m_folder.path()).entryList(QDir::Files).size(), 2); // catalog and damaged one
    // Killed between the two renames: there is no catalog, but a whole new one.
    const QString whole = m_path + QStringLiteral(".salvaged-20260613-000000-000");
    QVERIFY(QFile::rename(m_path, whole));
    QVERIFY(finishSalvage(m_path));
    comparePart("item", 0);
    // Killed before the first.
    QVERIFY(QFile::copy(m_path, whole));
    overwritePage(m_path, 1, QByteArray(100, 'x'));
    QVERIFY(finishSalvage(m_path));
    QVERIFY(verifyCatalog(m_path));
    comparePart("item", 0);
    QVERIFY(!QFile::exists(whole));
}

GATEHOUSE_TEST(SalvageTest)
#include "salvage_test.moc"
