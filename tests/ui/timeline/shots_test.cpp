// A full day in both themes and at every zoom, held against the data column by column: what was recorded is
// painted in its lane, at its time and in its kind's colour, and nothing else is. No text is compared,
// because fonts differ between machines. GATEHOUSE_SHOTS names a folder for the pictures, to hold next to the
// look.
#include "catalog/operations/add_item.h"
#include "support/registry.h"
#include "timeline/calendar_popup.h"
#include "timeline/camera_lane_painter.h"
#include "timeline/timeline_toolbar.h"
#include "timeline_fixture.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QDateTime>
#include <QDir>
#include <QHash>
#include <QRandomGenerator>
#include <algorithm>
#include <cmath>

using namespace gatehouse;
using namespace gatehouse::tests;

namespace
{

using timeline::ClipCategory;
using timeline::Detail;

constexpr int kShotSeed = 7;
constexpr int kSlack =
    timeline::LaneInsets::kMinTroubledWidth + 2; // px that a short or damaged clip is wider

struct Recorded {
    CameraId camera;
    Kind kind = Kind::Clip;
    TimeRange range;
    ClipCategory category = ClipCategory::Motion;
    bool isTroubled = false;
};

// The image of one lane, against one without recordings: the grid and the shade of the future are in both.
struct LaneShot {
    LaneShot(const QImage &painted, int from, int rows, int emptyFrom)
        : image(painted), top(from), height(rows), isPainted(size_t(painted.width()))
    {
        for (int x = 0; x < image.width(); ++x) {
            for (int y = 0; y < height - timeline::LaneInsets::kBottom && !isPainted[size_t(x)]; ++y)
                isPainted[size_t(x)] = image.pixel(x, from + y) != image.pixel(x, emptyFrom + y);
        }
    }

    [[nodiscard]] bool has(int x, const QColor &colour) const
    {
        for (int y = 0; y < height; ++y) {
            if (image.pixel(x, top + y) == colour.rgb())
                return true;
        }
        return false;
    }

    const QImage &image;
    int top;
    int height;
    std::vector<bool> isPainted; // by column
};

QColor colourOf(ClipCategory category, const widgets::Theme &theme)
{
    switch (category) {
    case ClipCategory::Person:
        return theme.person;
    case ClipCategory::Vehicle:
        return theme.vehicle;
    case ClipCategory::Sound:
        return theme.sound;
    default:
        return theme.motion;
    }
}

// Whole hours or days of the zone, which is UTC here.
TimeRange spanOf(qint64 t, Detail detail)
{
    const qint64 length = detail == Detail::Hours ? kHourMs : 24 * kHourMs;
    return {t / length * length, (t / length + 1) * length};
}

} // namespace

class ShotsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void paintsAFullDay();

private:
    static QVector<Recorded> fill(TimelineFixture &fixture);
    static QString mismatch(timeline::TimelinePanel &panel, const QVector<Recorded> &recorded,
                            const widgets::Theme &theme, CameraId chosen);
};

