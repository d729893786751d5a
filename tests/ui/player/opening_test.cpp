// What ended the window, and what took too long to read, is not opened by itself.
#include "media/demux/av.h"
#include "player_fixture.h"
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

QPushButton *linkOf(PlayerFixture &fixture)
{
    return fixture.player->view().findChild<QPushButton *>();
}

bool isAskedFor(PlayerFixture &fixture, const char *sentence)
{
    return fixture.player->view().reason() == QLatin1String(sentence) && linkOf(fixture)->isVisible() &&
           linkOf(fixture)->text() == QLatin1String("Open anyway") &&
           linkOf(fixture)->accessibleDescription() == QLatin1String(sentence);
}

// By keys alone: the tab key until the link has the focus.
bool pressLink(PlayerFixture &fixture)
{
    for (int i = 0; i < 30 && QApplication::focusWidget() != linkOf(fixture); ++i) {
        QWidget *focused = QApplication::focusWidget();
        QTest::keyClick(focused != nullptr ? focused : &fixture.window, Qt::Key_Tab);
    }
    if (QApplication::focusWidget() != linkOf(fixture))
        return false;
    QTest::keyClick(linkOf(fixture), Qt::Key_Space);
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
    void asksBeforeOpeningAnItemThatCrashedTheWindow();
    void cleanExitMarksNothing();
    void asksBeforeOpeningASlowItem();
    void playbackStopsBeforeASlowItem();
};

void OpeningTest::asksBeforeOpeningAnItemThatCrashedTheWindow()
{
    PlayerFixture fixture;
    const QString bomb = fixture.fixture.folder.filePath(QStringLiteral("bomb.jpg"));
    QFile file(bomb);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(jpegOfManyScans(9'984, 2'000));
    file.close();
    const ItemId slow = fixture.add(Kind::Still, kBegin, 0, bomb);
    const ItemId other = fixture.add(Kind::Clip, kBegin + 60'000, 25);

    QProcess window;
    window.setProcessChannelMode(QProcess::ForwardedChannels);
    window.start(QStringLiteral(TEST_WINDOW),
                 {fixture.fixture.path(), fixture.markFile(), QString::number(fixture.camera.id.value),
                  QString::number(slow.value), QString::number(kBegin)});
    QVERIFY(window.waitForStarted(kPatience));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(fixture.markFile()), kPatience);
    window.kill();
    QVERIFY(window.waitForFinished(kPatience));
    QVERIFY(QFile::exists(fixture.markFile()));

    fixture.makePlayer();
    fixture.selection.show(fixture.camera.id, slow, kBegin);
    QTRY_VERIFY_WITH_TIMEOUT(isAskedFor(fixture, "Gatehouse closed unexpectedly while opening this picture."),
                             kPatience);
    // Others are opened, and do not make it forgotten.
    fixture.selection.show(fixture.camera.id, other, kBegin + 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.number() >= 0, kPatience);
    fixture.makePlayer();
    fixture.selection.show(fixture.camera.id, slow, kBegin);
    QTRY_VERIFY_WITH_TIMEOUT(isAskedFor(fixture, "Gatehouse closed unexpectedly while opening this picture."),
                             kPatience);

    // Once it could be opened, it is like any other.
    QFile::remove(fixture.player->controller().item()->path);
    const QString whole = fixture.fixture.folder.filePath(QStringLiteral("whole.mp4"));
    QVERIFY(makeClip({.path = whole, .pictures = 1}));
    QVERIFY(QFile::copy(whole, fixture.player->controller().item()->path));
    QVERIFY(pressLink(fixture));
    QTRY_VERIFY_WITH_TIMEOUT(fixture.number() >= 0, kPatience);
    QVERIFY(!linkOf(fixture)->isVisible());
    fixture.makePlayer();
    fixture.selection.show(fixture.camera.id, slow, kBegin);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.number() >= 0, kPatience);
}

void OpeningTest::cleanExitMarksNothing()
{
    PlayerFixture fixture;
    const ItemId clip = fixture.add(Kind::Clip, kBegin, 25);
    const ItemId gone = fixture.add(Kind::Clip, kBegin + 60'000, 25, QString());
    fixture.selection.show(fixture.camera.id, clip, kBegin);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.number() >= 0, kPatience);
    QVERIFY(!QFile::exists(fixture.markFile()));
    fixture.selection.show(fixture.camera.id, gone, kBegin + 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(!fixture.player->view().reason().isEmpty(), kPatience);
    QVERIFY(!QFile::exists(fixture.markFile()));
    fixture.selection.show(fixture.camera.id, clip, kBegin);
    fixture.makePlayer(); // while it is being opened
    QVERIFY(!QFile::exists(fixture.markFile()));
}

void OpeningTest::asksBeforeOpeningASlowItem()
{
    PlayerFixture fixture;
    const ItemId slow = fixture.add(Kind::Clip, kBegin, 25, std::nullopt, ItemState::TooLong);
    fixture.selection.show(fixture.camera.id, slow, kBegin + 400);
    QTRY_VERIFY_WITH_TIMEOUT(isAskedFor(fixture, "Decoding this clip took too long when it arrived."),
                             kPatience);
    QVERIFY(!fixture.player->controller().engine().isPlaying());
    QVERIFY(pressLink(fixture));
    QTRY_VERIFY_WITH_TIMEOUT(fixture.number() >= 10, kPatience);
    // It was asked for, not declared to be harmless.
    fixture.selection.show(fixture.camera.id, slow, kBegin);
    QTRY_VERIFY_WITH_TIMEOUT(isAskedFor(fixture, "Decoding this clip took too long when it arrived."),
                             kPatience);
}

void OpeningTest::playbackStopsBeforeASlowItem()
{
    PlayerFixture fixture;
    const ItemId first = fixture.add(Kind::Clip, kBegin, 10);
    const ItemId slow = fixture.add(Kind::Clip, kBegin + 3'000, 25, std::nullopt, ItemState::TooLong);
    fixture.selection.show(fixture.camera.id, first, kBegin);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.number() >= 0, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(isAskedFor(fixture, "Decoding this clip took too long when it arrived."),
                             kPatience);
    QCOMPARE(fixture.player->controller().item()->id, slow);
    QVERIFY(!fixture.player->controller().engine().isPlaying());
    QTest::mouseClick(linkOf(fixture), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.number(), 24, kPatience);
}

GATEHOUSE_TEST(OpeningTest)
#include "opening_test.moc"
