// The real window on its own display and bus, with a tray: closing hides to the tray, its icon opens, pauses
// and quits, and the window survives the end of the tray.
#include "support/durations.h"
#include "support/program_fixture.h"
#include "support/registry.h"
#include "support/test_data.h"
#include "tray_host.h"

#include <QDBusConnectionInterface>
#include <QStandardPaths>
#include <QTest>
#include <algorithm>

using namespace gatehouse::tests;

class TrayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();
    void closingHidesToTheTray();
    void menuPausesAndQuits();
    void losingTheTrayRestoresTheWindow();
    void waitsHiddenForALateTray();

private:
    QByteArray run(const QStringList &command);
    // The X id of a visible window; empty: none.
    QByteArray seen(const QString &title);
    void press(const QByteArray &window, const QStringList &keys);

    QProcess m_screen;
    QProcess m_bus;
    QProcess m_window;
    QProcessEnvironment m_environment = QProcessEnvironment::systemEnvironment();
    std::unique_ptr<ProgramFixture> m_fixture;
    std::unique_ptr<TrayHost> m_host;
};

namespace
{

QString mainWindow()
{
    return QStringLiteral("^Gatehouse$");
}

QByteArray firstLineOf(QProcess &process, const QString &program, const QStringList &arguments)
{
    process.start(program, arguments);
    while (process.waitForReadyRead(kPatience)) {
        if (process.canReadLine())
            return process.readLine().trimmed();
    }
    return {};
}

} // namespace

