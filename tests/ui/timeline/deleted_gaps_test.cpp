// What was deleted is a hatched gap at every zoom, with its reason for whoever points there; what is kept is
// painted over it.
#include "review/deleted_gaps.h"
#include "review/overview_strip.h"
#include "support/registry.h"
#include "timeline_house.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QHelpEvent>
#include <QToolTip>

using namespace gatehouse;
using namespace gatehouse::tests;
using review::DeletedGap;
using review::TimelinePanel;

namespace
{

constexpr qint64 kGapDay = 86'400'000;
const QString kGapReason = QStringLiteral("Older than 60 days");

// Spans on screen of which each is painted from other data: items, hours, days.
constexpr std::array kGapSpans{3 * kHourMs, 14 * kGapDay, 300 * kGapDay};

QVector<ItemId> addGapClips(TimelineHouse &house, const catalog::Camera &camera, qint64 from, qint64 step,
                            int count)
{
    QVector<ItemId> out;
    for (int i = 0; i < count; ++i)
        out.append(house.add(camera, Kind::Clip, from + i * step, 10'000));
    return out;
}

void deleteAll(TimelineHouse &house, const QVector<ItemId> &items, const QString &reason = kGapReason)
{
    QVERIFY(awaited(house.house.writer->removeItems({items, reason})));
}

void showSpan(TimelineHouse &house, qint64 middle, qint64 span)
{
    house.panel->axis().show({middle - span / 2, middle + span / 2});
    house.settle();
}

// How many pixels of a column of the first lane have the hatch's colour, or nearly.
int hatchedIn(TimelineHouse &house, qint64 from, qint64 to)
{
    const QImage &image = house.panel->lanes().painted();
    const QColor hatch = widgets::darkTheme().hatch;
    int count = 0;
    for (int x = std::max(0, int(house.xOf(from))); x < std::min(image.width(), int(house.xOf(to)) + 1);
         ++x) {
        for (int y = review::LaneInsets::kTop; y < 20; ++y)
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
    void aGapIsHatchedAtEveryZoom();
    void whatIsKeptStandsOverTheHatch();
    void theTextTellsWhatAndWhy();
    void severalReasonsAreToldByTheirShare();
    void whatIsKeptElsewhereLeavesNoGap();
    void mergedCamerasShareTheirGaps();
    void aDeletionIsSeenAtOnce();
    void gapsAreNeverMoreThanThePixels();
    void theWholeDayShowsItsGaps();
};

void DeletedGapsTest::aGapIsHatchedAtEveryZoom()
{
    TimelineHouse house;
    const auto yard = house.house.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow - 100 * kGapDay;
    deleteAll(house, addGapClips(house, yard, t, kMinuteMs, 20));
    house.open();
    for (const qint64 span : kGapSpans) {
        showSpan(house, t + 10 * kMinuteMs, span);
        QVERIFY2(hatchedIn(house, t, t + 20 * kMinuteMs) > 0, qPrintable(QString::number(span)));
        QCOMPARE(hatchedIn(house, t + span / 4, t + span / 3), 0);
    }
}

void DeletedGapsTest::whatIsKeptStandsOverTheHatch()
{
    TimelineHouse house;
    const auto yard = house.house.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow / kGapDay * kGapDay - 100 * kGapDay;
    const QVector<ItemId> clips = addGapClips(house, yard, t, 4 * kMinuteMs, 24 * 15);
    deleteAll(house, clips.mid(0, 100) + clips.mid(101));
    house.open();
    for (const qint64 span : kGapSpans) {
        // The clip that was kept, its hour, its day: each painted from its begin.
        const qint64 from = span < kGapDay ? t + 400 * kMinuteMs : span < 62 * kGapDay ? t + 6 * kHourMs : t;
        showSpan(house, from + span / 10, span);
        const QPoint foot(int(house.xOf(from)) + 1,
                          widgets::metrics::kLaneHeightTall - review::LaneInsets::kBottom - 1);
        QCOMPARE(house.panel->lanes().painted().pixelColor(foot), widgets::darkTheme().motion);
        QVERIFY(hatchedIn(house, t, t + 6 * kHourMs) > 0 || span < kGapDay);
    }
}

void DeletedGapsTest::theTextTellsWhatAndWhy()
{
    TimelineHouse house;
    const auto yard = house.house.addCamera(QStringLiteral("Yard"));
    const qint64 t = QDateTime({2026, 3, 3}, {10, 0}, QTimeZone("UTC")).toMSecsSinceEpoch();
    QVector<ItemId> items = addGapClips(house, yard, t, 4 * kMinuteMs, 12);
    items.append(house.add(yard, Kind::Still, t + 46 * kMinuteMs));
    deleteAll(house, items);
    TimelinePanel &panel = house.open();
    const QString day = QLocale().toString(QDate(2026, 3, 3), QStringLiteral("d MMMM"));
    for (const qint64 span : kGapSpans) {
        showSpan(house, t + 20 * kMinuteMs, span);
        const QPoint at = house.pointAt(0, t + 20 * kMinuteMs);
        const QString text = panel.lanes().textAt(at);
        QVERIFY2(text.startsWith(QStringLiteral("Deleted: 12 clips, 1 picture\nOlder than 60 days\n")),
                 qPrintable(text));
        QVERIFY2(text.contains(day) && text.endsWith(QStringLiteral("10:00 to 10:46")), qPrintable(text));
        QCOMPARE(panel.lanes().textAt(house.pointAt(0, t + 20 * kMinuteMs - span * 2 / 5)), QString());
        // The same is said to a screen reader and in the tooltip.
        QHelpEvent help(QEvent::ToolTip, at, panel.lanes().mapToGlobal(at));
        QApplication::sendEvent(&panel.lanes(), &help);
        QCOMPARE(QToolTip::text(), text);
        QCOMPARE(panel.lanes().accessibleDescription(), text);
        QToolTip::hideText();
    }
}

void DeletedGapsTest::severalReasonsAreToldByTheirShare()
{
    TimelineHouse house;
    const auto yard = house.house.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow - 100 * kGapDay;
    const QVector<ItemId> clips = addGapClips(house, yard, t, 2 * kMinuteMs, 12);
    deleteAll(house, clips.mid(0, 4), QStringLiteral("To make room"));
    deleteAll(house, clips.mid(4));
    house.open();
    showSpan(house, t, 14 * kGapDay);
    const QString text = house.panel->lanes().textAt(house.pointAt(0, t));
    QVERIFY2(text.startsWith(
                 QStringLiteral("Deleted: 12 clips\nOlder than 60 days: 8 clips\nTo make room: 4 clips\n")),
             qPrintable(text));
}

// An upload that was cut and came again whole: nothing is missing.
void DeletedGapsTest::whatIsKeptElsewhereLeavesNoGap()
{
    TimelineHouse house;
    const auto yard = house.house.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow - 100 * kGapDay;
    catalog::NewItem cut = house.house.item(yard.account, Kind::Clip, t, QStringLiteral("a"));
    cut.state = ItemState::Incomplete;
    house.house.add(cut);
    catalog::NewItem whole = house.house.item(yard.account, Kind::Clip, t, QStringLiteral("ab"));
    whole.sourcePath = cut.sourcePath;
    whole.extends = cut.id;
    house.house.add(whole);
    QCOMPARE(house.house.reader->deletions({})->size(), 1);
    house.open();
    for (const qint64 span : kGapSpans) {
        showSpan(house, t, span);
        QVERIFY(!house.panel->lanes().textAt(house.pointAt(0, t)).contains(QStringLiteral("Deleted")));
    }
}

void DeletedGapsTest::mergedCamerasShareTheirGaps()
{
    TimelineHouse house;
    const auto yard = house.house.addCamera(QStringLiteral("Yard"));
    const auto old = house.house.addCamera(QStringLiteral("Old yard"));
    const qint64 t = kTestNow - 100 * kGapDay;
    deleteAll(house, addGapClips(house, old, t, kMinuteMs, 20));
    QVERIFY(awaited(house.house.writer->mergeCameras(old.id, yard.id)));
    house.open();
    for (const qint64 span : kGapSpans) {
        showSpan(house, t, span);
        QVERIFY(house.panel->lanes()
                    .textAt(house.pointAt(0, t))
                    .startsWith(QStringLiteral("Deleted: 20 clips\n")));
    }
}

void DeletedGapsTest::aDeletionIsSeenAtOnce()
{
    TimelineHouse house;
    const auto yard = house.house.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow - 100 * kGapDay;
    const QVector<ItemId> clips = addGapClips(house, yard, t, kMinuteMs, 3);
    house.open();
    showSpan(house, t, 300 * kGapDay);
    QVERIFY(!house.panel->lanes().textAt(house.pointAt(0, t)).contains(QStringLiteral("Deleted")));
    deleteAll(house, clips);
    QTRY_VERIFY(
        house.panel->lanes().textAt(house.pointAt(0, t)).contains(QStringLiteral("Deleted: 3 clips")));
}

void DeletedGapsTest::gapsAreNeverMoreThanThePixels()
{
    TimelineHouse house;
    const auto yard = house.house.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow / kGapDay * kGapDay - 100 * kGapDay;
    // Every third hour, so that no two hours are one span.
    deleteAll(house, addGapClips(house, yard, t, 3 * kHourMs, 400));
    TimelinePanel &panel = house.open();
    showSpan(house, t + 25 * kGapDay, 50 * kGapDay);
    const review::TimeScale scale = panel.axis().scale();
    const auto gaps =
        review::deletedGaps(panel.model(), yard.id, review::Detail::Hours,
                            {scale.start, scale.msPerPixel, scale.width}, DeletedGap::kMinWidth);
    QVERIFY(!gaps.isEmpty() && gaps.size() <= scale.width / DeletedGap::kMinWidth);
    int clips = 0;
    for (const DeletedGap &gap : gaps)
        clips += gap.reasons.first().clips;
    QCOMPARE(clips, 400);
}

void DeletedGapsTest::theWholeDayShowsItsGaps()
{
    TimelineHouse house;
    const auto yard = house.house.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow / kGapDay * kGapDay - 100 * kGapDay;
    deleteAll(house, addGapClips(house, yard, t + 6 * kHourMs, 4 * kMinuteMs, 60));
    for (int minute = 0; minute < 60; minute += 5)
        house.house.add(house.house.item(yard.account, Kind::Still, t + 8 * kHourMs + minute * kMinuteMs));
    house.open();
    showSpan(house, t + 12 * kHourMs, 3 * kHourMs);
    auto *strip = house.panel->findChild<review::OverviewStrip *>();
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

GATEHOUSE_TEST(DeletedGapsTest)
#include "deleted_gaps_test.moc"
