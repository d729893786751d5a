// Keyboard users see the focus on every sort of button, and nothing moves when it arrives.
#include "support/registry.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QTest>

using namespace gatehouse::widgets;

class FocusTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void buttonsShowAFocusRing_data();
    void buttonsShowAFocusRing();
    void cleanup() { applyTheme(*qApp, darkTheme()); }
};

void FocusTest::buttonsShowAFocusRing_data()
{
    QTest::addColumn<QByteArray>("property");
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<bool>("isDark");
    for (const bool isDark : {true, false}) {
        const QByteArray theme = isDark ? "dark " : "light ";
        QTest::newRow(theme + "plain") << QByteArray("role") << QVariant(QString()) << isDark;
        for (const char *role : {"primary", "ghost", "delete", "deleting", "link"})
            QTest::newRow(theme + role)
                << QByteArray("role") << QVariant(QString::fromLatin1(role)) << isDark;
        for (const char *size : {"small", "inside"})
            QTest::newRow(theme + size) << QByteArray(size) << QVariant(true) << isDark;
    }
}

void FocusTest::buttonsShowAFocusRing()
{
    QFETCH(QByteArray, property);
    QFETCH(QVariant, value);
    QFETCH(bool, isDark);
    applyTheme(*qApp, isDark ? darkTheme() : lightTheme());
    QWidget window;
    QPushButton button(QStringLiteral("Open anyway"));
    QPushButton other(QStringLiteral("Other"));
    button.setProperty(property, value);
    auto *row = new QHBoxLayout(&window);
    row->addWidget(&other);
    row->addWidget(&button);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    other.setFocus(Qt::TabFocusReason);
    const QRect before = button.geometry();
    const QSize hint = button.sizeHint();
    const QImage without = button.grab().toImage();
    QTest::keyClick(&other, Qt::Key_Tab);
    QVERIFY(button.hasFocus());
    QCOMPARE(button.sizeHint(), hint);
    QCOMPARE(button.geometry(), before);
    const QImage with = button.grab().toImage();
    int differing = 0;
    for (int x = 0; x < with.width(); ++x)
        differing += with.pixel(x, 1) != without.pixel(x, 1) || with.pixel(x, 0) != without.pixel(x, 0);
    QVERIFY2(differing > with.width() / 2, "no ring is seen along the edge");
}

GATEHOUSE_TEST(FocusTest)
#include "focus_test.moc"
