// Paths that nobody has handed over: each is a neighbour of a naming scheme that some camera, recorder or
// program has. The brands' own samples are in resources/vendors; these keep the grammar from fitting samples
// only.
#include "loaded_matcher.h"
#include "support/registry.h"
#include "vendors/matcher.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::vendors;

namespace
{

// `what` is kind, trigger and subject as far as known. `time` is as written: a date, a time ("T…"), both, "@"
// and a Unix time in ms, or "+" and seconds past the hour.
struct Neighbour {
    const char *path;
    const char *what;
    const char *time;
    const char *camera; // the key
    int seconds;
};

constexpr Neighbour kNeighbours[] = {
    // Offsets from UTC
    {"yard 2025-03-01 08.15.30 UTC+2.jpg", "still", "2025-03-01T08:15:30@1740809730000", "yard", 0},
    {"yard_20250301_081530_GMT-5.jpg", "still", "2025-03-01T08:15:30@1740834930000", "yard", 0},
    {"yard 2025-03-01 08.15.30 GMT+5:30.jpg", "still", "2025-03-01T08:15:30@1740797130000", "yard", 0},
    {"yard_20250301T081530UTC.jpg", "still", "2025-03-01T08:15:30@1740816930000", "yard", 0},
    {"yard_20250301T081530-0500.jpg", "still", "2025-03-01T08:15:30@1740834930000", "yard", 0},
    // Start and end
    {"Record/2025-03-01/10.0.0.9_D3_S23-59-50_E00-00-20.ts", "clip manual", "2025-03-01T23:59:50",
     "10.0.0.9/D3", 30},
    {"yard_20250301_081530_081605.mp4", "clip", "2025-03-01T08:15:30", "yard", 35},
    {"yard_2025-03-01_08-15-30_08-16-05.mp4", "clip", "2025-03-01T08:15:30", "yard", 35},
    {"yard-20250301T081530-20250301T082030.hevc", "clip", "2025-03-01T08:15:30", "yard", 300},
    {"yard_20250301081530_20250301082030.dav", "clip", "2025-03-01T08:15:30", "yard", 300},
    {"yard_2025030108153020250301082030.mp4", "clip", "2025-03-01T08:15:30", "yard", 300},
    {"yard 2025-03-01 08.15.30 to 08.16.30.mp4", "clip", "2025-03-01T08:15:30", "yard", 60},
    {"2025-03-01/yard/081530-081605.mp4", "clip", "2025-03-01T08:15:30", "yard", 35},
    {"2025-03-01/yard/08.15.30-08.16.05.dav", "clip", "2025-03-01T08:15:30", "yard", 35},
    {"yard_250301_081530_081605.264", "clip", "2025-03-01T08:15:30", "yard", 35},
    {"1740816930-1740816965.mp4", "clip", "@1740816930000", "", 35},
    {"yard_20250301_081530_120.mp4", "clip", "2025-03-01T08:15:30", "yard", 0},
    {"yard_20250301_081530_999999.mp4", "clip", "2025-03-01T08:15:30", "yard", 0},
    {"Channel 2_20250301081530_20250301082030_48211.mp4", "clip", "2025-03-01T08:15:30", "Channel 2", 300},
    {"10.0.0.31_20250228235900_20250301_081530_0.mp4", "clip", "2025-03-01T08:15:30", "10.0.0.31", 0},
    // A day is known, the time is not, or not all of it
    {"9/2025-03-01/41107/41107-video.mp4", "clip motion", "2025-03-01", "9", 0},
    {"porch/2025-03-01/frame0007.jpg", "still", "2025-03-01", "porch", 0},
    {"porch/20250301/", "other", "2025-03-01", "porch", 0},
    {"porch/2025-03-01_00012.jpg", "still", "2025-03-01", "porch", 0},
    {"porch/2025-03-01/08/15.mp4", "clip", "2025-03-01T08:15:00", "porch", 0},
    {"porch/2025-03-01_08-15.jpg", "still", "2025-03-01T08:15:00", "porch", 0},
    {"porch_202503010815.jpg", "still", "2025-03-01T08:15:00", "porch", 0},
    {"record/20250301/08/15.mp4", "clip", "2025-03-01T08:15:00", "", 0},
    {"2025/03/01/08/1530-00184380.ps", "clip schedule", "2025-03-01T08:15:30", "001843", 0},
    {"porch/2025/03/01/08/15/30.jpg", "still", "2025-03-01T08:15:30", "porch", 0},
    {"porch/2025/03/01/08h/15m/30.jpg", "still", "2025-03-01T08:15:30", "porch", 0},
    {"recordings/2025-03-01/08/porch/15.30.mp4", "clip schedule", "2025-03-01T08:15:30", "porch", 0},
    {"porch/2025-03/01/081530.jpg", "still", "2025-03-01T08:15:30", "porch", 0},
    {"porch/202503/01/081530.jpg", "still", "2025-03-01T08:15:30", "porch", 0},
    {"porch/2025/0301/081530.jpg", "still", "2025-03-01T08:15:30", "porch", 0},
    {"porch/2025030108/1530.jpg", "still", "2025-03-01T08:15:30", "porch", 0},
    {"porch/2025030108/15-30.jpg", "still", "2025-03-01T08:15:30", "porch", 0},
    {"porch/150301/081530.jpg", "still", "2015-03-01T08:15:30", "porch", 0},
    {"25 03 01/08 15 30 04.jpg", "still", "2025-03-01T08:15:30", "", 0},
    {"20250301/1A081530.mp4", "clip motion", "2025-03-01T08:15:30", "1", 0},
    {"08-15-30.jpg", "still", "T08:15:30", "", 0},
    {"08.15.30-08.16.05[M][0@0][0].dav", "clip motion", "T08:15:30", "", 35},
    // Two digits for the year, and other orders
    {"porch25-03-01_08-15-30-40.jpg", "still", "2025-03-01T08:15:30", "porch", 0},
    {"cam25030108153000.jpg", "still", "2025-03-01T08:15:30", "", 0},
    {"porch-250301081530.jpg", "still", "2025-03-01T08:15:30", "porch", 0},
    {"porch_25.03.01_08.15.30.jpg", "still", "2025-03-01T08:15:30", "porch", 0},
    {"01032025_081530.jpg", "still", "2025-03-01T08:15:30", "", 0},
    {"porch 31.12.2025 08-15-30.jpg", "still", "2025-12-31T08:15:30", "porch", 0},
    {"porch_12-31-2025_081530.jpg", "still", "2025-12-31T08:15:30", "porch", 0},
    {"porch - 3-1-2025, 8.15.30pm.mp4", "clip", "2025-03-01T20:15:30", "porch", 0},
    {"porch 2025-03-01 8.15.30 AM.jpg", "still", "2025-03-01T08:15:30", "porch", 0},
    {"porch_01-Mar-2025_08-15-30.jpg", "still", "2025-03-01T08:15:30", "porch", 0},
    {"Mar.01.2025/bus7_Mar.01.2025_08.15.30.avi", "clip", "2025-03-01T08:15:30", "bus7", 0},
    {"porch_2025Mar01_081530.jpg", "still", "2025-03-01T08:15:30", "porch", 0},
    {"porch_2025-3-1_08-15-30.jpg", "still", "2025-03-01T08:15:30", "porch", 0},
    {"2025年03月01日08时15分30秒.mp4", "clip", "2025-03-01T08:15:30", "", 0},
    {"2025Y03M01D_08H15M30S.mp4", "clip", "2025-03-01T08:15:30", "", 0},
    {"porch_2025-03-01_08h15min30s250ms.jpg", "still", "2025-03-01T08:15:30.250", "porch", 0},
    {"porch_2025-03-01T08_15_30.jpg", "still", "2025-03-01T08:15:30", "porch", 0},
    {"porch_2025-03-01T08-15-30.250.jpg", "still", "2025-03-01T08:15:30.250", "porch", 0},
    {"porch_20250301081530250.jpg", "still", "2025-03-01T08:15:30.250", "porch", 0},
    {"porch@2025-03-01@08-15-30.jpg", "still", "2025-03-01T08:15:30", "porch", 0},
    {"porch_[2025-03-01][08-15-30].jpg", "still", "2025-03-01T08:15:30", "porch", 0},
    {"2025-03-01 at 08.15.30.png", "still", "2025-03-01T08:15:30", "", 0},
    {"860000000000002-01032025081530-me.jpg", "still motion", "2025-03-01T08:15:30", "860000000000002", 0},
    {"porch_1740816930250.jpg", "still", "@1740816930250", "porch", 0},
    {"porch_1740816930.25012.jpg", "still", "@1740816930250", "porch", 0},
    {"porch_1740816930250123.jpg", "still", "@1740816930250", "porch", 0},
    {"porch_20250301T081530Z.jpg", "still", "2025-03-01T08:15:30@1740816930000", "porch", 0},
    {"porch_2025-03-01T08_15_30-0800.mp4", "clip", "2025-03-01T08:15:30@1740845730000", "porch", 0},
    {"porch_2025-03-01T08:15:30+01:00.mp4", "clip", "2025-03-01T08:15:30@1740813330000", "porch", 0},
    // Which camera
    {"20250301/02/CAM3_07-20250301081530-02.jpg", "still motion", "2025-03-01T08:15:30", "CAM3", 0},
    {"12-20250301081530-03.jpg", "still motion", "2025-03-01T08:15:30", "", 0},
    {"Backgate0301/081530.jpg", "still", "", "Backgate0301", 0},
    {"Backgate0301/Gate_2025_03_01@081530.jpg", "still motion", "2025-03-01T08:15:30", "Backgate/Gate", 0},
    {"Side Gate 2025-03-01/081530.jpg", "still", "2025-03-01T08:15:30", "Side Gate", 0},
    {"Pics_2025-03-01/081530.jpg", "still", "2025-03-01T08:15:30", "", 0},
    {"2025-03-01_ch3/081530.jpg", "still", "2025-03-01T08:15:30", "ch3", 0},
    {"2025-03-01_08-15-30_cam4.mp4", "clip", "2025-03-01T08:15:30", "cam4", 0},
    {"2025-03-01_08-15-30_channel 5.mp4", "clip", "2025-03-01T08:15:30", "channel 5", 0},
    {"cctv11_2025-03-01_08-15_4.jpg", "still", "2025-03-01T08:15:00", "cctv11", 0},
    {"NVR_ch12_main_20250301081530_20250301082030.dav", "clip", "2025-03-01T08:15:30", "NVR_ch12", 300},
    {"NVR_ch12_sub_20250301081530_20250301082030.dav", "clip", "2025-03-01T08:15:30", "NVR_ch12", 300},
    {"3_2025-03-01_08-15-30_250.mp4", "clip", "2025-03-01T08:15:30", "3", 0},
    {"cams/3/snap.jpg", "still", "", "3", 0},
    {"00626E0A0B0C(hall)_0_20250301081530_9.jpg", "still motion", "2025-03-01T08:15:30", "00626E0A0B0C", 0},
    {"00-18-ae-01-02-03/MOTION/2025-03-01/08/MOTION_2025-03-01-08-15-30-250_001.jpg", "still motion",
     "2025-03-01T08:15:30.250", "00-18-ae-01-02-03", 0},
    {"00:18:ae:01:02:03/20250301081530.jpg", "still", "2025-03-01T08:15:30", "00:18:ae:01:02:03", 0},
    {"0050F9627E62/2025-03-01/1740816930.mp4", "clip", "@1740816930000", "0050F9627E62", 0},
    {"5f3a2b1c-1234-4abc-9def-0123456789ab/2025/03/01/1740816930000_1740816940000_77_0.mp4", "clip",
     "@1740816930000", "5f3a2b1c-1234-4abc-9def-0123456789ab", 10},
    {"5f3a2b1c-1234-4abc-9def-0123456789ab.jpg", "still", "", "", 0},
    {"nvr/10.0.0.77/Gate/2025-03-01/08.15.30.mp4", "clip", "2025-03-01T08:15:30", "10.0.0.77/Gate", 0},
    {"barn/Camera2_01_20250301081530.jpg", "still", "2025-03-01T08:15:30", "barn/Camera2/01", 0},
    {"Camera A_20250301_081530.jpg", "still", "2025-03-01T08:15:30", "Camera A", 0},
    {"pre_20250301081530.jpg", "still motion", "2025-03-01T08:15:30", "", 0},
    {"pos_20250301081530.jpg", "still motion", "2025-03-01T08:15:30", "", 0},
    {"porch_20250301081530_2_trg.jpg", "still motion", "2025-03-01T08:15:30", "porch", 0},
    {"DCIM/100MEDIA/DSCF0042.JPG", "still", "", "", 0},
    {"GOPR0123.MP4", "clip", "", "", 0},
    {"a8f3c2d1.jpg", "still", "", "", 0},
    {"gate0042.jpg", "still", "", "gate", 0},
    {"gate.jpg", "still", "", "gate", 0},
    {"gate/2025/03/01/gate 081530.jpg", "still", "2025-03-01T08:15:30", "gate", 0},
    {"homes/ftp/upload/gate/20250301081530.jpg", "still", "2025-03-01T08:15:30", "gate", 0},
    {"gate/20250301/images/A25030108153001.jpg", "still motion", "2025-03-01T08:15:30", "gate", 0},
    {"gate/20250301/record001/P250301_081530_081630.mp4", "clip schedule", "2025-03-01T08:15:30", "gate", 60},
    {"1A00B11PAG00001/1A00B11PAG00001/2025-03-01/001/jpg/08/15/30[M][0@0][0].jpg", "still motion",
     "2025-03-01T08:15:30", "1A00B11PAG00001", 0},
    {"gate/2025-03-01/003/jpg/08/15/30[R][0@0][0].jpg", "still schedule", "2025-03-01T08:15:30", "gate/003",
     0},
    {"gate/2025-03-01/pic_002/08.15.30[M][0@0][0].jpg", "still motion", "2025-03-01T08:15:30", "gate/002", 0},
    {"Дача_20250301081530.jpg", "still", "2025-03-01T08:15:30", "Дача", 0},
    {"门口/20250301081530.jpg", "still", "2025-03-01T08:15:30", "门口", 0},
    {"Größe 2/2025-03-01/081530.jpg", "still", "2025-03-01T08:15:30", "Größe 2", 0},
    {"front-door/2025-03-01/08-15-30.mp4", "clip motion", "2025-03-01T08:15:30", "front-door", 0},
    {"Gate/20250301AM/Gate-20250301-081530-1740816930.mp4", "clip", "2025-03-01T08:15:30@1740816930000",
     "Gate", 0},
    // Why, and whom it shows
    {"gate/MDAlarmPush_20250301-081530.jpg", "still motion", "2025-03-01T08:15:30", "gate", 0},
    {"gate/HMDAlarmPush_20250301-081530.jpg", "still motion person", "2025-03-01T08:15:30", "gate", 0},
    {"gate/SDAlarmPush_20250301-081530.jpg", "still sound", "2025-03-01T08:15:30", "gate", 0},
    {"gate/IOAlarm_20250301-081530.jpg", "still", "2025-03-01T08:15:30", "gate", 0},
    {"gate/alarm/20250301081530.jpg", "still motion", "2025-03-01T08:15:30", "gate", 0},
    {"gate/Period/20250301081530.jpg", "still schedule", "2025-03-01T08:15:30", "gate", 0},
    {"gate/continuous/2025-03-01/08-15-30-00.mp4", "clip schedule", "2025-03-01T08:15:30", "gate", 0},
    {"gate/timelapse/2025-03-01_08-15-30.jpg", "still schedule", "2025-03-01T08:15:30", "gate", 0},
    {"gate_SoundAlarm_20250301081530.mp4", "clip sound", "2025-03-01T08:15:30", "gate", 0},
    {"gate_alarm_audio_20250301081530.mp4", "clip sound", "2025-03-01T08:15:30", "gate", 0},
    {"gate_20250301081530_manual.mp4", "clip manual", "2025-03-01T08:15:30", "gate", 0},
    {"gate_20250301081530_MotionDetection.jpg", "still motion", "2025-03-01T08:15:30", "gate", 0},
    {"gate_20250301081530_PersonDetected.jpg", "still motion person", "2025-03-01T08:15:30", "gate", 0},
    {"gate_20250301081530_vehicle_alarm.jpg", "still motion vehicle", "2025-03-01T08:15:30", "gate", 0},
    {"gate_20250301081530_dog.jpg", "still motion animal", "2025-03-01T08:15:30", "gate", 0},
    {"gate_20250301081530_face.jpg", "still motion face", "2025-03-01T08:15:30", "gate", 0},
    {"person/gate/20250301081530.jpg", "still motion person", "2025-03-01T08:15:30", "gate", 0},
    {"dog/20250301081530.jpg", "still motion animal", "2025-03-01T08:15:30", "", 0},
    {"Dog House/20250301081530.jpg", "still", "2025-03-01T08:15:30", "Dog House", 0},
    {"Doorbell_20250301081530.jpg", "still motion", "2025-03-01T08:15:30", "Doorbell", 0},
    {"doorbell/20250301081530.mp4", "clip motion", "2025-03-01T08:15:30", "doorbell", 0},
    {"gate_20250301081530_doorbell.mp4", "clip motion", "2025-03-01T08:15:30", "gate", 0},
    {"Gate/Snap_20250301-081530.jpg", "still", "2025-03-01T08:15:30", "Gate", 0},
    {"R4_00626E0A0B0D/snap/Snap_20250301-081530.jpg", "still manual", "2025-03-01T08:15:30", "00626E0A0B0D",
     0},
    {"Bewegung_20250301081530.jpg", "still motion", "2025-03-01T08:15:30", "", 0},
    {"10.0.0.31_01_20250301081530123_SCENE_CHANGE_DETECTION.jpg", "still", "2025-03-01T08:15:30.123",
     "10.0.0.31", 0},
    {"10.0.0.31_02_20250301081530123_INTRUSION_DETECTION.jpg", "still motion", "2025-03-01T08:15:30.123",
     "10.0.0.31/02", 0},
    {"Gate_20250301081530123_AB12CDE_VEHICLE_DETECTION.jpg", "still motion vehicle",
     "2025-03-01T08:15:30.123", "Gate", 0},
    {"motiondetection_vehicle_20250301_081530_250123.jpeg", "still motion vehicle", "2025-03-01T08:15:30", "",
     0},
    {"Mp4Record/2025-03-01/RecM03_20250301_081530_081555_0_5514C080000000_927C9.mp4", "clip motion person",
     "2025-03-01T08:15:30", "", 25},
    {"Mp4Record/2025-03-01/RecS03_20250301_081530_081555_0_55149080000000_927C9.mp4", "clip motion vehicle",
     "2025-03-01T08:15:30", "", 25},
    {"Mp4Record/2025-03-01/RecM03_20250301_081530_081555_6D28900_13CE8C7.mp4", "clip motion vehicle",
     "2025-03-01T08:15:30", "", 25},
    // Kind
    {"Gate/video_250301_081530_120.raw", "clip motion", "2025-03-01T08:15:30", "Gate", 0},
    {"snapshot_20250301081530", "still", "2025-03-01T08:15:30", "", 0},
    {"gate_20250301081530.jpf", "still", "2025-03-01T08:15:30", "gate", 0},
    {"gate_20250301081530.m4f", "clip", "2025-03-01T08:15:30", "gate", 0},
    {"snap.jpg.Xk2f9a", "still", "", "", 0},
    {"gate_20250301081530.mp4_", "clip", "2025-03-01T08:15:30", "gate", 0},
    {"E112M05S48.mp4", "clip motion", "+725", "", 48},
    {"12M05S48.mp4", "clip motion", "+725", "", 48},
    // Makers' models, recorders' and programs' ways
    {"RLC-410-5MP_00_20250301081530.jpg", "still", "2025-03-01T08:15:30", "RLC-410-5MP/00", 0},
    {"XNV-6080_20250301081530_MD.jpg", "still motion", "2025-03-01T08:15:30", "XNV-6080", 0},
    {"gate/2025/3/1/081530.jpg", "still", "2025-03-01T08:15:30", "gate", 0},
    {"3-05-20250301081530.mp4", "clip motion", "2025-03-01T08:15:30", "3", 0},
    {"12-05-20250301081530-01.jpg", "still motion", "2025-03-01T08:15:30", "12", 0},
    {"QC908-1-20250301081530.dav", "clip", "2025-03-01T08:15:30", "QC908/1", 0},
    {"cam-2-20250301081530.dav", "clip", "2025-03-01T08:15:30", "cam-2", 0},
    {"Gate (2)/20250301/081530.jpg", "still", "2025-03-01T08:15:30", "Gate (2)", 0},
    {"m10-1-2-3/E00012.jpg", "still", "", "m10-1-2-3", 0},
    {"m10-1-2-3/2025-03-01/08_15_30_250.jpg", "still", "2025-03-01T08:15:30.250", "m10-1-2-3", 0},
    {"Tapo_C200/2025-03-01/08-15-30_08-20-30.mp4", "clip", "2025-03-01T08:15:30", "Tapo_C200", 300},
    {"0002D1A0B1C2_20250301_081530_1.jpg", "still", "2025-03-01T08:15:30", "0002D1A0B1C2", 0},
    {"DCS-932L/20250301081530(01).jpg", "still", "2025-03-01T08:15:30", "DCS-932L", 0},
    {"CAM1/25030108153000.jpg", "still", "2025-03-01T08:15:30", "CAM1", 0},
    {"Camera1/20250301/08/Camera1_20250301_081530.avi", "clip", "2025-03-01T08:15:30", "Camera1", 0},
    {"2Df5hBE/aBcD12/2025-03-01T08-15-30.mp4", "clip", "2025-03-01T08:15:30", "2Df5hBE/aBcD12", 0},
    {"Export 01-03-2025 08-15-30/Camera 1/Camera 1 01-03-2025 08-15-30.mkv", "clip", "2025-03-01T08:15:30",
     "Camera 1", 0},
    {"2025-03-01_08-15-30_Camera 2 (10.0.0.5).mkv", "clip", "2025-03-01T08:15:30", "10.0.0.5/Camera 2", 0},
    {"10.0.0.5_2_20250301081530_20250301082030.mp4", "clip", "2025-03-01T08:15:30", "10.0.0.5/2", 300},
    {"ezviz9/20250301/hiv00012.mp4", "clip", "2025-03-01", "ezviz9", 0},
    {"gate/12-15-30PM_03-01-2025.jpg", "still", "2025-03-01T12:15:30", "gate", 0},
    {"Front Door - Person - 2025-03-01 08.15.30.mp4", "clip motion person", "2025-03-01T08:15:30",
     "Front Door", 0},
    {"gate/alarm_in1_20250301081530.jpg", "still motion", "2025-03-01T08:15:30", "gate", 0},
    {"front.20250301.081530.jpg", "still", "2025-03-01T08:15:30", "front", 0},
    {"front_door_20250301_08_15_30_250.jpg", "still", "2025-03-01T08:15:30.250", "front_door", 0},
    {"20250301T081530.250Z_front.jpg", "still", "2025-03-01T08:15:30.250@1740816930250", "front", 0},
    {"GXV3601_20250301081530_md.jpg", "still motion", "2025-03-01T08:15:30", "GXV3601", 0},
    {"NCB855_D20250301_T081530_001.jpg", "still", "2025-03-01T08:15:30", "NCB855", 0},
    {"ch01_[2025-03-01][08-15-30]_[08-20-30].avi", "clip", "2025-03-01T08:15:30", "ch01", 300},
    {"ch1-20250301-081530-082030-001.mp4", "clip", "2025-03-01T08:15:30", "ch1", 300},
    {"2025/March/01/08-15-30.jpg", "still", "2025-03-01T08:15:30", "", 0},
    {"01-Mar-25/08-15-30.jpg", "still", "2025-03-01T08:15:30", "", 0},
    {"Front, 1. März 2025 08.15.30.jpg", "still", "2025-03-01T08:15:30", "Front", 0},
    {"axis-accc8e010203/2025-03-01/image25-03-01_08-15-30-50.jpg", "still motion", "2025-03-01T08:15:30",
     "accc8e010203", 0},
    {"IMAG0012_20250301_081530.JPG", "still", "2025-03-01T08:15:30", "", 0},
    {"XVR_ch1_20250301081530_M.jpg", "still motion", "2025-03-01T08:15:30", "XVR_ch1", 0},
    {"20250301T081530Z-20250301T082030Z.mp4", "clip", "2025-03-01T08:15:30@1740816930000", "", 300},
    {"gate#20250301#081530.jpg", "still", "2025-03-01T08:15:30", "gate", 0},
    {"caméra entrée/mouvement/2025-03-01 08h15m30.jpg", "still motion", "2025-03-01T08:15:30",
     "caméra entrée", 0},
    {"通道01_20250301081530.mp4", "clip", "2025-03-01T08:15:30", "通道01", 0},
    // Ordinary words as parts of names
    {"Main_Gate_20250301_081530.jpg", "still", "2025-03-01T08:15:30", "Main_Gate", 0},
    {"New_Barn_20250301_081530.jpg", "still", "2025-03-01T08:15:30", "New_Barn", 0},
    {"Low Field_20250301_081530.jpg", "still", "2025-03-01T08:15:30", "Low Field", 0},
    {"gate_low_20250301_081530.mp4", "clip", "2025-03-01T08:15:30", "gate", 0},
    {"Guard Post/20250301081530.jpg", "still", "2025-03-01T08:15:30", "Guard Post", 0},
    {"Home Office/2025-03-01/081530.jpg", "still", "2025-03-01T08:15:30", "Home Office", 0},
    {"Security_Gate_20250301_081530.jpg", "still", "2025-03-01T08:15:30", "Security_Gate", 0},
    {"Main Gate.jpg", "still", "", "Main Gate", 0},
    {"gate_20250301_081530_ring.mp4", "clip motion", "2025-03-01T08:15:30", "gate", 0},
    {"PERIMETER/20250301/gate_081530.jpg", "still motion", "2025-03-01T08:15:30", "gate", 0},
    {"Car Port/20250301081530.jpg", "still", "2025-03-01T08:15:30", "Car Port", 0},
    {"car/20250301081530.jpg", "still motion vehicle", "2025-03-01T08:15:30", "", 0},
    {"Snap_20250301081530.jpg", "still", "2025-03-01T08:15:30", "", 0},
    {"gate_02_trg_20250301081530.jpg", "still motion", "2025-03-01T08:15:30", "gate/02", 0},
    {"Doorbell_Pressed_20250301081530.jpg", "still motion", "2025-03-01T08:15:30", "Doorbell", 0},
    {"SMD_Human_20250301081530.jpg", "still motion person", "2025-03-01T08:15:30", "", 0},
    {"gate/TimerRecord/20250301081530.mp4", "clip schedule", "2025-03-01T08:15:30", "gate", 0},
    {"ipdome(00626E0A0B0C)_m20250301081530.jpg", "still", "2025-03-01T08:15:30", "00626E0A0B0C", 0},
};

QString whatText(const PathMetadata &metadata)
{
    QStringList out = {nameOf(metadata.kind)};
    if (metadata.trigger != Trigger::Unknown)
        out.append(nameOf(metadata.trigger));
    if (metadata.subject != Subject::None)
        out.append(nameOf(metadata.subject));
    return out.join(QLatin1Char(' '));
}

QString metadataTime(const PathMetadata &metadata)
{
    QString out;
    if (metadata.local.isValid())
        out = metadata.local.toString(metadata.local.time().msec() == 0
                                          ? QStringLiteral("yyyy-MM-ddTHH:mm:ss")
                                          : QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzz"));
    else if (metadata.date.isValid())
        out = metadata.date.toString(Qt::ISODate);
    else if (metadata.time.isValid())
        out = QLatin1Char('T') + metadata.time.toString(Qt::ISODate);
    if (metadata.utc != 0)
        out += QLatin1Char('@') + QString::number(metadata.utc);
    if (metadata.pastHour)
        out += QLatin1Char('+') + QString::number(*metadata.pastHour / 1000);
    return out;
}

qint64 at(const char *iso)
{
    return QDateTime::fromString(QString::fromLatin1(iso) + QLatin1Char('Z'), Qt::ISODate)
        .toMSecsSinceEpoch();
}

} // namespace

class NeighboursTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(std::size(kNeighbours) >= 200); }

    void readsNeighboringSchemes_data()
    {
        QTest::addColumn<int>("row");
        for (int row = 0; row < int(std::size(kNeighbours)); ++row)
            QTest::newRow(kNeighbours[row].path) << row;
    }

    void readsNeighboringSchemes()
    {
        QFETCH(int, row);
        const Neighbour &expected = kNeighbours[row];
        const PathMetadata metadata = m_matcher->match(QString::fromUtf8(expected.path));
        QCOMPARE(whatText(metadata), QString::fromUtf8(expected.what));
        QCOMPARE(metadataTime(metadata), QString::fromUtf8(expected.time));
        QCOMPARE(metadata.cameraKey, QString::fromUtf8(expected.camera));
        QCOMPARE(metadata.duration, expected.seconds * qint64(1000));
    }

    // Numbers with several readings: the one nearest to the arrival or the file's time.
    void decidesBetweenReadingsByReference_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<qint64>("reference");
        QTest::addColumn<QString>("time");
        const auto row = [](const char *path, const char *reference, const char *time) {
            QTest::addRow("%s at %s", path, reference)
                << QString::fromLatin1(path) << (*reference ? at(reference) : 0) << QString::fromLatin1(time);
        };
        row("04-02-2026_081530.jpg", "2026-02-05T00:00:00", "2026-02-04T08:15:30");
        row("04-02-2026_081530.jpg", "2026-04-03T00:00:00", "2026-04-02T08:15:30");
        row("04-02-2026_081530.jpg", "", "2026-02-04T08:15:30");
        row("03-01-2026_081530.jpg", "2026-02-10T00:00:00", "2026-01-03T08:15:30"); // not in the future
        row("04022026081530.jpg", "2026-04-03T00:00:00", "2026-04-02T08:15:30");
        row("12-07-15_13-12-05.jpg", "2015-07-12T14:00:00", "2015-07-12T13:12:05");
        row("12-07-15_13-12-05.jpg", "2012-07-15T14:00:00", "2012-07-15T13:12:05");
        row("12-07-15_13-12-05.jpg", "", "2012-07-15T13:12:05");
        row("050826_131205.jpg", "2026-08-05T14:00:00", "2026-08-05T13:12:05");
        row("050826_131205.jpg", "2026-05-08T14:00:00", "2026-05-08T13:12:05");
        row("201112131415.jpg", "2020-11-12T14:00:00", "2020-11-12T13:14:15");
        row("201112131415.jpg", "2011-12-13T15:00:00", "2011-12-13T14:15:00");
        row("20100506070809.jpg", "2020-10-05T07:00:00", "2020-10-05T06:07:08");
        row("20100506070809.jpg", "2010-05-06T08:00:00", "2010-05-06T07:08:09");
        // A camera whose clock was never set is not read as something else.
        row("20000101000105.jpg", "2026-07-15T00:00:00", "2000-01-01T00:01:05");
        row("700101_000105.jpg", "2026-07-15T00:00:00", "1970-01-01T00:01:05");
        row("110203/0001.jpg", "2026-07-15T00:00:00", "");
        row("110203/0001.jpg", "2011-02-03T18:00:00", "2011-02-03");
        row("serial_1999999999.jpg", "2026-07-15T00:00:00", "");
        row("1-2-2026 3.04.05 PM.jpg", "2026-01-03T00:00:00", "2026-01-02T15:04:05");
    }

    void decidesBetweenReadingsByReference()
    {
        QFETCH(QString, path);
        QFETCH(qint64, reference);
        QFETCH(QString, time);
        QCOMPARE(metadataTime(m_matcher->match(path, reference)), time);
    }

    void summerTimeIsReadFromTheMark()
    {
        const auto summer = [this](const char *path) {
            return m_matcher->match(QString::fromLatin1(path)).isSummerTime;
        };
        QCOMPARE(summer("Mp4Record/2025-10-26/RecM03_DST20251026_021530_021600_6D28808_1A468F9.mp4"),
                 std::optional(true));
        QCOMPARE(summer("Mp4Record/2025-10-26/RecM03_20251026_021530_021600_6D28808_1A468F9.mp4"),
                 std::optional(false));
        QCOMPARE(summer("gate_DST20251026_021530.mp4"), std::optional(true));
        QCOMPARE(summer("gate_20251026_021530.mp4"), std::nullopt);
    }

    // Not an offset of the clock: right again after the next change to or from summer time.
    void recognizesNamesInUtc()
    {
        const auto isUtc = [this](const char *path) {
            return m_matcher->match(QString::fromLatin1(path)).isUtc;
        };
        QVERIFY(isUtc("Rec_20250301_081530_541_M.mp4"));
        QVERIFY(isUtc("recordings/2025-03-01/08/gate/15.30.mp4"));
        QVERIFY(isUtc("gate_20250301T081530Z.jpg"));
        QVERIFY(isUtc("gate 2025-03-01 08.15.30 UTC.jpg"));
        QVERIFY(!isUtc("gate_20250301T081530.jpg"));
        QVERIFY(!isUtc("Mp4Record/2025-03-01/RecM03_20250301_081530_081555_6D28808_1A468F9.mp4"));
    }

    void recognizesALoneEnd()
    {
        const auto isEnd = [this](const char *path) {
            return m_matcher->match(QString::fromLatin1(path)).isEnd;
        };
        QVERIFY(isEnd("Side Gate/2025-03-01/2025-03-02T00-00-35 motion.mp4"));
        QVERIFY(isEnd("Side Gate/2025-03-01/2025-03-01T08-15-30 smartDetectZone (person).mp4"));
        QVERIFY(!isEnd("Side Gate/2025-03-01/2025-03-01T08-15-30.mp4"));
    }

private:
    const std::shared_ptr<const Matcher> m_matcher = tests::loadedMatcher();
};

GATEHOUSE_TEST(NeighboursTest)
#include "neighbours_test.moc"
