// The amount of motion in a clip's block: as far as it is known, and where there is room.
#include "catalog/operations/add_item.h"
#include "support/registry.h"
#include "timeline/camera_lane_painter.h"
#include "timeline_fixture.h"
#include "widgets/theme.h"

#include <QApplication>

using namespace gatehouse;
using namespace gatehouse::tests;

namespace
{

constexpr int kClipSeconds = 60;

// Still for twenty seconds, a quarter of the picture moves for twenty, a little for twenty.
MotionProfile growingMotion()
{
    MotionProfile out;
    for (int second = 0; second < kClipSeconds; ++second)
        out.add(second * 1'000, second < 20 ? 0 : second < 40 ? 0.25 : 0.01);
    return out;
}

ItemId addExamined(TimelineFixture &fixture, const catalog::Camera &camera, qint64 captured,
                   const MotionProfile &motion, Subject subject = Subject::None,
                   Trigger trigger = Trigger::Motion)
{
    catalog::Examined found;
    found.item = fixture.add(camera, Kind::Clip, captured, kClipSeconds * 1'000, subject, trigger);
    found.duration = kClipSeconds * 1'000;
    found.motion = motion;
    if (!awaited(fixture.fixture.writer->submit(catalog::SetExamined{found})))
        qFatal("no such item");
    return found.item;
}

// Rows of that colour from the bottom of the first lane's blocks up.
int barAt(TimelineFixture &fixture, qint64 time, const QColor &colour)
{
    const QImage &image = fixture.panel->lanes().painted();
    const int x = int(fixture.xOf(time));
    const int bottom = widgets::metrics::kLaneHeightTall - timeline::LaneInsets::kBottom - 1;
    int height = 0;
    while (bottom - height >= timeline::LaneInsets::kTop && image.pixelColor(x, bottom - height) == colour)
        ++height;
    return height;
}

constexpr int kBlockHeight =
    widgets::metrics::kLaneHeightTall - timeline::LaneInsets::kTop - timeline::LaneInsets::kBottom;

} // namespace

class MotionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::darkTheme()); }
    void barsFollowTheMotion();
    void unknownMotionIsAFlatFoot();
    void eventsCoverContinuousRecordings();
};

void MotionTest::barsFollowTheMotion()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow - 30 * kMinuteMs;
    addExamined(fixture, yard, t, growingMotion());
    addExamined(fixture, yard, t + 10 * kMinuteMs, growingMotion(), Subject::Person);
    fixture.open();
    fixture.panel->axis().show({t - kMinuteMs, t + 13 * kMinuteMs});
    fixture.settle();
    const widgets::Theme &theme = widgets::darkTheme();
    for (const auto &[start, colour] :
         {std::pair(t, theme.motion), std::pair(t + 10 * kMinuteMs, theme.person)}) {
        QCOMPARE(barAt(fixture, start + 10'000, colour), 1);
        QCOMPARE(barAt(fixture, start + 30'000, colour), kBlockHeight);
        const int little = barAt(fixture, start + 50'000, colour);
        QVERIFY2(little > 2 && little < kBlockHeight / 3, qPrintable(QString::number(little)));
    }
    // Too narrow to show more than that there is a clip.
    fixture.panel->axis().show({t - 12 * kHourMs, t + 12 * kHourMs});
    fixture.settle();
    QVERIFY(barAt(fixture, t, theme.motion) > 2 || barAt(fixture, t, theme.person) > 2);
}

void MotionTest::unknownMotionIsAFlatFoot()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow - 30 * kMinuteMs;
    addExamined(fixture, yard, t, {});
    MotionProfile begin;
    begin.add(0, 0.25);
    addExamined(fixture, yard, t + 2 * kMinuteMs, begin);
    fixture.open();
    fixture.panel->axis().show({t - kMinuteMs, t + 4 * kMinuteMs});
    fixture.settle();
    const QColor motion = widgets::darkTheme().motion;
    const int foot = barAt(fixture, t + 10'000, motion);
    QVERIFY(foot > 2 && foot < kBlockHeight / 2);
    QCOMPARE(barAt(fixture, t + 50'000, motion), foot);
    QCOMPARE(barAt(fixture, t + 2 * kMinuteMs + 500, motion), kBlockHeight);
    QCOMPARE(barAt(fixture, t + 2 * kMinuteMs + 30'000, motion), foot);
}

void MotionTest::eventsCoverContinuousRecordings()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow - 30 * kMinuteMs;
    MotionProfile lively;
    MotionProfile still;
    for (int second = 0; second < kClipSeconds; ++second) {
        lively.add(second * 1'000, 1);
        still.add(second * 1'000, 0);
    }
    for (int minute = 0; minute < 3; ++minute)
        addExamined(fixture, yard, t + minute * kMinuteMs, lively, Subject::None, Trigger::Schedule);
    addExamined(fixture, yard, t + kMinuteMs, still, Subject::Vehicle);
    fixture.open();
    fixture.panel->axis().show({t - kMinuteMs, t + 4 * kMinuteMs});
    fixture.settle();
    const widgets::Theme &theme = widgets::darkTheme();
    const QColor scheduled = widgets::mixed(theme.motion, theme.surface, 0.55).rgb();
    QCOMPARE(barAt(fixture, t + 30'000, scheduled), kBlockHeight);
    QCOMPARE(barAt(fixture, t + kMinuteMs + 30'000, theme.vehicle), 1);
    QCOMPARE(barAt(fixture, t + kMinuteMs + 30'000, scheduled), 0);
    QCOMPARE(barAt(fixture, t + 2 * kMinuteMs + 30'000, scheduled), kBlockHeight);
}

GATEHOUSE_TEST(MotionTest)
#include "motion_test.moc"
