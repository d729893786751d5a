// An event is marked as reviewed once it has been watched, unless a setting says otherwise.
#include "archive/archive.h"
#include "core/media/playback/barcode_clip.h"
#include "fakes/engine_fixture.h"
#include "models/event_model.h"
#include "models/selection.h"
#include "player/player_panel.h"
#include "protocol/items.h"
#include "review/review_screen.h"
#include "support/registry.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::review;
using namespace gatehouse::tests;

namespace
{

constexpr int kWatchPatience = 30'000;
constexpr int kWatchedPictures = 100; // 4 s

// A clip on disk and its examined row.
ItemId addWatchable(EngineFixture &fixture, const catalog::Camera &camera, qint64 captured)
{
    const ItemId item = fixture.add(camera, Kind::Clip, captured);
    const QString folder = fixture.engine.storage().archive().root() + QStringLiteral("/a");
    QDir().mkpath(folder);
    const QString made = fixture.folder.filePath(QStringLiteral("made.mp4"));
    makeClip({.path = made, .pictures = kWatchedPictures});
    QFile::rename(made, folder + QLatin1Char('/') + QString::number(item.value));
    catalog::Examined found;
    found.item = item;
    found.duration = kWatchedPictures * 40;
    if (!resultOf(fixture.writer->submit(catalog::SetExamined{found})))
        qFatal("no such item");
    return item;
}

} // namespace

class WatchedEventsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::darkTheme()); }
    void marksAWatchedEvent();
    void theEndAloneIsNotWatched();
    void settingTurnsItOff();

private:
    // Plays from there to the end.
    static void watch(ReviewScreen &screen, const catalog::Camera &camera, ItemId item, qint64 from)
    {
        const media::PlayerEngine &engine = screen.findChild<player::PlayerPanel *>()->controller().engine();
        screen.selection().show(camera.id, item, from);
        QTRY_VERIFY_WITH_TIMEOUT(engine.isPlaying(), kWatchPatience);
        QTRY_VERIFY_WITH_TIMEOUT(engine.token() == item.value && engine.hasEnded(), kWatchPatience);
    }
};

void WatchedEventsTest::marksAWatchedEvent()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const qint64 start = fixture.clock.now() - 3'600'000;
    const ItemId item = addWatchable(fixture, yard, start);
    ReviewScreen screen(fixture.services(), fixture.clock);
    screen.show();
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 1, kWatchPatience);
    QVERIFY(!screen.events().event(0).reviewed);
    watch(screen, yard, item, start);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.commands.count<protocol::ReviewEvent>(), 1, kWatchPatience);
    QVERIFY(fixture.commands.last<protocol::ReviewEvent>().isReviewed);
    QTRY_VERIFY_WITH_TIMEOUT(screen.events().event(0).reviewed, kWatchPatience);
    // A person may take the mark back: watching it again right away does not argue.
    watch(screen, yard, item, start + 100);
    QCOMPARE(fixture.commands.count<protocol::ReviewEvent>(), 1);
}

void WatchedEventsTest::theEndAloneIsNotWatched()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const qint64 start = fixture.clock.now() - 3'600'000;
    const ItemId item = addWatchable(fixture, yard, start);
    ReviewScreen screen(fixture.services(), fixture.clock);
    screen.show();
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 1, kWatchPatience);
    watch(screen, yard, item, start + 3'300);
    QCOMPARE(fixture.commands.count<protocol::ReviewEvent>(), 0);
}

void WatchedEventsTest::settingTurnsItOff()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const qint64 start = fixture.clock.now() - 3'600'000;
    const ItemId item = addWatchable(fixture, yard, start);
    ReviewScreen screen(fixture.services(), fixture.clock);
    screen.setReviewsWatched(false);
    screen.show();
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 1, kWatchPatience);
    watch(screen, yard, item, start);
    QCOMPARE(fixture.commands.count<protocol::ReviewEvent>(), 0);
    screen.setReviewsWatched(true);
    watch(screen, yard, item, start + 100);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.commands.count<protocol::ReviewEvent>(), 1, kWatchPatience);
}

GATEHOUSE_TEST(WatchedEventsTest)
#include "watched_events_test.moc"
