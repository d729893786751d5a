#include "base/mount_points.h"
#include "base/posix_file_system.h"
#include "support/registry.h"

#include <QTemporaryDir>
#include <QTest>
#include <cerrno>
#include <cstddef>
#include <iterator>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

using namespace gatehouse;

namespace
{

// From now on, on this thread, renameat2() fails with EINVAL, and link() with EPERM unless there are links.
bool refuseCalls(bool hasLinks)
{
    const unsigned linking = hasLinks ? ~0U : unsigned(SYS_linkat);
#ifdef SYS_link
    const unsigned oldLinking = hasLinks ? ~0U : unsigned(SYS_link);
#else
    const unsigned oldLinking = ~0U;
#endif
    sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, unsigned(SYS_renameat2), 3, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, linking, 3, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, oldLinking, 2, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
    };
    const sock_fprog program{std::size(steps), steps};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

} // namespace

class PosixFileSystemTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAndReadsBack()
    {
        const QTemporaryDir folder;
        PosixFileSystem files;
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

    void renameNeverOverwrites()
    {
        const QTemporaryDir folder;
        PosixFileSystem files;
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

    void renameNeverOverwritesWithoutKernelSupport_data()
    {
        QTest::addColumn<bool>("hasLinks");
        QTest::newRow("as NTFS and NFS") << true;
        QTest::newRow("as exFAT") << false;
    }

    void renameNeverOverwritesWithoutKernelSupport()
    {
        QFETCH(bool, hasLinks);
        const QTemporaryDir folder;
        const QString a = folder.filePath(QStringLiteral("a"));
        const QString b = folder.filePath(QStringLiteral("b"));
        PosixFileSystem files;
        for (const QString &path : {a, b}) {
            const int fd = *files.create(path);
            QVERIFY(files.write(fd, path.right(1).toUtf8()));
            files.close(fd);
        }
        bool isRefused = false;
        Result<void> onTaken;
        Result<void> onFree;
        std::thread limited([&] { // seccomp filters cannot be removed from a thread
            isRefused = refuseCalls(hasLinks);
            onTaken = files.rename(a, b);
            onFree = files.rename(a, b + QStringLiteral("2"));
        });
        limited.join();
        if (!isRefused)
            QSKIP("system calls cannot be refused here");
        QVERIFY(!onTaken);
        QCOMPARE(onTaken.error().kind, ErrorKind::Invalid);
        QCOMPARE(*files.read(b, 0, 10), QByteArray("b"));
        QVERIFY2(onFree, onFree ? "" : qPrintable(onFree.error().text));
        QCOMPARE(*files.read(b + QStringLiteral("2"), 0, 10), QByteArray("a"));
        QVERIFY(!files.stat(a));
    }

    void findsAnUnmountedDiskInFstab()
    {
        const QTemporaryDir folder;
        const auto table = [&](const char *name, const QByteArray &lines) {
            QFile file(folder.filePath(QString::fromLatin1(name)));
            return file.open(QIODevice::WriteOnly) && file.write(lines) == lines.size() ? file.fileName()
                                                                                        : QString();
        };
        const QString fstab =
            table("fstab", "UUID=1 / ext4 defaults 0 1\n# UUID=9 /x ext4 defaults 0 1\n"
                           "UUID=2 /srv/video\\040disk ext4 nofail 0 2\nUUID=3 none swap sw 0 0\n");
        const QString before = table("before", "/dev/sda1 / ext4 rw 0 0\n");
        const QString after =
            table("after", "/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /srv/video\\040disk ext4 rw 0 0\n");
        const QString disk = QStringLiteral("/srv/video disk");
        QCOMPARE(unmountedAbove(disk + QStringLiteral("/gatehouse"), fstab, before), disk);
        QCOMPARE(unmountedAbove(disk, fstab, before), disk);
        QCOMPARE(unmountedAbove(disk, fstab, after), QString());
        QCOMPARE(unmountedAbove(QStringLiteral("/srv/video disk 2"), fstab, before), QString());
        QCOMPARE(unmountedAbove(QStringLiteral("/x/y"), fstab, before), QString());
    }

    void doesNotFollowLinks()
    {
        const QTemporaryDir folder;
        PosixFileSystem files;
        const QString link = folder.filePath(QStringLiteral("link"));
        QCOMPARE(::symlink("/etc/hostname", link.toLocal8Bit().constData()), 0);
        QVERIFY(!files.read(link, 0, 10));
        QVERIFY(!files.openAppend(link));
    }

    void copiesAPrefix()
    {
        const QTemporaryDir folder;
        PosixFileSystem files;
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

    void namesTheMissingPath()
    {
        PosixFileSystem files;
        const QString nowhere = QStringLiteral("/nonexistent/folder/x");
        QCOMPARE(files.create(nowhere).error().kind, ErrorKind::NotFound);
        QVERIFY(files.create(nowhere).error().text.contains(nowhere));
        QCOMPARE(files.space(nowhere).error().kind, ErrorKind::NotFound);
        QVERIFY(files.space(QStringLiteral("/"))->total > 0);
    }
};

GATEHOUSE_TEST(PosixFileSystemTest)
#include "posix_file_system_test.moc"
