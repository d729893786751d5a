// The pure rules: who may begin, how long to wait, what of an item goes.
#include "offsite/back_off.h"
#include "offsite/share.h"
#include "offsite/throughput.h"
#include "offsite/transfer.h"
#include "offsite/wanted.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::offsite;
using namespace gatehouse::tests;

namespace
{

catalog::Item orderItem(Kind kind, ItemState state = ItemState::Ok)
{
    catalog::Item item;
    item.id = ItemId{5};
    item.event = EventId{1};
    item.kind = kind;
    item.state = state;
    item.bytes = 10;
    item.received = 1'000;
    item.sourcePath = QStringLiteral("/a");
    return item;
}

QVector<Part> partsOf(const QVector<WantedPart> &wanted)
{
    QVector<Part> out;
    for (const WantedPart &one : wanted)
        out.append(one.part);
    return out;
}

} // namespace

class OffsiteOrderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void picturesAlwaysFindASlot()
    {
        // However much is waiting and whatever runs, but for other pictures.
        const Load waiting{1, 9, 9};
        for (int bulk = 0; bulk <= kSlots; ++bulk) {
            Load running;
            while (running.bulk < bulk && mayBegin(Lane::Bulk, running, waiting, false))
                ++running.bulk;
            while (mayBegin(Lane::Backlog, running, waiting, false))
                ++running.backlog;
            QVERIFY(mayBegin(Lane::Urgent, running, waiting, false));
        }
        Load alone;
        while (mayBegin(Lane::Backlog, alone, {0, 0, 9}, false))
            ++alone.backlog;
        QVERIFY(alone.backlog > 1);
        QVERIFY(mayBegin(Lane::Urgent, alone, {1, 0, 9}, false));
    }

    void backlogHasABoundedShareAndNeverStarves()
    {
        const Load waiting{99, 99, 99};
        Load running;
        while (mayBegin(Lane::Urgent, running, waiting, false))
            ++running.urgent;
        QCOMPARE(running.urgent, kSlots - 1);
        QVERIFY(mayBegin(Lane::Backlog, running, waiting, false));
        ++running.backlog;
        --running.urgent;
        QVERIFY(!mayBegin(Lane::Backlog, running, waiting, false));     // one, not two
        QVERIFY(!mayBegin(Lane::Backlog, {0, 0, 1}, {0, 0, 99}, true)); // nor where the line is slow
    }

    void waitsGrowWithJitter()
    {
        BackOff backOff(1'000, 60'000, 1);
        for (int failures = 1; failures < 100; ++failures) {
            const qint64 whole = std::min<qint64>(qint64(1'000) << std::min(failures - 1, 20), 60'000);
            const qint64 wait = backOff.wait(failures);
            QVERIFY(wait >= whole / 2 && wait <= whole);
        }
        BackOff same(1'000, 60'000, 7);
        BackOff again(1'000, 60'000, 7);
        QCOMPARE(same.wait(5), again.wait(5));
    }

    void breakerLetsOneProbe()
    {
        CircuitBreaker breaker(1);
        qint64 now = 0;
        for (int i = 1; i < CircuitBreaker::kThreshold; ++i)
            breaker.failed(now);
        QVERIFY(breaker.isClosed());
        breaker.failed(now);
        QVERIFY(!breaker.isClosed());
        QVERIFY(!breaker.allows(now));
        now = breaker.until();
        QVERIFY(now > 0);
        QVERIFY(breaker.allows(now));
        breaker.started();
        QVERIFY(!breaker.allows(now + kHourMs));
        breaker.failed(now);
        QVERIFY(!breaker.allows(now));
        now = breaker.until();
        breaker.started();
        breaker.succeeded();
        QVERIFY(breaker.isClosed());
        QVERIFY(breaker.allows(0));
    }

    void breakerDoesAsTheServerAsks()
    {
        CircuitBreaker breaker(1);
        breaker.failed(1'000, 90'000);
        QVERIFY(!breaker.allows(90'999));
        QVERIFY(breaker.allows(91'000));
        CircuitBreaker halted(1);
        halted.halted(0);
        QVERIFY(!halted.allows(CircuitBreaker::kLongest - 1));
        QVERIFY(halted.allows(CircuitBreaker::kLongest));
    }

    void choiceSaysWhatGoes()
    {
        const catalog::Item still = orderItem(Kind::Still);
        const catalog::Item clip = orderItem(Kind::Clip);
        const catalog::Item text = orderItem(Kind::Sidecar);
        const ItemFacts alone{0, true, true, false};
        const ItemFacts withStill{1, false, true, false};
        QVERIFY(wantedOf(still, {1, true}, Choice::Nothing).isEmpty());
        QCOMPARE(wantedOf(still, {1, true}, Choice::Stills).first().rank, Rank::FirstPicture);
        QCOMPARE(wantedOf(still, {4, false}, Choice::Stills).first().rank, Rank::Still);
        QCOMPARE(partsOf(wantedOf(clip, alone, Choice::Stills)), QVector<Part>{Part::Poster});
        QVERIFY(wantedOf(clip, withStill, Choice::Stills).isEmpty());
        QCOMPARE(partsOf(wantedOf(clip, withStill, Choice::LowRes)), QVector<Part>{Part::LowRes});
        QCOMPARE(partsOf(wantedOf(clip, withStill, Choice::Everything)),
                 (QVector<Part>{Part::LowRes, Part::Original}));
        QVERIFY(wantedOf(text, {}, Choice::LowRes).isEmpty());
        QCOMPARE(wantedOf(text, {}, Choice::Everything).first().rank, Rank::Full);
        // No copy can be made: better the original than nothing.
        QCOMPARE(partsOf(wantedOf(clip, {1, false, true, true}, Choice::LowRes)),
                 QVector<Part>{Part::Original});
    }

    void postersWaitForTheExamination()
    {
        const ItemFacts alone{0, true, false, false};
        const auto waiting = wantedOf(orderItem(Kind::Clip, ItemState::Unexamined), alone, Choice::Stills);
        QCOMPARE(waiting.size(), 1);
        QCOMPARE(waiting.first().notBefore, 1'000 + kPosterWait);
        QVERIFY(wantedOf(orderItem(Kind::Clip, ItemState::Damaged), alone, Choice::Stills).isEmpty());
    }

    void temporaryNamesWait_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("waits");
        QTest::newRow("its own") << "/a/b.mp4" << false;
        QTest::newRow("Dahua") << "/a/b.mp4_" << true;
        QTest::newRow("part") << "/a/b.mp4.part" << true;
        QTest::newRow("tmp") << "/a/b_tmp.jpg" << true;
    }

    void temporaryNamesWait()
    {
        QFETCH(const QString, name);
        QFETCH(const bool, waits);
        catalog::Item item = orderItem(Kind::Still);
        item.sourcePath = name;
        QCOMPARE(wantedOf(item, {1, true}, Choice::Stills).first().notBefore,
                 waits ? item.received + kRenameWait : 0);
    }

    void partsFitTheServer()
    {
        s3::ProviderProfile profile;
        QCOMPARE(partSizeFor(kMaxInOnePiece, profile), 0);
        QCOMPARE(partSizeFor(kMaxInOnePiece + 1, profile), qint64(8) << 20);
        for (const qint64 bytes : {qint64(1) << 30, qint64(200) << 30, qint64(4) << 40}) {
            const qint64 size = partSizeFor(bytes, profile);
            QVERIFY(size >= profile.minPart);
            QVERIFY((bytes + size - 1) / size <= profile.maxParts);
        }
        profile.minPart = 50 << 20;
        QCOMPARE(partSizeFor(100 << 20, profile), profile.minPart);
    }

    void speedForgets()
    {
        Throughput throughput;
        throughput.add(Throughput::kWindow, 1'000);
        QCOMPARE(throughput.perSecond(1'000), 1'000);
        QCOMPARE(throughput.perSecond(1'000 + Throughput::kWindow), 0);
    }
};

GATEHOUSE_TEST(OffsiteOrderTest)
#include "order_test.moc"
