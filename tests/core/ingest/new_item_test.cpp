#include "base/iso_time.h"
#include "ingest/receive/new_item.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ingest;

class NewItemTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resolvesATimeWithoutADateToTheLatestFit_data()
    {
        QTest::addColumn<QString>("time");
        QTest::addColumn<QString>("received");
        QTest::addColumn<QString>("local");
        const auto row = [](const char *name, const char *time, const char *received, const char *local) {
            QTest::newRow(name) << QString::fromLatin1(time) << QString::fromLatin1(received)
                                << QString::fromLatin1(local);
        };
        row("same day", "14:00:05", "2026-06-12T14:00:40", "2026-06-12T14:00:05");
        row("over midnight", "23:59:59", "2026-06-12T00:01:00", "2026-06-11T23:59:59");
        row("camera a little ahead", "14:02:00", "2026-06-12T14:00:00", "2026-06-12T14:02:00");
    }

    void resolvesATimeWithoutADateToTheLatestFit()
    {
        QFETCH(QString, time);
        QFETCH(QString, received);
        QFETCH(QString, local);
        const QTimeZone berlin("Europe/Berlin");
        vendors::PathMetadata metadata;
        metadata.time = QTime::fromString(time, Qt::ISODate);
        const auto item = toNewItem(metadata, QStringLiteral("/x.mp4"), *fromIso(received, berlin), berlin);
        QCOMPARE(item.hint.local.toString(Qt::ISODate).left(19), local);
        QCOMPARE(item.hint.source, TimeSource::Name);
    }

    void givesMinutesAndSecondsTheLatestFittingHour_data()
    {
        QTest::addColumn<QString>("received");
        QTest::addColumn<QString>("local");
        const auto row = [](const char *received, const char *local) {
            QTest::newRow(received) << QString::fromLatin1(received) << QString::fromLatin1(local);
        };
        row("2026-06-12T14:48:10", "2026-06-12T14:47:05");
        row("2026-06-12T15:10:00", "2026-06-12T14:47:05");
        row("2026-06-12T00:10:00", "2026-06-11T23:47:05");
        row("2026-06-12T14:46:30", "2026-06-12T14:47:05"); // a little ahead
        row("2026-06-12T14:30:00", "2026-06-12T13:47:05");
    }

    void givesMinutesAndSecondsTheLatestFittingHour()
    {
        QFETCH(QString, received);
        QFETCH(QString, local);
        const QTimeZone kolkata("Asia/Kolkata"); // half an hour from UTC's hours
        vendors::PathMetadata metadata;
        metadata.pastHour = (47 * 60 + 5) * 1000;
        const auto item =
            toNewItem(metadata, QStringLiteral("/E247M05S55.mp4"), *fromIso(received, kolkata), kolkata);
        QCOMPARE(item.hint.local.toString(Qt::ISODate).left(19), local);
        QCOMPARE(item.hint.source, TimeSource::Name);
    }

    void namesInUtcDoNotDependOnTheZone()
    {
        vendors::PathMetadata metadata;
        metadata.local = QDateTime(QDate(2026, 7, 15), QTime(18, 5, 12), Qt::UTC);
        metadata.isUtc = true;
        const auto item = toNewItem(metadata, QStringLiteral("/x.mp4"), 0, QTimeZone("Europe/Berlin"));
        QCOMPARE(item.hint.utc, metadata.local.toMSecsSinceEpoch());
        QCOMPARE(item.hint.source, TimeSource::Name);
    }

    void keepsADayWithoutATime()
    {
        vendors::PathMetadata metadata;
        metadata.date = QDate(2026, 7, 15);
        const auto item = toNewItem(metadata, QStringLiteral("/x.mp4"), 0, QTimeZone("Europe/Berlin"));
        QVERIFY(item.hint.isDay);
        QCOMPARE(item.hint.local.date(), metadata.date);
        QCOMPARE(item.hint.source, TimeSource::Name);
    }

    void usesArrivalTimeIfTheNameHasNone()
    {
        const auto item = toNewItem({}, QStringLiteral("/snap.jpg"), 1000, QTimeZone::utc());
        QVERIFY(!item.hint.local.isValid());
        QCOMPARE(item.hint.source, TimeSource::Arrival);
    }

    void usesAFolderPerCameraOfAnAccount()
    {
        vendors::PathMetadata metadata;
        QCOMPARE(archiveFolder(QStringLiteral("porch"), metadata), QStringLiteral("porch"));
        metadata.cameraName = QStringLiteral("Porch");
        QCOMPARE(archiveFolder(QStringLiteral("porch"), metadata), QStringLiteral("porch"));
        metadata.cameraName = QStringLiteral("Driveway");
        QCOMPARE(archiveFolder(QStringLiteral("hik"), metadata), QStringLiteral("hik Driveway"));
    }
};

GATEHOUSE_TEST(NewItemTest)
#include "new_item_test.moc"
