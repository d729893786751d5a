// Pictures of the timeline in both themes, to hold beside the look. They are written where
// GATEHOUSE_SHOTS says; without it the test only sees that a full day paints.
#include "support/registry.h"
#include "timeline/calendar_popup.h"
#include "timeline/timeline_toolbar.h"
#include "timeline_fixture.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QDir>
#include <QRandomGenerator>

using namespace gatehouse;
using namespace gatehouse::tests;

class ShotsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFullDay();

private:
    static void fill(TimelineFixture &fixture);
};

void ShotsTest::fill(TimelineFixture &fixture)
{
    const char *names[] = {"Driveway", "Yard",        "Road",     "Street",
                           "Garden",   "Living room", "Workshop", "Garage"};
    QRandomGenerator random(7);
    QVector<QFuture<Result<catalog::Added>>> under;
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
            under.append(fixture.fixture.writer->addItem(item));
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
}

void ShotsTest::aFullDay()
{
    TimelineFixture fixture;
    fill(fixture);
    const QString folder = qEnvironmentVariable("GATEHOUSE_SHOTS");
    for (const widgets::Theme *theme : {&widgets::darkTheme(), &widgets::lightTheme()}) {
        widgets::applyTheme(*qApp, *theme);
        timeline::TimelinePanel &panel = fixture.open({1532, 332});
        const catalog::Camera camera = fixture.fixture.reader->cameras()->first();
        const auto events = *fixture.fixture.reader->events({camera.id, kTestNow, 3});
        QVERIFY(!events.isEmpty());
        fixture.selection.show(camera.id, events.last().firstItem, events.last().range.start + 4'000);
        const auto shot = [&](const char *name) {
            fixture.settle();
            if (!folder.isEmpty())
                panel.grab().save(QDir(folder).filePath(
                    QStringLiteral("%1-%2.png")
                        .arg(QLatin1String(name), QLatin1String(theme->isDark ? "dark" : "light"))));
        };
        panel.axis().show({kTestNow - 57 * kMinuteMs, kTestNow + 8 * kMinuteMs});
        shot("hour");
        panel.axis().show({kTestNow - 14 * kHourMs, kTestNow + 10 * kHourMs});
        shot("day");
        panel.axis().show({kTestNow - 9 * 24 * kHourMs, kTestNow + 24 * kHourMs});
        shot("days");
        panel.axis().show({kTestNow - 90 * 24 * kHourMs, kTestNow + 10 * 24 * kHourMs});
        shot("months");
        panel.axis().show({kTestNow - 3 * kMinuteMs, kTestNow});
        shot("minutes");
        timeline::TimelineToolbar bar(panel, fixture.playhead, nullptr);
        bar.resize(1532, 48);
        bar.show();
        shot("minutes2");
        timeline::CalendarPopup calendar(panel.recordings());
        calendar.open(QDate(2026, 6, 12), QDate(2026, 6, 12), bar);
        fixture.settle();
        if (!folder.isEmpty()) {
            bar.grab().save(QDir(folder).filePath(QStringLiteral("bar-%1.png").arg(int(theme->isDark))));
            calendar.grab().save(QDir(folder).filePath(QStringLiteral("cal-%1.png").arg(int(theme->isDark))));
        }
        panel.resize(976, 240);
        panel.axis().show({kTestNow - 57 * kMinuteMs, kTestNow + 8 * kMinuteMs});
        shot("narrow");
        fixture.panel.reset();
    }
}

GATEHOUSE_TEST(ShotsTest)
#include "shots_test.moc"
