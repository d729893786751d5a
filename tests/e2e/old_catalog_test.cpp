// The catalog restored from a backup, or lost altogether: repair at startup finds the newer files, each once.
// And `check`, which reports every inconsistency.
#include "support/ftp_client.h"
#include "support/program_fixture.h"
#include "support/registry.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTest>

using namespace gatehouse::tests;

class OldCatalogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsNewerFiles_data();
    void findsNewerFiles();
    void recoversFilesWithoutTheJournal_data();
    void recoversFilesWithoutTheJournal();
    void rebuildsALostCatalog();
    void salvagesADamagedCatalog_data();
    void salvagesADamagedCatalog();
    void checkReportsEveryInconsistency();
};

namespace
{

// Acknowledged uploads: source path -> hash.
using Kept = QHash<QString, QString>;

void storeSome(quint16 port, int from, int to, Kept &kept)
{
    FtpClient client;
    QVERIFY(client.logIn(port, "cam", "secret"));
    for (int i = from; i < to; ++i) {
        const QByteArray path =
            "/day/MDAlarm_20260612-1000" + QByteArray::number(10 + i) + "_" + QByteArray::number(i) + ".jpg";
        const QByteArray bytes(10'000 + i, char('a' + i % 26));
        QVERIFY2(client.store(path, bytes), client.lastReply());
        kept.insert(QString::fromLatin1(path),
                    QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex()));
    }
    client.quit();
}

void verifyAllKept(ProgramFixture &fixture, const Kept &kept)
{
    Kept found;
    const auto items = fixture.items();
    for (const QJsonObject &item : items)
        found.insert(item.value(QLatin1String("source_path")).toString(),
                     item.value(QLatin1String("sha256")).toString());
    QCOMPARE(items.size(), kept.size()); // no duplicates
    QCOMPARE(found, kept);
    fixture.cli({QStringLiteral("check")});
    QVERIFY2(fixture.exitCode() == 0, qPrintable(fixture.lastError()));
}

void copyCatalog(const QString &from, const QString &to)
{
    for (const char *suffix : {"", "-wal", "-shm"}) {
        const QString name = QStringLiteral("/catalog.db") + QLatin1String(suffix);
        QFile::remove(to + name);
        QFile::copy(from + name, to + name);
    }
}

QString backUp(const ProgramFixture &fixture)
{
    const QString backup = fixture.data() + QStringLiteral("/backup");
    QDir().mkpath(backup);
    copyCatalog(fixture.data(), backup);
    return backup;
}

QString pathOf(const QJsonObject &item)
{
    return item.value(QLatin1String("path")).toString();
}

void overwrite(const QString &path, qint64 at, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY2(file.open(QIODevice::ReadWrite), qPrintable(path));
    QVERIFY(file.seek(at));
    QCOMPARE(file.write(bytes), bytes.size());
}

QStringList problemsOf(const QVector<QJsonObject> &report)
{
    QStringList out;
    for (const QJsonObject &line : report) {
        if (line.contains(QLatin1String("problem")))
            out.append(line.value(QLatin1String("problem")).toString());
    }
    out.sort();
    return out;
}

} // namespace

void OldCatalogTest::findsNewerFiles_data()
{
    QTest::addColumn<bool>("killed");
    QTest::newRow("stopped") << false;
    QTest::newRow("killed") << true;
}

void OldCatalogTest::findsNewerFiles()
{
    QFETCH(bool, killed);
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY2(fixture.addCamera(QStringLiteral("cam"), "secret"), qPrintable(fixture.lastError()));
    Kept kept;
    storeSome(fixture.port(), 0, 10, kept);
    fixture.stop();
    const QString backup = backUp(fixture);

    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    storeSome(fixture.port(), 10, 30, kept);
    // Its camera deletes one of them, which must not lose it.
    FtpClient client;
    QVERIFY(client.logIn(fixture.port(), "cam", "secret"));
    QVERIFY(client.command("DELE /day/MDAlarm_20260612-100025_15.jpg").startsWith("250"));
    client.quit();
    if (killed)
        fixture.kill9();
    else
        QCOMPARE(fixture.stop(), 0);
    copyCatalog(backup, fixture.data());

    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    verifyAllKept(fixture, kept);
    // A retrying camera adds nothing.
    storeSome(fixture.port(), 20, 30, kept);
    verifyAllKept(fixture, kept);
}

