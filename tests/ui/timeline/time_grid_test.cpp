// Time on the axis: zooming keeps the time under the pointer, marks are where the clock on the wall
// says, also on the days of a clock change.
#include "base/regional_time.h"
#include "fakes/set_clock.h"
#include "models/time_text.h"
#include "support/durations.h"
#include "support/registry.h"
#include "timeline/time_entry.h"
#include "timeline/time_grid.h"
#include "timeline/timeline_axis.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::models;
using namespace gatehouse::timeline;
using gatehouse::tests::kDayMs;
using gatehouse::tests::kHourMs;
using gatehouse::tests::kPatience;
using gatehouse::tests::SetClock;

namespace
{

const QTimeZone &berlin()
{
    static const QTimeZone zone("Europe/Berlin");
    return zone;
}

QStringList labelsOf(QDate day, const QTimeZone &zone, double hours, int width)
{
    TimeScale scale;
    scale.width = width;
    const TimeRange range = dayRange(day, zone);
    QStringList out;
    for (const Tick &tick :
         ticksOf(scale.showing({range.start, range.start + qint64(hours * 3'600'000)}), zone)) {
        if (tick.isMajor)
            out.append(tick.label);
    }
    return out;
}

} // namespace

class TimeGridTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void zoomKeepsTheTimeUnderThePointer();
    void daylightSavingDaysHaveTheirLength();
    void missingHourHasNoMark();
    void repeatedHourHasTwoMarks();
    void keepsMarksOrderedAndApart();
    void labelsMatchTheZoom();
    void labelsFollowTheRegion();
    void showingAnotherDayKeepsTheWallClock();
    void dayIsTodayWhileNowIsInView();
    void zoomBackRestoresTheView();
    void movingKeepsTheZoomUnderWay();
    void wideningShowsMoreOfThePast();
    void formatsSpans();
    void parsesTypedTimes();
};

