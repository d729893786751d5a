// The player's widgets over a real catalog and real files: what the Playhead looks at is on show, clips
// run on, keys and buttons work, and what cannot be shown is said in words.
#include "base/regional_time.h"
#include "catalog/operations/cameras.h"
#include "catalog/operations/item_removal.h"
#include "media/demux/av.h"
#include "player/player_title.h"
#include "player/transport_readout.h"
#include "player_fixture.h"
#include "support/registry.h"
#include "support/test_data.h"
#include "widgets/format.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QToolButton>

using namespace gatehouse;
using namespace gatehouse::models;
using namespace gatehouse::player;
using gatehouse::tests::kClipStart;
using gatehouse::tests::kPatience;
using gatehouse::tests::kTestNow;
using gatehouse::tests::PlayerFixture;

class PlayerPanelTest : public QObject
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
    void playsTheShownClipAndContinues();
    void seeksInPlaceAndAcrossGaps();
    void saysThatAClipWasDeleted();
    void keysAndButtonsControlPlayback();
    void explainsItemsItCannotShow();
    void showsStills();
    void qualityLabelFollowsTheResolution_data();
    void qualityLabelFollowsTheResolution();
    void bareStreamPlaysForItsNamedLength();
    void picksUpANewClip();
    void titleDescribesTheShownItem();
    void showsANewCameraName();
    void readoutFollowsTheRegion();
    void sliderSetsTheVolume();
    void savesScreenshots();
};

