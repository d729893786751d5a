#include "events/event_list.h"
#include "fakes/engine_fixture.h"
#include "models/camera_model.h"
#include "models/event_model.h"
#include "models/playhead.h"
#include "review/review_page.h"
#include "review/review_screen.h"
#include "support/registry.h"
#include "widgets/list_view.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::models;
using namespace gatehouse::widgets;
using namespace gatehouse::events;
using namespace gatehouse::review;
using gatehouse::tests::EngineFixture;

namespace
{

constexpr int kPatience = 15'000;
constexpr qint64 kMinute = 60'000;

template<typename T>
T *one(QWidget &where)
{
    return where.findChild<T *>();
}

} // namespace

class ListsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::darkTheme()); }
    void camerasAppearWithNameAndAge();
    void searchNarrowsTheList();
    void aTickHidesTheCamerasEvents();
    void renamingChangesTheStoredName();
    void aNewEventKeepsSelectionAndPlace();
    void aCardMovesTheMoment();
    void theLatestEventIsLookedAtFirst();
    void theListFollowsTheMoment();
    void aShortClipIsNoTrap();
    void onlyTheChosenCamera();
    void nothingIsReset();
    void whatIsChosenStaysInView();
    void aWideListHasTwoColumns();
};

void ListsTest::camerasAppearWithNameAndAge()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    ReviewScreen screen(fixture.services(), fixture.clock);
    CameraModel &cameras = screen.cameras();
    QTRY_COMPARE_WITH_TIMEOUT(cameras.rowCount(), 1, kPatience);
    const QModelIndex row = cameras.index(0, 0);
    QCOMPARE(row.data().toString(), QStringLiteral("Yard"));
    QCOMPARE(row.data(CameraModel::AgeRole).toString(), QStringLiteral("nothing yet"));
    QCOMPARE(cameras.reporting(), 0);

    fixture.add(yard, Kind::Clip, fixture.clock.now() - 4 * kMinute - 3000);
    QTRY_COMPARE_WITH_TIMEOUT(row.data(CameraModel::AgeRole).toString(), QStringLiteral("4 min ago"),
                              kPatience);
    QCOMPARE(row.data(CameraModel::StatusRole).value<CameraModel::Status>(), CameraModel::Status::Working);
    QCOMPARE(cameras.reporting(), 1);

    cameras.setTrouble(yard.user, QStringLiteral("cannot log in since 13:12"));
    QCOMPARE(row.data(CameraModel::AgeRole).toString(), QStringLiteral("cannot log in since 13:12"));
    QCOMPARE(cameras.firstTrouble().name, QStringLiteral("Yard"));
    QCOMPARE(cameras.reporting(), 0);

    fixture.addCamera(QStringLiteral("Road"));
    QTRY_COMPARE_WITH_TIMEOUT(cameras.rowCount(), 2, kPatience);
}

void ListsTest::searchNarrowsTheList()
{
    EngineFixture fixture;
    for (const auto &name : {QStringLiteral("Yard"), QStringLiteral("Road"), QStringLiteral("Garden")})
        fixture.addCamera(name);
    ReviewScreen screen(fixture.services(), fixture.clock);
    QTRY_COMPARE_WITH_TIMEOUT(screen.cameras().rowCount(), 3, kPatience);
    auto *search = one<QLineEdit>(screen.cameraList());
    QVERIFY(search);
    search->setText(QStringLiteral("ar"));
    QCOMPARE(screen.cameraList().view()->model()->rowCount(), 2);
    search->clear();
    QCOMPARE(screen.cameraList().view()->model()->rowCount(), 3);
}

void ListsTest::aTickHidesTheCamerasEvents()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const auto road = fixture.addCamera(QStringLiteral("Road"));
    const qint64 now = fixture.clock.now();
    fixture.add(yard, Kind::Clip, now - 40 * kMinute);
    fixture.add(road, Kind::Clip, now - 20 * kMinute);
    ReviewScreen screen(fixture.services(), fixture.clock);
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 2, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(screen.cameras().rowCount(), 2, kPatience);

    QSignalSpy hidden(&screen.cameras(), &CameraModel::hiddenChanged);
    screen.cameras().setData(screen.cameras().indexOf(yard.id), Qt::Unchecked, Qt::CheckStateRole);
    QCOMPARE(hidden.size(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 1, kPatience);
    QCOMPARE(screen.events().event(0).camera, road.id);

    // What is hidden is remembered.
    ReviewScreen again(fixture.services(), fixture.clock);
    again.setState(screen.state());
    QCOMPARE(again.cameras().hidden(), QSet<CameraId>{yard.id});
}

