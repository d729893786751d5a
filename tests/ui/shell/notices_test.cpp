// Problems reported by the engine are shown above the page until they are over.
#include "base/version.h"
#include "fakes/engine_fixture.h"
#include "preferences/settings_page.h"
#include "protocol/receiver.h"
#include "protocol/repair.h"
#include "protocol/settings.h"
#include "shell/banner.h"
#include "shell/main_window.h"
#include "shell/notices.h"
#include "shell/status_bar.h"
#include "support/durations.h"
#include "support/registry.h"
#include "widgets/icon_button.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QLocale>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::preferences;
using namespace gatehouse::shell;
using namespace gatehouse::widgets;
using gatehouse::tests::EngineFixture;
using gatehouse::tests::kPatience;

namespace
{
constexpr int kNoticesPatience = 15'000;

protocol::Status statusWith(const QVector<protocol::Problem> &problems)
{
    protocol::Status out;
    out.archive.isReady = true;
    out.problems = problems;
    return out;
}

QPushButton *buttonOf(QWidget &where, const QString &text)
{
    for (auto *button : where.findChildren<QPushButton *>()) {
        if (button->isVisible() && button->text() == text)
            return button;
    }
    return nullptr;
}
} // namespace

class NoticesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::darkTheme()); }
    void showsAProblemUntilItEnds();
    void actionsWorkByKeyboardAndHaveAccessibleNames();
    void unchangedSettingsCanBeApplied();
    void showsWhyTheReceiverDoesNotStartUntilDismissed();
    void keepsTheActionNextToLongText();
    void showsARebuildUntilItEnds();
    void offersSettingsForAFullDisk();
    void offersTheSettingsThatAProblemNames();
    void restartsAnOlderEngine();
};

void NoticesTest::showsAProblemUntilItEnds()
{
    EngineFixture fixture;
    MainWindow window(fixture.services(), fixture.client);
    window.show();
    QTRY_VERIFY_WITH_TIMEOUT(window.statusBar().receiving().startsWith(QStringLiteral("Ready")),
                             kNoticesPatience);
    const protocol::Problem damaged{
        QStringLiteral("catalog"), QStringLiteral("The catalog is damaged."), 0, {}, {}};
    const protocol::Problem held{QStringLiteral("hold"), QStringLiteral("Nothing is deleted."), 0,
                                 QStringLiteral("Delete as before"), protocol::ResumeReceiver::kName};
    fixture.show(statusWith({damaged, held}));
    QTRY_COMPARE_WITH_TIMEOUT(window.notices().text(), damaged.text + QLatin1Char('\n') + held.text,
                              kNoticesPatience);
    QPushButton *const button = buttonOf(window.notices(), held.action);
    QVERIFY(button != nullptr);
    button->click();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.commands.count<protocol::ResumeReceiver>(), 1, kNoticesPatience);
    fixture.show(statusWith({held}));
    QTRY_COMPARE_WITH_TIMEOUT(window.notices().text(), held.text, kNoticesPatience);
    fixture.show(statusWith({}));
    QTRY_COMPARE_WITH_TIMEOUT(window.notices().text(), QString(), kNoticesPatience);
}

// Banners follow one another in tab order, before the page's content.
void NoticesTest::actionsWorkByKeyboardAndHaveAccessibleNames()
{
    EngineFixture fixture;
    MainWindow window(fixture.services(), fixture.client);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTRY_VERIFY_WITH_TIMEOUT(window.statusBar().receiving().startsWith(QStringLiteral("Ready")),
                             kNoticesPatience);
    const protocol::Problem damaged{QStringLiteral("catalog"), QStringLiteral("The catalog is damaged."), 0,
                                    QStringLiteral("Repair"), protocol::RepairCatalog::kName};
    const protocol::Problem held{QStringLiteral("hold"), QStringLiteral("Nothing is deleted."), 0,
                                 QStringLiteral("Resume deletion"), protocol::ConfirmRetention::kName};
    fixture.show(statusWith({damaged, held}));
    QTRY_VERIFY_WITH_TIMEOUT(window.notices().text().endsWith(held.text), kNoticesPatience);
    QPushButton *const repair = buttonOf(window.notices(), damaged.action);
    QPushButton *const resume = buttonOf(window.notices(), held.action);
    QVERIFY(repair != nullptr && resume != nullptr);
    repair->setFocus(Qt::TabFocusReason);
    QTest::keyClick(repair, Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), resume);
    QTest::keyClick(resume, Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.commands.count<protocol::ConfirmRetention>(), 1, kNoticesPatience);
    QCOMPARE(repair->accessibleDescription(), damaged.text);
    QCOMPARE(resume->accessibleDescription(), held.text);
    QCOMPARE(resume->parentWidget()->accessibleName(), held.text);
    // When the first is over, the other moves up: a key press meant for "Repair" must not resume.
    repair->setFocus(Qt::TabFocusReason);
    fixture.show(statusWith({held}));
    QTRY_COMPARE_WITH_TIMEOUT(window.notices().text(), held.text, kNoticesPatience);
    QVERIFY(qobject_cast<QPushButton *>(QApplication::focusWidget()) == nullptr);
    // Nor does one that was meant for a banner that has gone.
    protocol::Status paused = statusWith({held});
    paused.pausedUntil = 4'000'000'000'000;
    fixture.show(paused);
    QTRY_VERIFY_WITH_TIMEOUT(buttonOf(window.notices(), QStringLiteral("Resume")) != nullptr,
                             kNoticesPatience);
    buttonOf(window.notices(), QStringLiteral("Resume"))->setFocus(Qt::TabFocusReason);
    fixture.show(statusWith({held}));
    QTRY_COMPARE_WITH_TIMEOUT(window.notices().text(), held.text, kNoticesPatience);
    QVERIFY(qobject_cast<QPushButton *>(QApplication::focusWidget()) == nullptr);
}

