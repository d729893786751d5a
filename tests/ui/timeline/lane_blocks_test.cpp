// Level of detail never lies: at every density and zoom what is covered by blocks is what the items
// cover, widened to the least width; and the number of blocks is bounded by the pixels.
#include "support/registry.h"
#include "timeline/lane_blocks.h"

#include <QRandomGenerator>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::timeline;

namespace
{

constexpr int kLaneWidth = 500;
constexpr int kMinWidth = 4;
constexpr double kLanesStart = 1'000'000;

QVector<catalog::TimelineItem> randomItems(QRandomGenerator &random, int count, double span, double longest)
{
    QVector<catalog::TimelineItem> items;
    for (int i = 0; i < count; ++i) {
        catalog::TimelineItem item;
        item.id = ItemId{i + 1};
        item.captured = qint64(kLanesStart + (random.generateDouble() * 1.4 - 0.2) * span);
        item.duration = qint64(std::pow(random.generateDouble(), 3) * longest);
        item.kind = Kind::Clip;
        item.trigger = random.bounded(5) ? Trigger::Motion : Trigger::Sound;
        item.subject = Subject(random.bounded(3));
        item.state = random.bounded(50) ? ItemState::Ok : ItemState::Damaged;
        items.append(item);
    }
    std::sort(items.begin(), items.end(),
              [](const auto &a, const auto &b) { return a.captured < b.captured; });
    return items;
}

QVector<bool> coveredBy(const QVector<Block> &blocks)
{
    QVector<bool> out(kLaneWidth, false);
    for (const Block &block : blocks) {
        for (int x = std::max(0, block.left); x < std::min(kLaneWidth, block.right); ++x)
            out[x] = true;
    }
    return out;
}

} // namespace

class LaneBlocksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void coverageMatchesItems();
    void mergesAMillionItemsIntoFewBlocks();
    void singleItemsKeepTheirIdentity();
    void mergedBlocksKeepDamageAndKind();
    void runsMatchTheirItems();
};

void LaneBlocksTest::coverageMatchesItems()
{
    QRandomGenerator random(11);
    for (int round = 0; round < 600; ++round) {
        const double span = std::exp(3 + random.generateDouble() * 14);
        const int count = int(std::exp(random.generateDouble() * 8));
        const LaneSeries series(randomItems(random, count, span, span * random.generateDouble() * 0.2));
        const DeviceScale scale{kLanesStart, span / kLaneWidth, kLaneWidth};
        const QVector<bool> covered = coveredBy(blocksOf(series, scale, kMinWidth));
        // Exactly covered, and covered with the least width and one pixel of rounding.
        QVector<bool> must(kLaneWidth, false);
        QVector<bool> may(kLaneWidth, false);
        for (const catalog::TimelineItem &item : series.items()) {
            const int left = scale.xOf(item.captured);
            const int right = std::max(left + 1, scale.xOf(endOf(item) - 1) + 1);
            for (int x = std::max(0, left); x < std::min(kLaneWidth, right); ++x)
                must[x] = true;
            for (int x = std::max(0, left - kMinWidth);
                 x < std::min(kLaneWidth, std::max(right, left + kMinWidth) + 1); ++x)
                may[x] = true;
        }
        for (int x = 0; x < kLaneWidth; ++x) {
            QVERIFY2(covered[x] || !must[x],
                     qPrintable(QStringLiteral("round %1: item at %2 unseen").arg(round).arg(x)));
            QVERIFY2(!covered[x] || may[x],
                     qPrintable(QStringLiteral("round %1: nothing at %2").arg(round).arg(x)));
        }
    }
}

void LaneBlocksTest::mergesAMillionItemsIntoFewBlocks()
{
    QRandomGenerator random(2);
    const double span = 86'400'000;
    const LaneSeries series(randomItems(random, 1'000'000, span, 60'000));
    for (const double part : {1.0, 0.1, 0.001}) {
        const DeviceScale scale{kLanesStart, span * part / kLaneWidth, kLaneWidth};
        // What began before the view and reaches into it comes on top.
        const double before = 60'000 / scale.msPerPixel;
        QVERIFY(double(blocksOf(series, scale, kMinWidth).size()) <=
                2 * ((kLaneWidth + std::min(before, 500.0)) / kMinWidth + 4));
    }
}

void LaneBlocksTest::singleItemsKeepTheirIdentity()
{
    catalog::TimelineItem a;
    a.captured = 1'000'000 + 10'000;
    a.duration = 5'000;
    a.kind = Kind::Clip;
    catalog::TimelineItem b = a;
    b.captured = 1'000'000 + 90'000;
    b.duration = 100;
    b.subject = Subject::Person;
    const LaneSeries series({a, b});
    const QVector<Block> blocks = blocksOf(series, {1'000'000, 1'000, 200}, kMinWidth);
    QCOMPARE(blocks, QVector<Block>({{10, 15, ClipCategory::Motion, false, 0},
                                     {90, 94, ClipCategory::Person, false, 1}}));
}

void LaneBlocksTest::mergedBlocksKeepDamageAndKind()
{
    QVector<catalog::TimelineItem> items(100);
    for (int i = 0; i < 100; ++i) {
        items[i].captured = 1'000'000 + i;
        items[i].kind = Kind::Clip;
    }
    items[40].subject = Subject::Person;
    items[70].state = ItemState::Incomplete;
    const QVector<Block> blocks = blocksOf(LaneSeries(items), {1'000'000, 1'000, 200}, kMinWidth);
    QCOMPARE(blocks, QVector<Block>({{0, 4, ClipCategory::Person, true, -1}}));
}

void LaneBlocksTest::runsMatchTheirItems()
{
    QRandomGenerator random(9);
    const LaneSeries series(randomItems(random, 5'000, 1e6, 1e5));
    for (int round = 0; round < 500; ++round) {
        const int from = random.bounded(4'999);
        const int to = from + 1 + random.bounded(5'000 - from - 1 + 1);
        const LaneSeries::Run run = series.run(from, std::min(to, 5'000));
        qint64 latest = 0;
        ClipCategory category = ClipCategory::Continuous;
        bool troubled = false;
        for (int i = from; i < std::min(to, 5'000); ++i) {
            latest = std::max(latest, endOf(series.items()[i]));
            category = std::max(category, categoryOf(series.items()[i]));
            troubled = troubled || isTroubled(series.items()[i]);
        }
        QCOMPARE(endOf(series.items()[run.longest]), latest);
        QCOMPARE(run.category, category);
        QCOMPARE(run.troubled, troubled);
        const qint64 t = series.items()[from].captured;
        const int first = series.firstStartingAt(t, random.bounded(from + 1));
        QVERIFY(series.items()[first].captured == t &&
                (first == 0 || series.items()[first - 1].captured < t));
    }
}

GATEHOUSE_TEST(LaneBlocksTest)
#include "lane_blocks_test.moc"