void TrayTest::initTestCase()
{
    for (const char *tool : {"Xvfb", "dbus-daemon", "xdotool"}) {
        if (QStandardPaths::findExecutable(QLatin1String(tool)).isEmpty())
            QSKIP("Xvfb, dbus-daemon and xdotool are needed");
    }
    const QByteArray display =
        firstLineOf(m_screen, QStringLiteral("Xvfb"),
                    {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"),
                     QStringLiteral("0"), QStringLiteral("1600x1000x24"), QStringLiteral("-noreset"),
                     QStringLiteral("-nolisten"), QStringLiteral("tcp")});
    QVERIFY(!display.isEmpty());
    const QByteArray address = firstLineOf(
        m_bus, QStringLiteral("dbus-daemon"),
        {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address=1")});
    QVERIFY(!address.isEmpty());
    m_environment.insert(QStringLiteral("DISPLAY"), QLatin1Char(':') + QString::fromLatin1(display));
    m_environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QString::fromLatin1(address));
    m_environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    m_environment.remove(QStringLiteral("WAYLAND_DISPLAY"));
}

void TrayTest::init()
{
    const QString address = m_environment.value(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
    m_host = std::make_unique<TrayHost>(QDBusConnection::connectToBus(address, QStringLiteral("tray")));
    QVERIFY(m_host->start());
    m_fixture = std::make_unique<ProgramFixture>();
    QVERIFY2(m_fixture->start(), qPrintable(m_fixture->lastError()));
    m_window.setProcessEnvironment(m_environment);
    m_window.start(program(), {QStringLiteral("--data"), m_fixture->data()});
    QTRY_VERIFY_WITH_TIMEOUT(!seen(mainWindow()).isEmpty(), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!m_host->items().isEmpty(), kPatience);
}

void TrayTest::cleanup()
{
    m_window.kill();
    m_window.waitForFinished(kPatience);
    m_fixture.reset();
    m_host.reset();
    QDBusConnection::disconnectFromBus(QStringLiteral("tray"));
}

void TrayTest::cleanupTestCase()
{
    for (QProcess *process : {&m_bus, &m_screen}) {
        process->terminate();
        process->waitForFinished(kPatience);
    }
}

QByteArray TrayTest::run(const QStringList &command)
{
    QProcess process;
    process.setProcessEnvironment(m_environment);
    process.start(command.first(), command.mid(1));
    process.waitForFinished(kPatience);
    return process.readAllStandardOutput().trimmed();
}

QByteArray TrayTest::seen(const QString &title)
{
    return run({QStringLiteral("xdotool"), QStringLiteral("search"), QStringLiteral("--onlyvisible"),
                QStringLiteral("--name"), title});
}

void TrayTest::press(const QByteArray &window, const QStringList &keys)
{
    // There is no window manager to focus a window.
    run(QStringList{QStringLiteral("xdotool"), QStringLiteral("windowfocus"), QStringLiteral("--sync"),
                    QString::fromLatin1(window), QStringLiteral("key")} +
        keys);
}

void TrayTest::closingHidesToTheTray()
{
    press(seen(mainWindow()), {QStringLiteral("ctrl+w")});
    QTRY_VERIFY_WITH_TIMEOUT(seen(mainWindow()).isEmpty(), kPatience);
    QCOMPARE(m_window.state(), QProcess::Running);
    QVERIFY(m_fixture->isRunning());
    m_host->click();
    QTRY_VERIFY_WITH_TIMEOUT(!seen(mainWindow()).isEmpty(), kPatience);
    press(seen(mainWindow()), {QStringLiteral("ctrl+w")});
    QTRY_VERIFY_WITH_TIMEOUT(seen(mainWindow()).isEmpty(), kPatience);
    QVERIFY(m_host->choose(QStringLiteral("Open Gatehouse")));
    QTRY_VERIFY_WITH_TIMEOUT(!seen(mainWindow()).isEmpty(), kPatience);
}

void TrayTest::menuPausesAndQuits()
{
    const auto pausedUntil = [this] {
        const auto status = m_fixture->cli({QStringLiteral("status")});
        return status.value(0).value(QLatin1String("paused_until")).toInteger();
    };
    QTRY_VERIFY_WITH_TIMEOUT(m_host->choose(QStringLiteral("For 15 min")), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(pausedUntil() > 0, kPatience);
    QVERIFY(m_host->choose(QStringLiteral("Resume receiving")));
    QTRY_COMPARE_WITH_TIMEOUT(pausedUntil(), 0, kPatience);

    press(seen(mainWindow()), {QStringLiteral("ctrl+w")});
    QTRY_VERIFY_WITH_TIMEOUT(seen(mainWindow()).isEmpty(), kPatience);
    QVERIFY(m_host->choose(QStringLiteral("Quit…")));
    const QString question = QStringLiteral("Quit Gatehouse");
    QTRY_VERIFY_WITH_TIMEOUT(!seen(question).isEmpty(), kPatience);
    press(seen(question), {QStringLiteral("space")}); // "Quit the window" has the focus
    QTRY_COMPARE_WITH_TIMEOUT(m_window.state(), QProcess::NotRunning, kPatience);
    QCOMPARE(m_window.exitCode(), 0);
    QVERIFY(m_fixture->isRunning()); // the window did not start it
}

void TrayTest::losingTheTrayRestoresTheWindow()
{
    press(seen(mainWindow()), {QStringLiteral("ctrl+w")});
    QTRY_VERIFY_WITH_TIMEOUT(seen(mainWindow()).isEmpty(), kPatience);
    QVERIFY(m_host->stop());
    QTRY_VERIFY_WITH_TIMEOUT(!seen(mainWindow()).isEmpty(), kPatience);
    // Closing now asks, and never hides the window.
    press(seen(mainWindow()), {QStringLiteral("ctrl+w")});
    QTRY_VERIFY_WITH_TIMEOUT(!seen(QStringLiteral("Quit Gatehouse")).isEmpty(), kPatience);
    QVERIFY(!seen(mainWindow()).isEmpty());
}

// At login, the window may start before the desktop has its tray.
void TrayTest::waitsHiddenForALateTray()
{
    m_window.kill();
    m_window.waitForFinished(kPatience);
    QVERIFY(m_host->stop());
    m_host.reset();
    const QString address = m_environment.value(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
    const QDBusConnection bus = QDBusConnection::connectToBus(address, QStringLiteral("tray"));
    const auto programs = [&bus] { return bus.interface()->registeredServiceNames().value(); };
    const QStringList before = programs();
    const auto isUp = [&] {
        const QStringList now = programs();
        return std::any_of(now.begin(), now.end(),
                           [&](const QString &name) { return !before.contains(name); });
    };
    m_window.start(program(), {QStringLiteral("--data"), m_fixture->data(), QStringLiteral("--hidden")});
    QVERIFY(m_window.waitForStarted(kPatience));
    QTRY_VERIFY_WITH_TIMEOUT(isUp(), kPatience); // it looks for a tray
    QVERIFY(seen(mainWindow()).isEmpty());
    m_host = std::make_unique<TrayHost>(bus);
    QVERIFY(m_host->start());
    QTRY_VERIFY_WITH_TIMEOUT(!m_host->items().isEmpty(), kPatience);
    QVERIFY(seen(mainWindow()).isEmpty());
    m_host->click();
    QTRY_VERIFY_WITH_TIMEOUT(!seen(mainWindow()).isEmpty(), kPatience);
}

GATEHOUSE_TEST(TrayTest)
#include "tray_test.moc"
