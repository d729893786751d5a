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
using gatehouse::tests::patience;
using gatehouse::tests::PlayerHouse;
using gatehouse::tests::testNow;

namespace
{

constexpr qint64 start = testNow - 600'000;

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
    const ItemId first = house.add(Kind::Clip, start, 40);
    const ItemId second = house.add(Kind::Clip, start + 5'000, 30);
    house.moment.show(house.camera.id, first, start);
    QTRY_VERIFY_WITH_TIMEOUT(house.number() >= 0, patience);
    QCOMPARE(house.player->view().quality(), QStringLiteral("360p"));
    QVERIFY(house.player->view().caption().startsWith(QLatin1String("Driveway ")));
    QTRY_COMPARE_WITH_TIMEOUT(house.moment.item(), second, patience);
    QVERIFY2(house.player->view().note().startsWith(QLatin1String("Next clip")),
             qPrintable(house.player->view().note()));
    QTRY_VERIFY_WITH_TIMEOUT(house.player->engine().hasEnded(), patience);
    QCOMPARE(house.number(), 29);
    QCOMPARE(house.moment.time(), start + 5'000 + 29 * 40);
    QVERIFY(house.bar->readout().endsWith(QLatin1String(".160")));
}

void PlayerPanelTest::seeksInPlaceAndAcrossGaps()
{
    PlayerHouse house;
    const ItemId first = house.add(Kind::Clip, start, 100);
    const ItemId second = house.add(Kind::Clip, start + 300'000, 50);
    house.moment.chooseCamera(house.camera.id);
    house.moment.seek(start + 2'000);
    QTRY_COMPARE_WITH_TIMEOUT(house.number(), 50, patience);
    QVERIFY(!house.player->engine().isPlaying());
    for (int i = 0; i < 20; ++i)
        house.moment.seek(start + i * 150);
    QTRY_COMPARE_WITH_TIMEOUT(house.number(), 19 * 150 / 40, patience);
    // Nobody pulls the playhead away from the hand.
    QCOMPARE(house.moment.time(), start + 19 * 150);
    QCOMPARE(house.player->item()->id, first);

    house.moment.seek(start + 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(house.player->view().reason().contains(QLatin1String("Nothing recorded at")),
                             patience);
    QVERIFY(house.player->view().reason().endsWith(QLatin1String("on Driveway")));
    QVERIFY(!house.player->view().picture());
    auto *link = house.player->view().findChild<QPushButton *>();
    QVERIFY(link->isVisible());
    QTest::mouseClick(link, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(house.moment.item(), second, patience);
    QTRY_VERIFY_WITH_TIMEOUT(house.number() >= 0, patience);
    QVERIFY(!link->isVisible());
}

void PlayerPanelTest::whatWasDeletedIsSaidToBeSo()
{
    PlayerHouse house;
    const ItemId gone = house.add(Kind::Clip, start, 100);
    house.add(Kind::Clip, start + 300'000, 50);
    QVERIFY(tests::awaited(house.house.writer->removeItems({{gone}, QStringLiteral("Older than 60 days")})));
    house.moment.chooseCamera(house.camera.id);
    house.moment.seek(start + 2'000);
    QTRY_VERIFY_WITH_TIMEOUT(
        house.player->view().reason().startsWith(QLatin1String("What Driveway recorded at")), patience);
    QVERIFY(house.player->view().reason().endsWith(QLatin1String("was deleted: Older than 60 days")));
    QCOMPARE(house.player->view().accessibleDescription(), house.player->view().reason());
    house.moment.seek(start + 120'000);
    QTRY_VERIFY_WITH_TIMEOUT(house.player->view().reason().contains(QLatin1String("Nothing recorded at")),
                             patience);
}

void PlayerPanelTest::keysAndButtonsWork()
{
    PlayerHouse house;
    const ItemId item = house.add(Kind::Clip, start, 1'000);
    house.moment.show(house.camera.id, item, start);
    QTRY_VERIFY_WITH_TIMEOUT(house.number() >= 2, patience);
    media::PlayerEngine &engine = house.player->engine();
    house.press(Qt::Key_Space);
    QVERIFY(!engine.isPlaying());
    const int at = house.number();
    house.press(Qt::Key_Period);
    QTRY_COMPARE_WITH_TIMEOUT(house.number(), at + 1, patience);
    QCOMPARE(house.moment.time(), start + (at + 1) * 40);
    house.press(Qt::Key_Comma);
    QTRY_COMPARE_WITH_TIMEOUT(house.number(), at, patience);
    house.press(Qt::Key_L);
    QTRY_COMPARE_WITH_TIMEOUT(house.number(), at + 250, patience);
    house.press(Qt::Key_J);
    QTRY_COMPARE_WITH_TIMEOUT(house.number(), at, patience);
    house.press(Qt::Key_Greater);
    QCOMPARE(engine.rate(), 2.0);
    house.press(Qt::Key_Less);
    house.press(Qt::Key_Less);
    QCOMPARE(engine.rate(), 0.5);
    house.press(Qt::Key_M);
    QVERIFY(house.player->isMuted());
    house.press(Qt::Key_F);
    QTRY_VERIFY_WITH_TIMEOUT(house.player->fillsScreen(), patience);
    (void)QTest::qWaitForWindowActive(&house.player->view(), patience);
    QTest::keyClick(&house.player->view(), Qt::Key_K);
    QVERIFY(engine.isPlaying());
    QTest::keyClick(&house.player->view(), Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!house.player->fillsScreen(), patience);
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
    const ItemId gone = house.add(Kind::Clip, start, 25, QString());
    house.moment.show(house.camera.id, gone, start);
    QTRY_VERIFY_WITH_TIMEOUT(house.player->view().reason().contains(QLatin1String("not in the archive")),
                             patience);
    QVERIFY(!house.player->engine().isPlaying());
    const ItemId cut = house.add(Kind::Clip, start + 120'000, 20, std::nullopt, ItemState::Incomplete,
                                 QStringLiteral("the connection was cut"));
    house.moment.show(house.camera.id, cut, start + 120'000);
    QTRY_VERIFY_WITH_TIMEOUT(house.player->view().note().contains(QLatin1String("connection was cut")),
                             patience);
    QCOMPARE(house.number(), 19);
    GATEHOUSE_NEEDS_DATA();
    const ItemId headless =
        house.add(Kind::Clip, start + 240'000, 25, tests::sharedData(QStringLiteral("no_moov.mp4")));
    house.moment.show(house.camera.id, headless, start + 240'000);
    QTRY_VERIFY_WITH_TIMEOUT(house.player->view().reason().contains(QLatin1String("cannot be played")),
                             patience);
}

void PlayerPanelTest::showsStills()
{
    GATEHOUSE_NEEDS_DATA();
    PlayerHouse house;
    const ItemId still =
        house.add(Kind::Still, start, 0, tests::sharedData(QStringLiteral("orientation_6.jpg")));
    house.moment.show(house.camera.id, still, start);
    QTRY_VERIFY_WITH_TIMEOUT(house.player->view().picture() != nullptr, patience);
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
    const ItemId clip = house.add(Kind::Clip, start, 60, path);
    house.moment.show(house.camera.id, clip, start);
    const PictureView &view = house.player->view();
    QTRY_COMPARE_WITH_TIMEOUT(view.quality(), QStringLiteral("360p"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(view.quality(), QStringLiteral("HD 720p"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(house.player->engine().hasEnded(), patience);
    QCOMPARE(view.picture()->fullWidth, 1280);
    house.moment.seek(start + 500);
    QTRY_COMPARE_WITH_TIMEOUT(view.quality(), QStringLiteral("360p"), patience);
    house.moment.seek(start + 2'000);
    QTRY_COMPARE_WITH_TIMEOUT(view.quality(), QStringLiteral("HD 720p"), patience);
}

void PlayerPanelTest::aBareStreamPlaysAsLongAsItsNameSays()
{
    PlayerHouse house;
    const QString path = house.house.folder.filePath(QStringLiteral("bare.h264"));
    QVERIFY(tests::makeClip({.path = path, .pictures = 60}));
    const ItemId clip = house.add(Kind::Clip, start, 300, path); // 12 s in the catalog
    house.moment.chooseCamera(house.camera.id);
    for (const int number : {30, 59, 3}) {
        house.moment.seek(start + number * 200 + 100);
        QTRY_COMPARE_WITH_TIMEOUT(house.number(), number, patience);
        QTRY_COMPARE_WITH_TIMEOUT(house.player->time(), start + number * 200, patience);
    }
    QCOMPARE(house.player->item()->id, clip);
    // What was cut holds fewer pictures: at its own rate.
    const ItemId cut = house.add(Kind::Clip, start + 60'000, 300, path, ItemState::Incomplete);
    house.moment.show(house.camera.id, cut, start + 61'220);
    QTRY_VERIFY_WITH_TIMEOUT(house.number() >= 30, patience);
}

void PlayerPanelTest::newClipIsPickedUp()
{
    PlayerHouse house;
    const ItemId first = house.add(Kind::Clip, start, 40);
    house.moment.show(house.camera.id, first, start);
    QTRY_VERIFY_WITH_TIMEOUT(house.number() >= 0, patience);
    const ItemId second = house.add(Kind::Clip, start + 3'000, 25);
    QTRY_COMPARE_WITH_TIMEOUT(house.moment.item(), second, patience);
    QTRY_VERIFY_WITH_TIMEOUT(house.player->engine().hasEnded(), patience);
}

void PlayerPanelTest::theTitleSaysWhatIsOnShow()
{
    PlayerHouse house;
    QCOMPARE(house.player->title().text(), QString());
    const ItemId clip = house.add(Kind::Clip, start, 40);
    house.moment.show(house.camera.id, clip, start);
    QTRY_VERIFY_WITH_TIMEOUT(house.number() >= 0, patience);
    house.player->engine().pause();
    const auto expected = [](qint64 time) {
        return QStringLiteral("Driveway, %1, %2").arg(widgets::dayText(time), widgets::clockText(time));
    };
    QTRY_COMPARE_WITH_TIMEOUT(house.player->title().text(), expected(house.player->time()), patience);
    house.moment.seek(start + 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(house.player->title().text(), expected(start + 60'000), patience);
    // Its button is the way to full screen.
    auto *button = house.player->title().findChild<QToolButton *>();
    QVERIFY(button && button->toolTip().contains(QLatin1String("Full screen")));
    auto *focused = house.bar->findChildren<QToolButton *>().first();
    focused->setFocus();
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(house.player->fillsScreen(), patience);
    QVERIFY(house.player->view().window() != &house.window);
    QVERIFY(!house.player->view().isWindow());       // never itself: the keys would be lost afterwards
    QVERIFY(!house.player->view().note().isEmpty()); // how to get out again
    QTest::keyClick(&house.player->view(), Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!house.player->fillsScreen(), patience);
    // The keys go on where they were.
    QTRY_COMPARE_WITH_TIMEOUT(QApplication::focusWidget(), focused, patience);
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
        const ItemId driveway = house.add(
            Kind::Clip, start, 120, tests::sharedData(QStringLiteral("dvr_driveway_960x1080_halfwidth.avi")));
        house.moment.show(house.camera.id, driveway, start + 2'480);
        QTRY_VERIFY_WITH_TIMEOUT(house.player->view().picture() != nullptr, patience);
        QTRY_VERIFY_WITH_TIMEOUT(house.player->engine().isSettled(), patience);
        // Half-width recordings have their shape back.
        QCOMPARE(house.player->view().picture()->fullWidth, 1920);
        shot("playing");
        house.player->engine().pause();
        house.player->view().setNote(QStringLiteral("skip-forward"),
                                     QStringLiteral("Next clip, 22 min later"), 0);
        shot("note");
        house.moment.seek(start + 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(!house.player->view().reason().isEmpty(), patience);
        shot("nothing");
        const ItemId gone = house.add(Kind::Clip, start + 100'000, 25, QString());
        house.moment.show(house.camera.id, gone, start + 100'000);
        QTRY_VERIFY_WITH_TIMEOUT(house.player->view().reason().contains(QLatin1String("cannot")), patience);
        shot("gone");
    }
}

GATEHOUSE_TEST(PlayerPanelTest)
#include "player_panel_test.moc"
