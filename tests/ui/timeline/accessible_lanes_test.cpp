#include "support/registry.h"
#include "timeline/camera_track.h"
#include "timeline/lane_view.h"
#include "timeline/timeline_panel.h"
#include "timeline_fixture.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::timeline;
using namespace gatehouse::tests;

namespace
{

constexpr qint64 kSpokenMinute = 60'000;

QString nameOfNode(const QAccessibleInterface *node)
{
    return node ? node->text(QAccessible::Name) : QString();
}

} // namespace

class AccessibleLanesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lanesAndItemsCanBeWalked();
    void playsAnItemByItsAction();
    void describesLongViewsAsCounts();
};

void AccessibleLanesTest::lanesAndItemsCanBeWalked()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    fixture.fixture.addCamera(QStringLiteral("Door"));
    fixture.add(yard, Kind::Clip, kTestNow - 50 * kSpokenMinute, 10'000);
    fixture.add(yard, Kind::Still, kTestNow - 30 * kSpokenMinute, 0);
    TimelinePanel &panel = fixture.open();
    QAccessibleInterface *root = QAccessible::queryAccessibleInterface(&panel.lanes());
    QVERIFY(root);
    QCOMPARE(root->role(), QAccessible::Tree);
    QVERIFY(nameOfNode(root).startsWith(QStringLiteral("Timeline, ")));
    QTRY_COMPARE_WITH_TIMEOUT(root->childCount(), 2, kPatience);
    const int yardLane = nameOfNode(root->child(0)).startsWith(QStringLiteral("Yard, ")) ? 0 : 1;
    QAccessibleInterface *lane = root->child(yardLane);
    QVERIFY(nameOfNode(lane).startsWith(QStringLiteral("Yard, ")));
    QCOMPARE(lane->parent(), root);
    QCOMPARE(root->indexOfChild(lane), yardLane);
    QTRY_COMPARE_WITH_TIMEOUT(lane->childCount(), 2, kPatience);
    QAccessibleInterface *clip = lane->child(0);
    QVERIFY2(nameOfNode(clip).contains(QStringLiteral("motion, clip, 10 s")), qPrintable(nameOfNode(clip)));
    QVERIFY(nameOfNode(lane->child(1)).contains(QStringLiteral("picture")));
    QCOMPARE(clip->parent(), lane);
    QCOMPARE(lane->indexOfChild(clip), 0);
    QVERIFY(lane->rect().contains(clip->rect().center()));
    QCOMPARE(root->childAt(lane->rect().center().x(), lane->rect().center().y()), lane);
    QCOMPARE(root->child(1 - yardLane)->childCount(), 0);
    QCOMPARE(root->child(2), nullptr);
    // New items leave the known ones as they are.
    fixture.add(yard, Kind::Clip, kTestNow - 10 * kSpokenMinute, 5'000);
    QTRY_COMPARE_WITH_TIMEOUT(lane->childCount(), 3, kPatience);
    QCOMPARE(lane->child(0), clip);
}

void AccessibleLanesTest::playsAnItemByItsAction()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    const ItemId item = fixture.add(yard, Kind::Clip, kTestNow - 50 * kSpokenMinute, 10'000);
    TimelinePanel &panel = fixture.open();
    QAccessibleInterface *root = QAccessible::queryAccessibleInterface(&panel.lanes());
    QTRY_VERIFY_WITH_TIMEOUT(root->childCount() == 1 && root->child(0)->childCount() == 1, kPatience);
    QAccessibleInterface *clip = root->child(0)->child(0);
    QVERIFY(!clip->state().selected);
    auto *action = clip->actionInterface();
    QVERIFY(action && action->actionNames().contains(QAccessibleActionInterface::pressAction()));
    action->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(fixture.selection.item(), item);
    QVERIFY(clip->state().selected);
}

void AccessibleLanesTest::describesLongViewsAsCounts()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    fixture.add(yard, Kind::Clip, kTestNow - 50 * kSpokenMinute, 10'000);
    TimelinePanel &panel = fixture.open();
    panel.axis().show({kTestNow - 10 * 24 * 60 * kSpokenMinute, kTestNow});
    QAccessibleInterface *root = QAccessible::queryAccessibleInterface(&panel.lanes());
    QTRY_VERIFY_WITH_TIMEOUT(root->childCount() == 1 && root->child(0)->childCount() == 1, kPatience);
    QVERIFY2(nameOfNode(root->child(0)->child(0)).contains(QStringLiteral("Clips: 1")),
             qPrintable(nameOfNode(root->child(0)->child(0))));
}

GATEHOUSE_TEST(AccessibleLanesTest)
#include "accessible_lanes_test.moc"
