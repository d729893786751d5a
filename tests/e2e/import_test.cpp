// kill -9 in the middle of imports: rerun, they finish without duplicates or losses, and no source is removed
// before its item is durable.
#include "support/program_fixture.h"
#include "support/registry.h"
#include "support/test_data.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>
#include <csignal>

using namespace gatehouse::tests;

class ImportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void completesAfterRepeatedKills_data();
    void completesAfterRepeatedKills();
};

namespace
{

using Hashes = QHash<QString, QString>; // path below the folder -> hash

QString hashOf(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

Hashes makeTree(const QString &folder, int count)
{
    Hashes out;
    for (int i = 0; i < count; ++i) {
        const QString name = QStringLiteral("/cam%1/2025-06-%2/MDAlarm_202506%2-10%3.jpg")
                                 .arg(i % 3)
                                 .arg(1 + i % 7, 2, 10, QLatin1Char('0'))
                                 .arg(1000 + i);
        // Some have the same bytes as another file, but are separate files.
        QByteArray bytes(QRandomGenerator::global()->bounded(100, 60'000), char(i % 50));
        bytes += QByteArray::number(i % 200);
        QDir().mkpath(folder + name.left(name.lastIndexOf(QLatin1Char('/'))));
        QFile file(folder + name);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return {};
        out.insert(name, hashOf(bytes));
    }
    return out;
}

Hashes filesIn(const QString &folder)
{
    Hashes out;
    QDirIterator it(folder, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (file.open(QIODevice::ReadOnly))
            out.insert(file.fileName().mid(folder.size()), hashOf(file.readAll()));
    }
    return out;
}

// The catalogued files, each verified against its hash.
Hashes keptBy(ProgramFixture &fixture)
{
    Hashes out;
    const auto items = fixture.items();
    for (const QJsonObject &item : items) {
        QFile file(item.value(QLatin1String("path")).toString());
        if (file.open(QIODevice::ReadOnly))
            out.insert(item.value(QLatin1String("source_path")).toString(), hashOf(file.readAll()));
    }
    return out;
}

void killAfter(QProcess &process, int ms)
{
    process.waitForFinished(ms);
    if (process.state() == QProcess::NotRunning)
        return;
    ::kill(pid_t(process.processId()), SIGKILL);
    process.waitForFinished(30'000);
}

} // namespace

void ImportTest::completesAfterRepeatedKills_data()
{
    QTest::addColumn<bool>("move");
    QTest::addColumn<bool>("besideAnEngine");
    QTest::newRow("copy") << false << false;
    QTest::newRow("move") << true << false;
    QTest::newRow("copy, the engine is killed") << false << true;
    QTest::newRow("move, the engine is killed") << true << true;
}

void ImportTest::completesAfterRepeatedKills()
{
    QFETCH(bool, move);
    QFETCH(bool, besideAnEngine);
    ProgramFixture fixture;
    const QTemporaryDir tree;
    const Hashes all = makeTree(tree.path(), isLongRun() ? 3000 : 400);
    QVERIFY(!all.isEmpty());
    QStringList import{QStringLiteral("import"), tree.path()};
    if (move)
        import.append(QStringLiteral("--move"));

    for (int kills = 0; kills < (isLongRun() ? 40 : 8); ++kills) {
        if (besideAnEngine)
            QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
        QProcess process;
        process.start(program(), import + QStringList{QStringLiteral("--data"), fixture.data()});
        killAfter(process, QRandomGenerator::global()->bounded(150, 700));
        if (besideAnEngine)
            fixture.kill9();
        const Hashes left = filesIn(tree.path());
        const Hashes kept = keptBy(fixture);
        for (auto it = all.begin(); it != all.end(); ++it)
            QVERIFY2(left.value(it.key()) == *it || kept.value(it.key()) == *it, qPrintable(it.key()));
        if (!move)
            QCOMPARE(left, all);
    }

    const auto summary = fixture.cli(import);
    QVERIFY2(fixture.exitCode() == 0, qPrintable(fixture.lastError()));
    QVERIFY2(!summary.isEmpty(), qPrintable(fixture.lastError()));
    QVERIFY(summary.last().value(QLatin1String("finished")).toBool());
    QCOMPARE(keptBy(fixture), all);
    QCOMPARE(fixture.items().size(), all.size());
    QCOMPARE(filesIn(tree.path()).size(), move ? 0 : all.size());
    fixture.cli({QStringLiteral("check")});
    QVERIFY2(fixture.exitCode() == 0, qPrintable(fixture.lastError()));
}

GATEHOUSE_TEST(ImportTest)
#include "import_test.moc"