void PlayerPanelTest::playsTheShownClipAndContinues()
{
    PlayerFixture fixture;
    const ItemId first = fixture.add(Kind::Clip, kClipStart, 40);
    const ItemId second = fixture.add(Kind::Clip, kClipStart + 5'000, 30);
    fixture.selection.show(fixture.camera.id, first, kClipStart);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.number() >= 0, kPatience);
    QCOMPARE(fixture.player->view().quality(), QStringLiteral("360p"));
    QVERIFY(fixture.player->view().caption().startsWith(QLatin1String("Driveway ")));
    QTRY_COMPARE_WITH_TIMEOUT(fixture.selection.item(), second, kPatience);
    QVERIFY2(fixture.player->view().note().startsWith(QLatin1String("Next clip")),
             qPrintable(fixture.player->view().note()));
    QTRY_VERIFY_WITH_TIMEOUT(fixture.player->controller().engine().hasEnded(), kPatience);
    QCOMPARE(fixture.number(), 29);
    QCOMPARE(fixture.playhead.time(), kClipStart + 5'000 + 29 * 40);
    QVERIFY(fixture.bar->readout().endsWith(QLatin1String(".160")));
}

void PlayerPanelTest::seeksInPlaceAndAcrossGaps()
{
    PlayerFixture fixture;
    const ItemId first = fixture.add(Kind::Clip, kClipStart, 100);
    const ItemId second = fixture.add(Kind::Clip, kClipStart + 300'000, 50);
    fixture.selection.chooseCamera(fixture.camera.id);
    fixture.playhead.seek(kClipStart + 2'000);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.number(), 50, kPatience);
    QVERIFY(!fixture.player->controller().engine().isPlaying());
    for (int i = 0; i < 20; ++i)
        fixture.playhead.seek(kClipStart + i * 150);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.number(), 19 * 150 / 40, kPatience);
    // Nobody pulls the playhead away from the hand.
    QCOMPARE(fixture.playhead.time(), kClipStart + 19 * 150);
    QCOMPARE(fixture.player->controller().item()->id, first);

    fixture.playhead.seek(kClipStart + 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.player->view().reason().contains(QLatin1String("Nothing recorded at")),
                             kPatience);
    QVERIFY(fixture.player->view().reason().endsWith(QLatin1String("on Driveway")));
    QVERIFY(!fixture.player->view().picture());
    auto *link = fixture.player->view().findChild<QPushButton *>();
    QVERIFY(link->isVisible());
    QTest::mouseClick(link, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.selection.item(), second, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.number() >= 0, kPatience);
    QVERIFY(!link->isVisible());
}

void PlayerPanelTest::saysThatAClipWasDeleted()
{
    PlayerFixture fixture;
    const ItemId gone = fixture.add(Kind::Clip, kClipStart, 100);
    fixture.add(Kind::Clip, kClipStart + 300'000, 50);
    QVERIFY(tests::awaited(
        fixture.fixture.writer->submit(catalog::RemoveItems{{gone}, QStringLiteral("Older than 60 days")})));
    fixture.selection.chooseCamera(fixture.camera.id);
    fixture.playhead.seek(kClipStart + 2'000);
    QTRY_VERIFY_WITH_TIMEOUT(
        fixture.player->view().reason().startsWith(QLatin1String("What Driveway recorded at")), kPatience);
    QVERIFY(fixture.player->view().reason().endsWith(QLatin1String("was deleted: Older than 60 days")));
    QCOMPARE(fixture.player->view().accessibleDescription(), fixture.player->view().reason());
    fixture.playhead.seek(kClipStart + 120'000);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.player->view().reason().contains(QLatin1String("Nothing recorded at")),
                             kPatience);
}

void PlayerPanelTest::keysAndButtonsControlPlayback()
{
    PlayerFixture fixture;
    const ItemId item = fixture.add(Kind::Clip, kClipStart, 1'000);
    fixture.selection.show(fixture.camera.id, item, kClipStart);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.number() >= 2, kPatience);
    media::PlayerEngine &engine = fixture.player->controller().engine();
    fixture.press(Qt::Key_Space);
    QVERIFY(!engine.isPlaying());
    const int at = fixture.number();
    fixture.press(Qt::Key_Period);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.number(), at + 1, kPatience);
    QCOMPARE(fixture.playhead.time(), kClipStart + (at + 1) * 40);
    fixture.press(Qt::Key_Comma);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.number(), at, kPatience);
    fixture.press(Qt::Key_L);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.number(), at + 250, kPatience);
    fixture.press(Qt::Key_J);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.number(), at, kPatience);
    fixture.press(Qt::Key_Greater);
    QCOMPARE(engine.rate(), 2.0);
    fixture.press(Qt::Key_Less);
    fixture.press(Qt::Key_Less);
    QCOMPARE(engine.rate(), 0.5);
    fixture.press(Qt::Key_M);
    QVERIFY(fixture.player->controller().isMuted());
    fixture.press(Qt::Key_F);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.player->fillsScreen(), kPatience);
    (void)QTest::qWaitForWindowActive(&fixture.player->view(), kPatience);
    QTest::keyClick(&fixture.player->view(), Qt::Key_K);
    QVERIFY(engine.isPlaying());
    QTest::keyClick(&fixture.player->view(), Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!fixture.player->fillsScreen(), kPatience);
    QCOMPARE(fixture.player->view().parentWidget(), fixture.player);
    QVERIFY(fixture.player->view().isVisible());
    // A button with the focus keeps its space bar.
    auto *first = fixture.bar->findChildren<QToolButton *>().first();
    first->setFocus();
    QSignalSpy clicked(first, &QToolButton::clicked);
    QTest::keyClick(first, Qt::Key_Space);
    QCOMPARE(clicked.size(), 1);
    QVERIFY(engine.isPlaying());
    // The large button in the middle.
    for (QPushButton *button : fixture.bar->findChildren<QPushButton *>()) {
        if (button->accessibleName() == QLatin1String("Pause"))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QVERIFY(!engine.isPlaying());
}

