// File systems that take two spellings of a name for one: a camera's folder is called what the disk calls it.
#include "archive_fixture.h"
#include "support/registry.h"

using namespace gatehouse;
using namespace gatehouse::tests;

class SpellingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reusesTheExistingFolder_data()
    {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("second");
        QTest::addColumn<bool>("isOne");
        QTest::newRow("case") << QStringLiteral("Cam") << QStringLiteral("cAM") << true;
        QTest::newRow("accents") << QStringLiteral("T\u00fcr") << QStringLiteral("Tu\u0308r") << true;
        QTest::newRow("another") << QStringLiteral("Cam") << QStringLiteral("Cam2") << false;
    }

    void reusesTheExistingFolder()
    {
        QFETCH(QString, first);
        QFETCH(QString, second);
        QFETCH(bool, isOne);
        ArchiveFixture fixture;
        QVERIFY(fixture.open());
        QCOMPARE(folderOf(fixture, 1, first), first);
        QCOMPARE(folderOf(fixture, 2, second), isOne ? first : second); // the other storage thread
        QVERIFY(fixture.open(false));
        QCOMPARE(folderOf(fixture, 3, second), isOne ? first : second);
        QVERIFY(
            fixture.journal().contains("\"path\":\"" + (isOne ? first : second).toUtf8() + "/2026-11-21/"));
    }

    // On a disk that tells them apart both may be there, and a file under the name is no folder.
    void prefersTheExactName()
    {
        ArchiveFixture fixture;
        QVERIFY(fixture.open());
        const QDir root(fixture.root());
        QVERIFY(root.mkdir(QStringLiteral("cam")) && root.mkdir(QStringLiteral("Cam")));
        QFile file(root.filePath(QStringLiteral("PORCH")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(folderOf(fixture, 1, QStringLiteral("Cam")), QStringLiteral("Cam"));
        QCOMPARE(folderOf(fixture, 2, QStringLiteral("cam")), QStringLiteral("cam"));
        QCOMPARE(folderOf(fixture, 3, QStringLiteral("porch")), QStringLiteral("porch"));
    }

private:
    static QString folderOf(ArchiveFixture &fixture, qint64 item, const QString &camera)
    {
        Placement where = placement(item, QStringLiteral("/a.jpg"));
        where.cameraFolder = camera;
        return fixture.place(where, "a").value_or(Placed()).relativePath.section(QLatin1Char('/'), 0, 0);
    }
};

GATEHOUSE_TEST(SpellingTest)
#include "spelling_test.moc"
