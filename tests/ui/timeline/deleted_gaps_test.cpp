// What was deleted is a hatched gap at every zoom, with its reason for whoever points there; what is kept is
// painted over it.
#include "catalog/operations/cameras.h"
#include "catalog/operations/item_removal.h"
#include "support/registry.h"
#include "timeline/camera_lane_painter.h"
#include "timeline/deleted_gaps.h"
#include "timeline/overview_strip.h"
#include "timeline_fixture.h"
#include "widgets/format.h"
#include "widgets/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QHelpEvent>
#include <QRandomGenerator>
#include <QToolTip>
#include <limits>

using namespace gatehouse;
using namespace gatehouse::tests;
using timeline::DeletedGap;
using timeline::TimelinePanel;

namespace
{

constexpr qint64 kGapDay = 86'400'000;
const QString kGapReason = QStringLiteral("Older than 60 days");

// Spans on screen of which each is painted from other data: items, hours, days.
constexpr std::array kGapSpans{3 * kHourMs, 14 * kGapDay, 300 * kGapDay};

QVector<ItemId> addGapClips(TimelineFixture &fixture, const catalog::Camera &camera, qint64 from, qint64 step,
                            int count)
{
    QVector<ItemId> out;
    for (int i = 0; i < count; ++i)
        out.append(fixture.add(camera, Kind::Clip, from + i * step, 10'000));
    return out;
}

void deleteAll(TimelineFixture &fixture, const QVector<ItemId> &items, const QString &reason = kGapReason)
{
    QVERIFY(awaited(fixture.fixture.writer->submit(catalog::RemoveItems{items, reason})));
}

void showSpan(TimelineFixture &fixture, qint64 middle, qint64 span)
{
    fixture.panel->axis().show({middle - span / 2, middle + span / 2});
    fixture.settle();
}

// How many pixels of a column of the first lane have the hatch's colour, or nearly.
int hatchedIn(TimelineFixture &fixture, qint64 from, qint64 to)
{
    const QImage &image = fixture.panel->lanes().painted();
    const QColor hatch = widgets::darkTheme().hatch;
    int count = 0;
    for (int x = std::max(0, int(fixture.xOf(from))); x < std::min(image.width(), int(fixture.xOf(to)) + 1);
         ++x) {
        for (int y = timeline::LaneInsets::kTop; y < 20; ++y)
            count += image.pixelColor(x, y) == hatch;
    }
    return count;
}

} // namespace

class DeletedGapsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::darkTheme()); }
    void hatchesGapsAtEveryZoom();
    void paintsKeptItemsOverTheHatching();
    void describesWhatWasDeletedAndWhy();
    void countsDeletionsByReason();
    void itemsKeptElsewhereLeaveNoGap();
    void mergedCamerasShareTheirGaps();
    void showsADeletionImmediately();
    void limitsGapsByPixels();
    void overviewShowsGaps();
    void hatchesAsLongAsTheRecordingWas();
    void marksWhatHasNoKnownLength();
    void hatchesWhatWasRecordedOnly();
    void hatchesAcrossMidnight();
    void clickGoesToTheDeletedTime();
    void screenReadersHearOfDeletions();
    void hatchesWhatWasDeleted();
};

void DeletedGapsTest::hatchesGapsAtEveryZoom()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow - 100 * kGapDay;
    deleteAll(fixture, addGapClips(fixture, yard, t, kMinuteMs, 20));
    fixture.open();
    for (const qint64 span : kGapSpans) {
        showSpan(fixture, t + 10 * kMinuteMs, span);
        QVERIFY2(hatchedIn(fixture, t, t + 20 * kMinuteMs) > 0, qPrintable(QString::number(span)));
        QCOMPARE(hatchedIn(fixture, t + span / 4, t + span / 3), 0);
    }
}

void DeletedGapsTest::paintsKeptItemsOverTheHatching()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow / kGapDay * kGapDay - 100 * kGapDay;
    const QVector<ItemId> clips = addGapClips(fixture, yard, t, 4 * kMinuteMs, 24 * 15);
    deleteAll(fixture, clips.mid(0, 100) + clips.mid(101));
    fixture.open();
    for (const qint64 span : kGapSpans) {
        // The clip that was kept, its hour, its day: each painted from its begin.
        const qint64 from = span < kGapDay ? t + 400 * kMinuteMs : span < 62 * kGapDay ? t + 6 * kHourMs : t;
        showSpan(fixture, from + span / 10, span);
        const QPoint foot(int(fixture.xOf(from)) + 1,
                          widgets::metrics::kLaneHeightTall - timeline::LaneInsets::kBottom - 1);
        QCOMPARE(fixture.panel->lanes().painted().pixelColor(foot), widgets::darkTheme().motion);
        QVERIFY(hatchedIn(fixture, t, t + 6 * kHourMs) > 0 || span < kGapDay);
    }
}