void OldCatalogTest::recoversFilesWithoutTheJournal_data()
{
    QTest::addColumn<bool>("withCatalog");
    QTest::newRow("an older catalog") << true;
    QTest::newRow("no catalog") << false;
}

void OldCatalogTest::recoversFilesWithoutTheJournal()
{
    QFETCH(bool, withCatalog);
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY2(fixture.addCamera(QStringLiteral("cam"), "secret"), qPrintable(fixture.lastError()));
    Kept kept;
    storeSome(fixture.port(), 0, 10, kept);
    fixture.stop();
    const QString backup = backUp(fixture);
    const QString journal = fixture.data() + QStringLiteral("/archive/journal");
    QHash<QString, qint64> ends;
    const QStringList lines{QStringLiteral("*.jsonl")};
    const auto journals = QDir(journal).entryInfoList(lines, QDir::Files);
    for (const QFileInfo &file : journals)
        ends.insert(file.filePath(), file.size());

    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    storeSome(fixture.port(), 10, 20, kept);
    fixture.kill9();
    // Back to the state before the last ten, all of which got 226.
    copyCatalog(backup, fixture.data());
    if (!withCatalog)
        QVERIFY(QFile::remove(fixture.data() + QStringLiteral("/catalog.db")));
    const auto now = QDir(journal).entryInfoList(lines, QDir::Files);
    for (const QFileInfo &file : now)
        QVERIFY(QFile::resize(file.filePath(), ends.value(file.filePath())));

    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    const auto items = fixture.items();
    QCOMPARE(items.size(), kept.size());
    QSet<QString> hashes;
    int recovered = 0;
    for (const QJsonObject &item : items) {
        const QString source = item.value(QLatin1String("source_path")).toString();
        recovered += !source.startsWith(QLatin1String("/day/"));
        hashes.insert(item.value(QLatin1String("sha256")).toString());
        QCOMPARE(item.value(QLatin1String("camera")), items.first().value(QLatin1String("camera")));
        QCOMPARE(item.value(QLatin1String("time_source")).toString(), QStringLiteral("name"));
        QVERIFY(QFile::exists(pathOf(item)));
    }
    QCOMPARE(recovered, 10);
    const QStringList all = kept.values();
    QCOMPARE(hashes, QSet<QString>(all.begin(), all.end()));
    fixture.cli({QStringLiteral("check")});
    QVERIFY2(fixture.exitCode() == 0, qPrintable(fixture.lastError()));
    // The camera sends again what it still has: no duplicates, and all have their names.
    storeSome(fixture.port(), 5, 20, kept);
    verifyAllKept(fixture, kept);
}

void OldCatalogTest::rebuildsALostCatalog()
{
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY2(fixture.addCamera(QStringLiteral("cam"), "secret"), qPrintable(fixture.lastError()));
    Kept kept;
    storeSome(fixture.port(), 0, 12, kept);
    fixture.stop();
    for (const char *suffix : {"", "-wal", "-shm"})
        QFile::remove(fixture.data() + QStringLiteral("/catalog.db") + QLatin1String(suffix));
    // Like an archive from before logins were backed up next to the files.
    for (const char *copy : {"1", "2"})
        QFile::remove(fixture.data() +
                      QStringLiteral("/archive/journal/state.%1.json").arg(QLatin1String(copy)));
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    verifyAllKept(fixture, kept);
    // The login was lost with the catalog: a new password restores it.
    FtpClient client;
    QVERIFY(!client.logIn(fixture.port(), "cam", "secret"));
    const auto cameras = fixture.cli({QStringLiteral("camera"), QStringLiteral("list")});
    QCOMPARE(cameras.size(), 1);
    const auto renewed =
        fixture.cli({QStringLiteral("camera"), QStringLiteral("password"),
                     QString::number(cameras.first().value(QLatin1String("id")).toInteger())});
    QCOMPARE(fixture.exitCode(), 0);
    const QByteArray password = renewed.first().value(QLatin1String("password")).toString().toUtf8();
    QVERIFY2(client.logIn(fixture.port(), "cam", password), client.lastReply());
}

void OldCatalogTest::salvagesADamagedCatalog_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<bool>("allReadable");
    QTest::newRow("its header") << 0 << 4096 << true;
    QTest::newRow("its head") << 0 << 40'000 << false;
    QTest::newRow("its middle") << 8 * 4096 << 40'000 << false;
}

