#include "demo/demo_camera.h"

namespace gatehouse::demo
{

namespace
{
QString filled(const QString &pattern, const QDateTime &at, const Happening &happening, const QString &word)
{
    const QDateTime end = happening.start.addSecs(happening.seconds);
    QString out;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != QLatin1Char('%') || i + 1 == pattern.size()) {
            out += pattern[i];
            continue;
        }
        switch (pattern[++i].toLatin1()) {
        case 'Y':
            out += at.toString(QStringLiteral("yyyy"));
            break;
        case 'm':
            out += at.toString(QStringLiteral("MM"));
            break;
        case 'd':
            out += at.toString(QStringLiteral("dd"));
            break;
        case 'H':
            out += at.toString(QStringLiteral("HH"));
            break;
        case 'M':
            out += at.toString(QStringLiteral("mm"));
            break;
        case 'S':
            out += at.toString(QStringLiteral("ss"));
            break;
        case 'i':
            out += at.toString(QStringLiteral("zzz"));
            break;
        case 'e':
            out += end.toString(QStringLiteral("HH.mm.ss"));
            break;
        case 'E':
            out += end.toString(QStringLiteral("yyyyMMdd_HHmmss"));
            break;
        case 'l':
            out += QString::number(happening.seconds);
            break;
        case 'w':
            out += word;
            break;
        default:
            break;
        }
    }
    return out;
}

QString wordFor(const DemoCamera &camera, const Happening &happening)
{
    const auto orMotion = [&](const QString &word) { return word.isEmpty() ? camera.motionWord : word; };
    if (happening.trigger == Trigger::Schedule)
        return orMotion(camera.scheduleWord);
    if (happening.trigger == Trigger::Sound)
        return orMotion(camera.soundWord);
    if (happening.visitor == Visitor::Person || happening.visitor == Visitor::Courier)
        return orMotion(camera.personWord);
    if (happening.visitor == Visitor::Car)
        return orMotion(camera.vehicleWord);
    return camera.motionWord;
}

Look look(Place place, const char *burntIn, const char *clock, bool infrared, Color cast)
{
    Look out;
    out.place = place;
    out.name = QString::fromLatin1(burntIn);
    out.clockFormat = QString::fromLatin1(clock);
    out.infrared = infrared;
    out.cast = cast;
    return out;
}

constexpr auto kIso = "yyyy-MM-dd HH:mm:ss";
constexpr auto kAmerican = "MM/dd/yyyy HH:mm:ss";
constexpr auto kDayFirst = "dd-MM-yyyy HH:mm:ss";
constexpr Color kPlain(1, 1, 1);
constexpr Color kWarm(1.05, 1.0, 0.93);
constexpr Color kCool(0.95, 1.0, 1.07);

QVector<DemoCamera> frontCameras()
{
    using enum Visitor;
    DemoCamera driveway;
    driveway.name = QStringLiteral("Driveway");
    driveway.look = look(Place::Driveway, "Driveway", kIso, true, kPlain);
    driveway.stillPath = QStringLiteral("R4_00626E1A2B01/snap/%wAlarm_%Y%m%d-%H%M%S.jpg");
    driveway.clipPath = QStringLiteral("R4_00626E1A2B01/record/%walarm_%Y%m%d_%H%M%S.mkv");
    driveway.container = QStringLiteral("matroska");
    driveway.motionWord = QStringLiteral("MD");
    driveway.personWord = QStringLiteral("HMD");
    driveway.scheduleWord = QStringLiteral("Schedule");
    driveway.scheduledPath = QStringLiteral("R4_00626E1A2B01/snap/%w_%Y%m%d-%H%M%S.jpg");
    driveway.stills = 2;
    driveway.visitors = {Car, Car, Car, Person, Courier, Cat};

    DemoCamera frontDoor;
    frontDoor.name = QStringLiteral("Front door");
    frontDoor.look = look(Place::FrontDoor, "Front Door", kAmerican, false, kWarm);
    frontDoor.stillPath = QStringLiteral("%Y/%m/%d/Front Door_00_%Y%m%d%H%M%S.jpg");
    frontDoor.clipPath = QStringLiteral("%Y/%m/%d/Front Door_00_%Y%m%d%H%M%S.mp4");
    frontDoor.visitors = {Person, Courier, Person, Courier, Cat};

    DemoCamera street;
    street.name = QStringLiteral("Street");
    street.look = look(Place::Street, "LPR 01", kDayFirst, true, kCool);
    street.stillPath = QStringLiteral("ftp/Street/%Y%m%d%H%M%S%i_K4217_%w.jpg");
    street.motionWord = QStringLiteral("VEHICLE_DETECTION");
    street.stills = 3;
    street.visitors = {Car};

    DemoCamera garage;
    garage.name = QStringLiteral("Garage");
    garage.look = look(Place::Garage, "Garage", kIso, true, kWarm);
    garage.stillPath = QStringLiteral("IPCamera/C2_00626E1A2B07/snap/%wAlarm_%Y%m%d-%H%M%S.jpg");
    garage.clipPath =
        QStringLiteral("IPCamera/C2_00626E1A2B07/record/%Y%m%d/%Y%m%d_%H0000/%walarm_%Y%m%d_%H%M%S.avi");
    garage.container = QStringLiteral("avi");
    garage.motionWord = QStringLiteral("MD");
    garage.soundWord = QStringLiteral("SD");
    garage.visitors = {Car, Car, Person, Cat};

    DemoCamera porch;
    porch.name = QStringLiteral("Porch");
    porch.look = look(Place::Porch, "porch", kIso, true, kPlain);
    porch.stillPath = QStringLiteral("%Y-%m-%d/%H-%M-%S.jpg");
    porch.clipPath = QStringLiteral("%Y-%m-%d/%H-%M-%S.mp4");
    porch.visitors = {Person, Car, Car, Courier, Dog};

    DemoCamera gate;
    gate.name = QStringLiteral("Side gate");
    gate.look = look(Place::Gate, "gate-cam-7c1e", kIso, true, kCool);
    gate.clipPath = QStringLiteral("%Y/%m/%d/gate-cam-7c1e-%Y%m%d-%H%M%S.mp4");
    gate.visitors = {Person, Dog, Cat, Person};
    return {driveway, frontDoor, street, garage, porch, gate};
}