void ListsTest::renamingChangesTheStoredName()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    ReviewScreen screen(fixture.services(), fixture.clock);
    QTRY_COMPARE_WITH_TIMEOUT(screen.cameras().rowCount(), 1, kPatience);
    QSignalSpy failed(&screen.cameras(), &CameraModel::renameFailed);
    QVERIFY(!screen.cameras().setData(screen.cameras().index(0, 0), QStringLiteral("  "), Qt::EditRole));
    QVERIFY(
        screen.cameras().setData(screen.cameras().index(0, 0), QStringLiteral(" Back  yard "), Qt::EditRole));
    QTRY_COMPARE_WITH_TIMEOUT(screen.cameras().nameOf(yard.id), QStringLiteral("Back yard"), kPatience);

    fixture.commands.refusals.insert(QStringLiteral("camera.rename"), QStringLiteral("That name is taken"));
    screen.cameras().setData(screen.cameras().index(0, 0), QStringLiteral("Road"), Qt::EditRole);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);
    QCOMPARE(screen.cameras().nameOf(yard.id), QStringLiteral("Back yard"));
}

void ListsTest::aNewEventKeepsSelectionAndPlace()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const qint64 now = fixture.clock.now();
    for (int i = 1; i <= 30; ++i)
        fixture.add(yard, Kind::Clip, now - i * 10 * kMinute);
    ReviewScreen screen(fixture.services(), fixture.clock);
    screen.resize(1500, 900);
    screen.show();
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 30, kPatience);
    auto *list = one<EventList>(screen);
    ListView *view = list->view();
    view->setCurrentIndex(screen.events().index(12, 0));
    const EventId chosen = screen.events().event(12).id;
    view->scrollTo(screen.events().index(12, 0), QAbstractItemView::PositionAtTop);
    const int top = view->visualRect(view->currentIndex()).top();
    QVERIFY(!view->isAtTop());

    fixture.add(yard, Kind::Clip, now);
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 31, kPatience);
    QCOMPARE(screen.events().event(view->currentIndex().row()).id, chosen);
    QTRY_COMPARE(view->visualRect(view->currentIndex()).top(), top);
    QCOMPARE(list->newAbove(), 1);
    view->scrollToTop();
    QTRY_COMPARE(list->newAbove(), 0);
}

void ListsTest::theLatestEventIsLookedAtFirst()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const auto road = fixture.addCamera(QStringLiteral("Road"));
    const qint64 now = fixture.clock.now();
    fixture.add(yard, Kind::Clip, now - 60 * kMinute);
    ReviewScreen screen(fixture.services(), fixture.clock);
    screen.resize(1500, 900);
    screen.show();
    QTRY_COMPARE_WITH_TIMEOUT(screen.playhead().camera(), yard.id, kPatience);
    QVERIFY(screen.playhead().isFollowing());

    // Nobody chose anything: the next one takes its place.
    fixture.add(road, Kind::Clip, now - 30 * kMinute);
    QTRY_COMPARE_WITH_TIMEOUT(screen.playhead().camera(), road.id, kPatience);
    QCOMPARE(screen.playhead().time(), now - 30 * kMinute);

    // What a person chose stays.
    screen.playhead().seek(now - 60 * kMinute);
    fixture.add(yard, Kind::Clip, now - 10 * kMinute);
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 3, kPatience);
    QCOMPARE(screen.playhead().time(), now - 60 * kMinute);
    QCOMPARE(screen.playhead().camera(), road.id);
}

void ListsTest::aCardMovesTheMoment()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const qint64 captured = fixture.clock.now() - 10 * kMinute;
    const ItemId item = fixture.add(yard, Kind::Clip, captured);
    fixture.add(yard, Kind::Clip, captured - 20 * kMinute);
    ReviewScreen screen(fixture.services(), fixture.clock);
    screen.resize(1500, 900);
    screen.show();
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 2, kPatience);
    ListView *view = one<EventList>(screen)->view();
    QSignalSpy shown(&screen.playhead(), &Playhead::shown);
    const QRect card = view->visualRect(screen.events().index(0, 0));
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, card.center());
    QCOMPARE(shown.size(), 1);
    QCOMPARE(screen.playhead().camera(), yard.id);
    QCOMPARE(screen.playhead().item(), item);
    QCOMPARE(screen.playhead().time(), captured);

    view->setFocus();
    QTest::keyClick(view, Qt::Key_Down);
    QCOMPARE(shown.size(), 2);
    QCOMPARE(screen.playhead().time(), captured - 20 * kMinute);
}

void ListsTest::theListFollowsTheMoment()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const qint64 captured = fixture.clock.now() - 30 * kMinute;
    fixture.add(yard, Kind::Clip, captured);
    fixture.add(yard, Kind::Clip, captured + 20 * kMinute);
    ReviewScreen screen(fixture.services(), fixture.clock);
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 2, kPatience);
    ListView *view = one<EventList>(screen)->view();
    screen.playhead().chooseCamera(yard.id);
    screen.playhead().seek(captured + 500);
    QCOMPARE(view->currentIndex().row(), 1);
    screen.playhead().seek(captured + 20 * kMinute + 500);
    QCOMPARE(view->currentIndex().row(), 0);
}