void OldCatalogTest::salvagesADamagedCatalog()
{
    QFETCH(int, from);
    QFETCH(int, bytes);
    QFETCH(bool, allReadable);
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY2(fixture.addCamera(QStringLiteral("cam"), "secret"), qPrintable(fixture.lastError()));
    Kept kept;
    storeSome(fixture.port(), 0, 12, kept);
    QCOMPARE(fixture.stop(), 0);
    overwrite(fixture.data() + QStringLiteral("/catalog.db"), from, QByteArray(bytes, 'x'));
    fixture.cli({QStringLiteral("check")});
    QCOMPARE(fixture.exitCode(), 1);
    QVERIFY2(fixture.lastError().contains(QLatin1String("--repair")), qPrintable(fixture.lastError()));
    // The advice in the message works, and keeps the damaged catalog.
    const auto reported = fixture.cli({QStringLiteral("check"), QStringLiteral("--repair")});
    QVERIFY(!reported.isEmpty());
    const QJsonObject salvage = reported.first().value(QLatin1String("salvage")).toObject();
    const QJsonObject lost = salvage.value(QLatin1String("lost")).toObject();
    const QStringList aside = QDir(fixture.data()).entryList({QStringLiteral("catalog.db.damaged-*")});
    QVERIFY(QFile::exists(salvage.value(QLatin1String("aside")).toString()));
    if (allReadable)
        QCOMPARE(lost, QJsonObject());
    if (allReadable)
        QCOMPARE(fixture.exitCode(), 0);
    QVERIFY(fixture.exitCode() <= 1);
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    verifyAllKept(fixture, kept);
    FtpClient client;
    QVERIFY2(client.logIn(fixture.port(), "cam", "secret"), client.lastReply()); // at least from the backup
    // Nothing is left to repair.
    fixture.cli({QStringLiteral("check"), QStringLiteral("--repair")});
    QVERIFY2(fixture.exitCode() == 0, qPrintable(fixture.lastError()));
    QCOMPARE(QDir(fixture.data()).entryList({QStringLiteral("catalog.db.damaged-*")}), aside);
}

void OldCatalogTest::checkReportsEveryInconsistency()
{
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY2(fixture.addCamera(QStringLiteral("cam"), "secret"), qPrintable(fixture.lastError()));
    Kept kept;
    storeSome(fixture.port(), 0, 5, kept);
    const auto items = fixture.items();
    QCOMPARE(items.size(), 5);
    const QStringList full{QStringLiteral("check")};
    const QStringList quick{QStringLiteral("check"), QStringLiteral("--quick")};
    QCOMPARE(problemsOf(fixture.cli(full)), QStringList());
    QCOMPARE(fixture.exitCode(), 0);

    overwrite(pathOf(items.at(0)), 5, "!");
    QCOMPARE(problemsOf(fixture.cli(quick)), QStringList()); // sizes only
    QCOMPARE(fixture.exitCode(), 0);
    const auto report = fixture.cli(full);
    QCOMPARE(problemsOf(report), QStringList{QStringLiteral("wrongHash")});
    QCOMPARE(fixture.exitCode(), 1);
    QCOMPARE(report.first().value(QLatin1String("id")), items.at(0).value(QLatin1String("id")));
    QVERIFY(items.at(0)
                .value(QLatin1String("path"))
                .toString()
                .endsWith(report.first().value(QLatin1String("path")).toString()));
    QCOMPARE(report.last().value(QLatin1String("problems")).toInt(), 1);

    overwrite(pathOf(items.at(1)), 20'000, "longer");
    QVERIFY(QFile::remove(pathOf(items.at(2))));
    const QString strange = fixture.data() + QStringLiteral("/archive/cam/2026-01-02");
    QVERIFY(QDir().mkpath(strange));
    QVERIFY(QFile::copy(pathOf(items.at(3)), strange + QStringLiteral("/101112-7-strange.jpg")));
    QCOMPARE(
        problemsOf(fixture.cli(quick)),
        (QStringList{QStringLiteral("missing"), QStringLiteral("unknown"), QStringLiteral("wrongSize")}));
    QCOMPARE(fixture.exitCode(), 1);
    // The same without an engine.
    fixture.stop();
    QCOMPARE(problemsOf(fixture.cli(full)).size(), 4);
    QCOMPARE(fixture.exitCode(), 1);
}

GATEHOUSE_TEST(OldCatalogTest)
#include "old_catalog_test.moc"
