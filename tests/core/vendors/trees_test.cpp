// The trees of recorders and cards that `gatehouse import` meets: camera and time of each file.
#include "loaded_matcher.h"
#include "support/registry.h"
#include "vendors/matcher.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::vendors;

class TreesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTreesOfRecorders_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("vendor");
        QTest::addColumn<QString>("camera"); // its name
        QTest::addColumn<QString>("time");   // "Z": in UTC, ">": the end
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<Trigger>("trigger");
        const auto row = [](const char *vendor, const char *path, const char *camera, const char *time,
                            Kind kind, Trigger trigger) {
            QTest::newRow(path) << QString::fromUtf8(path) << QString::fromLatin1(vendor)
                                << QString::fromUtf8(camera) << QString::fromLatin1(time) << kind << trigger;
        };
        const Kind still = Kind::Still;
        const Kind clip = Kind::Clip;
        const Trigger motion = Trigger::Motion;
        const Trigger schedule = Trigger::Schedule;
        const Trigger unknown = Trigger::Unknown;

        row("frigate", "recordings/2026-07-15/18/front_door/05.12.mp4", "front_door", "2026-07-15T18:05:12Z",
            clip, schedule);
        row("frigate", "frigate/recordings/2026-07-15/00/yard/59.59.mp4", "yard", "2026-07-15T00:59:59Z",
            clip, schedule);
        row("frigate", "2026-07-15/18/front_door/05.12.mp4", "front_door", "2026-07-15T18:05:12Z", clip,
            schedule);
        row("frigate", "clips/front_door-1784121125.272411-0lbwng.jpg", "front_door", "@1784121125272", still,
            motion);
        row("frigate", "clips/front_door-1784121125.272411-0lbwng-clean.png", "front_door", "@1784121125272",
            still, motion);
        row("frigate", "clips/thumbs/front_door/1784121125.272411-0lbwng.webp", "front_door",
            "@1784121125272", still, unknown);
        row("frigate", "clips/review/thumb-front_door-1784121125.272411-0lbwng.webp", "front_door",
            "@1784121125272", still, motion);
        row("frigate", "exports/front_door_20260715_180512-20260715_181012_a1b2c3.mp4", "front_door",
            "2026-07-15T18:05:12", clip, unknown);

        row("zoneminder", "events/3/2026-07-15/41107/41107-video.mp4", "3", "2026-07-15", clip, motion);
        row("zoneminder", "events/3/2026-07-15/41107/00012-capture.jpg", "3", "2026-07-15", still, motion);
        row("zoneminder", "3/2026-07-15/41107/snapshot.jpg", "3", "2026-07-15", still, motion);
        row("zoneminder", "events/3/26/07/15/18/05/12/012-capture.jpg", "3", "2026-07-15T18:05:12", still,
            motion);
        row("zoneminder", "events/Gate/2026-07-15/41107/41107-video.h264.mp4", "Gate", "2026-07-15", clip,
            motion);

        row("motioneye", "Camera1/2026-07-15/18-05-12.mp4", "Camera1", "2026-07-15T18:05:12", clip, motion);
        row("motioneye", "Camera1/2026-07-15/18-05-12-00.jpg", "Camera1", "2026-07-15T18:05:12", still,
            motion);
        row("motioneye", "motioneye/Back Yard/2026-07-15/18-05-12.jpg", "Back Yard", "2026-07-15T18:05:12",
            still, motion);
        row("motioneye", "cam2/03-20260715180512.avi", "cam2", "2026-07-15T18:05:12", clip, motion);
        row("generic", "motioneye/2026/07/15/Corridor1_180512.jpg", "Corridor1", "2026-07-15T18:05:12", still,
            unknown);

        row("unifi", "Front Door/2026-07-15/2026-07-15T18-05-12 motion.mp4", "Front Door",
            "2026-07-15T18:05:12>", clip, motion);
        row("unifi", "unifi/Garage G4/2026-07-15/2026-07-16T00-00-12 ring.mp4", "Garage G4",
            "2026-07-16T00:00:12>", clip, motion);
        row("generic", "Front Door - 7-15-2026, 6.05.12pm.mp4", "Front Door", "2026-07-15T18:05:12", clip,
            unknown);
        row("generic", "Front Door/2026-07-15/Front Door - 2026-07-15 - 18.05.12+0200.mp4", "Front Door",
            "2026-07-15T18:05:12@1784131512000", clip, unknown);

        row("reolink", "Mp4Record/2026-07-15/RecM03_DST20260715_180512_180545_0_5514C080000000_927C9.mp4", "",
            "2026-07-15T18:05:12", clip, motion);
        row("reolink",
            "porch/Mp4Record/2026-07-15/RecS03_DST20260715_180512_180545_0_55149080000000_927C9.mp4", "porch",
            "2026-07-15T18:05:12", clip, motion);
        row("reolink", "Rec_20260715_180512_541_M.mp4", "", "2026-07-15T18:05:12Z", clip, motion);
        row("reolink", "2026/07/15/Front Door_00_20260715180512.mp4", "Front Door", "2026-07-15T18:05:12",
            clip, unknown);

        row("generic", "New/FrontDoor.20260715_180512.mp4", "FrontDoor", "2026-07-15T18:05:12", clip,
            unknown);
        row("generic", "BlueIris/Alerts/FrontDoor.20260715_180512.1234567.3-1.jpg", "FrontDoor",
            "2026-07-15T18:05:12", still, motion);
        row("generic", "Stored/FrontDoor/FrontDoor.20260715_180512.bvr", "FrontDoor", "2026-07-15T18:05:12",
            clip, unknown);
        row("generic", "202607/20260715_180512.FrontDoor.mp4", "FrontDoor", "2026-07-15T18:05:12", clip,
            unknown);

        row("synology", "Garage/20260715PM/Garage-20260715-180512-1784131512.mp4", "Garage",
            "2026-07-15T18:05:12@1784131512000", clip, unknown);
        row("exacqvision", "2026/07/15/18/0512-00184380.ps", "001843", "2026-07-15T18:05:12", clip, schedule);
        row("axis", "20260715/18/20260715_180500_AB12_ACCC8E012345/20260715_18/20260715_180512_1234.mkv",
            "ACCC8E012345", "2026-07-15T18:05:12", clip, unknown);
        row("generic", "record/20260715/18/05.mp4", "", "2026-07-15T18:05:00", clip, unknown);
    }

    void readsTreesOfRecorders()
    {
        QFETCH(QString, path);
        QFETCH(QString, vendor);
        QFETCH(QString, camera);
        QFETCH(QString, time);
        QFETCH(Kind, kind);
        QFETCH(Trigger, trigger);
        const PathMetadata metadata = m_matcher->match(path);
        QString got = metadata.local.isValid()
                          ? metadata.local.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss"))
                          : metadata.date.toString(Qt::ISODate);
        if (metadata.isUtc)
            got += QLatin1Char('Z');
        else if (metadata.utc != 0)
            got += QLatin1Char('@') + QString::number(metadata.utc);
        if (metadata.isEnd)
            got += QLatin1Char('>');
        QCOMPARE(got, time);
        QCOMPARE(metadata.cameraName, camera);
        QCOMPARE(metadata.kind, kind);
        QCOMPARE(metadata.trigger, trigger);
        QCOMPARE(metadata.vendor, vendor);
    }

private:
    const std::shared_ptr<const Matcher> m_matcher = tests::loadedMatcher();
};

GATEHOUSE_TEST(TreesTest)
#include "trees_test.moc"
