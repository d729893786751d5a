// A window switched from dark to light looks like one that was light from the start: no widget keeps a colour
// of the theme it was created in.
#include "fakes/engine_fixture.h"
#include "models/camera_model.h"
#include "preferences/settings_page.h"
#include "review/review_page.h"
#include "review/review_screen.h"
#include "shell/main_window.h"
#include "shell/status_bar.h"
#include "support/durations.h"
#include "support/registry.h"
#include "widgets/copy_field.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QFile>
#include <QLineEdit>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::shell;
using namespace gatehouse::widgets;
using gatehouse::tests::EngineFixture;
using gatehouse::tests::kPatience;

namespace
{

constexpr int kSwitchPatience = 15'000;

bool looksAlike(QWidget &a, QWidget &b)
{
    return a.grab().toImage() == b.grab().toImage();
}

// The static parts of both windows, in the same order.
QVector<QWidget *> partsOf(const QWidget &window)
{
    QVector<QWidget *> out;
    for (auto *part : window.findChildren<QWidget *>()) {
        const bool isPart =
            part->isVisible() && !part->isWindow() && part->findChildren<QWidget *>().isEmpty();
        // The timeline moves with the clock and is repainted with every change.
        if (isPart && !part->inherits("gatehouse::timeline::LaneView") &&
            !part->inherits("gatehouse::timeline::TimelineRuler") &&
            !part->inherits("gatehouse::timeline::OverviewStrip") &&
            !part->inherits("gatehouse::timeline::LaneHeaders"))
            out.append(part);
    }
    return out;
}

// The first part that differs from its counterpart; empty: none.
QString unlikePart(const QWidget &a, const QWidget &b)
{
    if (QWidget *focused = QApplication::focusWidget()) // only one of two windows has the focus
        focused->clearFocus();
    const QVector<QWidget *> ones = partsOf(a);
    const QVector<QWidget *> twins = partsOf(b);
    if (ones.size() != twins.size())
        return QStringLiteral("%1 parts and %2").arg(ones.size()).arg(twins.size());
    for (qsizetype i = 0; i < ones.size(); ++i) {
        const bool isPointedAt = ones[i]->underMouse() || twins[i]->underMouse();
        if (!isPointedAt && !looksAlike(*ones[i], *twins[i]))
            return QStringLiteral("%1 \"%2\"")
                .arg(QLatin1String(ones[i]->metaObject()->className()), ones[i]->accessibleName());
    }
    return {};
}

} // namespace

class ThemeSwitchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void windowFollowsTheTheme_data();
    void windowFollowsTheTheme();
    void copyFieldFollowsTheTheme();
    void cleanup() { widgets::applyTheme(*qApp, widgets::darkTheme()); }
};

void ThemeSwitchTest::windowFollowsTheTheme_data()
{
    QTest::addColumn<bool>("hasEvidence");
    QTest::addColumn<bool>("isSettings");
    QTest::newRow("review") << true << false;
    QTest::newRow("empty state") << false << false;
    QTest::newRow("settings") << true << true;
}

void ThemeSwitchTest::windowFollowsTheTheme()
{
    QFETCH(bool, hasEvidence);
    QFETCH(bool, isSettings);
    EngineFixture fixture;
    if (hasEvidence) {
        const auto yard = fixture.addCamera(QStringLiteral("Yard"));
        fixture.add(yard, Kind::Still, fixture.clock.now() - 600'000);
    }
    const WindowOptions options{fixture.folder.filePath(QStringLiteral("window.json")), {}};
    const auto ready = [&](MainWindow &window) {
        window.resize(1600, 1000);
        window.show();
        if (isSettings)
            QMetaObject::invokeMethod(window.actions().at(3), "trigger");
        return QTest::qWaitFor(
            [&] {
                return window.review().cameras().isLoaded() &&
                       window.review().page().isEmptyStateShown() != hasEvidence &&
                       window.statusBar().receiving().startsWith(QStringLiteral("Ready"));
            },
            kSwitchPatience);
    };
    MainWindow switched(fixture.services(), fixture.client, options);
    QVERIFY(ready(switched));
    QVERIFY(widgets::themeOf(switched).isDark);
    fixture.applySettings([](settings::Settings &settings) { settings.theme = QStringLiteral("light"); });
    switched.settings().read();
    QTRY_VERIFY_WITH_TIMEOUT(!widgets::themeOf(switched).isDark, kSwitchPatience);
    const auto isKept = [&] {
        QFile file(options.stateFile);
        return file.open(QIODevice::ReadOnly) && file.readAll().contains("\"light\"");
    };
    QTRY_VERIFY_WITH_TIMEOUT(isKept(), kSwitchPatience);

    MainWindow light(fixture.services(), fixture.client, options);
    QVERIFY(ready(light));
    QString unlike;
    const auto isAlike = [&] {
        unlike = unlikePart(switched, light);
        return unlike.isEmpty();
    };
    QVERIFY2(QTest::qWaitFor(isAlike, kSwitchPatience), qPrintable(unlike));
}

void ThemeSwitchTest::copyFieldFollowsTheTheme()
{
    CopyField before(QStringLiteral("Port"));
    before.setValue(QStringLiteral("2121"));
    before.show();
    widgets::applyTheme(*qApp, widgets::lightTheme());
    CopyField after(QStringLiteral("Port"));
    after.setValue(QStringLiteral("2121"));
    after.show();
    QTRY_VERIFY_WITH_TIMEOUT(looksAlike(before, after), kPatience);
}

GATEHOUSE_TEST(ThemeSwitchTest)
#include "theme_switch_test.moc"
