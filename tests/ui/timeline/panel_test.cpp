// The timeline with a real catalog behind it: choosing, hopping, zooming and panning, uploads that
// arrive while somebody looks, and nothing read on the window's own thread.
#include "base/regional_time.h"
#include "catalog/operations/add_item.h"
#include "catalog/operations/item_removal.h"
#include "support/durations.h"
#include "support/registry.h"
#include "timeline/calendar_popup.h"
#include "timeline/lane_headers.h"
#include "timeline/lane_hit_test.h"
#include "timeline/overview_strip.h"
#include "timeline/timeline_ruler.h"
#include "timeline/timeline_toolbar.h"
#include "timeline_fixture.h"
#include "widgets/icon_button.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QScrollBar>
#include <QWheelEvent>

using namespace gatehouse;
using namespace gatehouse::timeline;
using namespace gatehouse::tests;
using timeline::LaneView;
using timeline::TimelinePanel;

namespace
{

void wheel(QWidget &on, QPointF at, int turned, Qt::KeyboardModifiers keys = Qt::NoModifier)
{
    QWheelEvent event(at, on.mapToGlobal(at), {}, {0, turned}, Qt::NoButton, keys, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&on, &event);
}

} // namespace

class PanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::darkTheme()); }
    void clickPlaysTheItemUnderThePointer();
    void clickOnEmptySpaceGoesToTheNextEvent();
    void arrowKeysMoveBetweenEvents();
    void keysZoomAndPan();
    void limitsTheFuture();
    void subjectsBelongToTheEvent();
    void wheelKeepsTheTimeUnderThePointer();
    void dragPansAndTheRulerScrubs();
    void uploadsAppearWithoutMovingAnything();
    void showsRemovalsAndChanges();
    void goToNowFollowsTheClock();
    void viewFollowsPlayback();
    void scrollsManyLanes();
    void calendarMarksDaysAndJumpsToThem();
    void calendarBeginsWithTheFirstDayOfTheWeek();
    void rulerLabelsNeitherTouchNorAreCut();
    void enablesTheNextDayAfterMidnight();
    void paintsDayCountsInLongViews();
    void hiddenCameraHasNoLane();
    void headerCountsWhatTheDayHas();
};

