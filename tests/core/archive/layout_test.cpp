#include "archive/layout.h"

#include "support/registry.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::archive;

class LayoutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sanitizesFolderNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("folder");
        const auto row = [](const char *tag, const QString &name, const QString &folder) {
            QTest::newRow(tag) << name << folder;
        };
        row("plain", QStringLiteral("Front Door"), QStringLiteral("Front Door"));
        row("umlaut", QStringLiteral("Haustür"), QStringLiteral("Haustür"));
        row("empty", QString(), QStringLiteral("camera"));
        row("dots", QStringLiteral(".."), QStringLiteral("camera"));
        row("hidden", QStringLiteral(".ssh"), QStringLiteral("_ssh"));
        row("separators", QStringLiteral("a/b\\c"), QStringLiteral("a_b_c"));
        row("windows", QStringLiteral("a:b*?\"<>|"), QStringLiteral("a_b______"));
        row("device", QStringLiteral("con"), QStringLiteral("_con"));
        row("device with extension", QStringLiteral("Lpt1.x"), QStringLiteral("_Lpt1.x"));
        row("trailing", QStringLiteral("a . ."), QStringLiteral("a"));
        row("control", QStringLiteral("a\nb\x01\x7f"), QStringLiteral("a_b__"));
        row("direction", QStringLiteral("a\u202Egpj.exe"), QStringLiteral("a_gpj.exe"));
        row("half a pair", QStringLiteral("a") + QChar(0xD800), QStringLiteral("a\uFFFD"));
        row("option", QStringLiteral("-rf"), QStringLiteral("_rf"));
        row("ours", QStringLiteral("Incoming"), QStringLiteral("_Incoming"));
        row("ours too", QStringLiteral("journal"), QStringLiteral("_journal"));
    }
    void sanitizesFolderNames()
    {
        QFETCH(QString, name);
        QTEST(safeFolderName(name), "folder");
    }

    void truncatesLongNamesBetweenCharacters()
    {
        const QString folder = safeFolderName(QStringLiteral("ü").repeated(300));
        QVERIFY(folder.toUtf8().size() <= 200);
        QCOMPARE(folder, QStringLiteral("ü").repeated(folder.size()));
        const QString face = QString::fromUcs4(U"\U0001F600");
        const QString file =
            safeFileName(QStringLiteral("/x/") + face.repeated(100) + QStringLiteral(".jpeg"));
        QVERIFY(file.toUtf8().size() <= 200);
        QVERIFY(file.endsWith(face + QStringLiteral(".jpeg")));
        QVERIFY(
            safeFileName(QString(300, QLatin1Char('a')) + QLatin1Char('.') + QString(300, QLatin1Char('b')))
                .size() <= 200);
    }

    void namesTheFileAfterTheLastPathComponent()
    {
        QCOMPARE(safeFileName(QStringLiteral("/2026/11/21/a b.jpg")), QStringLiteral("a b.jpg"));
        QCOMPARE(safeFileName(QStringLiteral("\\card\\a.raw")), QStringLiteral("_card_a.raw"));
        QCOMPARE(safeFileName(QStringLiteral("/a/")), QStringLiteral("file"));
        QCOMPARE(safeFileName(QStringLiteral("/..")), QStringLiteral("file"));
        QCOMPARE(safeFileName(QStringLiteral("/.mp4")), QStringLiteral("_mp4"));
    }

    void parsesArchivedPaths()
    {
        Placement p;
        p.item = ItemId{9007199254740991};
        p.cameraFolder = QStringLiteral("Porch");
        p.sourcePath = QStringLiteral("/x/2-a.jpg");
        p.received = 1'795'269'802'480;
        const QString path = folderFor(p) + QLatin1Char('/') + fileNameFor(p, 1);
        QCOMPARE(path, QStringLiteral("Porch/2026-11-21/140322-9007199254740991-2-a.jpg"));
        const auto archived = parseArchivedPath(path);
        QVERIFY(archived);
        QCOMPARE(archived->item, p.item);
        QCOMPARE(archived->cameraFolder, QStringLiteral("Porch"));
        QCOMPARE(archived->name, QStringLiteral("2-a.jpg"));
        QCOMPARE(archived->received, qint64(1'795'269'802'000));
        QVERIFY(parseArchivedPath(folderFor(p) + QLatin1Char('/') + fileNameFor(p, 7)));
        for (const QString &other :
             {QStringLiteral("journal/2026-11-1.jsonl"), QStringLiteral("a/2026-13-41/140322-1-x"),
              QStringLiteral("a/2026-11-21/note.txt"), QStringLiteral("a/b/2026-11-21/140322-1-x")})
            QVERIFY2(!parseArchivedPath(other), qPrintable(other));
    }
};

GATEHOUSE_TEST(LayoutTest)
#include "layout_test.moc"
