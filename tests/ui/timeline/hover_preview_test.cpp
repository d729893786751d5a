// What the pointer finds over a clip: the frame of that moment, once it rests.
#include "catalog/operations/add_item.h"
#include "core/media/playback/barcode_clip.h"
#include "models/frame_preview.h"
#include "support/registry.h"
#include "timeline/hover_preview.h"
#include "timeline_fixture.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QDir>

using namespace gatehouse;
using namespace gatehouse::tests;

namespace
{

constexpr int kHoverPatience = 20'000;
constexpr int kHoveredPictures = 100; // 4 s

// A clip on disk and its examined row.
ItemId addHoverable(TimelineFixture &fixture, const catalog::Camera &camera, qint64 captured)
{
    const QString archive = fixture.fixture.folder.filePath(QStringLiteral("archive"));
    QDir().mkpath(archive + QStringLiteral("/a"));
    (void)awaited(fixture.fixture.writer->submit(catalog::SetArchive{QStringLiteral("disk"), archive}));
    catalog::NewItem item = fixture.fixture.item(camera.account, Kind::Clip, captured);
    item.relativePath += QStringLiteral(".mp4");
    makeClip({.path = archive + QLatin1Char('/') + item.relativePath, .pictures = kHoveredPictures});
    catalog::Examined found;
    found.item = fixture.fixture.add(item).item;
    found.duration = kHoveredPictures * 40;
    if (!awaited(fixture.fixture.writer->submit(catalog::SetExamined{found})))
        qFatal("no such item");
    return found.item;
}

} // namespace

class HoverPreviewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::darkTheme()); }
    void showsTheFrameUnderThePointer();
    void forgetsTheFrameWhenThePointerLeaves();
};

void HoverPreviewTest::showsTheFrameUnderThePointer()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow - 30 * kMinuteMs;
    const ItemId item = addHoverable(fixture, yard, t);
    timeline::TimelinePanel &panel = fixture.open();
    panel.axis().show({t - 8'000, t + 12'000});
    fixture.settle();
    auto *preview = panel.findChild<timeline::HoverPreview *>();
    auto *frames = panel.findChild<models::FramePreview *>();
    QVERIFY(preview && frames);
    for (const qint64 moment : {t + 1'000, t + 3'000, t + 500}) {
        const QPoint at = fixture.pointAt(0, moment);
        const int number = int((panel.axis().scale().timeAt(at.x()) - t) / 40);
        QTest::mouseMove(&panel.lanes(), at);
        QTRY_COMPARE_WITH_TIMEOUT(numberIn(frames->frame(item)), number, kHoverPatience);
        QTRY_VERIFY_WITH_TIMEOUT(preview->isVisible(), kHoverPatience);
        // The frame, not the symbol of a missing poster, is painted.
        const QImage shown = preview->grab().toImage();
        const QImage frame = frames->frame(item);
        const QRect box({6 + (160 - frame.width()) / 2, 6 + (90 - frame.height()) / 2}, frame.size());
        QCOMPARE(numberIn(shown.copy(box).convertToFormat(QImage::Format_RGB32)), number);
    }
}

void HoverPreviewTest::forgetsTheFrameWhenThePointerLeaves()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const qint64 t = kTestNow - 30 * kMinuteMs;
    const ItemId item = addHoverable(fixture, yard, t);
    timeline::TimelinePanel &panel = fixture.open();
    panel.axis().show({t - 8'000, t + 12'000});
    fixture.settle();
    auto *frames = panel.findChild<models::FramePreview *>();
    QTest::mouseMove(&panel.lanes(), fixture.pointAt(0, t + 1'000));
    QTRY_VERIFY_WITH_TIMEOUT(!frames->frame(item).isNull(), kHoverPatience);
    QTest::mouseMove(&panel.lanes(), fixture.pointAt(0, t + 8'000));
    QTRY_VERIFY_WITH_TIMEOUT(frames->frame(item).isNull(), kHoverPatience);
}

GATEHOUSE_TEST(HoverPreviewTest)
#include "hover_preview_test.moc"
