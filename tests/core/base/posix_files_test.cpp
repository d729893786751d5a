#include "base/posix_files.h"
#include "support/registry.h"

#include <QTemporaryDir>
#include <QTest>
#include <unistd.h>

using namespace gatehouse;

class PosixFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAndReadsBack()
    {
        const QTemporaryDir folder;
        PosixFiles files;
        const QString path = folder.filePath(QStringLiteral("a"));
        const auto fd = files.create(path);
        QVERIFY(fd);
        QVERIFY(files.write(*fd, QByteArrayView("hello world")));
        files.startWriteback(*fd);
        QVERIFY(files.sync(*fd));
        files.close(*fd);
        QCOMPARE(*files.read(path, 6, 100), QByteArray("world"));
        QCOMPARE(files.stat(path)->bytes, 11);
        QCOMPARE(files.create(path).error().kind, ErrorKind::Invalid);
    }

    void renameNeverReplaces()
    {
        const QTemporaryDir folder;
        PosixFiles files;
        const QString a = folder.filePath(QStringLiteral("a"));
        const QString b = folder.filePath(QStringLiteral("b"));
        for (const QString &path : {a, b})
            files.close(*files.create(path));
        QCOMPARE(files.rename(a, b).error().kind, ErrorKind::Invalid);
        QVERIFY(files.remove(b));
        QVERIFY(files.rename(a, b));
        QCOMPARE(files.stat(a).error().kind, ErrorKind::NotFound);
        QCOMPARE(*files.list(folder.path()), QStringList{QStringLiteral("b")});
    }

    void doesNotFollowLinks()
    {
        const QTemporaryDir folder;
        PosixFiles files;
        const QString link = folder.filePath(QStringLiteral("link"));
        QCOMPARE(::symlink("/etc/hostname", link.toLocal8Bit().constData()), 0);
        QVERIFY(!files.read(link, 0, 10));
        QVERIFY(!files.openAppend(link));
    }

    void copiesTheBeginning()
    {
        const QTemporaryDir folder;
        PosixFiles files;
        const QString from = folder.filePath(QStringLiteral("from"));
        const int fd = *files.create(from);
        QVERIFY(files.write(fd, QByteArray(100'000, 'x')));
        files.close(fd);
        const QString to = folder.filePath(QStringLiteral("to"));
        const int copy = *files.create(to);
        QVERIFY(files.copyInto(copy, from, 70'000));
        QCOMPARE(files.copyInto(copy, from, 200'000).error().kind, ErrorKind::Corrupt);
        files.close(copy);
        QVERIFY(files.stat(to)->bytes >= 70'000);
    }

    void saysWhatIsMissing()
    {
        PosixFiles files;
        const QString nowhere = QStringLiteral("/nonexistent/folder/x");
        QCOMPARE(files.create(nowhere).error().kind, ErrorKind::NotFound);
        QVERIFY(files.create(nowhere).error().text.contains(nowhere));
        QCOMPARE(files.space(nowhere).error().kind, ErrorKind::NotFound);
        QVERIFY(files.space(QStringLiteral("/"))->total > 0);
    }
};

GATEHOUSE_TEST(PosixFilesTest)
#include "posix_files_test.moc"
