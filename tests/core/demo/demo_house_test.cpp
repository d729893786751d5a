// The demo's cameras: their names are understood as intended, their days are plausible, and their files
// arrive through the real receiver.
#include "demo/demo_house.h"
#include "fakes/disk_backend.h"
#include "ftp/server.h"
#include "support/registry.h"
#include "vendors/matcher.h"

#include <QElapsedTimer>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::demo;

namespace
{

Happening happening(Trigger trigger, Visitor visitor)
{
    Happening out;
    out.start = QDateTime(QDate(2026, 6, 12), QTime(14, 2, 18));
    out.trigger = trigger;
    out.visitor = visitor;
    out.seconds = 7;
    return out;
}

// The trigger that this camera's brand puts into its names; unknown if none.
Trigger expectedTrigger(const DemoCamera &camera, Trigger meant)
{
    static const QSet<QString> silent = {QStringLiteral("Front door")};
    return silent.contains(camera.name) ? Trigger::Unknown : meant;
}

} // namespace

class DemoHouseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto loaded = vendors::Matcher::load();
        QVERIFY(loaded);
        m_matcher = *loaded;
    }

    void hasFourteenCamerasAtDistinctPlaces()
    {
        const auto cameras = demoCameras();
        QCOMPARE(cameras.size(), 14);
        QSet<QString> names;
        QSet<int> places;
        for (const DemoCamera &camera : cameras) {
            names.insert(camera.name);
            places.insert(int(camera.look.place));
            QVERIFY(!camera.visitors.isEmpty());
            QVERIFY(!camera.stillPath.isEmpty() || !camera.clipPath.isEmpty());
        }
        QCOMPARE(names.size(), 14);
        QCOMPARE(places.size(), 14);
    }

    void fileNamesParseAsIntended()
    {
        for (const DemoCamera &camera : demoCameras()) {
            QSet<QString> keys;
            for (const Visitor visitor : camera.visitors) {
                const Happening event = happening(Trigger::Motion, visitor);
                if (!camera.stillPath.isEmpty()) {
                    const auto metadata = m_matcher->match(camera.stillName(event, 2480));
                    QCOMPARE(metadata.kind, Kind::Still);
                    QCOMPARE(metadata.trigger, expectedTrigger(camera, Trigger::Motion));
                    QCOMPARE(metadata.local.toString(QStringLiteral("yyyyMMddHHmmss")),
                             QStringLiteral("20260612140220"));
                    if (camera.personWord == QLatin1String("HMD") && visitor == Visitor::Person)
                        QCOMPARE(metadata.subject, Subject::Person);
                    if (camera.motionWord == QLatin1String("VEHICLE_DETECTION"))
                        QCOMPARE(metadata.subject, Subject::Vehicle);
                    keys.insert(metadata.cameraKey);
                }
                if (!camera.clipPath.isEmpty()) {
                    const auto metadata = m_matcher->match(camera.clipName(event));
                    QCOMPARE(metadata.kind, Kind::Clip);
                    // Hikvision's clips, unlike its stills, do not name the trigger.
                    if (camera.motionWord != QLatin1String("MOTION_DETECTION"))
                        QCOMPARE(metadata.trigger, expectedTrigger(camera, Trigger::Motion));
                    QCOMPARE(metadata.local.toString(QStringLiteral("yyyyMMddHHmmss")),
                             QStringLiteral("20260612140218"));
                    QVERIFY(metadata.duration == 0 || metadata.duration == 7000);
                    QVERIFY(metadata.vendor != QLatin1String("generic"));
                    keys.insert(metadata.cameraKey);
                }
            }
            QVERIFY2(keys.size() == 1, qPrintable(camera.name));
        }
    }

    void recognizesSoundAndScheduleNames()
    {
        int sounds = 0;
        int schedules = 0;
        for (const DemoCamera &camera : demoCameras()) {
            if (!camera.soundWord.isEmpty()) {
                ++sounds;
                const Happening event = happening(Trigger::Sound, Visitor::Nobody);
                QCOMPARE(m_matcher->match(camera.clipName(event)).trigger, Trigger::Sound);
            }
            if (!camera.scheduleWord.isEmpty()) {
                ++schedules;
                const Happening event = happening(Trigger::Schedule, Visitor::Nobody);
                QCOMPARE(m_matcher->match(camera.stillName(event, 0)).trigger, Trigger::Schedule);
            }
        }
        QVERIFY(sounds > 0 && schedules >= 3);
    }

    void plansAPlausibleDay()
    {
        const auto cameras = demoCameras();
        const QDateTime now(QDate(2026, 6, 12), QTime(18, 30));
        const auto plan = planPast(cameras, now, 12, 80, 3);
        QVERIFY(plan.size() >= 80 && plan.size() <= 150);
        QSet<int> seen;
        for (qsizetype i = 0; i < plan.size(); ++i) {
            QVERIFY(plan[i].happening.start < now);
            QVERIFY(plan[i].happening.start > now.addSecs(-13 * 3600));
            QVERIFY(i == 0 || plan[i].happening.start <= plan[i - 1].happening.start);
            seen.insert(plan[i].camera);
        }
        QCOMPARE(seen.size(), 14);
        QVERIFY(bustle(17) > bustle(3) * 3);
        const auto night = planPast(cameras, QDateTime(now.date(), QTime(5, 0)), 6, 40, 3);
        QVERIFY(!night.isEmpty());
    }

    void uploadsThroughTheRealReceiver()
    {
        const QTemporaryDir folder;
        tests::DiskBackend backend(folder.path());
        const SystemClock clock;
        ftp::ServerOptions options;
        options.bind = {QHostAddress::LocalHost};
        options.port = 0;
        ftp::Server server(options, backend, clock);
        QVERIFY(server.listen());

        QStringList asked;
        DemoHouse house(
            QHostAddress::LocalHost, server.port(),
            [&](const QString &name) {
                asked.append(name);
                return QtFuture::makeReadyFuture(
                    Result<Credentials>(Credentials{backend.user, QString::fromUtf8(backend.password)}));
            },
            clock);
        DemoHouse::Options few;
        few.pastHours = 2;
        few.pastEvents = 6;
        few.liveEveryMs = 500;
        house.setOptions(few);
        QSignalSpy live(&house, &DemoHouse::wentLive);
        QSignalSpy failures(&house, &DemoHouse::failed);
        house.start();
        QTRY_COMPARE_WITH_TIMEOUT(live.size(), 1, 120'000);
        const auto past = backend.stored().size();
        QVERIFY(past >= 6);
        QTRY_VERIFY_WITH_TIMEOUT(backend.stored().size() > past, 60'000);
        QVERIFY2(failures.isEmpty(),
                 failures.isEmpty() ? "" : qPrintable(failures.first().last().toString()));
        QCOMPARE(asked.size(), 14);
        for (const auto &stored : backend.stored()) {
            QVERIFY(stored.end == ftp::UploadEnd::Complete);
            QVERIFY(stored.bytes > 5'000);
            const auto metadata = m_matcher->match(stored.path);
            QVERIFY(metadata.kind == Kind::Still || metadata.kind == Kind::Clip);
            QVERIFY2(metadata.local.isValid(), qPrintable(stored.path));
        }
    }

    void reportsARefusedLogin()
    {
        const QTemporaryDir folder;
        tests::DiskBackend backend(folder.path());
        const SystemClock clock;
        ftp::ServerOptions options;
        options.bind = {QHostAddress::LocalHost};
        options.port = 0;
        ftp::Server server(options, backend, clock);
        QVERIFY(server.listen());
        FtpUploader uploader(QHostAddress::LocalHost, server.port());
        uploader.setCredentials({QStringLiteral("nobody"), QStringLiteral("wrong")});
        QSignalSpy failures(&uploader, &FtpUploader::failed);
        uploader.send(QStringLiteral("a/b.jpg"), "x");
        QTRY_COMPARE_WITH_TIMEOUT(failures.size(), 1, 30'000);
        QCOMPARE(failures.first().first().toString(), QStringLiteral("a/b.jpg"));
        QVERIFY(failures.first().last().toString().contains(QStringLiteral("530")));
        // With the correct password, the next file gets through in a new session.
        uploader.setCredentials({backend.user, QString::fromUtf8(backend.password)});
        QSignalSpy sent(&uploader, &FtpUploader::sent);
        uploader.send(QStringLiteral("deep/er/b.jpg"), "content");
        uploader.send(QStringLiteral("deep/er/c.jpg"), "more");
        QTRY_COMPARE_WITH_TIMEOUT(sent.size(), 2, 30'000);
        QCOMPARE(backend.bytesOf(QStringLiteral("/deep/er/b.jpg")), QByteArray("content"));
        QCOMPARE(backend.bytesOf(QStringLiteral("/deep/er/c.jpg")), QByteArray("more"));
    }

private:
    std::shared_ptr<const vendors::Matcher> m_matcher;
};

GATEHOUSE_TEST(DemoHouseTest)
#include "demo_house_test.moc"