void TimeGridTest::zoomKeepsTheTimeUnderThePointer()
{
    QRandomGenerator random(3);
    for (int round = 0; round < 2'000; ++round) {
        TimeScale scale;
        scale.width = 200 + random.bounded(3'800);
        scale.start = 1.7e12 + random.generateDouble() * 1e10;
        scale.msPerPixel = std::exp(random.generateDouble() * 14);
        const double x = random.generateDouble() * scale.width;
        const double before = scale.start + x * scale.msPerPixel;
        TimeScale next = scale;
        for (int step = 0; step < 12; ++step)
            next = next.zoomedAt(x, std::exp2(random.generateDouble() * 2 - 1));
        const double after = next.start + x * next.msPerPixel;
        QVERIFY2(std::abs(after - before) <= std::max(1.0, next.msPerPixel * 0.01),
                 qPrintable(QString::number(after - before)));
        QVERIFY(next.span() >= TimeScale::kMinSpan * 0.999 && next.span() <= TimeScale::kMaxSpan * 1.001);
    }
}

void TimeGridTest::daylightSavingDaysHaveTheirLength()
{
    QCOMPARE(dayRange(QDate(2026, 3, 29), berlin()).length(), 23 * 3'600'000LL);
    QCOMPARE(dayRange(QDate(2026, 10, 25), berlin()).length(), 25 * 3'600'000LL);
    QCOMPARE(dayRange(QDate(2026, 6, 12), berlin()).length(), 24 * 3'600'000LL);
}

void TimeGridTest::missingHourHasNoMark()
{
    QCOMPARE(labelsOf(QDate(2026, 3, 29), berlin(), 6.5, 500),
             QStringList({QStringLiteral("Sun 29"), QStringLiteral("01:00"), QStringLiteral("03:00"),
                          QStringLiteral("04:00"), QStringLiteral("05:00"), QStringLiteral("06:00"),
                          QStringLiteral("07:00")}));
    // Marks of three hours stay at three, six, nine o'clock.
    QCOMPARE(labelsOf(QDate(2026, 3, 29), berlin(), 23, 8 * 80).mid(1),
             QStringList({QStringLiteral("03:00"), QStringLiteral("06:00"), QStringLiteral("09:00"),
                          QStringLiteral("12:00"), QStringLiteral("15:00"), QStringLiteral("18:00"),
                          QStringLiteral("21:00"), QStringLiteral("Mon 30")}));
}

void TimeGridTest::repeatedHourHasTwoMarks()
{
    QCOMPARE(labelsOf(QDate(2026, 10, 25), berlin(), 4.5, 5 * 76),
             QStringList({QStringLiteral("Sun 25"), QStringLiteral("01:00"), QStringLiteral("02:00"),
                          QStringLiteral("02:00"), QStringLiteral("03:00")}));
    QCOMPARE(labelsOf(QDate(2026, 10, 25), berlin(), 25, 5 * 76).mid(1),
             QStringList({QStringLiteral("06:00"), QStringLiteral("12:00"), QStringLiteral("18:00"),
                          QStringLiteral("Mon 26")}));
}

void TimeGridTest::keepsMarksOrderedAndApart()
{
    QRandomGenerator random(5);
    for (const QTimeZone &zone : {berlin(), QTimeZone("Australia/Lord_Howe"), QTimeZone("Asia/Kathmandu")}) {
        for (int round = 0; round < 400; ++round) {
            TimeScale scale;
            scale.width = 1'300;
            // Around both changes of the clock, too.
            scale.start = 1.7e12 + random.generateDouble() * 6e10;
            scale.msPerPixel = std::exp(1 + random.generateDouble() * 16);
            const QVector<Tick> ticks = ticksOf(scale, zone);
            double lastMajor = -1'000;
            qint64 last = 0;
            int majors = 0;
            for (const Tick &tick : ticks) {
                QVERIFY(tick.time > last);
                last = tick.time;
                QVERIFY(scale.range().contains(tick.time));
                QCOMPARE(tick.isMajor, !tick.label.isEmpty());
                if (!tick.isMajor)
                    continue;
                ++majors;
                // The hour of a change may put two marks closer together, never on one another.
                QVERIFY2(scale.xOf(tick.time) - lastMajor >= 72 / 3.0, qPrintable(tick.label));
                lastMajor = scale.xOf(tick.time);
            }
            QVERIFY(majors >= 1 || scale.msPerPixel > 1e7);
            QVERIFY(ticks.size() < 600);
        }
    }
}

void TimeGridTest::labelsMatchTheZoom()
{
    const QTimeZone utc("UTC");
    const auto first = [&](double msPerPixel) {
        TimeScale scale;
        scale.width = 1'300;
        scale.start = double(QDateTime(QDate(2026, 6, 12), QTime(13, 5, 0), utc).toMSecsSinceEpoch());
        scale.msPerPixel = msPerPixel;
        for (const Tick &tick : ticksOf(scale, utc)) {
            if (tick.isMajor && tick.time > qint64(scale.start))
                return tick.label;
        }
        return QString();
    };
    QCOMPARE(first(10), QStringLiteral("13:05:01"));
    QCOMPARE(first(100), QStringLiteral("13:05:10"));
    QCOMPARE(first(3'000), QStringLiteral("13:10"));
    QCOMPARE(first(66'000), QStringLiteral("14:00"));
    QCOMPARE(first(1'000'000), QStringLiteral("Sat 13"));
    QCOMPARE(first(24'000'000), QStringLiteral("July"));
}

void TimeGridTest::labelsFollowTheRegion()
{
    const auto restore = qScopeGuard([] { setRegion({}); });
    const QTimeZone utc("UTC");
    const auto labels = [&](double msPerPixel) {
        TimeScale scale;
        scale.width = 1'300;
        scale.start = double(QDateTime(QDate(2026, 6, 12), QTime(12, 25, 0), utc).toMSecsSinceEpoch());
        scale.msPerPixel = msPerPixel;
        QStringList out;
        for (const Tick &tick : ticksOf(scale, utc)) {
            if (tick.isMajor)
                out.append(tick.label);
        }
        return out;
    };
    setRegion(Region::of(QLocale(QStringLiteral("en_US"))));
    QVERIFY(labels(3'000).contains(QStringLiteral("12:30 PM")));
    QVERIFY(labels(10).contains(QStringLiteral("12:25:01 PM")));
    const double week = 7 * 86'400'000.0 / 100;
    QCOMPARE(labels(week).first(), QStringLiteral("Jun 14")); // a Sunday
    setRegion(Region::of(QLocale(QStringLiteral("fa_IR"))));
    QCOMPARE(labels(week).first(), QStringLiteral("13 Jun")); // a Saturday
    setRegion(Region::of(QLocale(QStringLiteral("de_DE"))));
    QCOMPARE(labels(week).first(), QStringLiteral("15 Jun")); // a Monday
}

void TimeGridTest::showingAnotherDayKeepsTheWallClock()
{
    TimelineAxis axis;
    axis.setZone(berlin());
    axis.setWidth(1'300);
    const QDateTime noon(QDate(2026, 3, 28), QTime(12, 0), berlin());
    axis.show({noon.toMSecsSinceEpoch() - 1'800'000, noon.toMSecsSinceEpoch() + 1'800'000});
    axis.showDay(QDate(2026, 3, 29));
    QCOMPARE(localTime(axis.scale().timeAt(650), berlin()).time().hour(), 12);
    QCOMPARE(axis.day(), QDate(2026, 3, 29));
    axis.show(dayRange(QDate(2026, 10, 24), berlin()));
    axis.showDay(QDate(2026, 10, 25));
    QCOMPARE(qRound(axis.scale().span() / 3'600'000), 25);
}

// Ten past midnight, most of the view is yesterday.
void TimeGridTest::dayIsTodayWhileNowIsInView()
{
    const QDate today(2026, 6, 12);
    SetClock clock(QDateTime(today, QTime(0, 10), berlin()).toMSecsSinceEpoch());
    TimelineAxis axis;
    axis.setZone(berlin());
    axis.setClock(clock);
    axis.setWidth(1'300);
    QVERIFY(axis.scale().timeAt(650) < axis.dayRange().start);
    QCOMPARE(axis.day(), today);
    axis.centre(clock.now() - kHourMs); // now is out of view
    QCOMPARE(axis.day(), today.addDays(-1));
    axis.show(dayRange(today.addDays(-1), berlin()));
    QCOMPARE(axis.day(), today.addDays(-1));
    axis.keepUp();
    QCOMPARE(axis.day(), today);
    axis.setAnchor(clock.now() - 3 * kDayMs);
    axis.show({clock.now() - 6 * kDayMs, clock.now() + kDayMs});
    QCOMPARE(axis.day(), today.addDays(-3));
}

void TimeGridTest::zoomBackRestoresTheView()
{
    TimelineAxis axis;
    axis.setWidth(1'000);
    axis.show({1'700'000'000'000, 1'700'003'600'000});
    axis.zoomAt(300, 0.5);
    axis.zoomAt(300, 0.5); // the same zooming
    QVERIFY(axis.scale().span() < 1'000'000);
    axis.zoomBack();
    QTRY_COMPARE_WITH_TIMEOUT(qRound(axis.scale().span() / 1'000), 3'600, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(axis.scale().start - 1'700'000'000'000.0) < 10, kPatience);
}

// The player turns a page while the user zooms.
void TimeGridTest::movingKeepsTheZoomUnderWay()
{
    constexpr qint64 start = 1'700'000'000'000;
    const auto spanAfter = [](const auto &move) {
        TimelineAxis axis;
        axis.setWidth(1'000);
        axis.show({start, start + kHourMs});
        axis.zoomStep(500, 2);
        move(axis);
        return qRound(axis.scale().span() / 1'000);
    };
    QCOMPARE(spanAfter([](TimelineAxis &axis) { axis.turnPage(start + 10 * kHourMs); }), 7'200);
    QCOMPARE(spanAfter([](TimelineAxis &axis) { axis.centre(start + 10 * kHourMs); }), 7'200);
    QCOMPARE(spanAfter([](TimelineAxis &axis) { axis.reveal(start - 10 * kHourMs); }), 7'200);
}

void TimeGridTest::wideningShowsMoreOfThePast()
{
    TimelineAxis axis;
    axis.setWidth(1'000); // now stands at four fifths
    const TimeRange before = axis.scale().range();
    axis.setWidth(3'000);
    QVERIFY(std::abs(axis.scale().range().end - before.end) < 10);
    QVERIFY(axis.scale().range().start < before.start - before.length());
    // Elsewhere the left edge stands still.
    axis.show({1'700'000'000'000, 1'700'003'600'000});
    axis.setWidth(4'000);
    QVERIFY(std::abs(axis.scale().start - 1'700'000'000'000.0) < 10);
}

void TimeGridTest::formatsSpans()
{
    QCOMPARE(spanText(65 * 60'000), QStringLiteral("65 min"));
    QCOMPARE(spanText(24 * 3'600'000), QStringLiteral("24 h"));
    QCOMPARE(spanText(40'000), QStringLiteral("40 s"));
    QCOMPARE(spanText(8'000), QStringLiteral("8 s"));
    QCOMPARE(spanText(2'540), QStringLiteral("2.5 s"));
    QCOMPARE(spanText(9 * 86'400'000LL), QStringLiteral("9 days"));
    QCOMPARE(spanText(425 * 86'400'000LL), QStringLiteral("14 months"));
}

void TimeGridTest::parsesTypedTimes()
{
    const QDate day(2026, 3, 29);
    const qint64 two = QDateTime(day, QTime(13, 52), berlin()).toMSecsSinceEpoch();
    QCOMPARE(timeFromText(QStringLiteral(" 13:52 "), day, berlin()), two);
    QCOMPARE(timeFromText(QStringLiteral("1352"), day, berlin()), two);
    QCOMPARE(timeFromText(QStringLiteral("13:52:18"), day, berlin()), two + 18'000);
    QCOMPARE(timeFromText(QStringLiteral("2026-03-28 13:52"), day, berlin()),
             two - 23 * 3'600'000LL); // a short night between
    for (const char *typed :
         {"1:52 pm", "1:52PM", "1.52 p.m.", "152pm", "01:52:00 PM", "13.52", "2026-03-29 1:52 pm"})
        QVERIFY2(timeFromText(QLatin1String(typed), day, berlin()) == two, typed);
    const qint64 midnight = QDateTime(day, QTime(0, 0), berlin()).toMSecsSinceEpoch();
    QCOMPARE(timeFromText(QStringLiteral("12 am"), day, berlin()), midnight);
    QCOMPARE(timeFromText(QStringLiteral("12:00 pm"), day, berlin()),
             QDateTime(day, QTime(12, 0), berlin()).toMSecsSinceEpoch());
    for (const char *wrong : {"13:52 pm", "0:10 am", "1:52 xm", "pm", "1:60 pm", "99999"})
        QVERIFY2(!timeFromText(QLatin1String(wrong), day, berlin()), wrong);
    QCOMPARE(timeFromText(QStringLiteral("half past"), day, berlin()), std::nullopt);
    QCOMPARE(timeFromText(QStringLiteral("25:10"), day, berlin()), std::nullopt);
}

GATEHOUSE_TEST(TimeGridTest)
#include "time_grid_test.moc"
