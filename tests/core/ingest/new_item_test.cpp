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
