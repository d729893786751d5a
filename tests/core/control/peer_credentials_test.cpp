// The control socket is this user's alone: its folder, and who is at the other end.
#include "control/client.h"
#include "control/dispatcher.h"
#include "control/peer_credentials.h"
#include "control/server.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QDir>
#include <QFile>
#include <QLocalServer>
#include <QTemporaryDir>
#include <QTest>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace gatehouse;
using namespace gatehouse::control;
using gatehouse::tests::kPatience;

namespace
{

constexpr uid_t kNobody = 65534;

mode_t modeOf(const QString &path)
{
    struct stat found {
    };
    return ::lstat(QFile::encodeName(path).constData(), &found) == 0 ? found.st_mode & 07777 : 0;
}

sockaddr_un addressOf(const QString &path)
{
    sockaddr_un out{};
    out.sun_family = AF_UNIX;
    qstrncpy(out.sun_path, QFile::encodeName(path).constData(), sizeof out.sun_path);
    return out;
}

// Runs `job` as nobody, in a process of its own; what it returned.
template<typename Job>
pid_t startAsNobody(Job job)
{
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(::setuid(kNobody) == 0 ? job() : 99);
    return child;
}

int endOf(pid_t child)
{
    int status = 0;
    return QTest::qWaitFor([&] { return ::waitpid(child, &status, WNOHANG) == child; }, 20'000) &&
                   WIFEXITED(status)
               ? WEXITSTATUS(status)
               : -1;
}

} // namespace

class PeerCredentialsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesTheFolderPrivate()
    {
        const QTemporaryDir folder;
        const QString socket = folder.filePath(QStringLiteral("run/c.sock"));
        QVERIFY(makePrivateFolder(socket));
        QCOMPARE(modeOf(folder.filePath(QStringLiteral("run"))), mode_t(0700));
        QCOMPARE(::chmod(QFile::encodeName(folder.filePath(QStringLiteral("run"))).constData(), 0755), 0);
        QVERIFY(makePrivateFolder(socket)); // copied from a backup
        QCOMPARE(modeOf(folder.filePath(QStringLiteral("run"))), mode_t(0700));
    }

    void rejectsUnsafeFolders()
    {
        QCOMPARE(makePrivateFolder(QStringLiteral("/tmp/c.sock")).error().kind, ErrorKind::Denied);
        const QTemporaryDir folder;
        const QTemporaryDir elsewhere;
        QVERIFY(QFile::link(elsewhere.path(), folder.filePath(QStringLiteral("link"))));
        QVERIFY(!makePrivateFolder(folder.filePath(QStringLiteral("link/c.sock"))));
        QVERIFY(!makePrivateFolder(folder.filePath(QStringLiteral("no/such/c.sock"))));
        if (::geteuid() != 0)
            QSKIP("another user's folder can only be made as root");
        QCOMPARE(::chown(QFile::encodeName(elsewhere.path()).constData(), kNobody, kNobody), 0);
        QVERIFY(!makePrivateFolder(elsewhere.filePath(QStringLiteral("c.sock"))));
        catalog::Changes changes;
        Dispatcher commands;
        Server server(elsewhere.filePath(QStringLiteral("c.sock")), commands, changes);
        QCOMPARE(server.listen().error().kind, ErrorKind::Denied);
    }

    void replacesStaleSocketsAndRemovesItsOwn()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("run/c.sock"));
        QVERIFY(makePrivateFolder(path));
        const sockaddr_un address = addressOf(path);
        const int dead = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        QCOMPARE(::bind(dead, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
        ::close(dead);
        {
            catalog::Changes changes;
            Dispatcher commands;
            Server server(path, commands, changes);
            QVERIFY(server.listen());
            Client client(path);
            client.connectToEngine();
            QTRY_VERIFY_WITH_TIMEOUT(client.isConnected(), kPatience);
        }
        QCOMPARE(QDir(folder.filePath(QStringLiteral("run")))
                     .entryList(QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot),
                 QStringList());
    }

    // Root gives the socket away on purpose; the kernel still says who asks.
    void ignoresOtherUsers()
    {
        if (::geteuid() != 0)
            QSKIP("another user can only be played as root");
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("run/c.sock"));
        catalog::Changes changes;
        Dispatcher commands;
        Server server(path, commands, changes);
        QVERIFY(server.listen());
        for (const QString &open : {folder.path(), folder.filePath(QStringLiteral("run")), path})
            QCOMPARE(::chmod(QFile::encodeName(open).constData(), 0777), 0);
        const pid_t other = startAsNobody([address = addressOf(path)] {
            const int asking = ::socket(AF_UNIX, SOCK_STREAM, 0);
            if (::connect(asking, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
                return 2;
            char byte = 0;
            return ::read(asking, &byte, 1) <= 0 ? 0 : 1; // closed without a greeting
        });
        QCOMPARE(endOf(other), 0);
    }
};

GATEHOUSE_TEST(PeerCredentialsTest)
#include "peer_credentials_test.moc"