void PlayerPanelTest::explainsItemsItCannotShow()
{
    PlayerFixture fixture;
    const ItemId gone = fixture.add(Kind::Clip, kClipStart, 25, QString());
    fixture.selection.show(fixture.camera.id, gone, kClipStart);
    QTRY_VERIFY_WITH_TIMEOUT(
        fixture.player->view().reason().contains(QLatin1String("no longer in the archive")), kPatience);
    QVERIFY(!fixture.player->controller().engine().isPlaying());
    const ItemId cut = fixture.add(Kind::Clip, kClipStart + 120'000, 20, std::nullopt, ItemState::Incomplete,
                                   QStringLiteral("the connection was cut"));
    fixture.selection.show(fixture.camera.id, cut, kClipStart + 120'000);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.player->view().note().contains(QLatin1String("connection was cut")),
                             kPatience);
    QCOMPARE(fixture.number(), 19);
    GATEHOUSE_NEEDS_DATA();
    const ItemId headless =
        fixture.add(Kind::Clip, kClipStart + 240'000, 25, tests::sharedData(QStringLiteral("no_moov.mp4")));
    fixture.selection.show(fixture.camera.id, headless, kClipStart + 240'000);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.player->view().reason().contains(QLatin1String("can't be played")),
                             kPatience);
}

void PlayerPanelTest::showsStills()
{
    GATEHOUSE_NEEDS_DATA();
    PlayerFixture fixture;
    const ItemId still =
        fixture.add(Kind::Still, kClipStart, 0, tests::sharedData(QStringLiteral("orientation_6.jpg")));
    fixture.selection.show(fixture.camera.id, still, kClipStart);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.player->view().picture() != nullptr, kPatience);
    const auto picture = fixture.player->view().picture();
    QVERIFY(picture->fullHeight > picture->fullWidth);
    // Never cropped: the tile has the picture's shape.
    const QRect tile = fixture.player->view().tile();
    QVERIFY(tile.height() > tile.width());
    QVERIFY(!fixture.player->controller().engine().isPlaying());
    fixture.press(Qt::Key_Space);
    QVERIFY(!fixture.player->controller().engine().isPlaying());
}

void PlayerPanelTest::qualityLabelFollowsTheResolution_data()
{
    QTest::addColumn<QString>("ending");
    QTest::addColumn<QByteArray>("codec");
    QTest::newRow("TS") << "ts" << QByteArray("libx264");
    QTest::newRow("H.264") << "h264" << QByteArray("libx264");
    QTest::newRow("JPEG") << "mjpeg" << QByteArray("mjpeg");
}

