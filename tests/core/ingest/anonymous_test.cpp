// The account of cameras that log in anonymously is made when the first one does.
#include "receiver.h"
#include "support/registry.h"

using namespace gatehouse;
using namespace gatehouse::tests;

class AnonymousTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void concurrentLoginsShareTheAccount();
};

void AnonymousTest::concurrentLoginsShareTheAccount()
{
    const QTemporaryDir folder;
    const auto fixture = makeReceiver(folder);
    fixture->backend->setOptions({true, qint64(1) << 30});
    const auto here = std::make_shared<int>();
    const auto logIn = [&] {
        return fixture->backend->logIn(QStringLiteral("anonymous"), "x", QHostAddress::LocalHost, here);
    };
    const auto one = logIn();
    const auto other = logIn();
    QTRY_VERIFY_WITH_TIMEOUT(one.isFinished() && other.isFinished(), 30'000);
    QVERIFY(one.result());
    QVERIFY2(other.result(), qPrintable(other.result() ? QString() : other.result().error().text));
    QCOMPARE(*one.result(), *other.result());
}

GATEHOUSE_TEST(AnonymousTest)
#include "anonymous_test.moc"
