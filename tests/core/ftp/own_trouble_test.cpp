// Failures of this PC are not the camera's fault: it is asked to retry.
#include "receiver.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::tests;

class FtpOwnTroubleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doesNotBlameThePassword();
};

// After a 530, many cameras give up until somebody re-enters the password.
void FtpOwnTroubleTest::doesNotBlameThePassword()
{
    Receiver receiver;
    for (const ErrorKind kind :
         {ErrorKind::Corrupt, ErrorKind::Unavailable, ErrorKind::Full, ErrorKind::Internal}) {
        CameraSocket camera(receiver.port);
        QVERIFY(camera.line().startsWith("220"));
        QVERIFY(camera.ask("USER cam").startsWith("331"));
        receiver.backend.failNextLogIn({kind, QStringLiteral("The catalog of /home/me is damaged."), {}});
        QCOMPARE(camera.ask("PASS cam"), QByteArray("421 Temporarily unavailable, try again later."));
        QVERIFY(camera.isClosed());
    }
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn()); // nothing counted as a wrong password
}

GATEHOUSE_TEST(FtpOwnTroubleTest)
#include "own_trouble_test.moc"
