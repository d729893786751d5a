// Secrets in files and systemd's credentials, and a keychain that is not there: it must say so, soon.
#include "secrets/choose_secrets.h"
#include "secrets/file_secrets.h"
#include "secrets/keychain_secrets.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::secrets;
using namespace gatehouse::tests;

namespace
{

const QString kName = QStringLiteral("offsite");

// Runs the event loop meanwhile, which a keychain needs.
template<typename T>
Result<T> awaited(const QFuture<Result<T>> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, kPatience) || future.resultCount() == 0)
        return fail(ErrorKind::Internal, QStringLiteral("no answer"));
    return future.result();
}

template<typename T>
ErrorKind kindOf(const Result<T> &result)
{
    return result ? ErrorKind::Internal : result.error().kind;
}

bool writeText(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

} // namespace

class SecretsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsAFileThatOnlyItsOwnerReads()
    {
        const QTemporaryDir folder;
        const QString secretsFolder = folder.filePath(QStringLiteral("config/secrets"));
        FileSecrets secrets(secretsFolder);
        QCOMPARE(kindOf(awaited(secrets.read(kName))), ErrorKind::NotFound);
        QVERIFY(awaited(secrets.remove(kName)));
        QVERIFY(!QFile::exists(secretsFolder));

        QVERIFY(awaited(secrets.write(kName, "first")));
        QVERIFY(awaited(secrets.write(kName, "wJalrXUtnFEMI/K7MDENG+b=")));
        QCOMPARE(awaited(secrets.read(kName)).value_or(QByteArray()), QByteArray("wJalrXUtnFEMI/K7MDENG+b="));
        const QFileInfo file(secretsFolder + QStringLiteral("/offsite"));
        constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(!(file.permissions() & others));
        QVERIFY(!(QFileInfo(secretsFolder).permissions() & (others | QFile::ExeGroup | QFile::ExeOther)));
        QVERIFY(secrets.place(kName).contains(file.filePath()));
        QCOMPARE(QDir(secretsFolder).entryList(QDir::Files), QStringList{kName}); // nothing half-written

        QVERIFY(awaited(secrets.remove(kName)));
        QVERIFY(!QFile::exists(file.filePath()));
        QCOMPARE(kindOf(awaited(secrets.read(kName))), ErrorKind::NotFound);
    }

    void tightensAFileThatOthersCouldRead()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(kName);
        QVERIFY(writeText(path, "before\n"));
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
        FileSecrets secrets(folder.path());
        QCOMPARE(awaited(secrets.read(kName)).value_or(QByteArray()), QByteArray("before"));
        QVERIFY(awaited(secrets.write(kName, "after")));
        QVERIFY(!(QFile::permissions(path) & QFile::ReadOther));
    }

    void prefersCredentialsAndLeavesThem()
    {
        const QTemporaryDir folder;
        const QTemporaryDir credentials;
        QVERIFY(writeText(credentials.filePath(QStringLiteral("gatehouse-offsite")), "from systemd\n"));
        FileSecrets secrets(folder.path(), credentials.path());
        QCOMPARE(awaited(secrets.read(kName)).value_or(QByteArray()), QByteArray("from systemd"));
        const auto written = awaited(secrets.write(kName, "other"));
        QCOMPARE(kindOf(written), ErrorKind::Denied);
        QVERIFY(written.error().text.contains(QLatin1String("LoadCredential=gatehouse-offsite")));
        QCOMPARE(kindOf(awaited(secrets.remove(kName))), ErrorKind::Denied);
        QVERIFY(secrets.place(kName).contains(QLatin1String("gatehouse-offsite")));
        // Another one is not among them.
        const QString other = QStringLiteral("other");
        QVERIFY(awaited(secrets.write(other, "in the file")));
        QCOMPARE(awaited(secrets.read(other)).value_or(QByteArray()), QByteArray("in the file"));
    }

    void refusesWhatIsNoSecret()
    {
        const QTemporaryDir folder;
        FileSecrets secrets(folder.path());
        for (const char *name : {"", "../offsite", "Off", "a/b", "a b"})
            QCOMPARE(kindOf(awaited(secrets.write(QLatin1String(name), "x"))), ErrorKind::Invalid);
        for (const QByteArray &secret :
             {QByteArray(), QByteArray("a\nb"), QByteArray("a\0b", 3), QByteArray(kMaxSecret + 1, 'x')})
            QCOMPARE(kindOf(awaited(secrets.write(kName, secret))), ErrorKind::Invalid);
        QVERIFY(QDir(folder.path()).isEmpty());
        QVERIFY(writeText(folder.filePath(kName), "two\nlines\n"));
        QCOMPARE(kindOf(awaited(secrets.read(kName))), ErrorKind::Invalid);
    }

    void reportsADiskThatRefuses()
    {
        const QTemporaryDir folder;
        QVERIFY(writeText(folder.filePath(QStringLiteral("file")), "in the way"));
        FileSecrets secrets(folder.filePath(QStringLiteral("file/secrets")));
        const auto written = awaited(secrets.write(kName, "x"));
        QCOMPARE(kindOf(written), ErrorKind::Unavailable);
        QVERIFY(written.error().text.contains(QLatin1String("file/secrets")));
    }

    // No session bus: a PC without a screen. It ends, as what a user can act on.
    void keychainThatIsNotThereIsUnavailable()
    {
        const auto bus = qgetenv("DBUS_SESSION_BUS_ADDRESS");
        const auto runtime = qgetenv("XDG_RUNTIME_DIR");
        const auto restore = qScopeGuard([&] {
            bus.isNull() ? qunsetenv("DBUS_SESSION_BUS_ADDRESS") : qputenv("DBUS_SESSION_BUS_ADDRESS", bus);
            runtime.isNull() ? qunsetenv("XDG_RUNTIME_DIR") : qputenv("XDG_RUNTIME_DIR", runtime);
        });
        const QTemporaryDir empty;
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(empty.path()));
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        QVERIFY(!KeychainSecrets::isThere());
        const QTemporaryDir folder;
        const auto chosen = chooseSecrets(QStringLiteral("Gatehouse test"), folder.path());
        QVERIFY(dynamic_cast<FileSecrets *>(chosen.get()));

        // An address that nobody listens at: not even a bus can be started.
        qputenv("DBUS_SESSION_BUS_ADDRESS",
                "unix:path=" + QFile::encodeName(empty.filePath(QStringLiteral("no"))));
        KeychainSecrets keychain(QStringLiteral("Gatehouse test"), 5'000);
        QElapsedTimer waited;
        waited.start();
        const auto found = awaited(keychain.read(kName));
        QCOMPARE(kindOf(found), ErrorKind::Unavailable);
        QVERIFY(!found.error().text.isEmpty());
        const auto written = awaited(keychain.write(kName, "secret"));
        QCOMPARE(kindOf(written), ErrorKind::Unavailable);
        QVERIFY(!written.error().text.contains(QLatin1String("secret ")));
        QVERIFY(waited.elapsed() < kPatience);
    }

    // Whoever waits is told; the answer that never comes is not waited for again.
    void keychainThatDoesNotAnswerIsUnavailable()
    {
        KeychainSecrets keychain(QStringLiteral("Gatehouse test"), 0);
        const auto first = keychain.read(kName);
        QCOMPARE(kindOf(awaited(first)), ErrorKind::Unavailable);
    }

    void credentialsAreChosenWhereSystemdGivesThem()
    {
        const auto before = qgetenv("CREDENTIALS_DIRECTORY");
        const auto restore = qScopeGuard([&] {
            before.isNull() ? qunsetenv("CREDENTIALS_DIRECTORY") : qputenv("CREDENTIALS_DIRECTORY", before);
        });
        const QTemporaryDir credentials;
        const QTemporaryDir folder;
        qputenv("CREDENTIALS_DIRECTORY", QFile::encodeName(credentials.path()));
        QVERIFY(writeText(credentials.filePath(QStringLiteral("gatehouse-offsite")), "given"));
        const auto chosen = chooseSecrets(QStringLiteral("Gatehouse test"), folder.path());
        QCOMPARE(awaited(chosen->read(kName)).value_or(QByteArray()), QByteArray("given"));
    }
};

GATEHOUSE_TEST(SecretsTest)
#include "secrets_test.moc"