void DeletedGapsTest::describesWhatWasDeletedAndWhy()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 t = QDateTime({2026, 3, 3}, {10, 0}, QTimeZone("UTC")).toMSecsSinceEpoch();
    QVector<ItemId> items = addGapClips(fixture, yard, t, 4 * kMinuteMs, 12);
    items.append(fixture.add(yard, Kind::Still, t + 46 * kMinuteMs));
    deleteAll(fixture, items);
    TimelinePanel &panel = fixture.open();
    const QString day = QLocale().toString(QDate(2026, 3, 3), QStringLiteral("d MMMM"));
    for (const qint64 span : kGapSpans) {
        showSpan(fixture, t + 20 * kMinuteMs, span);
        const QPoint at = fixture.pointAt(0, t + 20 * kMinuteMs);
        const QString text = panel.lanes().textAt(at);
        QVERIFY2(text.startsWith(QStringLiteral("Deleted: 12 clips, 1 picture\nOlder than 60 days\n")),
                 qPrintable(text));
        QVERIFY2(text.contains(day), qPrintable(text));
        // Counts do not know when.
        const QString deleted =
            QStringLiteral("10:00 to 10:46\nDeleted on %1, 14:02").arg(widgets::dayText(QDate(2026, 6, 12)));
        QVERIFY2(text.endsWith(span < kGapDay ? deleted : QStringLiteral("10:00 to 10:46")),
                 qPrintable(text));
        QCOMPARE(panel.lanes().textAt(fixture.pointAt(0, t + 20 * kMinuteMs - span * 2 / 5)), QString());
        // The same is said to a screen reader and in the tooltip.
        QHelpEvent help(QEvent::ToolTip, at, panel.lanes().mapToGlobal(at));
        QApplication::sendEvent(&panel.lanes(), &help);
        QCOMPARE(QToolTip::text(), text);
        QCOMPARE(panel.lanes().accessibleDescription(), text);
        QToolTip::hideText();
    }
}

void DeletedGapsTest::countsDeletionsByReason()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow - 100 * kGapDay;
    const QVector<ItemId> clips = addGapClips(fixture, yard, t, 2 * kMinuteMs, 12);
    deleteAll(fixture, clips.mid(0, 4), QStringLiteral("To make room"));
    deleteAll(fixture, clips.mid(4));
    fixture.open();
    showSpan(fixture, t, 14 * kGapDay);
    const QString text = fixture.panel->lanes().textAt(fixture.pointAt(0, t));
    QVERIFY2(text.startsWith(
                 QStringLiteral("Deleted: 12 clips\nOlder than 60 days: 8 clips\nTo make room: 4 clips\n")),
             qPrintable(text));
}

// An upload that was cut and came again whole: nothing is missing.
void DeletedGapsTest::itemsKeptElsewhereLeaveNoGap()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow - 100 * kGapDay;
    catalog::NewItem cut = fixture.fixture.item(yard.account, Kind::Clip, t, QStringLiteral("a"));
    cut.state = ItemState::Incomplete;
    fixture.fixture.add(cut);
    catalog::NewItem whole = fixture.fixture.item(yard.account, Kind::Clip, t, QStringLiteral("ab"));
    whole.sourcePath = cut.sourcePath;
    whole.extends = cut.id;
    fixture.fixture.add(whole);
    QCOMPARE(fixture.fixture.reader->deletions({})->size(), 1);
    fixture.open();
    for (const qint64 span : kGapSpans) {
        showSpan(fixture, t, span);
        QVERIFY(!fixture.panel->lanes().textAt(fixture.pointAt(0, t)).contains(QStringLiteral("Deleted")));
    }
}

void DeletedGapsTest::mergedCamerasShareTheirGaps()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const auto old = fixture.fixture.addCamera(QStringLiteral("Old yard"));
    const qint64 t = kTestNow - 100 * kGapDay;
    deleteAll(fixture, addGapClips(fixture, old, t, kMinuteMs, 20));
    QVERIFY(awaited(fixture.fixture.writer->submit(catalog::MergeCameras{old.id, yard.id})));
    fixture.open();
    for (const qint64 span : kGapSpans) {
        showSpan(fixture, t, span);
        QVERIFY(fixture.panel->lanes()
                    .textAt(fixture.pointAt(0, t))
                    .startsWith(QStringLiteral("Deleted: 20 clips\n")));
    }
}

