// What ended the window, and what took too long to read, is not opened by itself.
#include "media/av.h"
#include "player_house.h"
#include "support/bombs.h"
#include "support/registry.h"

#include <QApplication>
#include <QProcess>
#include <QPushButton>

using namespace gatehouse;
using namespace gatehouse::tests;

namespace
{

constexpr qint64 kBegin = kTestNow - 600'000;

QPushButton *linkOf(PlayerHouse &house)
{
    return house.player->view().findChild<QPushButton *>();
}

bool isAskedFor(PlayerHouse &house, const char *sentence)
{
    return house.player->view().reason() == QLatin1String(sentence) && linkOf(house)->isVisible() &&
           linkOf(house)->text() == QLatin1String("Open anyway") &&
           linkOf(house)->accessibleDescription() == QLatin1String(sentence);
}

// By keys alone: the tab key until the link has the focus.
bool pressLink(PlayerHouse &house)
{
    for (int i = 0; i < 30 && QApplication::focusWidget() != linkOf(house); ++i) {
        QWidget *focused = QApplication::focusWidget();
        QTest::keyClick(focused != nullptr ? focused : &house.window, Qt::Key_Tab);
    }
    if (QApplication::focusWidget() != linkOf(house))
        return false;
    QTest::keyClick(linkOf(house), Qt::Key_Space);
    return true;
}

} // namespace

class OpeningTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        av_log_set_level(AV_LOG_QUIET);
        const QTemporaryDir folder;
        if (!makeClip({.path = folder.filePath(QStringLiteral("a.mp4")), .pictures = 2}))
            QSKIP("libav has no H.264 encoder here");
    }
    void whatEndedTheWindowIsAskedFor();
    void anOrderlyEndMarksNothing();
    void whatTookTooLongIsAskedFor();
    void playingStopsBeforeWhatTookTooLong();
};

void OpeningTest::whatEndedTheWindowIsAskedFor()
{
    PlayerHouse house;
    const QString bomb = house.house.folder.filePath(QStringLiteral("bomb.jpg"));
    QFile file(bomb);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(jpegOfManyScans(9'984, 2'000));
    file.close();
    const ItemId slow = house.add(Kind::Still, kBegin, 0, bomb);
    const ItemId other = house.add(Kind::Clip, kBegin + 60'000, 25);

    QProcess window;
    window.setProcessChannelMode(QProcess::ForwardedChannels);
    window.start(QStringLiteral(TEST_WINDOW),
                 {house.house.path(), house.markFile(), QString::number(house.camera.id.value),
                  QString::number(slow.value), QString::number(kBegin)});
    QVERIFY(window.waitForStarted(kPatience));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(house.markFile()), kPatience);
    window.kill();
    QVERIFY(window.waitForFinished(kPatience));
    QVERIFY(QFile::exists(house.markFile()));

    house.makePlayer();
    house.moment.show(house.camera.id, slow, kBegin);
    QTRY_VERIFY_WITH_TIMEOUT(isAskedFor(house, "Gatehouse closed unexpectedly while opening this picture."),
                             kPatience);
    // Others are opened, and do not make it forgotten.
    house.moment.show(house.camera.id, other, kBegin + 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(house.number() >= 0, kPatience);
    house.makePlayer();
    house.moment.show(house.camera.id, slow, kBegin);
    QTRY_VERIFY_WITH_TIMEOUT(isAskedFor(house, "Gatehouse closed unexpectedly while opening this picture."),
                             kPatience);

    // Once it could be opened, it is like any other.
    QFile::remove(house.player->item()->path);
    const QString whole = house.house.folder.filePath(QStringLiteral("whole.mp4"));
    QVERIFY(makeClip({.path = whole, .pictures = 1}));
    QVERIFY(QFile::copy(whole, house.player->item()->path));
    QVERIFY(pressLink(house));
    QTRY_VERIFY_WITH_TIMEOUT(house.number() >= 0, kPatience);
    QVERIFY(!linkOf(house)->isVisible());
    house.makePlayer();
    house.moment.show(house.camera.id, slow, kBegin);
    QTRY_VERIFY_WITH_TIMEOUT(house.number() >= 0, kPatience);
}

void OpeningTest::anOrderlyEndMarksNothing()
{
    PlayerHouse house;
    const ItemId clip = house.add(Kind::Clip, kBegin, 25);
    const ItemId gone = house.add(Kind::Clip, kBegin + 60'000, 25, QString());
    house.moment.show(house.camera.id, clip, kBegin);
    QTRY_VERIFY_WITH_TIMEOUT(house.number() >= 0, kPatience);
    QVERIFY(!QFile::exists(house.markFile()));
    house.moment.show(house.camera.id, gone, kBegin + 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(!house.player->view().reason().isEmpty(), kPatience);
    QVERIFY(!QFile::exists(house.markFile()));
    house.moment.show(house.camera.id, clip, kBegin);
    house.makePlayer(); // while it is being opened
    QVERIFY(!QFile::exists(house.markFile()));
}

void OpeningTest::whatTookTooLongIsAskedFor()
{
    PlayerHouse house;
    const ItemId slow = house.add(Kind::Clip, kBegin, 25, std::nullopt, ItemState::TooLong);
    house.moment.show(house.camera.id, slow, kBegin + 400);
    QTRY_VERIFY_WITH_TIMEOUT(isAskedFor(house, "Reading this clip took too long when it arrived."),
                             kPatience);
    QVERIFY(!house.player->engine().isPlaying());
    QVERIFY(pressLink(house));
    QTRY_VERIFY_WITH_TIMEOUT(house.number() >= 10, kPatience);
    // It was asked for, not declared to be harmless.
    house.moment.show(house.camera.id, slow, kBegin);
    QTRY_VERIFY_WITH_TIMEOUT(isAskedFor(house, "Reading this clip took too long when it arrived."),
                             kPatience);
}

void OpeningTest::playingStopsBeforeWhatTookTooLong()
{
    PlayerHouse house;
    const ItemId first = house.add(Kind::Clip, kBegin, 10);
    const ItemId slow = house.add(Kind::Clip, kBegin + 3'000, 25, std::nullopt, ItemState::TooLong);
    house.moment.show(house.camera.id, first, kBegin);
    QTRY_VERIFY_WITH_TIMEOUT(house.number() >= 0, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(isAskedFor(house, "Reading this clip took too long when it arrived."),
                             kPatience);
    QCOMPARE(house.player->item()->id, slow);
    QVERIFY(!house.player->engine().isPlaying());
    QTest::mouseClick(linkOf(house), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(house.number(), 24, kPatience);
}

GATEHOUSE_TEST(OpeningTest)
#include "opening_test.moc"
