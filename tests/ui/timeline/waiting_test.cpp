// Nothing is read on the window's own thread: it answers at once while the readers are held up, and may be
// closed then.
#include "support/registry.h"
#include "timeline_fixture.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QSemaphore>

using namespace gatehouse;
using namespace gatehouse::tests;

namespace
{

// Every thread of the pool waits until the semaphore is released twice.
void holdUp(catalog::ReaderPool &pool, QSemaphore &hold)
{
    for (int i = 0; i < 2; ++i) {
        pool.ask([&hold](catalog::Reader &) -> Result<int> {
            hold.acquire();
            return 0;
        });
    }
}

} // namespace

class WaitingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::darkTheme()); }
    void staysResponsiveWhileReadersAreBlocked();
    void closesDuringPendingQueries();
};

// With every reader's thread held up nothing arrives, and the timeline still answers at once.
void WaitingTest::staysResponsiveWhileReadersAreBlocked()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    fixture.add(yard, Kind::Clip, kTestNow - 26 * kHourMs, 60'000);
    timeline::TimelinePanel &panel = fixture.open();
    QSemaphore hold;
    holdUp(*fixture.pool, hold);
    panel.axis().panBy(-30 * 1'200);
    panel.zoom(0.25);
    QTest::keyClick(&panel, Qt::Key_Right);
    (void)panel.grab(); // a window that waited for the disk would not come back from here
    QVERIFY(panel.recordings().isLoading());
    hold.release(2);
    fixture.settle();
}

// The answers find nobody any more: nothing happens.
void WaitingTest::closesDuringPendingQueries()
{
    for (int round = 0; round < 20; ++round) {
        TimelineFixture fixture;
        fixture.fixture.addCamera(QStringLiteral("Yard"));
        timeline::TimelinePanel &panel = fixture.open();
        QSemaphore hold;
        holdUp(*fixture.pool, hold);
        panel.axis().panBy(-30 * 1'200);
        QTest::keyClick(&panel, Qt::Key_Right);
        QTest::keyClick(&panel, Qt::Key_Home);
        Q_EMIT fixture.services->changes.camerasChanged({});
        QVERIFY(panel.recordings().isLoading());
        fixture.panel.reset();
        hold.release(2);
        // A question asked last is answered last: by then the others have been.
        const auto last = fixture.pool->ask([](catalog::Reader &reader) { return reader.cameras(); });
        QTRY_VERIFY_WITH_TIMEOUT(last.isFinished(), kPatience);
        QCoreApplication::processEvents();
    }
}

GATEHOUSE_TEST(WaitingTest)
#include "waiting_test.moc"