void PanelTest::clickPlaysTheItemUnderThePointer()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const auto door = fixture.fixture.addCamera(QStringLiteral("Door"));
    const ItemId clip = fixture.add(yard, Kind::Clip, kTestNow - 30 * kMinuteMs, 5 * kMinuteMs);
    const ItemId tiny = fixture.add(yard, Kind::Clip, kTestNow - 10 * kMinuteMs, 1'000, Subject::Person);
    const ItemId still = fixture.add(door, Kind::Still, kTestNow - 20 * kMinuteMs);
    const ItemId broken = fixture.add(door, Kind::Clip, kTestNow - 5 * kMinuteMs, 2'000, Subject::None,
                                      Trigger::Motion, ItemState::Incomplete);
    TimelinePanel &panel = fixture.open();
    QSignalSpy shown(&fixture.selection, &models::Selection::shown);
    const int yardLane = panel.recordings().cameras()[0].camera == yard.id ? 0 : 1;

    const auto click = [&](int lane, qint64 t, int y = 0) {
        QTest::mouseClick(&panel.lanes(), Qt::LeftButton, {}, fixture.pointAt(lane, t) + QPoint(0, y));
    };
    click(yardLane, kTestNow - 28 * kMinuteMs);
    QCOMPARE(shown.size(), 1);
    QCOMPARE(fixture.selection.item(), clip);
    QCOMPARE(fixture.selection.camera(), yard.id);
    // It plays from where it was clicked.
    QVERIFY(std::abs(fixture.playhead.time() - (kTestNow - 28 * kMinuteMs)) < 4'000);
    QVERIFY(!panel.lanes().selectionRect().isEmpty());

    click(yardLane, kTestNow - 10 * kMinuteMs);
    QCOMPARE(fixture.selection.item(), tiny);
    QCOMPARE(fixture.playhead.time(), kTestNow - 10 * kMinuteMs + 999);
    click(1 - yardLane, kTestNow - 20 * kMinuteMs, -12);
    QCOMPARE(fixture.selection.item(), still);
    QCOMPARE(fixture.selection.camera(), door.id);
    click(1 - yardLane, kTestNow - 5 * kMinuteMs + 20'000); // its frame is wider than its clip
    QCOMPARE(fixture.selection.item(), broken);
}

void PanelTest::clickOnEmptySpaceGoesToTheNextEvent()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const ItemId early = fixture.add(yard, Kind::Clip, kTestNow - 40 * kMinuteMs, 10'000);
    const ItemId late = fixture.add(yard, Kind::Clip, kTestNow - 10 * kMinuteMs, 10'000);
    TimelinePanel &panel = fixture.open();
    QTest::mouseClick(&panel.lanes(), Qt::LeftButton, {}, fixture.pointAt(0, kTestNow - 50 * kMinuteMs));
    QTRY_COMPARE_WITH_TIMEOUT(fixture.selection.item(), early, kPatience);
    QTest::mouseClick(&panel.lanes(), Qt::LeftButton, {}, fixture.pointAt(0, kTestNow - 25 * kMinuteMs));
    QTRY_COMPARE_WITH_TIMEOUT(fixture.selection.item(), late, kPatience);
    QTest::mouseClick(&panel.lanes(), Qt::LeftButton, {}, fixture.pointAt(0, kTestNow - 30 * kMinuteMs));
    QTest::mouseClick(&panel.lanes(), Qt::LeftButton, {}, fixture.pointAt(0, kTestNow + 2 * kMinuteMs));
    QTRY_COMPARE_WITH_TIMEOUT(fixture.selection.item(), late, kPatience); // nothing follows: the last one
    QCOMPARE(fixture.playhead.time(), kTestNow - 10 * kMinuteMs);
}

void PanelTest::arrowKeysMoveBetweenEvents()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const auto door = fixture.fixture.addCamera(QStringLiteral("Door"));
    const ItemId first = fixture.add(yard, Kind::Clip, kTestNow - 50 * kMinuteMs, 10'000);
    const ItemId other = fixture.add(door, Kind::Clip, kTestNow - 40 * kMinuteMs, 10'000);
    const ItemId second = fixture.add(yard, Kind::Clip, kTestNow - 30 * kMinuteMs, 10'000);
    TimelinePanel &panel = fixture.open();
    fixture.playhead.seek(kTestNow - 60 * kMinuteMs);
    QTest::keyClick(&panel, Qt::Key_Right);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.selection.item(), first, kPatience); // no camera chosen: of any
    fixture.selection.chooseCamera({});
    QTest::keyClick(&panel, Qt::Key_BracketRight);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.selection.item(), other, kPatience);
    fixture.selection.chooseCamera(yard.id);
    QTest::keyClick(&panel, Qt::Key_Right);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.selection.item(), second, kPatience);
    QTest::keyClick(&panel, Qt::Key_Left);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.selection.item(), first, kPatience);
    QSignalSpy nothing(&panel, &TimelinePanel::nothingThere);
    QTest::keyClick(&panel, Qt::Key_Left);
    QTRY_COMPARE_WITH_TIMEOUT(nothing.size(), 1, kPatience);
    QCOMPARE(nothing[0], (QVariantList{false, true})); // but one follows
    QCOMPARE(fixture.selection.item(), first);
    // Well inside an event, back means its own beginning.
    fixture.selection.show(yard.id, second, kTestNow - 30 * kMinuteMs + 8'000);
    QTest::keyClick(&panel, Qt::Key_Left);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.playhead.time(), kTestNow - 30 * kMinuteMs, kPatience);
    QTest::keyClick(&panel, Qt::Key_Down);
    QVERIFY(fixture.selection.camera().isValid());
}

void PanelTest::limitsTheFuture()
{
    TimelineFixture fixture;
    fixture.fixture.addCamera(QStringLiteral("Yard"));
    TimelinePanel &panel = fixture.open();
    TimelineAxis &axis = panel.axis();
    for (int i = 0; i < 30; ++i) {
        axis.zoomAt(axis.scale().width / 2.0, 1.7);
        const double future = double(axis.scale().range().end - kTestNow);
        QVERIFY2(future <= std::max(double(kDayMs), axis.scale().span() * 0.05) + 2,
                 qPrintable(QString::number(future / kDayMs)));
        QVERIFY(axis.scale().range().contains(kTestNow));
    }
    axis.panBy(1e7); // a long throw
    QVERIFY(axis.scale().range().contains(kTestNow));
    axis.zoomAt(axis.scale().width, 1e-6);
    axis.panBy(1e7);
    QVERIFY(axis.scale().range().end <= kTestNow + qint64(kDayMs) + 2);
    panel.goToNow();
    QVERIFY(axis.scale().range().contains(kTestNow));
}

void PanelTest::subjectsBelongToTheEvent()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 start = kTestNow - 50 * kMinuteMs;
    // The camera names the person in the second clip only.
    fixture.add(yard, Kind::Clip, start, 20'000);
    fixture.add(yard, Kind::Clip, start + 30'000, 20'000, Subject::Person);
    fixture.add(yard, Kind::Still, start + 40'000);
    fixture.add(yard, Kind::Clip, start + 10 * kMinuteMs, 20'000); // another event
    TimelinePanel &panel = fixture.open();
    const auto chunk = panel.recordings().chunk(yard.id, start / kChunkMs);
    QVERIFY(chunk);
    QCOMPARE(chunk->events.size(), 3);
    QCOMPARE(categoryOf(chunk->events.items()[0]), ClipCategory::Person);
    QCOMPARE(categoryOf(chunk->events.items()[1]), ClipCategory::Person);
    QCOMPARE(categoryOf(chunk->events.items()[2]), ClipCategory::Motion);
    QCOMPARE(categoryOf(chunk->stills.items()[0]), ClipCategory::Person);
    const QColor person = widgets::themeOf(panel).person;
    int found = 0;
    const QImage &image = panel.lanes().painted();
    const int x = int(fixture.xOf(start + 5'000));
    for (int y = 0; y < image.height(); ++y)
        found += image.pixelColor(x, y) == person ? 1 : 0;
    QVERIFY(found > 0);
}

void PanelTest::keysZoomAndPan()
{
    TimelineFixture fixture;
    fixture.fixture.addCamera(QStringLiteral("Yard"));
    TimelinePanel &panel = fixture.open();
    fixture.playhead.seek(kTestNow - 20 * kMinuteMs);
    const double span = panel.axis().scale().span();
    const double x = fixture.xOf(fixture.playhead.time());
    QTest::keyClick(&panel, Qt::Key_Plus);
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(panel.axis().scale().span() - span / 2) < 1e-3, kPatience);
    QVERIFY(std::abs(fixture.xOf(fixture.playhead.time()) - x) < 1.5); // about the playhead
    QTest::keyClick(&panel, Qt::Key_Minus);
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(panel.axis().scale().span() - span) < 1e-3, kPatience);
    const double start = panel.axis().scale().start;
    QTest::keyClick(&panel, Qt::Key_PageUp);
    QVERIFY(std::abs(start - panel.axis().scale().start - span * 0.9) < 2);
    QTest::keyClick(&panel, Qt::Key_PageDown);
    QVERIFY(std::abs(start - panel.axis().scale().start) < 2);
}

void PanelTest::wheelKeepsTheTimeUnderThePointer()
{
    TimelineFixture fixture;
    fixture.fixture.addCamera(QStringLiteral("Yard"));
    TimelinePanel &panel = fixture.open();
    // Long ago, because a view that would reach into the future keeps now instead.
    const qint64 past = kTestNow - 1'500 * 24 * kHourMs;
    panel.axis().show({past, past + 65 * kMinuteMs});
    const double x = 333;
    const double before = panel.axis().scale().start + x * panel.axis().scale().msPerPixel;
    for (int i = 0; i < 80; ++i)
        wheel(panel.lanes(), {x, 60}, i < 20 ? 120 : -120);
    const auto &scale = panel.axis().scale();
    QVERIFY(scale.span() > 360 * 86'400'000.0); // from seconds to more than a year in these turns
    QVERIFY(std::abs(scale.start + x * scale.msPerPixel - before) < scale.msPerPixel);
    fixture.settle();
    wheel(panel.lanes(), {x, 60}, -120, Qt::ShiftModifier);
    QVERIFY(std::abs(panel.axis().scale().start + (x - 120) * scale.msPerPixel - before) < scale.msPerPixel);
}

void PanelTest::dragPansAndTheRulerScrubs()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    fixture.add(yard, Kind::Clip, kTestNow - 30 * kMinuteMs, 60'000);
    TimelinePanel &panel = fixture.open();
    const QPoint from(600, 20);
    const qint64 held = panel.axis().scale().timeAt(600);
    QTest::mousePress(&panel.lanes(), Qt::LeftButton, {}, from);
    for (int step = 10; step <= 200; step += 10)
        QTest::mouseMove(&panel.lanes(), from + QPoint(step, 0));
    QTest::mouseRelease(&panel.lanes(), Qt::LeftButton, {}, from + QPoint(200, 0));
    QVERIFY(std::abs(fixture.xOf(held) - 800) < 2);
    QVERIFY(!fixture.selection.item().isValid()); // a drag is no click

    auto *ruler = panel.findChild<timeline::TimelineRuler *>();
    QSignalSpy sought(&fixture.playhead, &models::Playhead::sought);
    QTest::mousePress(ruler, Qt::LeftButton, {}, {300, 10});
    QCOMPARE(fixture.playhead.time(), panel.axis().scale().timeAt(300));
    QTest::mouseMove(ruler, {340, 10});
    QCOMPARE(fixture.playhead.time(), panel.axis().scale().timeAt(340));
    // At the edge the timeline moves along.
    const double start = panel.axis().scale().start;
    QTest::mouseMove(ruler, {panel.lanes().width() - 2, 10});
    QTRY_VERIFY_WITH_TIMEOUT(panel.axis().scale().start > start + 10 * panel.axis().scale().msPerPixel,
                             kPatience);
    QTest::mouseRelease(ruler, Qt::LeftButton, {}, {panel.lanes().width() - 2, 10});
    QVERIFY(sought.size() >= 3);
}

void PanelTest::uploadsAppearWithoutMovingAnything()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const ItemId old = fixture.add(yard, Kind::Clip, kTestNow - 30 * kMinuteMs, 60'000);
    TimelinePanel &panel = fixture.open();
    fixture.selection.show(yard.id, old, kTestNow - 30 * kMinuteMs);
    fixture.settle();
    const auto scale = panel.axis().scale();
    const QRect selection = panel.lanes().selectionRect();
    const QImage before = panel.lanes().painted().copy();
    QVERIFY(!selection.isEmpty());

    const qint64 t = kTestNow - 10 * kMinuteMs;
    const ItemId fresh = fixture.add(yard, Kind::Clip, t, 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(timeline::itemAt(panel.recordings(), yard.id, scale, fixture.xOf(t) + 2, false),
                             kPatience);
    fixture.settle();
    QCOMPARE(timeline::itemAt(panel.recordings(), yard.id, scale, fixture.xOf(t) + 2, false)->id, fresh);
    QCOMPARE(panel.axis().scale(), scale);
    QCOMPARE(fixture.selection.item(), old);
    QCOMPARE(panel.lanes().selectionRect(), selection);
    // Only where the new clip stands is anything painted differently.
    const QImage after = panel.lanes().painted().copy();
    const int from = int(fixture.xOf(t)) - 2;
    const int to = int(fixture.xOf(t + 60'000)) + 2;
    bool changed = false;
    for (int y = 0; y < before.height(); ++y) {
        for (int x = 0; x < before.width(); ++x) {
            if (before.pixel(x, y) == after.pixel(x, y))
                continue;
            QVERIFY2(x >= from && x <= to, qPrintable(QStringLiteral("%1,%2").arg(x).arg(y)));
            changed = true;
        }
    }
    QVERIFY(changed);
    // A camera nobody knew has a lane at its first upload.
    const auto shed = fixture.fixture.addCamera(QStringLiteral("Shed"));
    fixture.add(shed, Kind::Clip, t, 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(panel.recordings().cameras().size(), 2, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(panel.lanes().laneAt(60) == 1, kPatience);
}

void PanelTest::showsRemovalsAndChanges()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow - 30 * kMinuteMs;
    const ItemId clip = fixture.add(yard, Kind::Clip, t);
    TimelinePanel &panel = fixture.open();
    const auto found = [&] { return findItem(panel.recordings(), yard.id, clip, t); };
    QCOMPARE(found()->duration, catalog::boundedDuration(Kind::Clip));
    catalog::Examined seen;
    seen.item = clip;
    seen.duration = 12'000;
    seen.state = ItemState::Damaged;
    QVERIFY(awaited(fixture.fixture.writer->submit(catalog::SetExamined{seen})));
    QTRY_COMPARE_WITH_TIMEOUT(found()->duration, 12'000, kPatience);
    QCOMPARE(found()->state, ItemState::Damaged);
    QVERIFY(awaited(fixture.fixture.writer->submit(catalog::RemoveItems{{clip}, QStringLiteral("test")})));
    QTRY_VERIFY_WITH_TIMEOUT(!found(), kPatience);
}

void PanelTest::goToNowFollowsTheClock()
{
    TimelineFixture fixture;
    fixture.fixture.addCamera(QStringLiteral("Yard"));
    TimelinePanel &panel = fixture.open();
    panel.goToNow();
    QVERIFY(fixture.playhead.isFollowing());
    const double x = fixture.xOf(kTestNow);
    QVERIFY(x > panel.lanes().width() * 0.7 && x < panel.lanes().width() * 0.9);
    fixture.fixture.clock.advance(10 * kMinuteMs);
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(fixture.xOf(kTestNow + 10 * kMinuteMs) - x) < 1, kPatience);
    panel.axis().panBy(100);
    QVERIFY(!fixture.playhead.isFollowing());
    const double start = panel.axis().scale().start;
    fixture.fixture.clock.advance(10 * kMinuteMs);
    QTest::qWait(1'200);
    QCOMPARE(panel.axis().scale().start, start);
}

void PanelTest::viewFollowsPlayback()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 then = kTestNow - 900 * kMinuteMs;
    const ItemId first = fixture.add(yard, Kind::Clip, then, 10'000);
    const ItemId next = fixture.add(yard, Kind::Clip, then + 400 * kMinuteMs, 10'000);
    TimelinePanel &panel = fixture.open();
    fixture.selection.show(yard.id, first, then);
    QVERIFY(panel.axis().scale().range().contains(then));
    fixture.selection.track(yard.id, next);
    fixture.playhead.moveTo(then + 400 * kMinuteMs);
    QVERIFY(panel.axis().scale().range().contains(then + 400 * kMinuteMs));
    // Somebody looks elsewhere.
    panel.axis().centre(then);
    fixture.selection.track(yard.id, next);
    fixture.playhead.moveTo(then + 400 * kMinuteMs + 40);
    QVERIFY(panel.axis().scale().range().contains(then));
}

void PanelTest::scrollsManyLanes()
{
    TimelineFixture fixture;
    QVector<catalog::Camera> cameras;
    for (int i = 0; i < 20; ++i)
        cameras.append(
            fixture.fixture.addCamera(QStringLiteral("Camera %1").arg(i, 2, 10, QLatin1Char('0'))));
    TimelinePanel &panel = fixture.open({1'532, 320});
    QCOMPARE(panel.lanes().laneAt(0), 0);
    const int last = panel.lanes().laneAt(panel.lanes().height() - 1);
    QVERIFY(last < 19);
    for (int i = 0; i < 20; ++i)
        QTest::keyClick(&panel, Qt::Key_Down);
    QCOMPARE(fixture.selection.camera(), panel.recordings().cameras().last().camera);
    QCOMPARE(panel.lanes().laneAt(panel.lanes().height() - 1), 19);
    fixture.selection.chooseCamera(cameras.first().id); // by the list of cameras, or an event
    QCOMPARE(panel.lanes().laneAt(0), 0);
    panel.resize(1'532, 76 + 20 * 48);
    QCOMPARE(panel.lanes().laneAt(0), 0);
    QCOMPARE(panel.lanes().laneAt(47), 0);
    QCOMPARE(panel.lanes().laneAt(48), 1);
    // What is chosen and seen is still seen in less room; what was scrolled away stays away.
    fixture.selection.chooseCamera(cameras.last().id);
    QCOMPARE(panel.lanes().laneAt(19 * 48 + 1), 19);
    panel.resize(1'532, 420);
    QCOMPARE(panel.lanes().laneAt(panel.lanes().height() - 1), 19);
    panel.findChild<QScrollBar *>()->setValue(0);
    panel.resize(1'532, 400);
    QCOMPARE(panel.lanes().laneAt(0), 0);
}

void PanelTest::calendarMarksDaysAndJumpsToThem()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    fixture.add(yard, Kind::Clip, kTestNow - 5 * 24 * kHourMs, 10'000);
    fixture.add(yard, Kind::Clip, kTestNow - 5 * 24 * kHourMs + kHourMs, 10'000);
    TimelinePanel &panel = fixture.open();
    timeline::TimelineToolbar bar(panel, fixture.playhead, nullptr);
    bar.show();
    bar.openCalendar();
    auto *calendar = bar.findChild<timeline::CalendarPopup *>();
    QVERIFY(calendar->isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(calendar->eventsOn(QDate(2026, 6, 7)), 2, kPatience);
    QCOMPARE(calendar->eventsOn(QDate(2026, 6, 8)), 0);
    QTest::mouseClick(calendar, Qt::LeftButton, {}, calendar->cellOf(QDate(2026, 6, 20)).center());
    QVERIFY(calendar->isVisible()); // not yet there: nothing to choose
    QTest::mouseClick(calendar, Qt::LeftButton, {}, calendar->cellOf(QDate(2026, 6, 7)).center());
    QVERIFY(!calendar->isVisible());
    QCOMPARE(panel.axis().day(), QDate(2026, 6, 7));
    QVERIFY(panel.axis().scale().range().contains(kTestNow - 5 * 24 * kHourMs)); // the same time of day
}

void PanelTest::calendarBeginsWithTheFirstDayOfTheWeek()
{
    const auto restore = qScopeGuard([] { setRegion({}); });
    TimelineFixture fixture;
    fixture.fixture.addCamera(QStringLiteral("Yard"));
    TimelinePanel &panel = fixture.open();
    const QDate monday(2026, 6, 8);
    const std::tuple<const char *, const char *, int> regions[] = {
        {"de_DE", "Mo Tu We Th Fr Sa Su", 0}, {"en_US", "Su Mo Tu We Th Fr Sa", 1},
        {"en_GB", "Mo Tu We Th Fr Sa Su", 0}, {"sv_SE", "Mo Tu We Th Fr Sa Su", 0},
        {"ar_EG", "Sa Su Mo Tu We Th Fr", 2}, {"fa_IR", "Sa Su Mo Tu We Th Fr", 2},
        {"th_TH", "Su Mo Tu We Th Fr Sa", 1}, {"ja_JP", "Su Mo Tu We Th Fr Sa", 1}};
    for (const auto &[locale, columns, column] : regions) {
        setRegion(Region::of(QLocale(QLatin1String(locale))));
        timeline::TimelineToolbar bar(panel, fixture.playhead, nullptr);
        bar.show();
        bar.openCalendar();
        const auto *calendar = bar.findChild<timeline::CalendarPopup *>();
        QCOMPARE(calendar->weekdays().join(QLatin1Char(' ')), QLatin1String(columns));
        const QRect cell = calendar->cellOf(monday);
        QCOMPARE(cell.left() / cell.width(), column);
    }
}

// Whatever the clock, at every zoom.
void PanelTest::rulerLabelsNeitherTouchNorAreCut()
{
    const auto restore = qScopeGuard([] { setRegion({}); });
    TimelineFixture fixture;
    fixture.fixture.addCamera(QStringLiteral("Yard"));
    TimelinePanel &panel = fixture.open();
    auto *ruler = panel.findChild<timeline::TimelineRuler *>();
    for (const char *locale : {"en_US", "de_DE"}) {
        setRegion(Region::of(QLocale(QLatin1String(locale))));
        for (double span = 4'000; span < 86'400'000; span *= 1.3) {
            panel.axis().setSpan(span);
            fixture.playhead.seek(panel.axis().scale().timeAt(ruler->width() / 2.0));
            double end = 0;
            for (const QRectF &label : ruler->wordPlaces()) {
                QVERIFY2(label.left() >= end + 4,
                         qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(locale)).arg(span)));
                end = label.right();
            }
            QVERIFY(end > 0 && end < ruler->width());
        }
    }
}

void PanelTest::enablesTheNextDayAfterMidnight()
{
    TimelineFixture fixture;
    fixture.fixture.addCamera(QStringLiteral("Yard"));
    TimelinePanel &panel = fixture.open();
    timeline::TimelineToolbar bar(panel, fixture.playhead, nullptr);
    bar.show();
    const auto buttons = bar.findChildren<widgets::IconButton *>();
    const auto next = std::find_if(buttons.begin(), buttons.end(), [](const widgets::IconButton *button) {
        return button->toolTip() == QLatin1String("Next day");
    });
    QVERIFY(next != buttons.end());
    QVERIFY(!(*next)->isEnabled());
    fixture.fixture.clock.advance(10 * kHourMs); // nobody moves the view
    QTRY_VERIFY_WITH_TIMEOUT((*next)->isEnabled(), kPatience);
}

void PanelTest::paintsDayCountsInLongViews()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow - 5 * 24 * kHourMs;
    fixture.add(yard, Kind::Clip, t, 10 * kMinuteMs);
    TimelinePanel &panel = fixture.open();
    const auto isPaintedAt = [&](qint64 time) {
        fixture.settle();
        const QImage image = panel.lanes().painted();
        const QRgb motion = widgets::darkTheme().motion.rgb();
        const QPoint foot = fixture.pointAt(0, time);
        for (int y = 0; y < 48; ++y) {
            if (image.pixel(std::clamp(foot.x(), 0, image.width() - 1), y) == motion)
                return true;
        }
        return false;
    };
    panel.axis().show({t - 5 * 24 * kHourMs, t + 5 * 24 * kHourMs});
    QVERIFY(isPaintedAt(t));
    QVERIFY(!isPaintedAt(t + 24 * kHourMs));
    panel.axis().show({t - 100 * 24 * kHourMs, t + 100 * 24 * kHourMs});
    QVERIFY(isPaintedAt(t));
    QVERIFY(!isPaintedAt(t + 3 * 24 * kHourMs));
}

void PanelTest::hiddenCameraHasNoLane()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const auto door = fixture.fixture.addCamera(QStringLiteral("Door"));
    TimelinePanel &panel = fixture.open();
    QCOMPARE(panel.lanes().laneAt(60), 1);
    panel.setHiddenCameras({yard.id});
    QCOMPARE(panel.lanes().laneAt(60), -1);
    QCOMPARE(panel.lanes().hint(), QString());
    panel.setHiddenCameras({yard.id, door.id});
    QVERIFY(panel.lanes().hint().contains(QStringLiteral("No camera is selected")));
}

// A schedule records without events: the header does not say "0 events" above full bars.
void PanelTest::headerCountsWhatTheDayHas()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    TimelinePanel &panel = fixture.open();
    const auto *headers = panel.findChild<timeline::LaneHeaders *>();
    QVERIFY(headers);
    QCOMPARE(headers->dayText(), QStringLiteral("0 events"));
    for (int i = 0; i < 3; ++i)
        fixture.add(yard, Kind::Clip, kTestNow - (30 + i) * kMinuteMs, 60'000, Subject::None,
                    Trigger::Schedule);
    QTRY_COMPARE_WITH_TIMEOUT(headers->dayText(), QStringLiteral("3 clips"), kPatience);
    fixture.add(yard, Kind::Clip, kTestNow - 10 * kMinuteMs, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(headers->dayText(), QStringLiteral("1 event"), kPatience);
    fixture.add(yard, Kind::Clip, kTestNow - 2 * kHourMs, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(headers->dayText(), QStringLiteral("2 events"), kPatience);
}

GATEHOUSE_TEST(PanelTest)
#include "panel_test.moc"