void PlayerPanelTest::qualityLabelFollowsTheResolution()
{
    QFETCH(QString, ending);
    QFETCH(QByteArray, codec);
    PlayerFixture fixture;
    const auto part = [&](int width, int height) {
        const QString path = fixture.fixture.folder.filePath(QStringLiteral("part.") + ending);
        tests::makeClip(
            {.path = path, .width = width, .height = height, .pictures = 30, .codec = codec.constData()});
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QString path = fixture.fixture.folder.filePath(QStringLiteral("both.") + ending);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(part(640, 360) + part(1280, 720));
    file.close();
    const ItemId clip = fixture.add(Kind::Clip, kClipStart, 60, path);
    fixture.selection.show(fixture.camera.id, clip, kClipStart);
    const PictureView &view = fixture.player->view();
    QTRY_COMPARE_WITH_TIMEOUT(view.quality(), QStringLiteral("360p"), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(view.quality(), QStringLiteral("HD 720p"), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.player->controller().engine().hasEnded(), kPatience);
    QCOMPARE(view.picture()->fullWidth, 1280);
    fixture.playhead.seek(kClipStart + 500);
    QTRY_COMPARE_WITH_TIMEOUT(view.quality(), QStringLiteral("360p"), kPatience);
    fixture.playhead.seek(kClipStart + 2'000);
    QTRY_COMPARE_WITH_TIMEOUT(view.quality(), QStringLiteral("HD 720p"), kPatience);
}

void PlayerPanelTest::bareStreamPlaysForItsNamedLength()
{
    PlayerFixture fixture;
    const QString path = fixture.fixture.folder.filePath(QStringLiteral("bare.h264"));
    QVERIFY(tests::makeClip({.path = path, .pictures = 60}));
    const ItemId clip = fixture.add(Kind::Clip, kClipStart, 300, path); // 12 s in the catalog
    fixture.selection.chooseCamera(fixture.camera.id);
    for (const int number : {30, 59, 3}) {
        fixture.playhead.seek(kClipStart + number * 200 + 100);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.number(), number, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.player->controller().time(), kClipStart + number * 200, kPatience);
    }
    QCOMPARE(fixture.player->controller().item()->id, clip);
    // What was cut holds fewer pictures: at its own rate.
    const ItemId cut = fixture.add(Kind::Clip, kClipStart + 60'000, 300, path, ItemState::Incomplete);
    fixture.selection.show(fixture.camera.id, cut, kClipStart + 61'220);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.number() >= 30, kPatience);
}

void PlayerPanelTest::picksUpANewClip()
{
    PlayerFixture fixture;
    const ItemId first = fixture.add(Kind::Clip, kClipStart, 40);
    fixture.selection.show(fixture.camera.id, first, kClipStart);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.number() >= 0, kPatience);
    const ItemId second = fixture.add(Kind::Clip, kClipStart + 3'000, 25);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.selection.item(), second, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.player->controller().engine().hasEnded(), kPatience);
}

void PlayerPanelTest::showsANewCameraName()
{
    PlayerFixture fixture;
    const ItemId clip = fixture.add(Kind::Clip, kClipStart, 40);
    fixture.player->controller().present(fixture.camera.id, clip, kClipStart);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.player->title().text().startsWith(QStringLiteral("Driveway, ")),
                             kPatience);
    QVERIFY(tests::awaited(fixture.fixture.writer->submit(
        catalog::RenameCamera{fixture.camera.id, QStringLiteral("Front yard")})));
    QTRY_VERIFY_WITH_TIMEOUT(fixture.player->title().text().startsWith(QStringLiteral("Front yard, ")),
                             kPatience);
}

void PlayerPanelTest::titleDescribesTheShownItem()
{
    PlayerFixture fixture;
    QCOMPARE(fixture.player->title().text(), QString());
    const ItemId clip = fixture.add(Kind::Clip, kClipStart, 40);
    fixture.selection.show(fixture.camera.id, clip, kClipStart);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.number() >= 0, kPatience);
    fixture.player->controller().engine().pause();
    const auto expected = [](qint64 time) {
        return QStringLiteral("Driveway, %1, %2").arg(widgets::dayText(time), widgets::clockText(time));
    };
    QTRY_COMPARE_WITH_TIMEOUT(fixture.player->title().text(), expected(fixture.player->controller().time()),
                              kPatience);
    fixture.playhead.seek(kClipStart + 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.player->title().text(), expected(kClipStart + 60'000), kPatience);
    // Its button is the way to full screen.
    auto *button = fixture.player->title().findChild<QToolButton *>();
    QVERIFY(button && button->toolTip().contains(QLatin1String("Full screen")));
    auto *focused = fixture.bar->findChildren<QToolButton *>().first();
    focused->setFocus();
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.player->fillsScreen(), kPatience);
    QVERIFY(fixture.player->view().window() != &fixture.window);
    QVERIFY(!fixture.player->view().isWindow());       // never itself: the keys would be lost afterwards
    QVERIFY(!fixture.player->view().note().isEmpty()); // how to get out again
    QTest::keyClick(&fixture.player->view(), Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!fixture.player->fillsScreen(), kPatience);
    // The keys go on where they were.
    QTRY_COMPARE_WITH_TIMEOUT(QApplication::focusWidget(), focused, kPatience);
    QTest::keyClick(focused, Qt::Key_Tab);
    QVERIFY(QApplication::focusWidget() && QApplication::focusWidget() != focused);
}

void PlayerPanelTest::readoutFollowsTheRegion()
{
    const auto restore = qScopeGuard([] { setRegion({}); });
    const qint64 time = QDateTime(QDate(2026, 6, 12), QTime(13, 52, 18, 384)).toMSecsSinceEpoch();
    TimeReadout european;
    european.setTime(time);
    QCOMPARE(european.text(), QStringLiteral("13:52:18.384"));
    const int narrow = european.sizeHint().width();
    setRegion(Region::of(QLocale(QStringLiteral("en_US"))));
    TimeReadout american;
    american.setTime(time);
    QCOMPARE(american.text(), QStringLiteral("1:52:18.384 PM"));
    QVERIFY(american.sizeHint().width() > narrow);
    american.setTime(0);
    QCOMPARE(american.text(), QStringLiteral("--:--:--"));
}

void PlayerPanelTest::sliderSetsTheVolume()
{
    PlayerFixture fixture;
    auto *slider = fixture.bar->findChild<QSlider *>();
    QVERIFY(slider);
    Q_EMIT fixture.player->controller().soundChanged();
    QCOMPARE(slider->value(), 100);
    slider->setValue(40);
    QCOMPARE(fixture.player->controller().volume(), 0.4);
    fixture.press(Qt::Key_M);
    QCOMPARE(slider->value(), 0);
    QCOMPARE(fixture.player->controller().volume(), 0.4);
    fixture.press(Qt::Key_M);
    QCOMPARE(slider->value(), 40);
    slider->setValue(0);
    QVERIFY(fixture.player->controller().isMuted());
    fixture.press(Qt::Key_M); // from silence by the slider: heard again
    QVERIFY(!fixture.player->controller().isMuted() && fixture.player->controller().volume() > 0);
    QCOMPARE(slider->isEnabled(), fixture.player->controller().silentBecause().isEmpty());
}

// Pictures to hold beside the look, written where GATEHOUSE_SHOTS says.
void PlayerPanelTest::savesScreenshots()
{
    GATEHOUSE_NEEDS_DATA();
    const QString folder = qEnvironmentVariable("GATEHOUSE_SHOTS");
    for (const widgets::Theme *theme : {&widgets::lightTheme(), &widgets::darkTheme()}) {
        widgets::applyTheme(*qApp, *theme);
        PlayerFixture fixture;
        const auto shot = [&](const char *name) {
            const QPixmap picture = fixture.window.grab();
            const QString file = QStringLiteral("%1/player-%2-%3.png")
                                     .arg(folder, QString::fromLatin1(name),
                                          theme->isDark ? QStringLiteral("dark") : QStringLiteral("light"));
            QVERIFY(!picture.isNull() && (folder.isEmpty() || picture.save(file)));
        };
        const ItemId driveway =
            fixture.add(Kind::Clip, kClipStart, 120,
                        tests::sharedData(QStringLiteral("dvr_driveway_960x1080_halfwidth.avi")));
        fixture.selection.show(fixture.camera.id, driveway, kClipStart + 2'480);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.player->view().picture() != nullptr, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.player->controller().engine().isSettled(), kPatience);
        // Half-width recordings have their shape back.
        QCOMPARE(fixture.player->view().picture()->fullWidth, 1920);
        shot("playing");
        fixture.player->controller().engine().pause();
        fixture.player->view().setNote(QStringLiteral("skip-forward"),
                                       QStringLiteral("Next clip, 22 min later"), 0);
        shot("note");
        fixture.playhead.seek(kClipStart + 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.player->view().reason().isEmpty(), kPatience);
        shot("nothing");
        const ItemId gone = fixture.add(Kind::Clip, kClipStart + 100'000, 25, QString());
        fixture.selection.show(fixture.camera.id, gone, kClipStart + 100'000);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.player->view().reason().contains(QLatin1String("can't")), kPatience);
        shot("gone");
    }
}

GATEHOUSE_TEST(PlayerPanelTest)
#include "player_panel_test.moc"