QVector<Recorded> ShotsTest::fill(TimelineFixture &fixture)
{
    const char *names[] = {"Driveway", "Yard",        "Road",     "Street",
                           "Garden",   "Living room", "Workshop", "Garage"};
    QRandomGenerator random(kShotSeed);
    QVector<QFuture<Result<catalog::Added>>> under;
    QVector<Recorded> out;
    fixture.fixture.addCamera(QStringLiteral("A lane without recordings")); // the first
    int number = 0;
    for (const char *name : names) {
        const catalog::Camera camera = fixture.fixture.addCamera(QString::fromUtf8(name));
        const auto add = [&](Kind kind, qint64 t, qint64 length, Subject subject, Trigger trigger,
                             ItemState state) {
            catalog::NewItem item = fixture.fixture.item(camera.account, kind, t);
            item.hint.duration = length;
            item.subject = subject;
            item.trigger = trigger;
            item.state = state;
            under.append(fixture.fixture.writer->submit(catalog::AddItem{item}));
            catalog::TimelineItem shown;
            shown.subject = subject;
            shown.trigger = trigger;
            out.append(
                {camera.id, kind, {t, t + length}, timeline::categoryOf(shown), state == ItemState::Damaged});
        };
        const qint64 midnight = kTestNow / 86'400'000 * 86'400'000;
        const int busy = 2 + int(random.bounded(18));
        for (qint64 t = midnight; t < kTestNow; t += 30 * kMinuteMs)
            add(Kind::Still, t + number * 900, 0, Subject::None, Trigger::Schedule, ItemState::Unexamined);
        for (int i = 0; i < busy * 6; ++i) {
            const qint64 t =
                kTestNow - qint64(std::pow(random.generateDouble(), 1.6) * double(kTestNow - midnight));
            const int dice = random.bounded(10);
            const Subject subject = dice < 2 ? Subject::Person : dice < 5 ? Subject::Vehicle : Subject::None;
            const ItemState state = random.bounded(40) == 0 ? ItemState::Damaged : ItemState::Unexamined;
            add(Kind::Clip, t, 8'000 + random.bounded(40'000), subject,
                number == 5 && dice > 6 ? Trigger::Sound : Trigger::Motion, state);
        }
        if (number == 2) {
            for (qint64 t = midnight; t < kTestNow; t += 5 * kMinuteMs)
                add(Kind::Clip, t, 5 * kMinuteMs, Subject::None, Trigger::Schedule, ItemState::Unexamined);
        }
        ++number;
    }
    for (auto &future : under)
        future.waitForFinished();
    // What a camera saw belongs to the event.
    for (Recorded &item : out) {
        const auto event = *fixture.fixture.reader->eventBefore(item.camera, item.range.start + 1);
        if (item.category == ClipCategory::Continuous || !event || event->range.end < item.range.start ||
            event->subject == Subject::None)
            continue;
        catalog::TimelineItem shown;
        shown.subject = event->subject;
        item.category = timeline::categoryOf(shown);
    }
    return out;
}

// The first thing that is not painted as it was recorded; empty: there is none. The chosen lane has another
// ground, so it is left out.
QString ShotsTest::mismatch(timeline::TimelinePanel &panel, const QVector<Recorded> &recorded,
                            const widgets::Theme &theme, CameraId chosen)
{
    const QImage &image = panel.lanes().painted();
    const timeline::TimeScale &scale = panel.axis().scale();
    const Detail detail = timeline::detailFor(scale.span());
    const auto column = [&](qint64 t) { return int(std::floor(scale.xOf(t))); };
    const auto isShown = [&](int x) { return x >= 0 && x < image.width(); };
    QHash<int, QPair<int, int>> rowsOf; // lane -> first row, number of rows
    for (int y = 0; y < image.height(); ++y) {
        if (const int lane = panel.lanes().laneAt(y); lane >= 0) {
            auto &rows = rowsOf[lane];
            rows.first = rows.second == 0 ? y : rows.first;
            ++rows.second;
        }
    }
    const auto empty = rowsOf.value(0);
    const auto &cameras = panel.recordings().cameras();
    int compared = 0;
    for (int lane = 1; lane < cameras.size(); ++lane) {
        const auto rows = rowsOf.value(lane);
        if (rows.second != empty.second || cameras[lane].camera == chosen)
            continue; // scrolled out, at least in part
        const LaneShot shot(image, rows.first, rows.second, empty.first);
        const auto complain = [&](const char *what, int x) {
            return QStringLiteral("%1: %2 at %3")
                .arg(cameras[lane].name, QLatin1String(what),
                     QDateTime::fromMSecsSinceEpoch(scale.timeAt(x), Qt::UTC).toString(Qt::ISODate));
        };
        std::vector<bool> mayBePainted(size_t(image.width()));
        const auto allow = [&](int from, int to) {
            for (int x = std::max(from, 0); x < std::min(to, image.width()); ++x)
                mayBePainted[size_t(x)] = true;
        };
        // Where several lie over one another, which colour is on top is the painter's business.
        const auto isAlone = [&](int x) {
            return std::count_if(recorded.begin(), recorded.end(), [&](const Recorded &other) {
                       return other.camera == cameras[lane].camera && other.kind == Kind::Clip &&
                              column(other.range.start) - kSlack <= x &&
                              x <= column(other.range.end) + kSlack;
                   }) == 1;
        };
        for (const Recorded &item : recorded) {
            if (item.camera != cameras[lane].camera)
                continue;
            const TimeRange range = detail == Detail::Items ? item.range : spanOf(item.range.start, detail);
            const int left = column(range.start);
            const int right = std::max(column(range.end), left + 1);
            allow(left - kSlack, right + kSlack);
            const int middle =
                item.kind == Kind::Still && detail == Detail::Items ? left : (left + right) / 2;
            if (!isShown(middle) || right - left > image.width())
                continue;
            ++compared;
            if (!shot.isPainted[size_t(middle)])
                return complain("a recording is not painted", middle);
            if (detail != Detail::Items || item.isTroubled || item.category == ClipCategory::Continuous)
                continue;
            if (item.kind == Kind::Clip && isAlone(middle) &&
                !shot.has(middle, colourOf(item.category, theme)))
                return complain("a clip has another kind's colour", middle);
        }
        for (int x = 0; x < image.width(); ++x) {
            if (shot.isPainted[size_t(x)] && !mayBePainted[size_t(x)])
                return complain("nothing was recorded, and something is painted", x);
        }
    }
    return compared > 0 ? QString() : QStringLiteral("nothing was compared");
}