// It ends before a hand moves on, the play runs into the next event, and the selection with it.
void ListsTest::aShortClipIsNoTrap()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const qint64 captured = fixture.clock.now() - 60 * kMinute;
    QVector<ItemId> items;
    for (int i = 0; i < 3; ++i)
        items.append(fixture.add(yard, Kind::Clip, captured + i * 10 * kMinute));
    ReviewScreen screen(fixture.services(), fixture.clock);
    screen.resize(1500, 900);
    screen.show();
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 3, kPatience);
    ListView *view = one<EventList>(screen)->view();
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                      view->visualRect(view->model()->index(1, 0)).center());
    QCOMPARE(screen.playhead().item(), items[1]);
    screen.playhead().played(yard.id, items[2], captured + 20 * kMinute);
    QCOMPARE(view->currentIndex().row(), 0);
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Down);
    QCOMPARE(screen.playhead().item(), items[0]);
    screen.playhead().played(yard.id, items[1], captured + 10 * kMinute);
    QTest::keyClick(view, Qt::Key_Up);
    QCOMPARE(screen.playhead().item(), items[1]);
}

void ListsTest::onlyTheChosenCamera()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const auto road = fixture.addCamera(QStringLiteral("Road"));
    fixture.add(yard, Kind::Clip, fixture.clock.now() - 40 * kMinute);
    fixture.add(road, Kind::Clip, fixture.clock.now() - 20 * kMinute);
    ReviewScreen screen(fixture.services(), fixture.clock);
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 2, kPatience);
    QSignalSpy newer(&screen.events(), &EventModel::newerArrived);
    screen.events().showOnly(yard.id);
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 1, kPatience);
    QCOMPARE(screen.events().event(0).camera, yard.id);
    screen.events().showOnly({});
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 2, kPatience);
    QCOMPARE(newer.size(), 0);
}

void ListsTest::nothingIsReset()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    ReviewScreen screen(fixture.services(), fixture.clock);
    QSignalSpy cameraResets(&screen.cameras(), &QAbstractItemModel::modelReset);
    QSignalSpy eventResets(&screen.events(), &QAbstractItemModel::modelReset);
    QVector<ItemId> items;
    for (int i = 1; i <= 5; ++i)
        items.append(fixture.add(yard, Kind::Clip, fixture.clock.now() - i * 10 * kMinute));
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 5, kPatience);
    const auto removed = tests::resultOf(fixture.writer->removeItems({{items[2]}, QStringLiteral("a test")}));
    QVERIFY(removed.has_value());
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 4, kPatience);
    fixture.add(yard, Kind::Clip, fixture.clock.now() - 30 * kMinute); // between the others
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 5, kPatience);
    for (int row = 1; row < 5; ++row)
        QVERIFY(screen.events().event(row - 1).range.start > screen.events().event(row).range.start);
    QCOMPARE(cameraResets.size(), 0);
    QCOMPARE(eventResets.size(), 0);
}

void ListsTest::whatIsChosenStaysInView()
{
    EngineFixture fixture;
    catalog::Camera last;
    for (int i = 0; i < 12; ++i)
        last = fixture.addCamera(QStringLiteral("Camera %1").arg(i, 2, 10, QLatin1Char('0')));
    fixture.add(last, Kind::Clip, fixture.clock.now() - kMinute);
    ReviewScreen screen(fixture.services(), fixture.clock);
    screen.resize(1600, 1400);
    screen.show();
    QTRY_COMPARE_WITH_TIMEOUT(screen.cameras().rowCount(), 12, kPatience);
    ListView *list = screen.cameraList().view();
    screen.showCamera(last.id);
    QVERIFY(list->viewport()->rect().contains(list->visualRect(list->currentIndex())));
    screen.resize(1600, 700);
    QTRY_VERIFY(list->viewport()->rect().contains(list->visualRect(list->currentIndex())));
    QVERIFY(list->verticalScrollBar()->value() > 0);
    list->scrollToTop(); // somebody looks elsewhere
    screen.resize(1600, 690);
    QTest::qWait(50);
    QCOMPARE(list->verticalScrollBar()->value(), 0);
}

void ListsTest::aWideListHasTwoColumns()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    for (int i = 0; i < 30; ++i)
        fixture.add(yard, Kind::Clip, fixture.clock.now() - i * 10 * kMinute);
    ReviewScreen screen(fixture.services(), fixture.clock);
    screen.resize(3776, 1400);
    screen.show();
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 30, kPatience);
    ListView *list = one<EventList>(screen)->findChild<ListView *>();
    const auto placeOf = [&](int row) { return list->visualRect(screen.events().index(row)); };
    // The newest, then the next beside it.
    QTRY_COMPARE(placeOf(1).top(), placeOf(0).top());
    QVERIFY(placeOf(1).left() >= placeOf(0).right());
    QVERIFY(placeOf(2).top() > placeOf(0).bottom() - 1);
    QCOMPARE(placeOf(2).left(), placeOf(0).left());
    QVERIFY(placeOf(1).right() < list->viewport()->width());
    screen.resize(1536, 972);
    QTRY_COMPARE(placeOf(1).left(), placeOf(0).left());
    QCOMPARE(placeOf(1).width(), list->viewport()->width());
}

GATEHOUSE_TEST(ListsTest)
#include "lists_test.moc"
