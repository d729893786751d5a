#include "ingest/receive/ftp_tree.h"
#include "support/registry.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ingest;

namespace
{

catalog::FtpEntry fileAt(const char *path, qint64 bytes = 1, qint64 item = 1)
{
    catalog::FtpEntry entry;
    entry.path = QString::fromLatin1(path);
    entry.bytes = bytes;
    entry.item = ItemId{item};
    return entry;
}

QStringList namesIn(const FtpTree &tree, const char *folder)
{
    QStringList out;
    const auto entries = tree.list(QString::fromLatin1(folder), {}, 1000);
    if (!entries)
        return {entries.error().text};
    for (const ftp::Entry &entry : *entries)
        out.append(entry.name + (entry.isFolder ? QStringLiteral("/") : QString()));
    return out;
}

} // namespace

class FtpTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsDirectChildren()
    {
        FtpTree tree;
        // '-' and '!' sort before '/', which must not hide or repeat a folder.
        for (const char *path : {"/a/x.jpg", "/a/b/c/d.jpg", "/a-b.jpg", "/a!.jpg", "/a/b-c.jpg", "/z"})
            tree.put(fileAt(path), 0);
        QCOMPARE(namesIn(tree, "/"), (QStringList{QStringLiteral("a/"), QStringLiteral("a!.jpg"),
                                                  QStringLiteral("a-b.jpg"), QStringLiteral("z")}));
        QCOMPARE(namesIn(tree, "/a"),
                 (QStringList{QStringLiteral("b/"), QStringLiteral("b-c.jpg"), QStringLiteral("x.jpg")}));
        QCOMPARE(namesIn(tree, "/a/b"), QStringList{QStringLiteral("c/")});
        for (const char *none : {"/a/x.jpg", "/b"})
            QCOMPARE(tree.list(QString::fromLatin1(none), {}, 10).error().kind, ErrorKind::NotFound);
    }

    // Also behind one that was removed since, and behind a folder with more below than a part holds.
    void listsAFolderInParts()
    {
        FtpTree tree;
        for (const char *path : {"/a/x.jpg", "/a/y.jpg", "/a/z.jpg", "/a-b.jpg", "/a!.jpg", "/b.jpg", "/z"})
            tree.put(fileAt(path), 0);
        const auto part = [&tree](const char *after) {
            QStringList out;
            const auto entries = tree.list(QStringLiteral("/"), QString::fromLatin1(after), 2);
            for (const ftp::Entry &entry : entries.value_or(QVector<ftp::Entry>()))
                out.append(entry.name);
            return out.join(QLatin1Char(' '));
        };
        QCOMPARE(part(""), QStringLiteral("a a!.jpg"));
        QCOMPARE(part("a"), QStringLiteral("a!.jpg a-b.jpg"));
        QVERIFY(tree.remove(QStringLiteral("/a!.jpg")));
        QCOMPARE(part("a!.jpg"), QStringLiteral("a-b.jpg b.jpg"));
        QCOMPARE(part("b.jpg"), QStringLiteral("z"));
        QCOMPARE(part("z"), QString());
    }

    void rejectsFoldersBeyondTheLimits()
    {
        FtpTree few({100, 10, 100'000});
        for (int i = 0; i < 10; ++i)
            QVERIFY(few.makeFolder(QStringLiteral("/%1").arg(i), 0));
        QCOMPARE(few.makeFolder(QStringLiteral("/x"), 0).error().kind, ErrorKind::Full);
        QVERIFY(few.removeFolder(QStringLiteral("/3")));
        QVERIFY(few.makeFolder(QStringLiteral("/x"), 0));

        FtpTree deep({100'000, 100'000, 20'000}); // each folder's path holds those above it
        QString path;
        int made = 0;
        while (deep.makeFolder(path + QStringLiteral("/aaaaaaaaa"), 0)) {
            path += QStringLiteral("/aaaaaaaaa");
            ++made;
        }
        QVERIFY(made < 60 && deep.characters() <= 10'000);
        QCOMPARE(deep.rename(QStringLiteral("/aaaaaaaaa"), QLatin1Char('/') + QString(250, QLatin1Char('b')))
                     .error()
                     .kind,
                 ErrorKind::Full);
        QVERIFY(deep.rename(QStringLiteral("/aaaaaaaaa"), QStringLiteral("/b")));
        QCOMPARE(deep.size(), made);
        QVERIFY(deep.removeFolder(path.replace(0, 10, QStringLiteral("/b"))));
    }

    void evictsTheOldestFilesAtTheLimit()
    {
        FtpTree tree({1000, 100, 100'000});
        tree.put(fileAt("/old/a.jpg"), 0);
        QVERIFY(tree.makeFolder(QStringLiteral("/today"), 2));
        for (int i = 0; i < 5000; ++i) {
            const QByteArray path = "/today/" + QByteArray::number(i) + ".jpg";
            tree.put(fileAt(path.constData()), 1 + i / 1000);
            QVERIFY(tree.size() <= 1000);
            QVERIFY(tree.stat(QString::fromLatin1(path)));
        }
        QVERIFY(!tree.stat(QStringLiteral("/old")));
        QVERIFY(tree.isFolder(QStringLiteral("/today")));
        // Long paths of many folders.
        for (int i = 0; i < 500; ++i) {
            const QByteArray path =
                '/' + QByteArray::number(i) + QByteArray("/bbbbbbbb").repeated(20) + "/x.jpg";
            tree.put(fileAt(path.constData()), 10);
            QVERIFY(tree.characters() <= 100'000);
        }
        // What outlived a restart comes at once.
        QVector<catalog::FtpEntry> kept;
        for (int i = 0; i < 160'000; ++i)
            kept.append(fileAt(("/" + QByteArray::number(i)).constData()));
        QVERIFY(FtpTree(kept, 5).size() <= 150'000);
    }

    void fileDoesNotReplaceAFolder()
    {
        FtpTree tree;
        tree.put(fileAt("/a/x.jpg"), 0);
        tree.put(fileAt("/a"), 0);
        QVERIFY(tree.isFolder(QStringLiteral("/a")));
        QVERIFY(tree.file(QStringLiteral("/a/x.jpg")));
    }

    void createsAndRemovesFolders()
    {
        FtpTree tree;
        QVERIFY(tree.makeFolder(QStringLiteral("/a"), 0));
        QCOMPARE(tree.makeFolder(QStringLiteral("/a"), 0).error().kind, ErrorKind::Invalid);
        QCOMPARE(tree.makeFolder(QStringLiteral("/b/c"), 0).error().kind, ErrorKind::NotFound);
        tree.put(fileAt("/a/x"), 0);
        QCOMPARE(tree.removeFolder(QStringLiteral("/a")).error().kind, ErrorKind::Invalid);
        QVERIFY(tree.remove(QStringLiteral("/a/x")));
        QVERIFY(tree.removeFolder(QStringLiteral("/a")));
        QCOMPARE(tree.removeFolder(QStringLiteral("/")).error().kind, ErrorKind::NotFound);
        QVERIFY(tree.isFolder(QStringLiteral("/")));
    }

    void renamesFilesAndFolders()
    {
        FtpTree tree;
        tree.put(fileAt("/a/x.mp4_", 5, 7), 0);
        tree.put(fileAt("/a/sub/y", 6, 8), 0);
        QVERIFY(tree.rename(QStringLiteral("/a/x.mp4_"), QStringLiteral("/a/x.mp4")));
        QCOMPARE(tree.file(QStringLiteral("/a/x.mp4"))->item, ItemId{7});
        const auto moves = tree.rename(QStringLiteral("/a"), QStringLiteral("/b"));
        QVERIFY(moves);
        QStringList said; // for the rows of the catalog
        for (const catalog::FtpMove &move : *moves)
            said.append(move.from + QLatin1Char('>') + move.to);
        QCOMPARE(said,
                 (QStringList{QStringLiteral("/a>/b"), QStringLiteral("/a/sub>/b/sub"),
                              QStringLiteral("/a/sub/y>/b/sub/y"), QStringLiteral("/a/x.mp4>/b/x.mp4")}));
        QVERIFY(tree.rename(QStringLiteral("/b/x.mp4"), QStringLiteral("/b/x.mp4"))->isEmpty());
        QCOMPARE(tree.file(QStringLiteral("/b/sub/y"))->bytes, 6);
        QVERIFY(!tree.file(QStringLiteral("/a/x.mp4")));
        QVERIFY(!tree.rename(QStringLiteral("/b"), QStringLiteral("/b/inside")));
        QCOMPARE(tree.rename(QStringLiteral("/none"), QStringLiteral("/c")).error().kind,
                 ErrorKind::NotFound);
        // Intellinet: the new name replaces the old picture.
        tree.put(fileAt("/b/snap_tmp", 9, 9), 0);
        QVERIFY(tree.rename(QStringLiteral("/b/snap_tmp"), QStringLiteral("/b/x.mp4")));
        QCOMPARE(tree.file(QStringLiteral("/b/x.mp4"))->item, ItemId{9});
    }

    void forgetsOldFilesAndTheirFolders()
    {
        FtpTree tree;
        tree.put(fileAt("/old/day/x"), 1000);
        tree.put(fileAt("/new/x"), 5000);
        tree.forget(2000);
        QCOMPARE(namesIn(tree, "/"), QStringList{QStringLiteral("new/")});
    }

    // The receiver's thread reads a part and goes on with the other cameras: none of them may hold it up.
    void listsLargeFoldersQuickly()
    {
        FtpTree tree;
        for (int i = 0; i < 10'000; ++i)
            tree.put(fileAt(qPrintable(QStringLiteral("/d%1/x").arg(i))), 0);
        for (int i = 0; i < 100'000; ++i)
            tree.put(fileAt(qPrintable(QStringLiteral("/flat/%1").arg(i))), 0);
        for (const auto &[folder, count] : {std::pair("/", 10'001), std::pair("/flat", 100'000)}) {
            QSet<QString> seen;
            QString last;
            qint64 longest = 0; // us
            for (;;) {
                QElapsedTimer timer;
                timer.start();
                const auto part = tree.list(QString::fromLatin1(folder), last, 1000);
                longest = std::max(longest, timer.nsecsElapsed() / 1000);
                QVERIFY(part);
                if (part->isEmpty())
                    break;
                last = part->last().name;
                for (const ftp::Entry &entry : *part)
                    seen.insert(entry.name);
            }
            QCOMPARE(seen.size(), qsizetype(count));
            QVERIFY2(longest < 500'000, qPrintable(QString::number(longest)));
            qInfo("%s: at most %lld us a part", folder, longest);
        }
    }
};

GATEHOUSE_TEST(FtpTreeTest)
#include "ftp_tree_test.moc"
