#include "models/playhead.h"

#include "support/registry.h"

#include <QSignalSpy>
#include <QTest>

using gatehouse::models::Playhead;

class PlayheadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void seekingStopsFollowing();
    void seekingToTheSameTimeEmitsSought();
    void movingDoesNotEmitSought();
};

void PlayheadTest::seekingStopsFollowing()
{
    Playhead playhead;
    QVERIFY(playhead.isFollowing());
    QSignalSpy following(&playhead, &Playhead::followingChanged);
    QSignalSpy sought(&playhead, &Playhead::sought);
    // Who hears of the seek finds the playhead there already.
    connect(&playhead, &Playhead::sought, this, [&](qint64 time) {
        QCOMPARE(playhead.time(), time);
        QVERIFY(!playhead.isFollowing());
    });
    playhead.seek(5'000);
    QCOMPARE(following.size(), 1);
    QCOMPARE(sought, (QList<QVariantList>{{5'000}}));
    playhead.follow(true);
    QCOMPARE(following.size(), 2);
    QCOMPARE(playhead.time(), 5'000);
}

void PlayheadTest::seekingToTheSameTimeEmitsSought()
{
    Playhead playhead;
    playhead.seek(5'000);
    QSignalSpy sought(&playhead, &Playhead::sought);
    QSignalSpy moved(&playhead, &Playhead::timeChanged);
    playhead.seek(5'000); // the player may stand elsewhere
    QCOMPARE(sought.size(), 1);
    QCOMPARE(moved.size(), 0);
}

void PlayheadTest::movingDoesNotEmitSought()
{
    Playhead playhead;
    QSignalSpy sought(&playhead, &Playhead::sought);
    QSignalSpy moved(&playhead, &Playhead::timeChanged);
    playhead.moveTo(7'000);
    playhead.moveTo(7'000);
    QCOMPARE(moved, (QList<QVariantList>{{7'000}}));
    QCOMPARE(sought.size(), 0);
    QVERIFY(playhead.isFollowing());
}

GATEHOUSE_TEST(PlayheadTest)
#include "playhead_test.moc"
