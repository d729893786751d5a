// A keychain that is there, but gives nothing: the engine, whose event loop is not GLib's, says so within its
// patience, records on, and does not hang.
#include "support/durations.h"
#include "support/ftp_client.h"
#include "support/program_fixture.h"
#include "support/registry.h"
#include "support/test_data.h"
#include "support/tiny_media.h"

#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace gatehouse::tests;

namespace
{

// Takes every call, and answers none or with an error.
class SilentKeychain final : public QDBusVirtualObject
{
public:
    explicit SilentKeychain(bool refuses) : m_refuses(refuses) {}

    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override
    {
        if (m_refuses)
            connection.send(message.createErrorReply(QDBusError::AccessDenied, QStringLiteral("locked")));
        ++calls;
        return true;
    }

    int calls = 0;

private:
    const bool m_refuses;
};

} // namespace

class LockedKeychainTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void isReported_data();
    void isReported();

private:
    QProcess m_bus;
    QString m_address;
};

void LockedKeychainTest::init()
{
    if (QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty())
        QSKIP("dbus-daemon is needed");
    m_bus.start(QStringLiteral("dbus-daemon"),
                {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
    QTRY_VERIFY_WITH_TIMEOUT(m_bus.canReadLine(), kPatience);
    m_address = QString::fromLatin1(m_bus.readLine().trimmed());
}

void LockedKeychainTest::cleanup()
{
    QDBusConnection::disconnectFromBus(QStringLiteral("keychain"));
    m_bus.terminate();
    m_bus.waitForFinished(kPatience);
}

void LockedKeychainTest::isReported_data()
{
    QTest::addColumn<bool>("refuses");
    QTest::newRow("refuses") << true;
    QTest::newRow("does not answer") << false;
}

void LockedKeychainTest::isReported()
{
    QFETCH(bool, refuses);
    SilentKeychain keychain(refuses);
    QDBusConnection bus = QDBusConnection::connectToBus(m_address, QStringLiteral("keychain"));
    QVERIFY(bus.isConnected());
    QVERIFY(bus.registerVirtualObject(QStringLiteral("/"), &keychain, QDBusConnection::SubPath));
    QVERIFY(bus.registerService(QStringLiteral("org.freedesktop.secrets")));

    ProgramFixture fixture;
    fixture.runUnder({QStringLiteral("env"), QStringLiteral("DBUS_SESSION_BUS_ADDRESS=") + m_address});
    QVERIFY(QDir().mkpath(fixture.data() + QStringLiteral("/config")));
    QFile settings(fixture.data() + QStringLiteral("/config/settings.json"));
    QVERIFY(settings.open(QIODevice::WriteOnly));
    settings.write(R"({"offsite": {"endpoint": "http://127.0.0.1:1", "bucket": "evidence", "site": "house",
                                   "accessKey": "key"}})");
    settings.close();
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    // This process answers for the keychain: its event loop must run while it waits.
    const auto trouble = [&fixture] {
        QProcess status;
        status.start(program(), {QStringLiteral("offsite"), QStringLiteral("status"),
                                 QStringLiteral("--json"), QStringLiteral("--data"), fixture.data()});
        if (!QTest::qWaitFor([&] { return status.state() == QProcess::NotRunning; }, kPatience))
            return QString();
        const QJsonObject said = QJsonDocument::fromJson(status.readAllStandardOutput()).object();
        return said.value(QLatin1String("trouble")).toObject().value(QLatin1String("text")).toString();
    };
    QTRY_VERIFY_WITH_TIMEOUT(trouble().contains(QLatin1String("keychain")), kPatience);
    QVERIFY(keychain.calls > 0);
    FtpClient camera;
    QVERIFY2(fixture.addCamera(QStringLiteral("cam"), "secret"), qPrintable(fixture.lastError()));
    QVERIFY(camera.logIn(fixture.port(), "cam", "secret"));
    QVERIFY2(camera.store("MDAlarm_20260612-100000.jpg", makeStill({})), camera.lastReply());
    QCOMPARE(fixture.stop(), 0);
}

GATEHOUSE_TEST(LockedKeychainTest)
#include "locked_keychain_test.moc"
