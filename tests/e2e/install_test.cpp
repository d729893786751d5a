// `cmake --install` into an empty prefix, and installers/uninstall: the program, its desktop file and its
// icon come and go, and data stay.
#include "support/durations.h"
#include "support/registry.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using gatehouse::tests::kPatience;

class InstallTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesAndGoes();
};

namespace
{

QStringList installedFiles(const QString &folder)
{
    QStringList out;
    for (QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); it.hasNext();)
        out.append(it.next().mid(folder.size() + 1));
    out.sort();
    return out;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// The exit code; the output goes to the test's.
int run(const QString &program, const QStringList &arguments, const QProcessEnvironment &environment)
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
    return process.waitForFinished(kPatience) ? process.exitCode() : -1;
}

} // namespace

void InstallTest::comesAndGoes()
{
    const QTemporaryDir home;
    const QString prefix = home.filePath(QStringLiteral("my programs"));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), home.path());
    environment.insert(QStringLiteral("GATEHOUSE_PREFIX"), prefix);
    for (const char *folder : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"})
        environment.remove(QLatin1String(folder));

    QCOMPARE(
        run(QStringLiteral(TEST_CMAKE),
            {QStringLiteral("--install"), QStringLiteral(TEST_BUILD), QStringLiteral("--prefix"), prefix},
            environment),
        0);
    QCOMPARE(
        installedFiles(prefix),
        (QStringList{QStringLiteral("bin/gatehouse"), QStringLiteral("share/applications/gatehouse.desktop"),
                     QStringLiteral("share/icons/hicolor/scalable/apps/gatehouse.svg")}));
    const QString program = prefix + QStringLiteral("/bin/gatehouse");
    const QByteArray desktop = contentOf(prefix + QStringLiteral("/share/applications/gatehouse.desktop"));
    QVERIFY2(desktop.contains("\nExec=\"" + program.toUtf8() + "\"\n"), desktop.constData());
    QVERIFY2(!desktop.contains('@'), desktop.constData());
    // It works from there.
    QCOMPARE(
        run(program, {QStringLiteral("camera"), QStringLiteral("add"), QStringLiteral("Front")}, environment),
        0);
    const QString catalog = home.filePath(QStringLiteral(".local/share/gatehouse/catalog.db"));
    QVERIFY(QFile::exists(catalog));

    const QString uninstall = QStringLiteral(TEST_SOURCE "/installers/uninstall");
    QCOMPARE(run(uninstall, {QStringLiteral("--nonsense")}, environment), 2);
    QCOMPARE(installedFiles(prefix).size(), 3);
    QCOMPARE(run(uninstall, {}, environment), 0);
    QCOMPARE(installedFiles(prefix), QStringList());
    QVERIFY(QFile::exists(catalog));
    QCOMPARE(run(uninstall, {}, environment), 0); // nothing to do is no failure
}

GATEHOUSE_TEST(InstallTest)
#include "install_test.moc"