void DeletedGapsTest::showsADeletionImmediately()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow - 100 * kGapDay;
    const QVector<ItemId> clips = addGapClips(fixture, yard, t, kMinuteMs, 3);
    fixture.open();
    showSpan(fixture, t, 300 * kGapDay);
    QVERIFY(!fixture.panel->lanes().textAt(fixture.pointAt(0, t)).contains(QStringLiteral("Deleted")));
    deleteAll(fixture, clips);
    QTRY_VERIFY_WITH_TIMEOUT(
        fixture.panel->lanes().textAt(fixture.pointAt(0, t)).contains(QStringLiteral("Deleted: 3 clips")),
        kPatience);
}

void DeletedGapsTest::limitsGapsByPixels()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow / kGapDay * kGapDay - 100 * kGapDay;
    // Every third hour, so that no two hours are one span.
    deleteAll(fixture, addGapClips(fixture, yard, t, 3 * kHourMs, 400));
    TimelinePanel &panel = fixture.open();
    showSpan(fixture, t + 25 * kGapDay, 50 * kGapDay);
    const timeline::TimeScale scale = panel.axis().scale();
    const auto gaps =
        timeline::deletedGaps(panel.recordings(), yard.id, timeline::Detail::Hours,
                              {scale.start, scale.msPerPixel, scale.width}, DeletedGap::kMinWidth);
    QVERIFY(!gaps.isEmpty() && gaps.size() <= scale.width / DeletedGap::kMinWidth);
    int clips = 0;
    for (const DeletedGap &gap : gaps)
        clips += gap.reasons.first().clips;
    QCOMPARE(clips, 400);
}

void DeletedGapsTest::overviewShowsGaps()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow / kGapDay * kGapDay - 100 * kGapDay;
    deleteAll(fixture, addGapClips(fixture, yard, t + 6 * kHourMs, 4 * kMinuteMs, 60));
    for (int minute = 0; minute < 60; minute += 5)
        fixture.fixture.add(
            fixture.fixture.item(yard.account, Kind::Still, t + 8 * kHourMs + minute * kMinuteMs));
    fixture.open();
    showSpan(fixture, t + 12 * kHourMs, 3 * kHourMs);
    auto *strip = fixture.panel->findChild<timeline::OverviewStrip *>();
    const QImage image = strip->grab().toImage();
    const auto hatched = [&](double from, double to) {
        int count = 0;
        for (int x = int(image.width() * from); x < int(image.width() * to); ++x) {
            for (int y = 5; y < 28; ++y)
                count += image.pixelColor(x, y) == widgets::darkTheme().hatch;
        }
        return count;
    };
    QVERIFY(hatched(6.5 / 24, 9.5 / 24) > 0);
    QCOMPARE(hatched(8.3 / 24, 8.7 / 24), 0); // pictures of then are kept
    QCOMPARE(hatched(1.0 / 24, 5.0 / 24), 0);
    QCOMPARE(hatched(14.0 / 24, 16.0 / 24), 0);
}

void DeletedGapsTest::hatchesAsLongAsTheRecordingWas()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow - 100 * kGapDay;
    deleteAll(fixture, {fixture.add(yard, Kind::Clip, t, 40 * kMinuteMs)});
    fixture.open();
    for (const qint64 span : {kHourMs, 3 * kHourMs, 48 * kHourMs}) {
        showSpan(fixture, t + 20 * kMinuteMs, span);
        for (int minute = 0; minute < 40; minute += 10)
            QVERIFY2(hatchedIn(fixture, t + minute * kMinuteMs, t + (minute + 10) * kMinuteMs) > 0,
                     qPrintable(QStringLiteral("%1, %2").arg(span).arg(minute)));
        const qint64 pixel = span / fixture.panel->lanes().width() + 1;
        QCOMPARE(hatchedIn(fixture, t - span / 10, t - pixel), 0);
        QCOMPARE(hatchedIn(fixture, t + 40 * kMinuteMs + pixel, t + 40 * kMinuteMs + span / 10), 0);
    }
    // From within, all there is.
    showSpan(fixture, t + 20 * kMinuteMs, 10 * kMinuteMs);
    QVERIFY(hatchedIn(fixture, t + 15 * kMinuteMs, t + 16 * kMinuteMs) > 0);
    QVERIFY(hatchedIn(fixture, t + 24 * kMinuteMs, t + 25 * kMinuteMs) > 0);
    QVERIFY(fixture.panel->lanes()
                .textAt(fixture.pointAt(0, t + 20 * kMinuteMs))
                .startsWith(QStringLiteral("Deleted: 1 clip\nOlder than 60 days\n")));
}

