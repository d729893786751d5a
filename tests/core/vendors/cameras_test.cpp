// How many cameras is that? Each case is what one login sends; lines of one camera have to get one key, those
// of different cameras different ones.
#include "loaded_matcher.h"
#include "support/registry.h"
#include "vendors/matcher.h"

#include <QHash>
#include <QSet>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::vendors;

class CamerasTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsCamerasApart_data()
    {
        QTest::addColumn<QStringList>("paths"); // "<camera>: <path>"
        const auto row = [](const char *name, std::initializer_list<const char *> paths) {
            QStringList list;
            for (const char *path : paths)
                list.append(QString::fromUtf8(path));
            QTest::newRow(name) << list;
        };
        row("a date within a folder's name",
            {"a: Backgate0715/Gate_2026_07_15@131205.jpg", "a: Backgate0716/Gate_2026_07_16@081205.jpg",
             "b: Frontgate0716/Gate_2026_07_16@081205.jpg"});
        row("a folder that is nothing but a date and a word",
            {"a: Img_2026-07-15/Snap_131205_021_1.jpg", "a: Img_2026-07-16/Snap_081205_500_2.jpg"});
        row("a name and a date in one folder",
            {"a: Gate 2026-07-15/131205.jpg", "a: Gate 2026-07-16/081205.jpg",
             "b: Barn 2026-07-16/081205.jpg"});
        row("a channel and a date in one folder",
            {"1: ch1-20260715/131205.jpg", "1: ch1-20260716/131205.jpg", "2: ch2-20260715/131205.jpg"});
        row("a number after the name, and a counter of events",
            {"1: 20260715/01/CAM1_01-20260715131205-00.jpg", "1: 20260715/02/CAM1_02-20260715141205-03.jpg",
             "2: 20260715/01/CAM2_01-20260715131205-00.jpg"});
        row("counters of events alone",
            {"a: 01-20260715131205-00.jpg", "a: 02-20260715141205-00.jpg", "a: 117-20260715141205-11.jpg"});
        row("letters and digits between signs",
            {"1: 10.0.0.9_D1_S12-30-05_E12-35-05.ts", "1: 10.0.0.9_D1_S14-30-05_E14-35-05.ts",
             "2: 10.0.0.9_D2_S12-30-05_E12-35-05.ts", "3: 10.0.0.8_D1_S12-30-05_E12-35-05.ts"});
        row("a channel at the end", {"1: 20260715_131205-CH1.mp4", "1: 20260716_131205-CH1.jpg",
                                     "2: 20260715_131205-CH2.mp4", "12: 20260715_131205-CH12.mp4"});
        row("a channel at the end, apart",
            {"1: 2026-07-15_13-12-05_cam 1.jpg", "2: 2026-07-15_13-12-05_cam 2.jpg"});
        row("digits glued to the name",
            {"8: cctv08_2026-07-15_13-12_4.jpg", "8: cctv08_2026-07-15_14-12_7.jpg",
             "9: cctv09_2026-07-15_13-12_4.jpg"});
        row("fixed names",
            {"1: cam1.jpg", "1: cam1.jpg", "2: cam2.jpg", "3: frontdoor.jpg", "4: garage/latest.jpg"});
        row("monitors", {"5: 5/2026-07-15/266275/266275-video.mp4", "5: 5/2026-07-16/266999/snapshot.jpg",
                         "6: 6/2026-07-15/266277/266277-video.mp4"});
        row("monitors, with an hour's folder",
            {"1: events/1/26/07/15/13/12/05/001-capture.jpg", "1: events/1/26/07/15/14/12/05/002-capture.jpg",
             "2: events/2/26/07/15/13/12/05/001-capture.jpg"});
        row("a MAC before a bracket",
            {"1: 00A8F6000001(IPCAM)_m20260715131205.jpg", "1: 00A8F6000001(IPCAM)_1_20260715131205_12.jpg",
             "2: 00A8F6000002(IPCAM)_m20260715131205.jpg"});
        row("a MAC, and a name that was changed", {"1: 006262000001(porch)_1_20260715131205_12.jpg",
                                                   "1: 006262000001(Front porch)_1_20260716131205_13.jpg"});
        row("phases of an event",
            {"a: pre_20260715131205.jpg", "a: trg_20260715131206.jpg", "a: pos_20260715131207.jpg"});
        row("phases after the name", {"a: gate_20260715131205_1_pre.jpg", "a: gate_20260715131206_4_trg.jpg",
                                      "a: gate_5_pos.jpg", "b: barn_4_trg.jpg"});
        row("main and sub stream",
            {"1: Mp4Record/2026-07-15/RecM01_20260715_131205_131225_6D28808_1A468F9.mp4",
             "1: Mp4Record/2026-07-15/RecS0A_DST20260715_131205_131225_0_55148080000000_927C9.mp4"});
        row("streams of a channel", {"1: NVR_ch1_main_20260715131205_20260715141205.dav",
                                     "1: NVR_ch1_sub_20260715131205_20260715141205.dav",
                                     "2: NVR_ch2_main_20260715131205_20260715141205.dav"});
        row("stills and clips in folders of their own",
            {"a: gate/snap/MDAlarm_20260715-131205.jpg", "a: gate/record/MDalarm_20260715_131205.mkv",
             "b: barn/snap/MDAlarm_20260715-131205.jpg"});
        row("causes in folders of their own",
            {"a: gate/alarm/20260715131205.jpg", "a: gate/Period/20260715131205.jpg",
             "a: gate/motion/person/20260715131205.jpg"});
        row("causes in the name", {"a: gate_motion_20260715131205.jpg", "a: gate_timer_20260715131205.jpg",
                                   "a: gate_20260715131205_person.jpg", "a: gate_20260715131205.jpg"});
        row("plates and labels after the time", {"a: gate/20260715131205123_AB12CDE_VEHICLE_DETECTION.jpg",
                                                 "a: gate/20260715141205123_ZZ99ABC_VEHICLE_DETECTION.jpg"});
        row("random ids",
            {"a: front-1784121125.272411-0lbwng.jpg", "a: front-1784121225.272411-x81kqa-clean.png",
             "b: back-1784121125.272411-0lbwng.jpg"});
        row("random names",
            {"a: a8f3c2d1.jpg", "a: 5f3a2b1c-1234-4abc-9def-0123456789ab.jpg", "a: 948987989.mp4"});
        row("camera names below an hour",
            {"f: recordings/2026-07-15/18/front/05.12.mp4", "f: recordings/2026-07-15/19/front/15.12.mp4",
             "b: recordings/2026-07-15/18/back/05.12.mp4"});
        row("serial numbers", {"1: 1A00B11PAG00001/2026-07-15/001/jpg/13/12/05[M][0@0][0].jpg",
                               "1: 1A00B11PAG00001/2026-07-15/001/dav/13/13.12.05-13.12.25[M][0@0][0].dav",
                               "2: 1A00B11PAG00002/2026-07-15/001/jpg/13/12/05[M][0@0][0].jpg"});
        row("channels of a recorder's tree", {"1: nvr9/2026-07-15/001/jpg/13/12/05[M][0@0][0].jpg",
                                              "2: nvr9/2026-07-15/002/jpg/13/12/05[M][0@0][0].jpg",
                                              "2: nvr9/2026-07-15/002/jpg/14/12/05[M][0@0][0].jpg"});
        row("IMEIs", {"1: 860000000000001-15072026131205-me.jpg", "1: 860000000000001-15072026131205-dr.txt",
                      "2: 860000000000002-15072026131205-me.jpg"});
        row("folders of a card", {"a: DCIM/100RECNX/RCNX0001.JPG", "a: DCIM/101RECNX/RCNX0001.JPG"});
        row("names with an address",
            {"1: Porch_10.0.0.5_20260715131205.jpg", "2: Barn_10.0.0.6_20260715131205.jpg"});
        row("names below a recorder's address",
            {"1: 10.0.0.77/Gate/2026-07-15/13.12.05.mp4", "2: 10.0.0.77/Barn/2026-07-15/13.12.05.mp4"});
        row("hours as folders", {"a: gate/20260715/08/0001.jpg", "a: gate/20260715/09/0002.jpg"});
        row("the year and the month as folders",
            {"a: 2026/07/Camera1_00_20260715131205.jpg", "a: 2026/08/Camera1_00_20260815131205.jpg",
             "b: 2026/07/Camera1_01_20260715131205.jpg"});
        row("counters after the name", {"a: gate0001.jpg", "a: gate0002.jpg", "b: barn0001.jpg"});
        row("pictures numbered by a camera",
            {"a: PICT0001_S_202607151312.jpg", "a: PICT0002_S_202607151412.jpg"});
        row("a name in other letters",
            {"1: Дача/2026-07-15/13-12-05.jpg", "1: Дача/2026-07-16/13-12-05.jpg",
             "2: Гараж/2026-07-15/13-12-05.jpg", "3: 门口/2026-07-15/13-12-05.jpg"});
    }

    void tellsCamerasApart()
    {
        QFETCH(QStringList, paths);
        QHash<QString, QSet<QString>> keysOfCamera;
        QHash<QString, QSet<QString>> camerasOfKey;
        for (const QString &line : paths) {
            const QString camera = line.section(QStringLiteral(": "), 0, 0);
            const QString key = m_matcher->match(line.section(QStringLiteral(": "), 1)).cameraKey;
            keysOfCamera[camera].insert(key);
            camerasOfKey[key].insert(camera);
        }
        for (auto it = keysOfCamera.cbegin(); it != keysOfCamera.cend(); ++it)
            QVERIFY2(it->size() == 1,
                     qPrintable(it.key() + QStringLiteral(" is ") + it->values().join(u" and ")));
        for (auto it = camerasOfKey.cbegin(); it != camerasOfKey.cend(); ++it)
            QVERIFY2(it->size() == 1,
                     qPrintable(it.key() + QStringLiteral(" is ") + it->values().join(u" and ")));
    }

private:
    const std::shared_ptr<const Matcher> m_matcher = tests::loadedMatcher();
};

GATEHOUSE_TEST(CamerasTest)
#include "cameras_test.moc"
