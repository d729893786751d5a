#include "shell/window_fit.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse::shell;

class WindowFitTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fitsTheFirstWindow_data();
    void fitsTheFirstWindow();
    void bringsBackARestoredEvent();
};

void WindowFitTest::fitsTheFirstWindow_data()
{
    QTest::addColumn<QRect>("screen");
    QTest::newRow("1280x720") << QRect(0, 0, 1280, 720);
    QTest::newRow("1366x768 with a panel") << QRect(0, 28, 1366, 740);
    QTest::newRow("1920x1200 at 200 %") << QRect(0, 0, 960, 600);
    QTest::newRow("1600x1000") << QRect(0, 0, 1600, 1000);
    QTest::newRow("4K, on the left") << QRect(-3840, 0, 3840, 2160);
    QTest::newRow("upright") << QRect(0, 0, 1080, 1920);
    QTest::newRow("800x480") << QRect(0, 0, 800, 480);
}

void WindowFitTest::fitsTheFirstWindow()
{
    QFETCH(QRect, screen);
    const QRect window = firstWindow(screen);
    QVERIFY(screen.contains(window.marginsAdded(kTypicalFrame)));
    QVERIFY(window.width() <= 1600 && window.height() <= 1000);
    const QSize least = leastWindowSize(screen.size());
    QVERIFY(window.width() >= least.width() && window.height() >= least.height());
    if (screen.width() > 1700 && screen.height() > 1100)
        QCOMPARE(window.size(), QSize(1600, 1000));
}

void WindowFitTest::bringsBackARestoredEvent()
{
    const QRect screen(0, 0, 1920, 1080);
    const QRect fine(100, 80, 1400, 900);
    QCOMPARE(fittedWindow(fine, screen), fine);
    // It was on a larger screen, or on one that is gone.
    for (const QRect &lost : {QRect(2500, 300, 1400, 900), QRect(-900, -200, 3000, 2000),
                              QRect(0, 0, 1920, 1080), QRect(1900, 1060, 1200, 700)}) {
        const QRect found = fittedWindow(lost, screen);
        QVERIFY(screen.contains(found.marginsAdded(kTypicalFrame)));
        QCOMPARE(found.width(), std::min(lost.width(), screen.width() - 8));
    }
}

GATEHOUSE_TEST(WindowFitTest)
#include "window_fit_test.moc"
