#include "catalog/operations/cameras.h"
#include "catalog/operations/item_removal.h"
#include "catalog/operations/review.h"
#include "catalog_fixture.h"
#include "support/catalog_invariants.h"
#include "support/registry.h"

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::catalog;

class CameraTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<CatalogFixture>(); }

    void cleanup()
    {
        QCOMPARE(brokenInvariants(m_fixture->path()), QStringList());
        m_fixture.reset();
    }

    void createsACameraAtItsFirstUpload()
    {
        const Camera expected = m_fixture->addCamera(QStringLiteral("Garden"));
        QCOMPARE(add(expected.account, QStringLiteral("SERIAL1")), expected.id); // takes its first key
        QCOMPARE(add(expected.account, QStringLiteral("SERIAL1")), expected.id);
        QCOMPARE(add(expected.account, {}), expected.id); // says nothing: the first
        const CameraId second = add(expected.account, QStringLiteral("SERIAL2"), QStringLiteral("garden"));
        QVERIFY(second != expected.id);
        const auto cameras = *m_fixture->reader->cameras();
        QCOMPARE(cameras.size(), 2);
        QCOMPARE(cameras[0].key, QStringLiteral("SERIAL1"));
        QCOMPARE(cameras[1].name, QStringLiteral("garden 2"));
        QCOMPARE(cameras[0].items, 3);
    }

    // Seven live clips from 2020 go by arrival, and the camera says since when.
    void reportsAnUnsetClock()
    {
        const Camera yard = m_fixture->addCamera(QStringLiteral("Yard"));
        const auto send = [&](int minute, const QDateTime &written, bool live = true) {
            NewItem item = m_fixture->item(yard.account, Kind::Clip, 0);
            item.hint = {};
            item.hint.local = written;
            item.hint.source = TimeSource::Name;
            item.received = kTestNow + minute * 60'000;
            item.live = live;
            return *m_fixture->reader->item(m_fixture->add(item).item).value_or(std::nullopt);
        };
        const auto since = [&] { return m_fixture->reader->cameras()->first().clockUnsetSince; };
        const QDateTime now = QDateTime::fromMSecsSinceEpoch(kTestNow, Qt::UTC);
        const QDateTime reset(QDate(2020, 1, 1), QTime(0, 3), Qt::UTC);
        QCOMPARE(send(0, now).timeSource, TimeSource::Name);
        QCOMPARE(since(), 0);
        for (int minute = 1; minute <= 7; ++minute) {
            const Item clip = send(minute, reset.addSecs(qint64(minute) * 60));
            QCOMPARE(clip.timeSource, TimeSource::StuckClock);
            QCOMPARE(clip.captured, clip.received);
        }
        QCOMPARE(since(), kTestNow + 60'000);
        // An import of the same day keeps it, and says nothing of the clock.
        QCOMPARE(send(8, reset.addDays(200), false).captured, reset.addDays(200).toMSecsSinceEpoch());
        QCOMPARE(since(), kTestNow + 60'000);
        QCOMPARE(send(9, now.addSecs(9 * 60)).timeSource, TimeSource::Name); // somebody has set it
        QCOMPARE(since(), 0);
    }

    // Only EXIF has the time: a picture says nothing until it is examined, and nothing is forgotten
    // meanwhile.
    void readsAnUnsetClockFromContent()
    {
        const Camera yard = m_fixture->addCamera(QStringLiteral("Yard"));
        const auto send = [&](int minute) {
            NewItem item = m_fixture->item(yard.account, Kind::Still, 0);
            item.hint = {};
            item.received = kTestNow + minute * 60'000;
            return m_fixture->add(item).item;
        };
        const auto examine = [&](ItemId item, const QDateTime &taken) {
            Examined found;
            found.item = item;
            found.contentLocalTime = taken;
            QVERIFY(awaited(m_fixture->writer->submit(SetExamined{found})));
        };
        const auto camera = [&] { return m_fixture->reader->cameras()->first(); };
        const QDateTime reset(QDate(2020, 1, 1), QTime(0, 3), Qt::UTC);
        const QDateTime now = QDateTime::fromMSecsSinceEpoch(kTestNow, Qt::UTC);
        const ItemId first = send(1);
        QCOMPARE(camera().clockUnsetSince, 0);
        examine(first, reset);
        QCOMPARE(camera().clockUnsetSince, kTestNow + 60'000);
        QCOMPARE(camera().clockUnsetBy, reset.toMSecsSinceEpoch() - kTestNow - 60'000);
        examine(send(2), reset.addSecs(60));
        QCOMPARE(camera().clockUnsetSince, kTestNow + 60'000);
        const ItemId third = send(3);
        QCOMPARE(camera().clockUnsetSince, kTestNow + 60'000);
        QCOMPARE(camera().clockCredibleAt, 0);
        examine(third, now.addSecs(170));
        QCOMPARE(camera().clockUnsetSince, 0);
        QCOMPARE(camera().clockCredibleAt, kTestNow + 180'000);
    }

    void requiresValidUniqueNames()
    {
        const Camera camera = m_fixture->addCamera(QStringLiteral("Front Door"));
        QCOMPARE(awaited(m_fixture->writer->submit(AddCamera{QStringLiteral("front door"), {}})).error().kind,
                 ErrorKind::Invalid);
        QCOMPARE(awaited(m_fixture->writer->submit(AddCamera{QStringLiteral("  "), {}})).error().kind,
                 ErrorKind::Invalid);
        Account account;
        account.user = QStringLiteral("front-door");
        QCOMPARE(awaited(m_fixture->writer->submit(AddCamera{QStringLiteral("Other"), account})).error().kind,
                 ErrorKind::Invalid);
        QCOMPARE(m_fixture->addCamera(QStringLiteral("Front-Door!")).user, QStringLiteral("front-door-2"));
        QCOMPARE(m_fixture->addCamera(QStringLiteral("T\u00fcr")).user, QStringLiteral("tur"));
        QVERIFY(awaited(m_fixture->writer->submit(RenameCamera{camera.id, QStringLiteral("FRONT DOOR")})));
        QVERIFY(!awaited(m_fixture->writer->submit(RenameCamera{camera.id, QStringLiteral("T\u00fcr")})));
        QCOMPARE(
            awaited(m_fixture->writer->submit(RenameCamera{CameraId{99}, QStringLiteral("x")})).error().kind,
            ErrorKind::NotFound);
    }

    // A camera's folder may be called anything.
    void numbersDuplicateNames()
    {
        const AccountId account = m_fixture->addCamera(QStringLiteral("Yard %1")).account;
        add(account, QStringLiteral("x"));
        add(account, QStringLiteral("y"), QStringLiteral("Yard %1"));
        QVERIFY(names().contains(QStringLiteral("Yard %1 2")));
    }

    void undoesAMerge()
    {
        const Camera a = m_fixture->addCamera(QStringLiteral("a"));
        const Camera b = m_fixture->addCamera(QStringLiteral("b"));
        const Camera c = m_fixture->addCamera(QStringLiteral("c"));
        add(a.account, QStringLiteral("A"));
        add(b.account, QStringLiteral("B"));
        add(c.account, QStringLiteral("C"));
        QVERIFY(awaited(m_fixture->writer->submit(MergeCameras{a.id, b.id})));
        QVERIFY(awaited(m_fixture->writer->submit(MergeCameras{b.id, c.id})));
        QCOMPARE(names(), (QStringList{QStringLiteral("c")}));
        QCOMPARE(add(a.account, QStringLiteral("A")), c.id); // forwarded
        QCOMPARE(items(c.id), 4);
        QVERIFY(!awaited(m_fixture->writer->submit(MergeCameras{c.id, c.id})));
        QVERIFY(!awaited(m_fixture->writer->submit(MergeCameras{a.id, c.id}))); // hidden already

        QVERIFY(
            awaited(m_fixture->writer->submit(SplitCamera{b.id}))); // and a with it, which was merged into b
        QCOMPARE(items(c.id), 1);
        QCOMPARE(items(b.id), 3);
        QVERIFY(awaited(m_fixture->writer->submit(SplitCamera{a.id})));
        QCOMPARE(items(a.id), 2);
        QCOMPARE(items(b.id), 1);
        QCOMPARE(names().size(), 3);
        QVERIFY(!awaited(m_fixture->writer->submit(SplitCamera{a.id})));
    }

    void changingTheZoneShiftsItsItems()
    {
        const Camera camera = m_fixture->addCamera(QStringLiteral("a"));
        NewItem local = m_fixture->item(camera.account, Kind::Still, kTestNow);
        local.hint = {};
        local.hint.local = QDateTime(QDate(2026, 6, 12), QTime(23, 30), Qt::UTC);
        local.hint.source = TimeSource::Name;
        local.received = kTestNow + 86'400'000;
        m_fixture->add(local);
        NewItem unixTime = m_fixture->item(camera.account, Kind::Still, kTestNow);
        m_fixture->add(unixTime);
        const qint64 before = (*m_fixture->reader->item(local.id))->captured;
        QVERIFY(awaited(m_fixture->writer->submit(SetCameraZone{camera.id, "Europe/Berlin"})));
        QCOMPARE((*m_fixture->reader->item(local.id))->captured, before - 2 * 3'600'000);
        QCOMPARE((*m_fixture->reader->item(unixTime.id))->captured, kTestNow);
        QCOMPARE(m_fixture->reader->cameras()->first().zone, QByteArray("Europe/Berlin"));
        QCOMPARE(m_fixture->reader->dayCounts(QDate(2026, 6, 12), QDate(2026, 6, 12))->first().stills, 2);
        QVERIFY(awaited(m_fixture->writer->submit(SetCameraZone{camera.id, "UTC"})));
        QCOMPARE((*m_fixture->reader->item(local.id))->captured, before);
        QVERIFY(!awaited(m_fixture->writer->submit(SetCameraZone{camera.id, "Moon/Base"})));
    }

    void removalKeepsEvidenceUnlessRequested()
    {
        const Camera camera = m_fixture->addCamera(QStringLiteral("a"));
        add(camera.account, QStringLiteral("A"));
        QVERIFY(awaited(m_fixture->writer->submit(RemoveCamera{camera.id, false, QStringLiteral("sold")})));
        QVERIFY(names().isEmpty());
        QVERIFY(m_fixture->reader->events({})->isEmpty());
        QCOMPARE(m_fixture->reader->items({})->size(), 1);
        QVERIFY(!awaited(m_fixture->writer->submit(FindAccount{QStringLiteral("a")}))->enabled);

        const Camera back = m_fixture->addCamera(QStringLiteral("a"));
        QCOMPARE(back.id, camera.id); // with what it had
        QVERIFY(awaited(m_fixture->writer->submit(FindAccount{QStringLiteral("a")}))->enabled);
        QCOMPARE(m_fixture->reader->events({})->size(), 1);

        QVERIFY(awaited(m_fixture->writer->submit(RemoveCamera{camera.id, true, QStringLiteral("sold")})));
        QVERIFY(m_fixture->reader->items({})->isEmpty());
        const auto garbage = *awaited(m_fixture->writer->submit(ReadGarbage{}));
        QCOMPARE(garbage.size(), 1);
        QCOMPARE(garbage[0].reason, QStringLiteral("sold"));
    }

    void refusesToRemoveACameraWithProtectedItems()
    {
        const Camera camera = m_fixture->addCamera(QStringLiteral("a"));
        const NewItem item = m_fixture->item(camera.account, Kind::Still, kTestNow);
        m_fixture->add(item);
        QVERIFY(awaited(m_fixture->writer->submit(SetProtected{item.id, true})));
        QCOMPARE(awaited(m_fixture->writer->submit(RemoveCamera{camera.id, true, QStringLiteral("x")}))
                     .error()
                     .kind,
                 ErrorKind::Denied);
        QCOMPARE(names().size(), 1);
    }

    void storesAccountSecrets()
    {
        const Camera camera = m_fixture->addCamera(QStringLiteral("a"));
        QVERIFY(awaited(
            m_fixture->writer->submit(SetAccountSecret{camera.account, "salt", QByteArray("\0hash", 5), 7})));
        const Account account = *awaited(m_fixture->writer->submit(FindAccount{QStringLiteral("a")}));
        QCOMPARE(account.id, camera.account);
        QCOMPARE(account.hash, QByteArray("\0hash", 5));
        QCOMPARE(account.iterations, 7);
        QCOMPARE(awaited(m_fixture->writer->submit(FindAccount{QStringLiteral("b")})).error().kind,
                 ErrorKind::NotFound);
    }

private:
    CameraId add(AccountId account, const QString &key, const QString &name = {})
    {
        NewItem item = m_fixture->item(account, Kind::Still, kTestNow);
        item.cameraKey = key;
        item.cameraName = name;
        return m_fixture->add(item).camera;
    }

    QStringList names()
    {
        QStringList out;
        const QVector<Camera> cameras = *m_fixture->reader->cameras();
        for (const Camera &camera : cameras)
            out.append(camera.name);
        return out;
    }

    qsizetype items(CameraId camera)
    {
        ItemQuery query;
        query.camera = camera;
        return m_fixture->reader->items(query)->size();
    }

    std::unique_ptr<CatalogFixture> m_fixture;
};

GATEHOUSE_TEST(CameraTest)
#include "camera_test.moc"
