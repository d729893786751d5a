// What stands below a day's folder, days by their number in the year, and the names that servers make unique:
// the time, the kind and the camera of each.
#include "support/registry.h"
#include "vendors/matcher.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::vendors;

namespace
{

QString writtenTime(const PathMetadata &metadata)
{
    if (metadata.local.isValid())
        return metadata.local.toString(metadata.local.time().msec() == 0
                                           ? QStringLiteral("yyyy-MM-ddTHH:mm:ss")
                                           : QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzz"));
    return metadata.date.toString(Qt::ISODate);
}

} // namespace

class DayFoldersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto loaded = Matcher::load();
        QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error().text));
        m_matcher = *loaded;
    }

    void readsTimes_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<qint64>("reference");
        QTest::addColumn<QString>("time");
        const auto row = [](const char *path, const char *reference, const char *time) {
            const QString text = QString::fromLatin1(reference);
            QTest::addRow("%s at %s", path, reference)
                << QString::fromUtf8(path)
                << (text.isEmpty()
                        ? 0
                        : QDateTime::fromString(text + QLatin1Char('Z'), Qt::ISODate).toMSecsSinceEpoch())
                << QString::fromLatin1(time);
        };
        const char *const then = "2026-03-12T20:16:00";
        // Hours, minutes, seconds, and hundredths or a counter
        row("20260312/20150012.jpg", then, "2026-03-12T20:15:00.120");
        row("20260312/20150012.jpg", "", "2026-03-12T20:15:00.120");
        row("2026-03-12/20150000.jpg", then, "2026-03-12T20:15:00");
        row("2026/03/12/08153001.jpg", then, "2026-03-12T08:15:30.010");
        row("gate/20260312/23595999.mp4", then, "2026-03-12T23:59:59.990");
        row("gate/2026-03-12/cam1_20150012.jpg", then, "2026-03-12T20:15:00.120");
        row("gate/2026_03_12/20150012_M.jpg", then, "2026-03-12T20:15:00.120");
        row("20260312/20/20150012.jpg", then, "2026-03-12T20:15:00.120");
        row("20260312/20/1500-20150012.jpg", then, "2026-03-12T20:15:00");
        row("20260312/images/00153007.jpg", then, "2026-03-12T00:15:30.070");
        row("2026-03/12/20150012.jpg", then, "2026-03-12T20:15:00.120");
        row("12-03-2026/20150012.jpg", then, "2026-03-12T20:15:00.120");
        row("gate/March 12, 2026/20150012.jpg", then, "2026-03-12T20:15:00.120");
        // A valid date, but neither near the folder's nor near the arrival
        row("20260312/20110112.jpg", then, "2026-03-12T20:11:01.120");
        row("20260312/20101010.jpg", then, "2026-03-12T20:10:10.100");
        row("20260312/20110112.jpg", "", "2026-03-12T20:11:01.120");
        row("20260312/12101999.jpg", then, "2026-03-12T12:10:19.990");
        // A date
        row("20260312/20260312.jpg", then, "2026-03-12");
        row("20260312/20260311.jpg", then, "2026-03-11");
        row("20260312/12032026.jpg", then, "2026-03-12");
        row("20260312/20110112.jpg", "2011-01-13T00:00:00", "2011-01-12");
        row("20260312/20260312_201500.jpg", then, "2026-03-12T20:15:00");
        row("20110112.jpg", then, "2011-01-12");
        // A counter, a serial, no time of day
        row("20260312/00000412.jpg", then, "2026-03-12");
        row("20260312/24150012.jpg", then, "2026-03-12");
        row("20260312/20156012.jpg", then, "2026-03-12");
        row("20260312/ABC20150012D.jpg", then, "2026-03-12");
        row("gate/20150012.jpg", then, "");

        // Days by their number
        row("2026-071/20150012.jpg", then, "2026-03-12T20:15:00.120");
        row("2026-071/201500.jpg", then, "2026-03-12T20:15:00");
        row("2026071/201500.jpg", then, "2026-03-12T20:15:00");
        row("gate/2026_071/20-15-00.jpg", then, "2026-03-12T20:15:00");
        row("gate/2026.071/0001.jpg", then, "2026-03-12");
        row("gate/2026-071/IMG_0001.JPG", "", "2026-03-12");
        row("gate_2026-071_201500.jpg", then, "2026-03-12T20:15:00");
        row("gate_2026071_201500.jpg", then, "2026-03-12T20:15:00");
        row("gate_2026071T201500Z.jpg", then, "2026-03-12T20:15:00");
        row("gate_2026071201500.jpg", then, "2026-03-12T20:15:00");
        row("2024-366/120000.jpg", "2025-01-02T00:00:00", "2024-12-31T12:00:00");
        row("2026-001/000105.jpg", "2026-01-01T00:02:00", "2026-01-01T00:01:05");
        row("2026/071/201500.jpg", then, "2026-03-12T20:15:00");
        row("gate/2026/071/20-15-00.jpg", then, "2026-03-12T20:15:00");
        row("gate/2026/071/IMG_0001.JPG", then, "2026-03-12");
        row("2024/366/120000.jpg", "2025-01-02T00:00:00", "2024-12-31T12:00:00");
        // Any other number
        row("2026/100/IMG_0001.JPG", then, "");
        row("2026/071/IMG_0001.JPG", "", "");
        row("2026/cam/071/IMG_0001.JPG", then, "");
        row("x2026/071/IMG_0001.JPG", then, "");
        row("2026/071.jpg", then, "");
        row("2026-366/120000.jpg", then, ""); // no leap year
        row("2026-000/120000.jpg", then, "");
        row("2026-250/120000.jpg", then, ""); // half a year ahead
        row("2026071/201500.jpg", "", "");
        row("2026071/201500.jpg", "2019-07-15T00:00:00", "");
        row("gate/IMG-2026-071.jpg", then, "");
        row("gate/2026071.jpg", then, "");
        row("gate2026071/snap.jpg", then, "");
        row("7702026071/snap.jpg", then, "");
        row("2026-07-15/2026071/12.jpg", "2026-07-15T12:00:00", "2026-07-15");
    }

    void readsTimes()
    {
        QFETCH(const QString, path);
        QFETCH(const qint64, reference);
        QFETCH(const QString, time);
        QCOMPARE(writtenTime(m_matcher->match(path, reference)), time);
    }

    // The time belongs to no camera's name.
    void keepsTimesOutOfCameras()
    {
        const qint64 then = QDateTime(QDate(2026, 3, 12), QTime(20, 16), Qt::UTC).toMSecsSinceEpoch();
        const auto key = [&](const char *path) {
            return m_matcher->match(QString::fromLatin1(path), then).cameraKey;
        };
        QCOMPARE(key("20260312/20150012.jpg"), QString());
        QCOMPARE(key("gate/20260312/20110112.jpg"), QStringLiteral("gate"));
        QCOMPARE(key("20260312/cam1_20150012.jpg"), QStringLiteral("cam1"));
        QCOMPARE(key("2026-071/201500.jpg"), QString());
        QCOMPARE(key("gate/2026071/201500.jpg"), QStringLiteral("gate"));
        QCOMPARE(key("gate_2026-071_201500.jpg"), QStringLiteral("gate"));
        QCOMPARE(key("2026/071/201500.jpg"), QString());
        QCOMPARE(key("gate/2026/071/201500.jpg"), QStringLiteral("gate"));
    }

    void tellsFrigatesTreesApart_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("time");
        QTest::addColumn<bool>("isUtc");
        QTest::addColumn<QString>("camera");
        const auto row = [](const char *path, const char *time, bool isUtc, const char *camera) {
            QTest::newRow(path) << QString::fromLatin1(path) << QString::fromLatin1(time) << isUtc
                                << QString::fromLatin1(camera);
        };
        row("recordings/2021-11/03/14/front/05.12.mp4", "2021-11-03T14:05:12", false, "front");
        row("frigate/recordings/2021-11/03/00/front_door/59.59.mp4", "2021-11-03T00:59:59", false,
            "front_door");
        row("media/frigate/recordings/2022-10/30/02/yard/00.00.mp4", "2022-10-30T02:00:00", false, "yard");
        row("2021-11/03/14/front/05.12.mp4", "2021-11-03T14:05:12", false, "front");
        row("recordings/2021-11/03/14/cam2/05.12.mp4", "2021-11-03T14:05:12", false, "cam2");
        row("recordings/2021-11/03/14/Front-Door/05.12.mp4", "2021-11-03T14:05:12", false, "Front-Door");
        row("recordings/2023-04-14/18/front/05.12.mp4", "2023-04-14T18:05:12", true, "front");
        row("frigate/recordings/2023-04-14/00/front_door/59.59.mp4", "2023-04-14T00:59:59", true,
            "front_door");
        row("2023-04-14/18/front/05.12.mp4", "2023-04-14T18:05:12", true, "front");
        row("recordings/2023-10-29/02/yard/00.00.mp4", "2023-10-29T02:00:00", true, "yard");
    }

    void tellsFrigatesTreesApart()
    {
        QFETCH(const QString, path);
        QFETCH(const QString, time);
        QFETCH(const bool, isUtc);
        QFETCH(const QString, camera);
        const PathMetadata metadata = m_matcher->match(path);
        QCOMPARE(metadata.vendor, QStringLiteral("frigate"));
        QCOMPARE(writtenTime(metadata), time);
        QCOMPARE(metadata.isUtc, isUtc);
        QCOMPARE(metadata.cameraKey, camera);
        QCOMPARE(metadata.kind, Kind::Clip);
        QCOMPARE(metadata.trigger, Trigger::Schedule);
    }

    // RFC 959 leaves it to the server where the unique part of STOU's names stands.
    void readsUniqueNames_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("time");
        QTest::addColumn<QString>("camera");
        const auto row = [](const char *path, Kind kind, const char *time, const char *camera) {
            QTest::newRow(path) << QString::fromLatin1(path) << kind << QString::fromLatin1(time)
                                << QString::fromLatin1(camera);
        };
        row("snap.jpg.1", Kind::Still, "", "");
        row("snap.jpg.1a2b", Kind::Still, "", "");
        row("gate.jpg.k3_x9q0z", Kind::Still, "", "gate");
        row("gate.mp4.Xk2f9a", Kind::Clip, "", "gate");
        row("gate_20260312_201500.jpg.42", Kind::Still, "2026-03-12T20:15:00", "gate");
        row("gate_20260312_201500.mp4.a8-Xk2", Kind::Clip, "2026-03-12T20:15:00", "gate");
        row("gate.txt.1", Kind::Sidecar, "", "");
        row("ftpa8Xk2", Kind::Other, "", "");
        // Our own
        row("snap-4k7f2m8p.jpg", Kind::Still, "", "");
        row("gate-4k7f2m8p.jpg", Kind::Still, "", "gate");
        row("gate_20260312_201500-4k7f2m8p.jpg", Kind::Still, "2026-03-12T20:15:00", "gate");
        row("20260312/20150012-1h2m3s4d.jpg", Kind::Still, "2026-03-12T20:15:00.120", "");
        row("2026-03-12 20.15.00-0z9e8s7m.mp4", Kind::Clip, "2026-03-12T20:15:00", "");
        row("20260312T201500-4a5p6m7z.jpg", Kind::Still, "2026-03-12T20:15:00", "");
        row("IMG_0001-4k7f2m8p.JPG", Kind::Still, "", "");
        row("upload-4k7f2m8p", Kind::Other, "", "");
    }

    void readsUniqueNames()
    {
        QFETCH(const QString, path);
        QFETCH(const Kind, kind);
        QFETCH(const QString, time);
        QFETCH(const QString, camera);
        const PathMetadata metadata = m_matcher->match(path);
        QCOMPARE(metadata.kind, kind);
        QCOMPARE(writtenTime(metadata), time);
        QCOMPARE(metadata.cameraKey, camera);
        QCOMPARE(metadata.duration, 0);
    }

private:
    std::shared_ptr<const Matcher> m_matcher;
};

GATEHOUSE_TEST(DayFoldersTest)
#include "day_folders_test.moc"