static QVector<DeletedGap> gapsOnScreen(TimelineFixture &fixture, CameraId camera)
{
    const timeline::TimeScale scale = fixture.panel->axis().scale();
    return timeline::deletedGaps(fixture.panel->recordings(), camera, timeline::Detail::Items,
                                 {scale.start, scale.msPerPixel, scale.width}, DeletedGap::kMinWidth);
}

void DeletedGapsTest::marksWhatHasNoKnownLength()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow - 100 * kGapDay;
    deleteAll(fixture, {fixture.add(yard, Kind::Clip, t), fixture.add(yard, Kind::Still, t + 2 * kMinuteMs)});
    fixture.open();
    for (const qint64 span : {10 * kMinuteMs, kHourMs}) {
        showSpan(fixture, t, span);
        const auto gaps = gapsOnScreen(fixture, yard.id);
        QCOMPARE(gaps.size(), 1);
        QCOMPARE(gaps[0].hatched.size(), 2);
        for (const DeletedGap::Run &run : gaps[0].hatched)
            QCOMPARE(run.right - run.left, int(DeletedGap::kMinWidth));
    }
}

// One gap, with one reason, but nothing was recorded between its clips.
void DeletedGapsTest::hatchesWhatWasRecordedOnly()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow - 100 * kGapDay;
    deleteAll(fixture, addGapClips(fixture, yard, t, 4 * kMinuteMs, 2));
    TimelinePanel &panel = fixture.open();
    showSpan(fixture, t + 2 * kMinuteMs, 10 * kMinuteMs);
    QVERIFY(hatchedIn(fixture, t, t + 10'000) > 0);
    QCOMPARE(hatchedIn(fixture, t + kMinuteMs, t + 3 * kMinuteMs), 0);
    QVERIFY(hatchedIn(fixture, t + 4 * kMinuteMs, t + 4 * kMinuteMs + 10'000) > 0);
    QVERIFY(panel.lanes()
                .textAt(fixture.pointAt(0, t + 2 * kMinuteMs))
                .startsWith(QStringLiteral("Deleted: 2 clips\n")));
    QVERIFY(!timeline::deletedAt(panel.recordings(), yard.id, panel.axis().scale(),
                                 fixture.xOf(t + 2 * kMinuteMs)));
    QCOMPARE(timeline::deletedAt(panel.recordings(), yard.id, panel.axis().scale(), fixture.xOf(t + 5'000)),
             (TimeRange{t, t + 10'000}));
}

void DeletedGapsTest::hatchesAcrossMidnight()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 midnight = kTestNow / kGapDay * kGapDay - 100 * kGapDay;
    deleteAll(fixture, {fixture.add(yard, Kind::Clip, midnight - 2 * kHourMs, 4 * kHourMs)});
    fixture.open();
    showSpan(fixture, midnight + kHourMs, 20 * kMinuteMs);
    // The reason is in the middle.
    QVERIFY(hatchedIn(fixture, midnight + kHourMs - 9 * kMinuteMs, midnight + kHourMs - 7 * kMinuteMs) > 0);
    showSpan(fixture, midnight + 3 * kHourMs, 20 * kMinuteMs);
    QCOMPARE(hatchedIn(fixture, midnight + 3 * kHourMs - kMinuteMs, midnight + 3 * kHourMs + kMinuteMs), 0);
}

// Where the player says what happened, instead of at the nearest event.
void DeletedGapsTest::clickGoesToTheDeletedTime()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow - 100 * kGapDay;
    deleteAll(fixture, {fixture.add(yard, Kind::Clip, t, 20 * kMinuteMs)});
    fixture.add(yard, Kind::Clip, t + 30 * kMinuteMs, 10'000);
    TimelinePanel &panel = fixture.open();
    showSpan(fixture, t + 10 * kMinuteMs, kHourMs);
    const qint64 pixel = kHourMs / panel.lanes().width() + 1;
    QTest::mouseClick(&panel.lanes(), Qt::LeftButton, {}, fixture.pointAt(0, t + 8 * kMinuteMs));
    QVERIFY(std::abs(fixture.playhead.time() - (t + 8 * kMinuteMs)) <= pixel);
    QCOMPARE(fixture.selection.camera(), yard.id);
    QCOMPARE(fixture.selection.item(), ItemId());
}

void DeletedGapsTest::screenReadersHearOfDeletions()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow - 30 * kMinuteMs;
    deleteAll(fixture, {fixture.add(yard, Kind::Clip, t, 2 * kMinuteMs)});
    fixture.add(yard, Kind::Clip, t + 10 * kMinuteMs, 10'000);
    TimelinePanel &panel = fixture.open();
    QAccessibleInterface *root = QAccessible::queryAccessibleInterface(&panel.lanes());
    QTRY_VERIFY_WITH_TIMEOUT(root && root->childCount() == 1 && root->child(0)->childCount() == 2, kPatience);
    const QString text = root->child(0)->child(0)->text(QAccessible::Name);
    QVERIFY2(text.contains(QStringLiteral("Deleted: 1 clip, Older than 60 days, ")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("13:32 to 13:34")), qPrintable(text));
}

// Against every deletion on its own, at any zoom.
void DeletedGapsTest::hatchesWhatWasDeleted()
{
    const quint32 seed = QRandomGenerator::system()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow - 100 * kGapDay;
    QVector<ItemId> items[2];
    QVector<TimeRange> recordings[2]; // by reason, as their items
    for (int i = 0; i < 80; ++i) {
        const qint64 start = t + random.bounded(36 * 60) * kMinuteMs + random.bounded(60'000);
        const Kind kind = random.bounded(4) == 0 ? Kind::Still : Kind::Clip;
        // 0: unknown; a minute would be what a clip of unknown length is assumed to have.
        const qint64 length =
            kind == Kind::Still || random.bounded(3) == 0 ? 0 : 61'000 + random.bounded(3'600'000);
        const int reason = random.bounded(2);
        items[reason].append(fixture.add(yard, kind, start, length));
        recordings[reason].append({start, start + length});
    }
    deleteAll(fixture, items[0]);
    deleteAll(fixture, items[1], QStringLiteral("To make room"));
    fixture.open();
    for (int round = 0; round < 40; ++round) {
        // At less than a second per pixel, the break between two files would show.
        const qint64 span = 30 * kMinuteMs + random.bounded(60 * 60) * kMinuteMs;
        showSpan(fixture, t + random.bounded(36 * 60) * kMinuteMs, span);
        const timeline::TimeScale view = fixture.panel->axis().scale();
        const timeline::DeviceScale scale{view.start, view.msPerPixel, view.width};
        std::vector<bool> expected(size_t(scale.width)), allowed(size_t(scale.width));
        std::vector<bool> actual(size_t(scale.width));
        const auto mark = [&](std::vector<bool> &columns, int left, int right) {
            for (int x = std::max(left, 0); x < std::min(right, scale.width); ++x)
                columns[size_t(x)] = true;
        };
        const auto markAll = [&](std::vector<bool> &columns, const QVector<TimeRange> &ranges, int least) {
            for (const TimeRange &recording : ranges) {
                const int left = scale.xOf(recording.start);
                const int right = recording.isEmpty() ? left : scale.xOf(recording.end - 1) + 1;
                mark(columns, left, std::max(right, left + least));
            }
        };
        // What begins within a longer recording may have a mark of least width, but needs none.
        for (const QVector<TimeRange> &ofReason : recordings) {
            markAll(expected, ofReason, 1);
            markAll(allowed, ofReason, DeletedGap::kMinWidth);
        }
        int last = std::numeric_limits<int>::min();
        for (const DeletedGap &gap : gapsOnScreen(fixture, yard.id)) {
            for (const DeletedGap::Run &run : gap.hatched) {
                QVERIFY(run.left > last && run.left >= gap.left && run.right <= gap.right);
                last = run.right;
                mark(actual, run.left, run.right);
                const double middle = std::clamp((run.left + run.right) / 2, 0, scale.width - 1);
                QVERIFY(timeline::deletedAt(fixture.panel->recordings(), yard.id, view, middle));
                QVERIFY(timeline::deletedText(fixture.panel->recordings(), yard.id, view, middle)
                            .startsWith(QStringLiteral("Deleted: ")));
            }
        }
        for (size_t x = 0; x < actual.size(); ++x)
            QVERIFY2(actual[x] ? allowed[x] : !expected[x],
                     qPrintable(QStringLiteral("round %1, column %2").arg(round).arg(x)));
    }
}

GATEHOUSE_TEST(DeletedGapsTest)
#include "deleted_gaps_test.moc"
