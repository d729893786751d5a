// The quirks of real cameras (1 to 17) that concern transfers; the others are in quirks_dialogue_test.
#include "receiver.h"
#include "support/registry.h"

#include <QTcpServer>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::tests;

class FtpTransferQuirksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void quirk01_quitRightAfterStorWaitsForTheUpload();
    void quirk01_everythingInOneBlast();
};

namespace
{
QByteArray picture(qsizetype bytes)
{
    QByteArray out("\xff\xd8\r\n\n\r", 6);
    while (out.size() < bytes)
        out.append(char(out.size() * 7));
    return out;
}
} // namespace

void FtpTransferQuirksTest::quirk01_quitRightAfterStorWaitsForTheUpload()
{
    Receiver receiver;
    receiver.backend.answerAfter = 100;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    const auto data = camera.openData();
    camera.send("STOR a.jpg\r\nQUIT\r\n");
    QCOMPARE(camera.line().left(4), QByteArray("150 "));
    data->write(picture(70'000));
    finish(*data);
    QCOMPARE(camera.line().left(4), QByteArray("226 "));
    QCOMPARE(camera.line().left(4), QByteArray("221 "));
    QVERIFY(camera.isClosed());
    QCOMPARE(receiver.backend.bytesOf(QStringLiteral("/a.jpg")), picture(70'000));
}

// Yi: USER, PASS, MKD and QUIT in one packet.
void FtpTransferQuirksTest::quirk01_everythingInOneBlast()
{
    Receiver receiver;
    receiver.backend.answerAfter = 50;
    CameraSocket camera(receiver.port);
    camera.send("USER cam\r\nPASS cam\r\n\r\nMKD 2023Y05M11D10H\r\nQUIT\r\n");
    for (const char *code : {"220", "331", "230", "257", "221"})
        QCOMPARE(camera.line().left(3), QByteArray(code));
    QVERIFY(camera.isClosed());
}

GATEHOUSE_TEST(FtpTransferQuirksTest)
#include "quirks_transfer_test.moc"
