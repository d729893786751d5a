#include "review/review_layout.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse::review;

class ReviewLayoutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void adaptsToTheWindowSize();
};

void ReviewLayoutTest::adaptsToTheWindowSize()
{
    QCOMPARE(columnsFor(1600), Columns::Full);
    QCOMPARE(columnsFor(1280), Columns::Full);
    QCOMPARE(columnsFor(1279), Columns::Posters);
    QCOMPARE(columnsFor(1120), Columns::Posters);
    QCOMPARE(columnsFor(1024), Columns::Drawers);
    QCOMPARE(upperHeight(972), 476);
    QCOMPARE(upperHeight(612), 388);
    QVERIFY(upperHeight(2132) <= 2132 * 6 / 10);
    QCOMPARE(emptyUpperHeight(972), 796);
    QCOMPARE(emptyUpperHeight(612), 490); // what is typed into the camera matters more
    QCOMPARE(eventsWidth(1536, 972), 300);
    QCOMPARE(eventsWidth(1856, 1052), 300); // the player has not all yet that it can use
    QCOMPARE(eventsWidth(3776, 2132), 600); // two columns of cards
    QCOMPARE(eventsWidth(1856, 2132), 300); // high and slim
    for (int height = 400; height < 2400; ++height) {
        QVERIFY(upperHeight(height) >= upperHeight(height - 1));
        QVERIFY(height - upperHeight(height) >= 200);
    }
}

GATEHOUSE_TEST(ReviewLayoutTest)
#include "review_layout_test.moc"
