// What plays when, without a window: clips run on over gaps and midnight, speeds, what has no picture,
// events.
#include "catalog/operations/item_removal.h"
#include "media/demux/av.h"
#include "player_fixture.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QSignalSpy>

using namespace gatehouse;
using namespace gatehouse::player;
using gatehouse::tests::ClipsFixture;
using gatehouse::tests::kDayMs;
using gatehouse::tests::kPatience;
using gatehouse::tests::kTestNow;

namespace
{

constexpr qint64 kFrom = kTestNow - 600'000;

struct ControllerFixture : ClipsFixture {
    PlayerController player{*services, playhead, selection};
    QSignalSpy pictures{&player, &PlayerController::pictureShown};

    // Of the picture on show; -1: none.
    [[nodiscard]] int number()
    {
        const auto picture = player.engine().picture();
        return picture ? tests::numberIn(*picture) : -1;
    }
};

} // namespace

class PlayerControllerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        av_log_set_level(AV_LOG_QUIET);
        const QTemporaryDir folder;
        if (!tests::makeClip({.path = folder.filePath(QStringLiteral("a.mp4")), .pictures = 2}))
            QSKIP("libav has no H.264 encoder here");
    }
    void playsTheChosenItemAndMovesThePlayhead();
    void continuesPastMidnight();
    void playsAClipThatArrivesAfterTheEnd();
    void presentsAnItemPaused();
    void explainsGaps();
    void seekingKeepsThePlayState();
    void clampsSpeedsAndUnmutesToFullVolume();
    void steppingMovesThePlayhead();
    void opensAWithheldItemOnRequest();
    void reportsTheEndOfTheEvents();
};

void PlayerControllerTest::playsTheChosenItemAndMovesThePlayhead()
{
    ControllerFixture fixture;
    const ItemId clip = fixture.add(Kind::Clip, kFrom, 10);
    QSignalSpy opening(&fixture.player, &PlayerController::opening);
    QSignalSpy ended(&fixture.player, &PlayerController::clipEnded);
    fixture.selection.show(fixture.camera.id, clip, kFrom);
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, kPatience);
    QCOMPARE(opening.size(), 1);
    QCOMPARE(ended[0], (QVariantList{false, false})); // sound, and nothing follows
    QCOMPARE(fixture.pictures.size(), 10);
    QCOMPARE(fixture.player.cameraName(), QStringLiteral("Driveway"));
    QCOMPARE(fixture.player.time(), kFrom + 9 * 40);
    QCOMPARE(fixture.playhead.time(), kFrom + 9 * 40);
    QVERIFY(!fixture.player.engine().isPlaying());
}