void ShotsTest::paintsAFullDay()
{
    TimelineFixture fixture;
    const QVector<Recorded> recorded = fill(fixture);
    QVector<Recorded> shifted = recorded;
    for (Recorded &item : shifted)
        item.range = {item.range.start - 26 * kHourMs, item.range.end - 26 * kHourMs};
    QVector<Recorded> exchanged = recorded;
    for (Recorded &item : exchanged)
        item.camera =
            CameraId{recorded.last().camera.value - item.camera.value + recorded.first().camera.value};
    const QString folder = qEnvironmentVariable("GATEHOUSE_SHOTS");
    for (const widgets::Theme *theme : {&widgets::darkTheme(), &widgets::lightTheme()}) {
        widgets::applyTheme(*qApp, *theme);
        timeline::TimelinePanel &panel = fixture.open({1532, 332});
        const CameraId chosen = fixture.fixture.reader->cameras()->at(1).id;
        const auto events = *fixture.fixture.reader->events({chosen, kTestNow, 3});
        QVERIFY(!events.isEmpty());
        fixture.selection.show(chosen, events.last().firstItem, events.last().range.start + 4'000);
        const auto shot = [&](const char *name) {
            fixture.settle();
            if (!folder.isEmpty())
                panel.grab().save(QDir(folder).filePath(
                    QStringLiteral("%1-%2.png")
                        .arg(QLatin1String(name), QLatin1String(theme->isDark ? "dark" : "light"))));
            return mismatch(panel, recorded, *theme, chosen);
        };
        panel.axis().show({kTestNow - 57 * kMinuteMs, kTestNow + 8 * kMinuteMs});
        QCOMPARE(shot("hour"), QString());
        // The comparison sees what is not there, and what is somewhere else.
        QVERIFY(!mismatch(panel, shifted, *theme, chosen).isEmpty());
        QVERIFY(!mismatch(panel, exchanged, *theme, chosen).isEmpty());
        panel.axis().show({kTestNow - 14 * kHourMs, kTestNow + 10 * kHourMs});
        QCOMPARE(shot("day"), QString());
        panel.axis().show({kTestNow - 9 * 24 * kHourMs, kTestNow + 24 * kHourMs});
        QCOMPARE(shot("days"), QString());
        QVERIFY(!mismatch(panel, shifted, *theme, chosen).isEmpty());
        panel.axis().show({kTestNow - 90 * 24 * kHourMs, kTestNow + 10 * 24 * kHourMs});
        QCOMPARE(shot("months"), QString());
        panel.axis().show({kTestNow - 3 * kMinuteMs, kTestNow});
        QCOMPARE(shot("minutes"), QString());
        timeline::TimelineToolbar bar(panel, fixture.playhead, nullptr);
        bar.resize(1532, 48);
        bar.show();
        timeline::CalendarPopup calendar(panel.recordings());
        calendar.open(QDate(2026, 6, 12), QDate(2026, 6, 12), bar);
        fixture.settle();
        if (!folder.isEmpty()) {
            bar.grab().save(QDir(folder).filePath(QStringLiteral("bar-%1.png").arg(int(theme->isDark))));
            calendar.grab().save(QDir(folder).filePath(QStringLiteral("cal-%1.png").arg(int(theme->isDark))));
        }
        panel.resize(976, 240);
        panel.axis().show({kTestNow - 57 * kMinuteMs, kTestNow + 8 * kMinuteMs});
        QCOMPARE(shot("narrow"), QString());
        fixture.panel.reset();
    }
}

GATEHOUSE_TEST(ShotsTest)
#include "shots_test.moc"
