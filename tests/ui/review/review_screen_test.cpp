#include "fakes/engine_fixture.h"
#include "models/camera_model.h"
#include "models/event_model.h"
#include "models/selection.h"
#include "review/review_screen.h"
#include "support/registry.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::review;
using gatehouse::tests::EngineFixture;

namespace
{

constexpr int kPatience = 15'000;
constexpr qint64 kMinute = 60'000;

} // namespace

class ReviewScreenTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::darkTheme()); }
    void startsAtTheLatestEvent();
    void remembersHiddenCameras();
};

void ReviewScreenTest::startsAtTheLatestEvent()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const auto road = fixture.addCamera(QStringLiteral("Road"));
    const qint64 now = fixture.clock.now();
    fixture.add(yard, Kind::Clip, now - 60 * kMinute);
    ReviewScreen screen(fixture.services(), fixture.clock);
    screen.resize(1500, 900);
    screen.show();
    QTRY_COMPARE_WITH_TIMEOUT(screen.selection().camera(), yard.id, kPatience);
    QVERIFY(screen.playhead().isFollowing());

    // Nobody chose anything: the next one takes its place.
    fixture.add(road, Kind::Clip, now - 30 * kMinute);
    QTRY_COMPARE_WITH_TIMEOUT(screen.selection().camera(), road.id, kPatience);
    QCOMPARE(screen.playhead().time(), now - 30 * kMinute);

    // What a person chose stays.
    screen.playhead().seek(now - 60 * kMinute);
    fixture.add(yard, Kind::Clip, now - 10 * kMinute);
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 3, kPatience);
    QCOMPARE(screen.playhead().time(), now - 60 * kMinute);
    QCOMPARE(screen.selection().camera(), road.id);
}

void ReviewScreenTest::remembersHiddenCameras()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    ReviewScreen screen(fixture.services(), fixture.clock);
    QTRY_COMPARE_WITH_TIMEOUT(screen.cameras().rowCount(), 1, kPatience);
    screen.cameras().setData(screen.cameras().indexOf(yard.id), Qt::Unchecked, Qt::CheckStateRole);
    ReviewScreen again(fixture.services(), fixture.clock);
    again.setState(screen.state());
    QCOMPARE(again.cameras().hidden(), QSet<CameraId>{yard.id});
}

GATEHOUSE_TEST(ReviewScreenTest)
#include "review_screen_test.moc"
