// A real day of fourteen cameras, with the times that their files' names say, sent at several speeds and
// on several days: each item stands where its camera wrote it, and no clock offset is made up.
#include "base/iso_time.h"
#include "catalog/operations/add_item.h"
#include "catalog_fixture.h"
#include "support/catalog_invariants.h"
#include "support/registry.h"
#include "support/test_data.h"

#include <QFile>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::catalog;

namespace
{

struct Row {
    double offset = 0; // seconds into the day
    QString camera;
    QString path;
    QDateTime local;
    Kind kind = Kind::Still;
};

QVector<Row> day()
{
    QVector<Row> rows;
    QFile file(sharedData(QStringLiteral("day.tsv")));
    if (!file.open(QIODevice::ReadOnly))
        return rows;
    file.readLine();
    while (!file.atEnd()) {
        const QStringList fields = QString::fromUtf8(file.readLine()).split(QLatin1Char('\t'));
        const auto kind = kindFromName(fields.value(5));
        if (!kind || *kind > Kind::Clip)
            continue;
        QDateTime local = QDateTime::fromString(fields[4], Qt::ISODateWithMs);
        local.setTime(QTime(local.time().hour(), local.time().minute(), local.time().second()));
        rows.append({fields[0].toDouble(), fields[1], fields[2], local, *kind});
    }
    return rows;
}

} // namespace

class DayReplayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void placesEveryItemAtItsCaptureTime_data()
    {
        QTest::addColumn<double>("speed");
        QTest::addColumn<QDate>("date");
        const QDate today(2026, 6, 12);
        QTest::newRow("an old day, at once") << 0.0 << QDate(2024, 3, 8);
        QTest::newRow("an old day, 600 times as fast") << 600.0 << QDate(2024, 3, 8);
        QTest::newRow("today, at once") << 0.0 << today;
        QTest::newRow("today, 600 times as fast") << 600.0 << today;
        QTest::newRow("today, 20 times as fast") << 20.0 << today;
    }

    void placesEveryItemAtItsCaptureTime()
    {
        GATEHOUSE_NEEDS_DATA();
        QFETCH(double, speed);
        QFETCH(QDate, date);
        const QTimeZone zone("Europe/Berlin");
        CatalogFixture fixture("Europe/Berlin");
        QHash<QString, AccountId> accounts;
        QVector<std::pair<ItemId, Row>> sent;
        QVector<QFuture<Result<Added>>> futures;
        for (Row row : day()) {
            if (!accounts.contains(row.camera))
                accounts.insert(row.camera, fixture.addCamera(row.camera).account);
            if (row.local.date().year() > 2005)
                row.local.setDate(date);
            NewItem item = fixture.item(accounts[row.camera], row.kind, 0);
            item.hint = {};
            item.hint.local = row.local;
            item.hint.source = TimeSource::Name;
            item.received = kTestNow + (speed > 0 ? qint64(row.offset * 1000 / speed) : futures.size());
            futures.append(fixture.writer->submit(AddItem{item}));
            sent.append({item.id, row});
        }
        QVERIFY(sent.size() > 1'000);
        for (auto &future : futures)
            QVERIFY(awaited(future));
        for (const auto &[id, row] : std::as_const(sent)) {
            const Item item = fixture.reader->item(id)->value_or(Item());
            const bool stuck = row.local.date().year() < 2005;
            QCOMPARE(item.timeSource, stuck ? TimeSource::StuckClock : TimeSource::Name);
            QCOMPARE(toIsoUtc(item.captured),
                     toIsoUtc(stuck
                                  ? item.received
                                  : QDateTime(row.local.date(), row.local.time(), zone).toMSecsSinceEpoch()));
        }
        const QVector<Camera> cameras = *fixture.reader->cameras();
        for (const Camera &camera : cameras)
            QCOMPARE(camera.offset, 0);
        QCOMPARE(brokenInvariants(fixture.path()), QStringList());
    }
};

GATEHOUSE_TEST(DayReplayTest)
#include "day_replay_test.moc"
