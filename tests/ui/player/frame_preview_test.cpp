// The frame under the pointer, from a real decoder process: which one, when, and at what cost.
#include "models/frame_preview.h"
#include "player_fixture.h"
#include "support/registry.h"

#include <QSignalSpy>

using namespace gatehouse;
using namespace gatehouse::tests;
using models::FramePreview;

namespace
{

constexpr qint64 kPreviewStart = kTestNow - 3'600'000;
constexpr QSize kPreviewSize(320, 180);
constexpr int kShortIdleMs = 400;

} // namespace

class FramePreviewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheFrameOfTheMoment();
    void decodesOnlyWhereThePointerRests();
    void endsItsDecoderWhenIdle();
    void survivesAFileThatIsGone();
    void leavesUnsoundClipsAlone_data();
    void leavesUnsoundClipsAlone();
};

void FramePreviewTest::showsTheFrameOfTheMoment()
{
    ClipsFixture fixture;
    const ItemId item = fixture.add(Kind::Clip, kPreviewStart, 100);
    FramePreview preview(*fixture.services);
    for (const int number : {50, 75, 10, 0, 99}) {
        preview.request(item, kPreviewStart + number * 40 + 15, kPreviewSize);
        QTRY_COMPARE_WITH_TIMEOUT(numberIn(preview.frame(item)), number, kPatience);
        QCOMPARE(preview.frame(item).size(), kPreviewSize);
    }
    const ItemId other = fixture.add(Kind::Clip, kPreviewStart + 60'000, 50);
    preview.request(other, kPreviewStart + 61'000, kPreviewSize);
    QVERIFY(preview.frame(other).isNull()); // never one clip's frame for another
    QTRY_COMPARE_WITH_TIMEOUT(numberIn(preview.frame(other)), 25, kPatience);
    preview.cancel();
    QVERIFY(preview.frame(other).isNull());
}

void FramePreviewTest::decodesOnlyWhereThePointerRests()
{
    ClipsFixture fixture;
    const ItemId item = fixture.add(Kind::Clip, kPreviewStart, 100);
    FramePreview preview(*fixture.services);
    QSignalSpy shown(&preview, &FramePreview::shown);
    for (int number = 0; number < 60; ++number)
        preview.request(item, kPreviewStart + number * 40, kPreviewSize);
    QVERIFY(!preview.isDecoderRunning());
    QTRY_COMPARE_WITH_TIMEOUT(numberIn(preview.frame(item)), 59, kPatience);
    QCOMPARE(shown.size(), 1);
    // The same moment again asks for nothing.
    preview.request(item, kPreviewStart + 59 * 40, kPreviewSize);
    preview.request(item, kPreviewStart + 80 * 40, kPreviewSize);
    QTRY_COMPARE_WITH_TIMEOUT(numberIn(preview.frame(item)), 80, kPatience);
    QCOMPARE(shown.size(), 2);
}

void FramePreviewTest::endsItsDecoderWhenIdle()
{
    ClipsFixture fixture;
    const ItemId item = fixture.add(Kind::Clip, kPreviewStart, 50);
    FramePreview preview(*fixture.services, nullptr, kShortIdleMs);
    for (const int number : {20, 30}) {
        preview.request(item, kPreviewStart + number * 40, kPreviewSize);
        QTRY_COMPARE_WITH_TIMEOUT(numberIn(preview.frame(item)), number, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(!preview.isDecoderRunning(), kPatience);
        QCOMPARE(numberIn(preview.frame(item)), number);
    }
}

void FramePreviewTest::survivesAFileThatIsGone()
{
    ClipsFixture fixture;
    const ItemId gone = fixture.add(Kind::Clip, kPreviewStart, 50, QString());
    const ItemId item = fixture.add(Kind::Clip, kPreviewStart + 60'000, 50);
    FramePreview preview(*fixture.services);
    preview.request(gone, kPreviewStart + 400, kPreviewSize);
    QTRY_VERIFY_WITH_TIMEOUT(preview.isDecoderRunning(), kPatience);
    preview.request(item, kPreviewStart + 60'400, kPreviewSize);
    QTRY_COMPARE_WITH_TIMEOUT(numberIn(preview.frame(item)), 10, kPatience);
    QVERIFY(preview.frame(gone).isNull());
}

void FramePreviewTest::leavesUnsoundClipsAlone_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("state");
    QTest::newRow("slow to decode") << int(Kind::Clip) << int(ItemState::TooLong);
    QTest::newRow("not examined") << int(Kind::Clip) << int(ItemState::Unexamined);
    QTest::newRow("cut off") << int(Kind::Clip) << int(ItemState::Incomplete);
    QTest::newRow("a picture") << int(Kind::Still) << int(ItemState::Ok);
}

// While its request is answered, that of another preview is, which was made later and takes longer.
void FramePreviewTest::leavesUnsoundClipsAlone()
{
    QFETCH(int, kind);
    QFETCH(int, state);
    ClipsFixture fixture;
    const ItemId unsound = fixture.add(Kind(kind), kPreviewStart, 50, std::nullopt, ItemState(state));
    const ItemId sound = fixture.add(Kind::Clip, kPreviewStart + 60'000, 50);
    FramePreview preview(*fixture.services);
    FramePreview other(*fixture.services);
    preview.request(unsound, kPreviewStart + 400, kPreviewSize);
    other.request(sound, kPreviewStart + 60'400, kPreviewSize);
    QTRY_COMPARE_WITH_TIMEOUT(numberIn(other.frame(sound)), 10, kPatience);
    QVERIFY(!preview.isDecoderRunning());
    QVERIFY(preview.frame(unsound).isNull());
}

GATEHOUSE_TEST(FramePreviewTest)
#include "frame_preview_test.moc"
