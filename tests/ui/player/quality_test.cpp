// The switch between what a camera recorded and its low-res copies, on the real player: the same moment in
// both, and the recording plays on while its low-res copy is being made.
#include "catalog/operations/derivatives.h"
#include "media/copy/copy_report.h"
#include "media/copy/low_res_job.h"
#include "media/demux/av.h"
#include "player_fixture.h"
#include "protocol/items.h"
#include "support/registry.h"
#include "support/test_data.h"
#include "support/tiny_media.h"
#include "widgets/segmented_control.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QHelpEvent>
#include <QSignalSpy>
#include <QToolTip>

using namespace gatehouse;
using gatehouse::player::PlayerController;
using gatehouse::tests::awaited;
using gatehouse::tests::kClipStart;
using gatehouse::tests::kPatience;
using gatehouse::tests::kTestNow;
using gatehouse::tests::PlayerFixture;

namespace
{

constexpr int kHd = 0;
constexpr int kLow = 1;

// Stands for the engine: remembers what is asked for, and answers when the test says so.
class Deriver final : public control::Commands
{
public:
    QFuture<Result<QJsonObject>> call(QString name, QJsonObject arguments) override
    {
        if (name != protocol::DeriveItem::kName)
            return answered<Result<QJsonObject>>(fail(ErrorKind::Unavailable, {}));
        asked.append(protocol::fromJson<protocol::DeriveItem>(arguments)->item);
        m_promises.append(SharedPromise<Result<QJsonObject>>());
        return m_promises.last().future();
    }
    void answer(const Result<protocol::DerivedItem> &reply)
    {
        const auto promise = m_promises.takeFirst();
        promise.resolve(reply.map([](const protocol::DerivedItem &made) { return protocol::toJson(made); }));
    }

    QVector<ItemId> asked;

private:
    QVector<SharedPromise<Result<QJsonObject>>> m_promises;
};

struct QualityFixture : PlayerFixture {
    QualityFixture()
    {
        services = std::make_unique<models::Services>(
            models::Services{*pool,
                             fixture.writer->changes(),
                             deriver,
                             fixture.folder.filePath(QStringLiteral("cache")),
                             {markFile(), {QStringLiteral(TEST_WINDOW), {QStringLiteral("media-decoder")}}},
                             &notifications});
        makePlayer();
    }