// The file cannot be read: the page shows the active settings, and Apply writes them even unchanged.
void NoticesTest::unchangedSettingsCanBeApplied()
{
    EngineFixture fixture;
    MainWindow window(fixture.services(), fixture.client);
    window.show();
    QTRY_VERIFY_WITH_TIMEOUT(window.statusBar().receiving().startsWith(QStringLiteral("Ready")),
                             kNoticesPatience);
    const protocol::Problem unread{
        QStringLiteral("settings"), QStringLiteral("settings.json can't be read."), 0, {}, {}};
    fixture.show(statusWith({unread}));
    QTRY_COMPARE_WITH_TIMEOUT(window.notices().text(), unread.text, kNoticesPatience);
    auto *const page = window.findChild<SettingsPage *>();
    QVERIFY(!page->isVisible());
    QPushButton *const show = buttonOf(window.notices(), QStringLiteral("Show settings"));
    QVERIFY(show != nullptr);
    show->click();
    QVERIFY(page->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(page->applyButton()->isEnabled(), kNoticesPatience);
    page->applyButton()->setFocus(Qt::TabFocusReason);
    page->applyButton()->click();
    QVERIFY(qobject_cast<QPushButton *>(QApplication::focusWidget()) == nullptr);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.commands.count<protocol::SetSettings>(), 1, kNoticesPatience);
    fixture.show(statusWith({}));
    QTRY_VERIFY_WITH_TIMEOUT(!page->applyButton()->isEnabled(), kNoticesPatience);
}

void NoticesTest::showsWhyTheReceiverDoesNotStartUntilDismissed()
{
    EngineFixture fixture;
    MainWindow window(fixture.services(), fixture.client);
    window.show();
    QTRY_VERIFY_WITH_TIMEOUT(window.statusBar().receiving().startsWith(QStringLiteral("Ready")),
                             kNoticesPatience);
    fixture.server.reset();
    QTRY_VERIFY_WITH_TIMEOUT(window.notices().text().startsWith(QStringLiteral("The receiver stopped")),
                             kNoticesPatience);
    const QString why = QStringLiteral("Gatehouse cannot receive: the port is taken.");
    window.warn(why);
    QCOMPARE(window.notices().text(), why);
    // After closing it, the current state is shown again.
    for (auto *button : window.notices().findChildren<widgets::IconButton *>()) {
        if (button->isVisible())
            button->click();
    }
    QVERIFY(window.notices().text().startsWith(QStringLiteral("The receiver stopped")));
}

