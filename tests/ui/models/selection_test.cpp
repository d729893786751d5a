#include "models/selection.h"

#include "support/registry.h"

#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using gatehouse::models::Playhead;
using gatehouse::models::Selection;

class SelectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showMovesThePlayheadWithoutSeeking();
    void showEmitsAgainForTheSameItem();
    void choosingACameraKeepsItemAndTime();
    void trackDoesNotOpenItems();
};

void SelectionTest::showMovesThePlayheadWithoutSeeking()
{
    Playhead playhead;
    Selection selection(playhead);
    QSignalSpy shown(&selection, &Selection::shown);
    QSignalSpy sought(&playhead, &Playhead::sought);
    // Who hears of it finds everything in its place.
    connect(&selection, &Selection::shown, this, [&](CameraId camera, ItemId item, qint64 time) {
        QCOMPARE(selection.camera(), camera);
        QCOMPARE(selection.item(), item);
        QCOMPARE(playhead.time(), time);
        QVERIFY(!playhead.isFollowing());
    });
    selection.show(CameraId{1}, ItemId{2}, 3'000);
    QCOMPARE(shown.size(), 1);
    QCOMPARE(sought.size(), 0);
    QCOMPARE(playhead.time(), 3'000);
}

void SelectionTest::showEmitsAgainForTheSameItem()
{
    Playhead playhead;
    Selection selection(playhead);
    selection.show(CameraId{1}, ItemId{2}, 3'000);
    QSignalSpy shown(&selection, &Selection::shown);
    QSignalSpy items(&selection, &Selection::itemChanged);
    selection.show(CameraId{1}, ItemId{2}, 3'000);
    QCOMPARE(shown.size(), 1);
    QCOMPARE(items.size(), 0);
}

void SelectionTest::choosingACameraKeepsItemAndTime()
{
    Playhead playhead;
    Selection selection(playhead);
    selection.show(CameraId{1}, ItemId{2}, 3'000);
    playhead.follow(true);
    QSignalSpy cameras(&selection, &Selection::cameraChanged);
    selection.chooseCamera(CameraId{4});
    selection.chooseCamera(CameraId{4});
    QCOMPARE(cameras.size(), 1);
    QCOMPARE(selection.item(), ItemId{2});
    QCOMPARE(playhead.time(), 3'000);
    QVERIFY(playhead.isFollowing());
}

void SelectionTest::trackDoesNotOpenItems()
{
    Playhead playhead;
    Selection selection(playhead);
    QSignalSpy shown(&selection, &Selection::shown);
    QSignalSpy cameras(&selection, &Selection::cameraChanged);
    QSignalSpy items(&selection, &Selection::itemChanged);
    selection.track(CameraId{1}, ItemId{2});
    selection.track(CameraId{1}, ItemId{3});
    QCOMPARE(shown.size(), 0);
    QCOMPARE(cameras.size(), 1);
    QCOMPARE(items.size(), 2);
    QVERIFY(playhead.isFollowing());
}

GATEHOUSE_TEST(SelectionTest)
#include "selection_test.moc"