QVector<DemoCamera> gardenCameras()
{
    using enum Visitor;
    DemoCamera garden;
    garden.name = QStringLiteral("Garden");
    garden.look = look(Place::Garden, "Garden", kAmerican, true, kWarm);
    garden.stillPath = QStringLiteral("AMC0028V_7A5UUB/%Y-%m-%d/001/jpg/%H/%M/%S[%w][0@0][0].jpg");
    garden.clipPath = QStringLiteral("AMC0028V_7A5UUB/%Y-%m-%d/001/dav/%H/%H.%M.%S-%e[%w][0@0][0].mp4");
    garden.motionWord = QStringLiteral("M");
    garden.visitors = {Cat, Cat, Dog, Person};

    DemoCamera pool;
    pool.name = QStringLiteral("Pool");
    pool.look = look(Place::Pool, "Camera 01", kDayFirst, false, kCool);
    pool.stillPath = QStringLiteral("192.168.1.64_01_%Y%m%d%H%M%S%i_%w.jpg");
    pool.clipPath = QStringLiteral("192.168.1.64_01_%Y%m%d%H%M%S_%E_0.mp4");
    pool.motionWord = QStringLiteral("MOTION_DETECTION");
    pool.personWord = QStringLiteral("HUMAN_DETECTION");
    pool.scheduleWord = QStringLiteral("TIMING");
    pool.visitors = {Person, Dog, Person};

    DemoCamera yard;
    yard.name = QStringLiteral("Back yard");
    yard.look = look(Place::Yard, "IPC", kIso, true, kPlain);
    yard.stillPath = QStringLiteral("BackYard/%Y-%m-%d/001/jpg/%H/%M/%S[%w][0@0][0].jpg");
    yard.clipPath = QStringLiteral("BackYard/%Y-%m-%d/001/dav/%H/%H.%M.%S-%e[%w][0@0][0].mp4");
    yard.motionWord = QStringLiteral("M");
    yard.visitors = {Dog, Dog, Person, Cat};

    DemoCamera terrace;
    terrace.name = QStringLiteral("Terrace");
    terrace.look = look(Place::Terrace, "Terrace", kDayFirst, true, kWarm);
    terrace.stillPath = QStringLiteral("00-18-ae-a8-1b-2c/%w/%Y-%m-%d/%H/%w_%Y-%m-%d-%H-%M-%S-%i_001.jpg");
    terrace.motionWord = QStringLiteral("MOTION");
    terrace.personWord = QStringLiteral("TRIPWIRE");
    terrace.stills = 3;
    terrace.visitors = {Person, Cat};

    DemoCamera barn;
    barn.name = QStringLiteral("Barn");
    barn.look = look(Place::Barn, "DCS BARN", kIso, false, kWarm);
    barn.stillPath = QStringLiteral("BARN%Y%m%d_%H%M%S.jpg");
    barn.clipPath = QStringLiteral("BARN%Y%m%d_%H%M%S.mp4");
    barn.visitors = {Car, Person, Dog, Cat};
    return {garden, pool, yard, terrace, barn};
}

QVector<DemoCamera> indoorCameras()
{
    using enum Visitor;
    DemoCamera living;
    living.name = QStringLiteral("Living room");
    living.look = look(Place::LivingRoom, "Yi Home", kIso, true, kPlain);
    living.clipPath = QStringLiteral("%YY%mM%dD%HH/%MM%SS%l.mp4");
    living.visitors = {Person, Dog, Person};

    DemoCamera workshop;
    workshop.name = QStringLiteral("Workshop");
    workshop.look = look(Place::Workshop, "ESP32-CAM", kIso, false, Color(1.02, 1.04, 0.94));
    workshop.clipPath = QStringLiteral("%Y%m%d/%Y%m%d_%H%M%S_VGA_8_%l.avi");
    workshop.container = QStringLiteral("avi");
    workshop.motionJpeg = true;
    workshop.visitors = {Person, Cat};

    DemoCamera hallway;
    hallway.name = QStringLiteral("Hallway");
    hallway.look = look(Place::Hallway, "FD Hallway", "yyyy/MM/dd HH:mm:ss", true, kCool);
    hallway.stillPath = QStringLiteral("hallway_%Y%m%d%H%M%S_%w.jpg");
    hallway.motionWord = QStringLiteral("4_trg");
    hallway.scheduleWord = QStringLiteral("timer");
    hallway.scheduledPath = QStringLiteral("hallway_%Y%m%d%H%M%S.jpg");
    hallway.stills = 3;
    hallway.visitors = {Person, Dog};
    return {living, workshop, hallway};
}
} // namespace

QString DemoCamera::stillName(const Happening &happening, qint64 msIn) const
{
    const bool scheduled = happening.trigger == Trigger::Schedule && !scheduledPath.isEmpty();
    return filled(scheduled ? scheduledPath : stillPath, happening.start.addMSecs(msIn), happening,
                  wordFor(*this, happening));
}

QString DemoCamera::clipName(const Happening &happening) const
{
    return filled(clipPath, happening.start, happening, wordFor(*this, happening));
}

QVector<DemoCamera> demoCameras()
{
    return frontCameras() + gardenCameras() + indoorCameras();
}

} // namespace gatehouse::demo