    // 720p with readable numbers.
    ItemId addClip(qint64 captured, int pictures)
    {
        const QString file = fixture.folder.filePath(QStringLiteral("%1.mp4").arg(captured));
        tests::makeClip({.path = file, .width = 1280, .height = 720, .pictures = pictures});
        return add(Kind::Clip, captured, pictures, file);
    }
    // As the engine does it.
    protocol::DerivedItem makeLowResCopy(ItemId item)
    {
        const QString path = QStringLiteral("copies/low_res/%1.mp4").arg(item.value);
        const QString from = (*catalog::Reader::open(fixture.path()))->item(item).value()->path;
        const auto report = media::CopyReport::fromJson(
            media::makeLowRes({.file = from, .output = services->cache + QLatin1Char('/') + path}));
        const catalog::Derivative copy{item, catalog::DerivativeKind::LowRes, report.bytes, path};
        (void)awaited(fixture.writer->submit(catalog::KeepDerivative{copy}));
        return {report.isMade() ? path : QString(), report.bytes};
    }
    void open(ItemId item, qint64 captured, qint64 time)
    {
        player->controller().present(camera.id, item, captured);
        QTRY_VERIFY_WITH_TIMEOUT(number() >= 0, kPatience);
        playhead.seek(time);
        QTRY_COMPARE_WITH_TIMEOUT(number(), int(time - captured) / 40, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(player->controller().engine().isSettled(), kPatience);
    }
    [[nodiscard]] widgets::SegmentedControl *corner() const
    {
        return player->view().findChild<widgets::SegmentedControl *>();
    }
    void click(int cell) const
    {
        const int x = cell == kHd ? 12 : corner()->width() - 12;
        QTest::mouseClick(corner(), Qt::LeftButton, {}, {x, corner()->height() / 2});
    }
    [[nodiscard]] QString tip(int cell) const
    {
        const QPoint at{cell == kHd ? 12 : corner()->width() - 12, corner()->height() / 2};
        QHelpEvent help(QEvent::ToolTip, at, corner()->mapToGlobal(at));
        QApplication::sendEvent(corner(), &help);
        const QString out = QToolTip::text();
        QToolTip::hideText();
        return out;
    }
    [[nodiscard]] QString quality() const { return player->view().quality(); }

    Deriver deriver;
    control::Notifications notifications;
};

} // namespace

class QualityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        av_log_set_level(AV_LOG_QUIET);
        widgets::applyTheme(*qApp, widgets::darkTheme());
        const QTemporaryDir folder;
        if (!tests::makeClip({.path = folder.filePath(QStringLiteral("a.mp4")), .pictures = 2}))
            QSKIP("libav has no H.264 encoder here");
    }

    void switchesAtTheSameMoment()
    {
        QualityFixture fixture;
        const ItemId clip = fixture.addClip(kClipStart, 100);
        fixture.open(clip, kClipStart, kClipStart + 2'000);
        QCOMPARE(fixture.quality(), QStringLiteral("HD 720p"));
        QCOMPARE(fixture.corner()->current(), kHd);
        QSet<int> seen;
        connect(&fixture.player->controller(), &PlayerController::pictureShown, this,
                [&] { seen.insert(fixture.number()); });

        fixture.click(kLow);
        QCOMPARE(fixture.deriver.asked, QVector<ItemId>{clip});
        QCOMPARE(fixture.corner()->text(kLow), QStringLiteral("Low, 0%"));
        fixture.notifications.notify(protocol::DerivationProgress{clip, protocol::CopyKind::LowRes, 40});
        QCOMPARE(fixture.corner()->text(kLow), QStringLiteral("Low, 40%"));
        fixture.notifications.notify(protocol::DerivationProgress{clip, protocol::CopyKind::Preview, 60});
        fixture.notifications.notify(
            protocol::DerivationProgress{ItemId{clip.value + 1}, protocol::CopyKind::LowRes, 70});
        QCOMPARE(fixture.corner()->text(kLow), QStringLiteral("Low, 40%"));
        QCOMPARE(fixture.corner()->accessibleName(), QStringLiteral("Low")); // not read out at each step
        QCOMPARE(fixture.quality(), QStringLiteral("HD 720p"));              // meanwhile
        QVERIFY(fixture.tip(kLow).contains(QLatin1String("being made")));

        fixture.deriver.answer(fixture.makeLowResCopy(clip));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.quality(), QStringLiteral("360p"), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.player->controller().engine().isSettled(), kPatience);
        QCOMPARE(fixture.number(), 50);
        QCOMPARE(fixture.player->controller().time(), kClipStart + 2'000);
        QCOMPARE(fixture.corner()->text(kLow), QStringLiteral("Low"));
        // It seeks and steps as before.
        fixture.press(Qt::Key_Period);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.number(), 51, kPatience);
        fixture.playhead.seek(kClipStart + 3'200);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.number(), 80, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.player->controller().engine().isSettled(), kPatience);

        seen.clear();
        fixture.click(kHd);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.quality(), QStringLiteral("HD 720p"), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.player->controller().engine().isSettled(), kPatience);
        QCOMPARE(seen, QSet<int>{80}); // no other picture in between
        fixture.click(kLow);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.quality(), QStringLiteral("360p"), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.player->controller().engine().isSettled(), kPatience);
        QCOMPARE(seen, QSet<int>{80});
        QCOMPARE(fixture.deriver.asked.size(), 1); // it is there
    }

    void playsOnInTheChosenQuality()
    {
        QualityFixture fixture;
        const ItemId first = fixture.addClip(kClipStart, 250);
        const ItemId second = fixture.addClip(kClipStart + 15'000, 50);
        fixture.makeLowResCopy(first);
        fixture.makeLowResCopy(second);
        fixture.selection.show(fixture.camera.id, first, kClipStart);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.number() > 2, kPatience);
        const int before = fixture.number();
        fixture.press(Qt::Key_Q);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.quality(), QStringLiteral("360p"), kPatience);
        QVERIFY(fixture.player->controller().engine().isPlaying());
        QVERIFY(fixture.number() >= before);
        QVERIFY(fixture.deriver.asked.isEmpty());
        fixture.playhead.seek(kClipStart + 9'000);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.selection.item(), second, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.player->controller().engine().hasEnded(), kPatience);
        QCOMPARE(fixture.quality(), QStringLiteral("360p"));
        QCOMPARE(fixture.number(), 49);
        // At its end, too, the picture stays, and playing starts over.
        fixture.press(Qt::Key_Q);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.quality(), QStringLiteral("HD 720p"), kPatience);
        QCOMPARE(fixture.number(), 49);
    }

    void isKeptPerCamera()
    {
        QualityFixture fixture;
        const ItemId clip = fixture.addClip(kClipStart, 50);
        fixture.makeLowResCopy(clip);
        QSignalSpy changed(&fixture.player->controller(), &PlayerController::lowCamerasChanged);
        fixture.open(clip, kClipStart, kClipStart + 400);
        fixture.click(kLow);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.quality(), QStringLiteral("360p"), kPatience);
        QCOMPARE(changed.size(), 1);
        const QSet<CameraId> low = fixture.player->controller().lowCameras();
        QCOMPARE(low, QSet<CameraId>{fixture.camera.id});
        // The next start.
        fixture.makePlayer();
        fixture.player->controller().setLowCameras(low);
        fixture.open(clip, kClipStart, kClipStart + 800);
        QCOMPARE(fixture.quality(), QStringLiteral("360p"));
        QCOMPARE(fixture.corner()->current(), kLow);
        fixture.player->controller().setLowCameras({CameraId{77}}); // of another camera
        QTRY_COMPARE_WITH_TIMEOUT(fixture.quality(), QStringLiteral("HD 720p"), kPatience);
        QCOMPARE(fixture.number(), 20);
    }

    void saysWhyThereIsNoLowResCopy()
    {
        QualityFixture fixture;
        const ItemId clip = fixture.addClip(kClipStart, 50);
        fixture.open(clip, kClipStart, kClipStart + 400);
        fixture.click(kLow);
        fixture.deriver.answer(fail(ErrorKind::Corrupt, QStringLiteral("No picture can be decoded.")));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.player->view().note().contains(QLatin1String("No picture")),
                                 kPatience);
        QCOMPARE(fixture.number(), 10);
        QCOMPARE(fixture.quality(), QStringLiteral("HD 720p"));
        QCOMPARE(fixture.corner()->text(kLow), QStringLiteral("Low"));
        QCOMPARE(fixture.corner()->current(), kLow);
        QCOMPARE(fixture.tip(kLow),
                 QStringLiteral("HD plays instead of the low-res copy: No picture can be decoded."));
        fixture.click(kHd);
        QVERIFY(fixture.tip(kLow).startsWith(QLatin1String("Play the low-res copy")));
        fixture.click(kLow); // another attempt
        QCOMPARE(fixture.deriver.asked.size(), 2);
        QVERIFY(fixture.tip(kLow).contains(QLatin1String("being made")));
    }

    void playsTheRecordingIfTheLowResCopyIsUnreadable()
    {
        QualityFixture fixture;
        const ItemId clip = fixture.addClip(kClipStart, 50);
        const QString path = fixture.services->cache + QLatin1Char('/') + fixture.makeLowResCopy(clip).path;
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QByteArray(5'000, 'x'));
        file.close();
        fixture.open(clip, kClipStart, kClipStart + 400);
        fixture.click(kLow);
        QTRY_VERIFY_WITH_TIMEOUT(
            fixture.tip(kLow).startsWith(QLatin1String("HD plays instead of the low-res copy: ")), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.player->controller().engine().isSettled() && fixture.number() == 10,
                                 kPatience);
        QCOMPARE(fixture.quality(), QStringLiteral("HD 720p"));
        // Deleted: it is asked for like one that was never made.
        QVERIFY(QFile::remove(path));
        QVERIFY(fixture.deriver.asked.isEmpty());
        fixture.makePlayer();
        fixture.player->controller().setLowCameras({fixture.camera.id});
        fixture.open(clip, kClipStart, kClipStart + 800);
        QCOMPARE(fixture.deriver.asked, QVector<ItemId>{clip});
    }

    void isThereForClipsOnly()
    {
        QualityFixture fixture;
        QVERIFY(!fixture.corner()->isVisible());
        const QString still = fixture.fixture.folder.filePath(QStringLiteral("still.jpg"));
        QFile file(still);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(tests::makeStill({}));
        file.close();
        const ItemId picture = fixture.add(Kind::Still, kClipStart, 0, still);
        fixture.player->controller().present(fixture.camera.id, picture, kClipStart);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.player->view().picture() != nullptr, kPatience);
        QVERIFY(!fixture.corner()->isVisible());
        const ItemId clip = fixture.addClip(kClipStart + 60'000, 50);
        fixture.open(clip, kClipStart + 60'000, kClipStart + 60'400);
        QVERIFY(fixture.corner()->isVisible());
        // In the corner of the picture, whatever the size.
        const QRect tile = fixture.player->view().tile();
        QVERIFY(tile.contains(fixture.corner()->geometry()));
        QVERIFY(tile.right() - fixture.corner()->geometry().right() < 16);
        QVERIFY(tile.bottom() - fixture.corner()->geometry().bottom() < 16);
    }

    void worksWithoutAMouse()
    {
        QualityFixture fixture;
        const ItemId clip = fixture.addClip(kClipStart, 50);
        fixture.makeLowResCopy(clip);
        fixture.open(clip, kClipStart, kClipStart + 400);
        widgets::SegmentedControl *corner = fixture.corner();
        QVERIFY((corner->focusPolicy() & Qt::TabFocus) != 0);
        corner->setFocus();
        QTest::keyClick(corner, Qt::Key_Right);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.quality(), QStringLiteral("360p"), kPatience);
        QCOMPARE(corner->accessibleName(), QStringLiteral("Low"));
        QCOMPARE(corner->accessibleDescription(), QStringLiteral("Quality of the picture"));
        QTest::keyClick(corner, Qt::Key_Left);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.quality(), QStringLiteral("HD 720p"), kPatience);
        QCOMPARE(corner->accessibleName(), QStringLiteral("HD"));
        QCOMPARE(fixture.tip(kLow), QStringLiteral("Play the low-res copy: less work for this PC"));
    }

    void savesScreenshots()
    {
        GATEHOUSE_NEEDS_DATA();
        const QString folder = qEnvironmentVariable("GATEHOUSE_SHOTS");
        for (const widgets::Theme *theme : {&widgets::lightTheme(), &widgets::darkTheme()}) {
            widgets::applyTheme(*qApp, *theme);
            QualityFixture fixture;
            const auto shot = [&](const char *name) {
                const QPixmap picture = fixture.window.grab();
                const QString file =
                    QStringLiteral("%1/quality-%2-%3.png")
                        .arg(folder, QString::fromLatin1(name),
                             theme->isDark ? QStringLiteral("dark") : QStringLiteral("light"));
                QVERIFY(!picture.isNull() && (folder.isEmpty() || picture.save(file)));
            };
            const ItemId clip = fixture.add(Kind::Clip, kClipStart, 576,
                                            tests::sharedData(QStringLiteral("traffic_camera.mp4")));
            fixture.player->controller().present(fixture.camera.id, clip, kClipStart + 2'000);
            QTRY_VERIFY_WITH_TIMEOUT(fixture.player->view().picture() != nullptr, kPatience);
            QTRY_VERIFY_WITH_TIMEOUT(fixture.player->controller().engine().isSettled(), kPatience);
            shot("hd");
            fixture.corner()->setFocus(Qt::TabFocusReason);
            fixture.click(kLow);
            fixture.notifications.notify(protocol::DerivationProgress{clip, protocol::CopyKind::LowRes, 40});
            shot("asked");
            fixture.window.setFocus();
            fixture.deriver.answer(fixture.makeLowResCopy(clip));
            QTRY_COMPARE_WITH_TIMEOUT(fixture.quality(), QStringLiteral("360p"), kPatience);
            QTRY_VERIFY_WITH_TIMEOUT(fixture.player->controller().engine().isSettled(), kPatience);
            shot("low");
        }
        widgets::applyTheme(*qApp, widgets::darkTheme());
    }
};

GATEHOUSE_TEST(QualityTest)
#include "quality_test.moc"