void PlayerControllerTest::continuesPastMidnight()
{
    ControllerFixture fixture;
    const qint64 midnight = kTestNow / kDayMs * kDayMs;
    const ItemId evening = fixture.add(Kind::Clip, midnight - 2'000, 10);
    const ItemId night = fixture.add(Kind::Clip, midnight + 60'000, 10);
    QSignalSpy next(&fixture.player, &PlayerController::nextClipStarted);
    QSignalSpy items(&fixture.player, &PlayerController::itemChanged);
    fixture.selection.show(fixture.camera.id, evening, midnight - 2'000);
    QTRY_COMPARE_WITH_TIMEOUT(next.size(), 1, kPatience);
    QCOMPARE(next[0][0].toLongLong(), 62'000 - 10 * 40);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.selection.item(), night, kPatience);
    QVERIFY(fixture.playhead.time() >= midnight + 60'000);
    QCOMPARE(items.size(), 2);
}

void PlayerControllerTest::playsAClipThatArrivesAfterTheEnd()
{
    ControllerFixture fixture;
    const ItemId first = fixture.add(Kind::Clip, kFrom, 10);
    QSignalSpy ended(&fixture.player, &PlayerController::clipEnded);
    fixture.selection.show(fixture.camera.id, first, kFrom);
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, kPatience);
    fixture.pictures.clear(); // they lie in the decoder's memory, which has room for 16
    const ItemId second = fixture.add(Kind::Clip, kFrom + 3'000, 10);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.player.item()->id, second, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.selection.item(), second, kPatience);
    QVERIFY(fixture.playhead.time() >= kFrom + 3'000);
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 2, kPatience);
}

void PlayerControllerTest::presentsAnItemPaused()
{
    ControllerFixture fixture;
    const ItemId clip = fixture.add(Kind::Clip, kFrom, 50);
    fixture.player.present(fixture.camera.id, clip, kFrom + 1'000);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.number(), 25, kPatience);
    QVERIFY(!fixture.player.engine().isPlaying());
    QVERIFY(fixture.playhead.isFollowing()); // nobody chose anything
    QCOMPARE(fixture.selection.item(), clip);
    fixture.player.togglePlay();
    QVERIFY(fixture.player.engine().isPlaying());
}

void PlayerControllerTest::explainsGaps()
{
    ControllerFixture fixture;
    const ItemId gone = fixture.add(Kind::Clip, kFrom, 50);
    fixture.add(Kind::Clip, kFrom + 300'000, 10);
    QVERIFY(tests::awaited(
        fixture.fixture.writer->submit(catalog::RemoveItems{{gone}, QStringLiteral("Older than 60 days")})));
    QSignalSpy nothing(&fixture.player, &PlayerController::nothingRecorded);
    fixture.selection.chooseCamera(fixture.camera.id);
    fixture.playhead.seek(kFrom + 500);
    QTRY_COMPARE_WITH_TIMEOUT(nothing.size(), 1, kPatience);
    QCOMPARE(nothing[0], (QVariantList{kFrom + 500, QStringLiteral("Older than 60 days")}));
    fixture.playhead.seek(kFrom + 150'000);
    QTRY_COMPARE_WITH_TIMEOUT(nothing.size(), 2, kPatience);
    QCOMPARE(nothing[1], (QVariantList{kFrom + 150'000, QString()}));
    QVERIFY(!fixture.player.item());
    QCOMPARE(fixture.player.time(), 0);
    // From a gap the next event is one step away.
    fixture.player.toNextEvent();
    QTRY_VERIFY_WITH_TIMEOUT(fixture.number() >= 0, kPatience);
}

void PlayerControllerTest::seekingKeepsThePlayState()
{
    ControllerFixture fixture;
    fixture.add(Kind::Clip, kFrom, 100);
    fixture.add(Kind::Clip, kFrom + 60'000, 100);
    fixture.selection.chooseCamera(fixture.camera.id);
    fixture.playhead.seek(kFrom + 2'000);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.number(), 50, kPatience);
    QVERIFY(!fixture.player.engine().isPlaying());
    fixture.player.togglePlay();
    fixture.playhead.seek(kFrom + 61'000); // into another clip
    QTRY_VERIFY_WITH_TIMEOUT(fixture.player.item() && fixture.player.item()->captured == kFrom + 60'000,
                             kPatience);
    QVERIFY(fixture.player.engine().isPlaying());
}

void PlayerControllerTest::clampsSpeedsAndUnmutesToFullVolume()
{
    ControllerFixture fixture;
    for (int i = 0; i < 20; ++i)
        fixture.player.goFaster();
    QCOMPARE(fixture.player.engine().rate(), PlayerController::rates().last());
    for (int i = 0; i < 20; ++i)
        fixture.player.goSlower();
    QCOMPARE(fixture.player.engine().rate(), PlayerController::rates().first());
    fixture.player.setVolume(0);
    QVERIFY(fixture.player.isMuted());
    fixture.player.toggleMute(); // from the slider's lower end back to full
    QCOMPARE(fixture.player.volume(), 1.0);
}

void PlayerControllerTest::steppingMovesThePlayhead()
{
    ControllerFixture fixture;
    const ItemId clip = fixture.add(Kind::Clip, kFrom, 50);
    fixture.player.present(fixture.camera.id, clip, kFrom);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.number(), 0, kPatience);
    fixture.player.stepForward();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.playhead.time(), kFrom + 40, kPatience);
    fixture.player.stepBack();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.playhead.time(), kFrom, kPatience);
}

void PlayerControllerTest::opensAWithheldItemOnRequest()
{
    ControllerFixture fixture;
    const ItemId clip = fixture.add(Kind::Clip, kFrom, 50, std::nullopt, ItemState::TooLong);
    QSignalSpy withheld(&fixture.player, &PlayerController::withheld);
    fixture.selection.show(fixture.camera.id, clip, kFrom);
    QTRY_COMPARE_WITH_TIMEOUT(withheld.size(), 1, kPatience);
    QCOMPARE(fixture.number(), -1);
    fixture.player.openAnyway();
    QTRY_VERIFY_WITH_TIMEOUT(fixture.number() >= 0, kPatience);
    QCOMPARE(withheld.size(), 1);
}

void PlayerControllerTest::reportsTheEndOfTheEvents()
{
    ControllerFixture fixture;
    const ItemId clip = fixture.add(Kind::Clip, kFrom, 10);
    fixture.player.present(fixture.camera.id, clip, kFrom);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.number(), 0, kPatience);
    QSignalSpy nothing(&fixture.player, &PlayerController::nothingThere);
    fixture.player.toNextEvent();
    QTRY_COMPARE_WITH_TIMEOUT(nothing.size(), 1, kPatience);
    QCOMPARE(nothing[0], (QVariantList{true, false})); // it is the only one
}

GATEHOUSE_TEST(PlayerControllerTest)
#include "player_controller_test.moc"
