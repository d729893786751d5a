// Full screen: the controls come with the pointer and go when it rests.
#include "player/full_screen_controls.h"
#include "player_fixture.h"
#include "support/registry.h"

#include <QAction>
#include <QApplication>
#include <QMouseEvent>
#include <QPointer>

using namespace gatehouse;
using namespace gatehouse::tests;
using player::FullScreenControls;

namespace
{

FullScreenControls *shownControls()
{
    for (QWidget *widget : QApplication::allWidgets()) {
        if (auto *controls = qobject_cast<FullScreenControls *>(widget))
            return controls;
    }
    return nullptr;
}

void movePointer(QWidget *window, QPoint at)
{
    QMouseEvent move(QEvent::MouseMove, at, window->mapToGlobal(at), Qt::NoButton, Qt::NoButton, {});
    QApplication::sendEvent(window, &move);
}

} // namespace

class FullScreenTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void controlsFollowThePointer();
    void controlsControlPlayback();
};

void FullScreenTest::controlsFollowThePointer()
{
    PlayerFixture fixture;
    const ItemId item = fixture.add(Kind::Clip, kTestNow - 3'600'000, 50);
    fixture.selection.show(fixture.camera.id, item, kTestNow - 3'600'000);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.number() >= 0, kPatience);
    fixture.press(Qt::Key_F);
    const QPointer<FullScreenControls> controls = shownControls();
    QVERIFY(controls);
    QWidget *screen = controls->window();
    QVERIFY(screen != &fixture.window && screen->isFullScreen());
    QVERIFY(!controls->isVisible());

    movePointer(screen, {100, 100});
    QVERIFY(controls->isVisible());
    QVERIFY(controls->findChild<player::TransportBar *>()->isVisible());
    QVERIFY(screen->rect().contains(controls->geometry()));
    QVERIFY(controls->geometry().center().y() > screen->height() / 2);
    QTRY_VERIFY_WITH_TIMEOUT(!controls->isVisible(), kPatience);
    QCOMPARE(screen->cursor().shape(), Qt::BlankCursor);

    // The desktop repeats a move that is none.
    movePointer(screen, {100, 100});
    QVERIFY(!controls->isVisible());
    movePointer(screen, {101, 100});
    QVERIFY(controls->isVisible());
    QVERIFY(screen->cursor().shape() != Qt::BlankCursor);

    // Other windows' pointers do not concern it.
    QTRY_VERIFY_WITH_TIMEOUT(!controls->isVisible(), kPatience);
    movePointer(&fixture.window, {10, 10});
    QVERIFY(!controls->isVisible());

    QTest::keyClick(screen, Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!controls, kPatience);
    QCOMPARE(fixture.player->view().window(), &fixture.window);
}

void FullScreenTest::controlsControlPlayback()
{
    PlayerFixture fixture;
    const ItemId item = fixture.add(Kind::Clip, kTestNow - 3'600'000, 1'000);
    fixture.selection.show(fixture.camera.id, item, kTestNow - 3'600'000);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.number() >= 0, kPatience);
    fixture.press(Qt::Key_F);
    const QPointer<FullScreenControls> controls = shownControls();
    QVERIFY(controls);
    movePointer(controls->window(), {100, 100});
    const media::PlayerEngine &engine = fixture.player->controller().engine();
    QVERIFY(engine.isPlaying());
    const auto buttons = controls->findChildren<QAbstractButton *>();
    const auto play = std::find_if(buttons.begin(), buttons.end(), [](const QAbstractButton *button) {
        return button->property("role") == QLatin1String("primary");
    });
    QVERIFY(play != buttons.end());
    QTest::mouseClick(*play, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!engine.isPlaying(), kPatience);
    QTest::keyClick(controls->window(), Qt::Key_F);
    QTRY_VERIFY_WITH_TIMEOUT(!controls, kPatience);
}

GATEHOUSE_TEST(FullScreenTest)
#include "full_screen_test.moc"
