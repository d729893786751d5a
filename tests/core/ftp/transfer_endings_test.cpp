// How transfers end (quirks 9, 13 and 15): cleanly, cut, aborted, stalled, continued later.
#include "receiver.h"
#include "support/registry.h"

#include <QTest>
#include <sys/socket.h>

using namespace gatehouse;
using namespace gatehouse::tests;

class FtpTransferEndingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void quirk09_resetMarksTheUploadCut();
    void quirk13_keepsSlowStreamsAndEndsSilentOnes();
    void quirk15_answersCommandsDuringATransfer();
    void quirk15_handlesClosingWithoutQuit();
    void quirk15_abortsOnTelnetSynch();
    void resumesACutUpload();
    void appliesBackPressure();
};

namespace
{
QString path(const char *text)
{
    return QString::fromLatin1(text);
}
} // namespace

void FtpTransferEndingsTest::quirk09_resetMarksTheUploadCut()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    auto data = camera.openData();
    QVERIFY(camera.ask("STOR a.jpg").startsWith("150"));
    data->write(picture(50'000));
    data->waitForBytesWritten(20'000);
    QTest::qWait(50);
    reset(*data);
    QVERIFY(camera.line().startsWith("426"));
    QCOMPARE(receiver.backend.stored().size(), 1);
    QCOMPARE(receiver.backend.stored().first().end, ftp::UploadEnd::Cut);
    QVERIFY(camera.store("STOR a.jpg", picture(50'000)).startsWith("226")); // then it retries
    QCOMPARE(receiver.backend.stored().last().end, ftp::UploadEnd::Complete);
}

void FtpTransferEndingsTest::quirk13_keepsSlowStreamsAndEndsSilentOnes()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    auto data = camera.openData();
    QVERIFY(camera.ask("STOR live.avi").startsWith("150"));
    for (int i = 0; i < 6; ++i) { // 54 minutes of a stream that never pauses for ten
        data->write("frame");
        data->waitForBytesWritten(20'000);
        QTest::qWait(100);
        receiver.clock.add(540'000);
        QTest::qWait(i == 0 ? 1500 : 10); // the receiver sweeps its sessions once a second
    }
    QVERIFY(camera.ask("NOOP").startsWith("200"));
    data->write("frame");
    data->waitForBytesWritten(20'000);
    QTest::qWait(100);
    receiver.clock.add(601'000);
    QVERIFY(camera.line().startsWith("426"));
    QCOMPARE(receiver.backend.stored().last().end, ftp::UploadEnd::Cut);
    QCOMPARE(receiver.backend.stored().last().bytes, 35);
    QVERIFY(receiver.backend.stored().last().writes > 1); // handed over as it arrived
    receiver.clock.add(1'790'000);
    QTest::qWait(1200);
    QVERIFY(camera.ask("NOOP").startsWith("200")); // less than 30 minutes without a command
    receiver.clock.add(1'801'000);
    QVERIFY(camera.line().startsWith("421"));
    QVERIFY(camera.isClosed());
}

void FtpTransferEndingsTest::quirk15_answersCommandsDuringATransfer()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    auto data = camera.openData();
    QVERIFY(camera.ask("STOR a.jpg").startsWith("150"));
    data->write(picture(10'000));
    QVERIFY(camera.ask("NOOP").startsWith("200"));
    QVERIFY(camera.ask("STAT").startsWith("211"));
    camera.send("PWD\r\nNOOP\r\n"); // queued, in order
    data->write(picture(10'000));
    finish(*data);
    for (const char *code : {"226", "257", "200"})
        QCOMPARE(camera.line().left(3), QByteArray(code));
    QCOMPARE(receiver.backend.bytesOf(path("/a.jpg")), picture(10'000) + picture(10'000));
}

void FtpTransferEndingsTest::quirk15_handlesClosingWithoutQuit()
{
    Receiver receiver;
    {
        CameraSocket camera(receiver.port);
        QVERIFY(camera.logIn());
    }
    QTRY_COMPARE_WITH_TIMEOUT(receiver.sessions(), 0, 20'000);
    // The control connection ends while the picture is still arriving: the picture is stored.
    auto camera = std::make_unique<CameraSocket>(receiver.port);
    QVERIFY(camera->logIn());
    auto data = camera->openData();
    QVERIFY(camera->ask("STOR a.jpg").startsWith("150"));
    camera->control.disconnectFromHost();
    QTest::qWait(50);
    data->write(picture(50'000));
    finish(*data);
    QTRY_COMPARE_WITH_TIMEOUT(receiver.backend.stored().size(), 1, 20'000);
    QCOMPARE(receiver.backend.stored().first().end, ftp::UploadEnd::Complete);
    QTRY_COMPARE_WITH_TIMEOUT(receiver.sessions(), 0, 20'000);
    // Both are silent: the received bytes are an incomplete upload.
    camera = std::make_unique<CameraSocket>(receiver.port);
    QVERIFY(camera->logIn());
    data = camera->openData();
    QVERIFY(camera->ask("STOR b.jpg").startsWith("150"));
    data->write(picture(50'000));
    data->waitForBytesWritten(20'000);
    camera->control.disconnectFromHost();
    QTest::qWait(100);
    receiver.clock.add(25'000);
    QTRY_COMPARE_WITH_TIMEOUT(receiver.backend.stored().size(), 2, 20'000);
    QCOMPARE(receiver.backend.stored().last().end, ftp::UploadEnd::Cut);
}

void FtpTransferEndingsTest::quirk15_abortsOnTelnetSynch()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QVERIFY(camera.ask("ABOR").startsWith("226"));
    auto data = camera.openData();
    QVERIFY(camera.ask("STOR a.jpg").startsWith("150"));
    data->write(picture(10'000));
    data->waitForBytesWritten(20'000);
    QTest::qWait(50);
    const int descriptor = int(camera.control.socketDescriptor());
    QCOMPARE(::send(descriptor, "\xff\xf4\xff", 3, 0), 3);
    QCOMPARE(::send(descriptor, "\xf2", 1, MSG_OOB), 1);
    QVERIFY(camera.ask("ABOR").startsWith("426"));
    QVERIFY(camera.line().startsWith("226"));
    QCOMPARE(receiver.backend.stored().first().end, ftp::UploadEnd::Cut);
    // Also before the data connection is made.
    QVERIFY(portOf(camera.ask("PASV")) != 0);
    camera.send("STOR b.jpg\r\nABOR\r\n");
    QVERIFY(camera.line().startsWith("426"));
    QVERIFY(camera.line().startsWith("226"));
    QVERIFY(camera.store("STOR c.jpg", "x").startsWith("226"));
}

void FtpTransferEndingsTest::resumesACutUpload()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    const QByteArray whole = picture(60'000);
    auto data = camera.openData();
    QVERIFY(camera.ask("STOR a.mkv").startsWith("150"));
    data->write(whole.left(20'000));
    data->waitForBytesWritten(20'000);
    QTest::qWait(50);
    reset(*data);
    QVERIFY(camera.line().startsWith("426"));
    QCOMPARE(camera.ask("SIZE a.mkv"), QByteArray("213 20000"));
    QCOMPARE(camera.ask("REST 20000").left(3), QByteArray("350"));
    QVERIFY(camera.store("STOR a.mkv", whole.mid(20'000, 20'000)).startsWith("226"));
    QCOMPARE(receiver.backend.stored().last().offset, 20'000);
    QVERIFY(camera.store("APPE a.mkv", whole.mid(40'000)).startsWith("226"));
    QCOMPARE(receiver.backend.stored().last().mode, ftp::StoreMode::Append);
    QCOMPARE(receiver.backend.bytesOf(path("/a.mkv")), whole);
    QVERIFY(camera.store("STOR a.mkv", "new").startsWith("226"));
    QCOMPARE(receiver.backend.stored().last().offset, 0); // REST applies to one transfer
}

void FtpTransferEndingsTest::appliesBackPressure()
{
    Receiver receiver;
    receiver.backend.keeps = true;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    auto data = camera.openData();
    QVERIFY(camera.ask("STOR a.mkv").startsWith("150"));
    const QByteArray bytes(40 << 20, 'x');
    data->write(bytes);
    for (int i = 0; i < 20; ++i)
        data->waitForBytesWritten(50);
    QVERIFY2(data->bytesToWrite() > 8 << 20, "the socket was read without an end");
    QVERIFY(camera.ask("NOOP").startsWith("200"));
    receiver.run([&] { receiver.backend.release(); });
    finish(*data);
    QVERIFY(camera.line().startsWith("226"));
    QVERIFY(receiver.backend.bytesOf(path("/a.mkv")) == bytes);
}

GATEHOUSE_TEST(FtpTransferEndingsTest)
#include "transfer_endings_test.moc"