void NoticesTest::keepsTheActionNextToLongText()
{
    Banner banner;
    banner.say(QStringLiteral("triangle-alert"), QStringLiteral("Words and more words. ").repeated(20),
               {QStringLiteral("Repair")});
    banner.resize(3'840, banner.sizeHint().height());
    banner.show();
    QVERIFY(banner.findChild<QPushButton *>()->geometry().right() < 1'100);
    banner.resize(600, banner.heightForWidth(600));
    QTRY_VERIFY_WITH_TIMEOUT(banner.findChild<QPushButton *>()->geometry().right() > 520, kPatience);
}

void NoticesTest::showsARebuildUntilItEnds()
{
    EngineFixture fixture;
    MainWindow window(fixture.services(), fixture.client);
    window.show();
    QTRY_VERIFY_WITH_TIMEOUT(window.statusBar().receiving().startsWith(QStringLiteral("Ready")),
                             kNoticesPatience);
    protocol::Status status = statusWith({});
    status.rebuilding = 12'345;
    fixture.show(status);
    QTRY_COMPARE_WITH_TIMEOUT(
        window.notices().text(),
        QStringLiteral("Rebuilding the catalog: %1 files checked").arg(QLocale().toString(12'345)),
        kNoticesPatience);
    fixture.show(statusWith({}));
    QTRY_COMPARE_WITH_TIMEOUT(window.notices().text(), QString(), kNoticesPatience);
}

void NoticesTest::offersSettingsForAFullDisk()
{
    EngineFixture fixture;
    MainWindow window(fixture.services(), fixture.client);
    window.show();
    QTRY_VERIFY_WITH_TIMEOUT(window.statusBar().receiving().startsWith(QStringLiteral("Ready")),
                             kNoticesPatience);
    protocol::Status status = statusWith({});
    status.archive.isReady = false;
    status.archive.reason = QStringLiteral("The disk that holds /archive is full.");
    status.archive.isFull = true;
    fixture.show(status);
    QTRY_VERIFY_WITH_TIMEOUT(window.notices().text().contains(status.archive.reason), kNoticesPatience);
    const auto isAt = [&window](const char *field) {
        return window.focusWidget() != nullptr &&
               window.focusWidget()->accessibleName() == QLatin1String(field);
    };
    QPushButton *const less = buttonOf(window.notices(), QStringLiteral("Keep less…"));
    QPushButton *const other = buttonOf(window.notices(), QStringLiteral("Choose another folder…"));
    QVERIFY(less != nullptr && other != nullptr);
    less->click();
    QVERIFY(window.settings().isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(isAt("Days to keep recordings"), kNoticesPatience);
    other->click();
    QTRY_VERIFY_WITH_TIMEOUT(isAt("Folder for recordings"), kNoticesPatience);
    // Of a disk that is missing, nothing can be deleted.
    status.archive.isFull = false;
    status.archive.reason = QStringLiteral("The archive folder /archive is missing.");
    fixture.show(status);
    QTRY_VERIFY_WITH_TIMEOUT(window.notices().text().contains(status.archive.reason), kNoticesPatience);
    QVERIFY(buttonOf(window.notices(), QStringLiteral("Keep less…")) == nullptr);
    QVERIFY(buttonOf(window.notices(), QStringLiteral("Choose another folder…")) != nullptr);
}

void NoticesTest::offersTheSettingsThatAProblemNames()
{
    EngineFixture fixture;
    MainWindow window(fixture.services(), fixture.client);
    window.show();
    QTRY_VERIFY_WITH_TIMEOUT(window.statusBar().receiving().startsWith(QStringLiteral("Ready")),
                             kNoticesPatience);
    protocol::Problem nearlyFull{QStringLiteral("retention"), QStringLiteral("The disk is nearly full.")};
    nearlyFull.settings = {QStringLiteral("retention.reserveBytes"), QStringLiteral("archive.folder")};
    fixture.show(statusWith({nearlyFull}));
    QTRY_COMPARE_WITH_TIMEOUT(window.notices().text(), nearlyFull.text, kNoticesPatience);
    QPushButton *const leave = buttonOf(window.notices(), QStringLiteral("Leave less free…"));
    QVERIFY(leave != nullptr);
    QVERIFY(buttonOf(window.notices(), QStringLiteral("Choose another folder…")) != nullptr);
    leave->setFocus(Qt::TabFocusReason);
    QTest::keyClick(leave, Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(window.focusWidget() && window.focusWidget()->accessibleName() ==
                                                         QStringLiteral("Free space to leave"),
                             kNoticesPatience);
}

void NoticesTest::restartsAnOlderEngine()
{
    EngineFixture fixture;
    MainWindow window(fixture.services(), fixture.client);
    window.show();
    QTRY_VERIFY_WITH_TIMEOUT(window.statusBar().receiving().startsWith(QStringLiteral("Ready")),
                             kNoticesPatience);
    QSignalSpy restart(&window, &MainWindow::engineRestartRequested);
    const QString own = buildVersion();
    const auto replaceBy = [&fixture](const QString &version) {
        fixture.server.reset();
        fixture.server =
            std::make_unique<control::Server>(fixture.socket(), fixture.commands, fixture.writer->changes());
        fixture.server->setGreeting({version, 1, {}});
        QVERIFY(fixture.server->listen());
    };
    replaceBy(QStringLiteral("0.0.1"));
    QTRY_VERIFY_WITH_TIMEOUT(window.notices().text().startsWith(QStringLiteral("An older version")),
                             kNoticesPatience);
    QVERIFY(window.notices().text().contains(own));
    QPushButton *const button = buttonOf(window.notices(), QStringLiteral("Restart the engine"));
    QVERIFY(button != nullptr);
    button->click();
    QCOMPARE(restart.size(), 1);
    // A newer one: this window has to go.
    replaceBy(QStringLiteral("999.0.0"));
    QTRY_VERIFY_WITH_TIMEOUT(window.notices().text().startsWith(QStringLiteral("A newer version")),
                             kNoticesPatience);
    QVERIFY(buttonOf(window.notices(), QStringLiteral("Restart the engine")) == nullptr);
    replaceBy(own);
    QTRY_COMPARE_WITH_TIMEOUT(window.notices().text(), QString(), kNoticesPatience);
}

GATEHOUSE_TEST(NoticesTest)
#include "notices_test.moc"
