// The player's widgets over a real catalog and real files: what the Moment looks at is on show, clips
// run on, keys and buttons work, and what cannot be shown is said in words.
#include "media/av.h"
#include "player_house.h"
#include "review/player_title.h"
#include "support/registry.h"
#include "support/test_data.h"
#include "widgets/theme.h"
#include "widgets/words.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QToolButton>

using namespace gatehouse;
using namespace gatehouse::review;
using gatehouse::tests::kPatience;
using gatehouse::tests::kTestNow;
using gatehouse::tests::PlayerHouse;

namespace
{

constexpr qint64 kStart = kTestNow - 600'000;

} // namespace

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
    void playsWhatIsShownAndRunsOn();
    void seeksInPlaceAndAcrossGaps();
    void whatWasDeletedIsSaidToBeSo();
    void keysAndButtonsWork();
    void saysWhatCannotBeShown();
    void showsStills();
    void theLabelFollowsTheSize_data();
    void theLabelFollowsTheSize();
    void aBareStreamPlaysAsLongAsItsNameSays();
    void newClipIsPickedUp();
    void theTitleSaysWhatIsOnShow();
    void theSliderSetsTheVolume();
    void looks();
};

void PlayerPanelTest::playsWhatIsShownAndRunsOn()
{
    PlayerHouse house;
    const ItemId first = house.add(Kind::Clip, kStart, 40);
    const ItemId second = house.add(Kind::Clip, kStart + 5'000, 30);
    house.moment.show(house.camera.id, first, kStart);
    QTRY_VERIFY_WITH_TIMEOUT(house.number() >= 0, kPatience);
    QCOMPARE(house.player->view().quality(), QStringLiteral("360p"));
    QVERIFY(house.player->view().caption().startsWith(QLatin1String("Driveway ")));
    QTRY_COMPARE_WITH_TIMEOUT(house.moment.item(), second, kPatience);
    QVERIFY2(house.player->view().note().startsWith(QLatin1String("Next clip")),
             qPrintable(house.player->view().note()));
    QTRY_VERIFY_WITH_TIMEOUT(house.player->engine().hasEnded(), kPatience);
    QCOMPARE(house.number(), 29);
    QCOMPARE(house.moment.time(), kStart + 5'000 + 29 * 40);
    QVERIFY(house.bar->readout().endsWith(QLatin1String(".160")));
}

void PlayerPanelTest::seeksInPlaceAndAcrossGaps()
{
    PlayerHouse house;
    const ItemId first = house.add(Kind::Clip, kStart, 100);
    const ItemId second = house.add(Kind::Clip, kStart + 300'000, 50);
    house.moment.chooseCamera(house.camera.id);
    house.moment.seek(kStart + 2'000);
    QTRY_COMPARE_WITH_TIMEOUT(house.number(), 50, kPatience);
    QVERIFY(!house.player->engine().isPlaying());
    for (int i = 0; i < 20; ++i)
        house.moment.seek(kStart + i * 150);
    QTRY_COMPARE_WITH_TIMEOUT(house.number(), 19 * 150 / 40, kPatience);
    // Nobody pulls the playhead away from the hand.
    QCOMPARE(house.moment.time(), kStart + 19 * 150);
    QCOMPARE(house.player->item()->id, first);

    house.moment.seek(kStart + 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(house.player->view().reason().contains(QLatin1String("Nothing recorded at")),
                             kPatience);
    QVERIFY(house.player->view().reason().endsWith(QLatin1String("on Driveway")));
    QVERIFY(!house.player->view().picture());
    auto *link = house.player->view().findChild<QPushButton *>();
    QVERIFY(link->isVisible());
    QTest::mouseClick(link, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(house.moment.item(), second, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(house.number() >= 0, kPatience);
    QVERIFY(!link->isVisible());
}

void PlayerPanelTest::whatWasDeletedIsSaidToBeSo()
{
    PlayerHouse house;
    const ItemId gone = house.add(Kind::Clip, kStart, 100);
    house.add(Kind::Clip, kStart + 300'000, 50);
    QVERIFY(tests::awaited(house.house.writer->removeItems({{gone}, QStringLiteral("Older than 60 days")})));
    house.moment.chooseCamera(house.camera.id);
    house.moment.seek(kStart + 2'000);
    QTRY_VERIFY_WITH_TIMEOUT(
        house.player->view().reason().startsWith(QLatin1String("What Driveway recorded at")), kPatience);
    QVERIFY(house.player->view().reason().endsWith(QLatin1String("was deleted: Older than 60 days")));
    QCOMPARE(house.player->view().accessibleDescription(), house.player->view().reason());
    house.moment.seek(kStart + 120'000);
    QTRY_VERIFY_WITH_TIMEOUT(house.player->view().reason().contains(QLatin1String("Nothing recorded at")),
                             kPatience);
}

void PlayerPanelTest::keysAndButtonsWork()
{
    PlayerHouse house;
    const ItemId item = house.add(Kind::Clip, kStart, 1'000);
    house.moment.show(house.camera.id, item, kStart);
    QTRY_VERIFY_WITH_TIMEOUT(house.number() >= 2, kPatience);
    media::PlayerEngine &engine = house.player->engine();
    house.press(Qt::Key_Space);
    QVERIFY(!engine.isPlaying());
    const int at = house.number();
    house.press(Qt::Key_Period);
    QTRY_COMPARE_WITH_TIMEOUT(house.number(), at + 1, kPatience);
    QCOMPARE(house.moment.time(), kStart + (at + 1) * 40);
    house.press(Qt::Key_Comma);
    QTRY_COMPARE_WITH_TIMEOUT(house.number(), at, kPatience);
    house.press(Qt::Key_L);
    QTRY_COMPARE_WITH_TIMEOUT(house.number(), at + 250, kPatience);
    house.press(Qt::Key_J);
    QTRY_COMPARE_WITH_TIMEOUT(house.number(), at, kPatience);
    house.press(Qt::Key_Greater);
    QCOMPARE(engine.rate(), 2.0);
    house.press(Qt::Key_Less);
    house.press(Qt::Key_Less);
    QCOMPARE(engine.rate(), 0.5);
    house.press(Qt::Key_M);
    QVERIFY(house.player->isMuted());
    house.press(Qt::Key_F);
    QTRY_VERIFY_WITH_TIMEOUT(house.player->fillsScreen(), kPatience);
    (void)QTest::qWaitForWindowActive(&house.player->view(), kPatience);
    QTest::keyClick(&house.player->view(), Qt::Key_K);
    QVERIFY(engine.isPlaying());
    QTest::keyClick(&house.player->view(), Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!house.player->fillsScreen(), kPatience);
    QCOMPARE(house.player->view().parentWidget(), house.player);
    QVERIFY(house.player->view().isVisible());
    // A button with the focus keeps its space bar.
    auto *first = house.bar->findChildren<QToolButton *>().first();
    first->setFocus();
    QSignalSpy clicked(first, &QToolButton::clicked);
    QTest::keyClick(first, Qt::Key_Space);
    QCOMPARE(clicked.size(), 1);
    QVERIFY(engine.isPlaying());
    // The large button in the middle.
    for (QPushButton *button : house.bar->findChildren<QPushButton *>()) {
        if (button->accessibleName() == QLatin1String("Pause"))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QVERIFY(!engine.isPlaying());
}

void PlayerPanelTest::saysWhatCannotBeShown()
{
    PlayerHouse house;
    const ItemId gone = house.add(Kind::Clip, kStart, 25, QString());
    house.moment.show(house.camera.id, gone, kStart);
    QTRY_VERIFY_WITH_TIMEOUT(house.player->view().reason().contains(QLatin1String("not in the archive")),
                             kPatience);
    QVERIFY(!house.player->engine().isPlaying());
    const ItemId cut = house.add(Kind::Clip, kStart + 120'000, 20, std::nullopt, ItemState::Incomplete,
                                 QStringLiteral("the connection was cut"));
    house.moment.show(house.camera.id, cut, kStart + 120'000);
    QTRY_VERIFY_WITH_TIMEOUT(house.player->view().note().contains(QLatin1String("connection was cut")),
                             kPatience);
    QCOMPARE(house.number(), 19);
    GATEHOUSE_NEEDS_DATA();
    const ItemId headless =
        house.add(Kind::Clip, kStart + 240'000, 25, tests::sharedData(QStringLiteral("no_moov.mp4")));
    house.moment.show(house.camera.id, headless, kStart + 240'000);
    QTRY_VERIFY_WITH_TIMEOUT(house.player->view().reason().contains(QLatin1String("cannot be played")),
                             kPatience);
}

void PlayerPanelTest::showsStills()
{
    GATEHOUSE_NEEDS_DATA();
    PlayerHouse house;
    const ItemId still =
        house.add(Kind::Still, kStart, 0, tests::sharedData(QStringLiteral("orientation_6.jpg")));
    house.moment.show(house.camera.id, still, kStart);
    QTRY_VERIFY_WITH_TIMEOUT(house.player->view().picture() != nullptr, kPatience);
    const auto picture = house.player->view().picture();
    QVERIFY(picture->fullHeight > picture->fullWidth);
    // Never cropped: the tile has the picture's shape.
    const QRect tile = house.player->view().tile();
    QVERIFY(tile.height() > tile.width());
    QVERIFY(!house.player->engine().isPlaying());
    house.press(Qt::Key_Space);
    QVERIFY(!house.player->engine().isPlaying());
}

void PlayerPanelTest::theLabelFollowsTheSize_data()
{
    QTest::addColumn<QString>("ending");
    QTest::addColumn<QByteArray>("codec");
    QTest::newRow("TS") << "ts" << QByteArray("libx264");
    QTest::newRow("H.264") << "h264" << QByteArray("libx264");
    QTest::newRow("JPEG") << "mjpeg" << QByteArray("mjpeg");
}

void PlayerPanelTest::theLabelFollowsTheSize()
{
    QFETCH(QString, ending);
    QFETCH(QByteArray, codec);
    PlayerHouse house;
    const auto part = [&](int width, int height) {
        const QString path = house.house.folder.filePath(QStringLiteral("part.") + ending);
        tests::makeClip(
            {.path = path, .width = width, .height = height, .pictures = 30, .codec = codec.constData()});
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QString path = house.house.folder.filePath(QStringLiteral("both.") + ending);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(part(640, 360) + part(1280, 720));
    file.close();
    const ItemId clip = house.add(Kind::Clip, kStart, 60, path);
    house.moment.show(house.camera.id, clip, kStart);
    const PictureView &view = house.player->view();
    QTRY_COMPARE_WITH_TIMEOUT(view.quality(), QStringLiteral("360p"), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(view.quality(), QStringLiteral("HD 720p"), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(house.player->engine().hasEnded(), kPatience);
    QCOMPARE(view.picture()->fullWidth, 1280);
    house.moment.seek(kStart + 500);
    QTRY_COMPARE_WITH_TIMEOUT(view.quality(), QStringLiteral("360p"), kPatience);
    house.moment.seek(kStart + 2'000);
    QTRY_COMPARE_WITH_TIMEOUT(view.quality(), QStringLiteral("HD 720p"), kPatience);
}

void PlayerPanelTest::aBareStreamPlaysAsLongAsItsNameSays()
{
    PlayerHouse house;
    const QString path = house.house.folder.filePath(QStringLiteral("bare.h264"));
    QVERIFY(tests::makeClip({.path = path, .pictures = 60}));
    const ItemId clip = house.add(Kind::Clip, kStart, 300, path); // 12 s in the catalog
    house.moment.chooseCamera(house.camera.id);
    for (const int number : {30, 59, 3}) {
        house.moment.seek(kStart + number * 200 + 100);
        QTRY_COMPARE_WITH_TIMEOUT(house.number(), number, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(house.player->time(), kStart + number * 200, kPatience);
    }
    QCOMPARE(house.player->item()->id, clip);
    // What was cut holds fewer pictures: at its own rate.
    const ItemId cut = house.add(Kind::Clip, kStart + 60'000, 300, path, ItemState::Incomplete);
    house.moment.show(house.camera.id, cut, kStart + 61'220);
    QTRY_VERIFY_WITH_TIMEOUT(house.number() >= 30, kPatience);
}

void PlayerPanelTest::newClipIsPickedUp()
{
    PlayerHouse house;
    const ItemId first = house.add(Kind::Clip, kStart, 40);
    house.moment.show(house.camera.id, first, kStart);
    QTRY_VERIFY_WITH_TIMEOUT(house.number() >= 0, kPatience);
    const ItemId second = house.add(Kind::Clip, kStart + 3'000, 25);
    QTRY_COMPARE_WITH_TIMEOUT(house.moment.item(), second, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(house.player->engine().hasEnded(), kPatience);
}

void PlayerPanelTest::theTitleSaysWhatIsOnShow()
{
    PlayerHouse house;
    QCOMPARE(house.player->title().text(), QString());
    const ItemId clip = house.add(Kind::Clip, kStart, 40);
    house.moment.show(house.camera.id, clip, kStart);
    QTRY_VERIFY_WITH_TIMEOUT(house.number() >= 0, kPatience);
    house.player->engine().pause();
    const auto expected = [](qint64 time) {
        return QStringLiteral("Driveway, %1, %2").arg(widgets::dayText(time), widgets::clockText(time));
    };
    QTRY_COMPARE_WITH_TIMEOUT(house.player->title().text(), expected(house.player->time()), kPatience);
    house.moment.seek(kStart + 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(house.player->title().text(), expected(kStart + 60'000), kPatience);
    // Its button is the way to full screen.
    auto *button = house.player->title().findChild<QToolButton *>();
    QVERIFY(button && button->toolTip().contains(QLatin1String("Full screen")));
    auto *focused = house.bar->findChildren<QToolButton *>().first();
    focused->setFocus();
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(house.player->fillsScreen(), kPatience);
    QVERIFY(house.player->view().window() != &house.window);
    QVERIFY(!house.player->view().isWindow());       // never itself: the keys would be lost afterwards
    QVERIFY(!house.player->view().note().isEmpty()); // how to get out again
    QTest::keyClick(&house.player->view(), Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!house.player->fillsScreen(), kPatience);
    // The keys go on where they were.
    QTRY_COMPARE_WITH_TIMEOUT(QApplication::focusWidget(), focused, kPatience);
    QTest::keyClick(focused, Qt::Key_Tab);
    QVERIFY(QApplication::focusWidget() && QApplication::focusWidget() != focused);
}

void PlayerPanelTest::theSliderSetsTheVolume()
{
    PlayerHouse house;
    auto *slider = house.bar->findChild<QSlider *>();
    QVERIFY(slider);
    Q_EMIT house.player->soundChanged();
    QCOMPARE(slider->value(), 100);
    slider->setValue(40);
    QCOMPARE(house.player->volume(), 0.4);
    house.press(Qt::Key_M);
    QCOMPARE(slider->value(), 0);
    QCOMPARE(house.player->volume(), 0.4);
    house.press(Qt::Key_M);
    QCOMPARE(slider->value(), 40);
    slider->setValue(0);
    QVERIFY(house.player->isMuted());
    house.press(Qt::Key_M); // from silence by the slider: heard again
    QVERIFY(!house.player->isMuted() && house.player->volume() > 0);
    QCOMPARE(slider->isEnabled(), house.player->silentBecause().isEmpty());
}

// Pictures to hold beside the look, written where GATEHOUSE_SHOTS says.
void PlayerPanelTest::looks()
{
    GATEHOUSE_NEEDS_DATA();
    const QString folder = qEnvironmentVariable("GATEHOUSE_SHOTS");
    for (const widgets::Theme *theme : {&widgets::lightTheme(), &widgets::darkTheme()}) {
        widgets::applyTheme(*qApp, *theme);
        PlayerHouse house;
        const auto shot = [&](const char *name) {
            const QPixmap picture = house.window.grab();
            const QString file = QStringLiteral("%1/player-%2-%3.png")
                                     .arg(folder, QString::fromLatin1(name),
                                          theme->isDark ? QStringLiteral("dark") : QStringLiteral("light"));
            QVERIFY(!picture.isNull() && (folder.isEmpty() || picture.save(file)));
        };
        const ItemId driveway =
            house.add(Kind::Clip, kStart, 120,
                      tests::sharedData(QStringLiteral("dvr_driveway_960x1080_halfwidth.avi")));
        house.moment.show(house.camera.id, driveway, kStart + 2'480);
        QTRY_VERIFY_WITH_TIMEOUT(house.player->view().picture() != nullptr, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(house.player->engine().isSettled(), kPatience);
        // Half-width recordings have their shape back.
        QCOMPARE(house.player->view().picture()->fullWidth, 1920);
        shot("playing");
        house.player->engine().pause();
        house.player->view().setNote(QStringLiteral("skip-forward"),
                                     QStringLiteral("Next clip, 22 min later"), 0);
        shot("note");
        house.moment.seek(kStart + 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(!house.player->view().reason().isEmpty(), kPatience);
        shot("nothing");
        const ItemId gone = house.add(Kind::Clip, kStart + 100'000, 25, QString());
        house.moment.show(house.camera.id, gone, kStart + 100'000);
        QTRY_VERIFY_WITH_TIMEOUT(house.player->view().reason().contains(QLatin1String("cannot")), kPatience);
        shot("gone");
    }
}

GATEHOUSE_TEST(PlayerPanelTest)
#include "player_panel_test.moc"
