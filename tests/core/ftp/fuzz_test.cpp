// Mutated dialogues of real cameras and clients against the parsers and a live receiver. Also runs under the
// sanitizers: nothing may crash, hang, or leak a session or a descriptor.
#include "base/byte_name.h"
#include "ftp/certificate.h"
#include "ftp/line_parser.h"
#include "ftp/listing.h"
#include "ftp/path.h"
#include "ftp/tls.h"
#include "fuzz_seeds.h"
#include "receiver.h"
#include "support/registry.h"
#include "support/test_data.h"

#include <QDir>
#include <QTest>
#include <deque>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace gatehouse;
using namespace gatehouse::tests;

class FtpFuzzTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parsersStayInBounds();
    void receiverSurvives();
    void tlsFilterSurvives();
};

namespace
{
int inputs()
{
    return isLongRun() ? 100'000 : 10'000;
}

void checkPath(const QString &path)
{
    QVERIFY(path.startsWith(QLatin1Char('/')));
    QVERIFY(path == QLatin1String("/") || !path.endsWith(QLatin1Char('/')));
    for (const QString &part : path.split(QLatin1Char('/'))) {
        QVERIFY(part != QLatin1String("..") && part != QLatin1String("."));
        QVERIFY(bytesOfName(part).size() <= ftp::kMaxNameLength);
    }
    for (const QChar c : path)
        QVERIFY(c.unicode() >= 0x20 && c != QLatin1Char('\\'));
}

int connectTo(quint16 port)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
        return descriptor;
    ::close(descriptor);
    return -1;
}
} // namespace

void FtpFuzzTest::parsersStayInBounds()
{
    Mutator mutator(fuzzSeeds(), 1);
    ftp::LineParser parser(4096);
    for (int i = 0; i < inputs(); ++i) {
        const QByteArray input = mutator.next();
        for (qsizetype at = 0; at < input.size();) {
            const qsizetype step = std::min<qsizetype>(1 + mutator.random(700), input.size() - at);
            parser.buffer() += input.mid(at, step);
            at += step;
            while (parser.next()) {
                const ftp::Command command = parser.take();
                QVERIFY(command.argument.size() <= 4096 && command.verb == command.verb.toUpper());
                if (const auto path =
                        ftp::resolvePath(QStringLiteral("/a/b"), nameFromBytes(command.argument)))
                    checkPath(*path);
                if (const auto time = ftp::fromTimeValue(command.argument.left(18)))
                    QVERIFY(!ftp::timeValue(*time).isEmpty());
            }
            QVERIFY(parser.buffered() <= 4096);
        }
        if (i % 50 == 0)
            parser.clear();
    }
}

void FtpFuzzTest::receiverSurvives()
{
    ftp::ServerOptions options;
    options.limits.connectTimeout = 100;
    options.limits.wrongPasswords = 1'000'000;
    options.limits.sessionsPerAddress = options.limits.sessions = 400;
    Receiver receiver(options);
    receiver.backend.answerAfter = 1;
    int reported = 0;
    QObject context;
    connect(
        receiver.server, &ftp::Server::dialogue, &context,
        [&reported](const ftp::Dialogue &line) {
            reported += line.line.contains(QLatin1Char('\n')) ? 1 : 0; // a forged log line
        },
        Qt::DirectConnection);
    const qsizetype before = QDir(QStringLiteral("/proc/self/fd")).count();

    Mutator mutator(fuzzSeeds(), 2);
    std::deque<int> open;
    const auto closeOldest = [&] {
        const int descriptor = open.front();
        open.pop_front();
        if (mutator.random(3) == 0) {
            const linger now = {1, 0};
            ::setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        } else if (mutator.random(2) == 0) {
            char answers[4096];
            ::recv(descriptor, answers, sizeof answers, MSG_DONTWAIT);
        }
        ::close(descriptor);
    };
    for (int i = 0; i < inputs(); ++i) {
        QByteArray input = mutator.next();
        if (mutator.random(4) != 0)
            input.prepend("USER cam\r\nPASS cam\r\n");
        const int descriptor = connectTo(receiver.port);
        QVERIFY(descriptor >= 0);
        open.push_back(descriptor);
        const qsizetype cut = mutator.random(int(input.size()) + 1);
        ::send(descriptor, input.constData(), size_t(cut), MSG_NOSIGNAL);
        ::send(descriptor, input.constData() + cut, size_t(input.size() - cut), MSG_NOSIGNAL);
        if (mutator.random(2) == 0)
            ::shutdown(descriptor, SHUT_WR);
        while (open.size() > 48)
            closeOldest();
    }
    while (!open.empty())
        closeOldest();
    receiver.clock.add(3'000'000);
    QTRY_COMPARE_WITH_TIMEOUT(receiver.sessions(), 0, 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(QDir(QStringLiteral("/proc/self/fd")).count() <= before + 2, 20'000);
    QCOMPARE(reported, 0);
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QVERIFY(camera.store("STOR last.jpg", "x").startsWith("226"));
}

void FtpFuzzTest::tlsFilterSurvives()
{
    const QTemporaryDir folder;
    const auto identity = ftp::loadOrMakeTlsIdentity(
        folder.filePath(QStringLiteral("c")), folder.filePath(QStringLiteral("k")), QStringLiteral("x"), 0);
    QVERIFY(identity);
    const auto context = ftp::TlsContext::make(identity->certificates, identity->key);
    QVERIFY(context);
    Mutator mutator({clientHello()}, 3);
    for (int i = 0; i < inputs() / 20; ++i) {
        ftp::TlsFilter filter(**context, ftp::TlsVersion::V1_0);
        QByteArray plain;
        if (filter.seal("220 hello") && filter.feed(mutator.next(), plain))
            filter.sealEnd();
        QVERIFY(filter.takeOutput().size() < 100'000);
        QVERIFY(plain.isEmpty());
    }
}

GATEHOUSE_TEST(FtpFuzzTest)
#include "fuzz_test.moc"
