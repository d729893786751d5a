// Quirks 1 to 17 of real cameras in commands, and every verb at least once.
#include "receiver.h"
#include "support/registry.h"

#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::tests;

class FtpDialogueQuirksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void quirk02_existingFolderReplies550AndXCommandsWork();
    void quirk03_alloReplies200();
    void quirk04_acceptsPathsAndLinesOfOldFirmware();
    void quirk06_repliesAreShortSingleLines();
    void quirk06_repliesWithTheCodesAnEsp32Expects();
    void quirk14_returnsTimesInUtcAsSet();
    void answersEveryVerb_data();
    void answersEveryVerb();
    void requiresLogin();
    void listsFolders();
    void supportsAMotionEyeSession();
    void reportsErrorsToTheCamera();
    void rejectsOversizedAndLateUploads();
    void storeUniqueReportsItsName();
    void reportsTheDialogueWithoutPasswords();
    void closingTheServerCutsUploads();
};

namespace
{
QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}
} // namespace

void FtpDialogueQuirksTest::quirk02_existingFolderReplies550AndXCommandsWork()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QVERIFY(camera.ask("MKD 20240308").startsWith("257"));
    QVERIFY(camera.ask("MKD 20240308").startsWith("550"));
    QVERIFY(camera.ask("CWD 20240308").startsWith("250"));
    QVERIFY(camera.ask("XMKD record000").startsWith("257 \"/20240308/record000\""));
    QVERIFY(camera.ask("XCWD record000").startsWith("250"));
    QVERIFY(camera.ask("XPWD").startsWith("257 \"/20240308/record000\""));
    QVERIFY(camera.ask("XCUP").startsWith("250"));
    QVERIFY(camera.ask("PWD").startsWith("257 \"/20240308\""));
    QVERIFY(camera.ask("XRMD record000").startsWith("250"));
    QVERIFY(camera.ask("MKD a\"b").startsWith("257 \"/20240308/a\"\"b\""));
}

void FtpDialogueQuirksTest::quirk03_alloReplies200()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QCOMPARE(camera.ask("ALLO 1048576").left(4), QByteArray("200 "));
    QCOMPARE(camera.ask("ALLO").left(4), QByteArray("200 "));
}

void FtpDialogueQuirksTest::quirk04_acceptsPathsAndLinesOfOldFirmware()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.line().startsWith("220"));
    camera.send("user cam\n"); // LF only, lower case
    QVERIFY(camera.line().startsWith("331"));
    camera.send("\n\r\n\r\npass cam\n");
    QVERIFY(camera.line().startsWith("230"));
    QVERIFY(camera.ask("type i").startsWith("200"));
    QVERIFY(camera.ask("mkd //a//b").startsWith("257 \"/a/b\""));
    QVERIFY(camera.ask("CWD /a/b/").startsWith("250"));
    QVERIFY(camera.ask("CWD").startsWith("250"));
    QVERIFY(camera.ask("CWD ").startsWith("250"));
    QVERIFY(camera.ask("PWD").startsWith("257 \"/a/b\""));
    QVERIFY(camera.store("stor \\c\\d.jpg", "x").startsWith("226"));
    QCOMPARE(receiver.backend.stored().last().path, text("/c/d.jpg"));
    QVERIFY(camera.store("STOR Name With Blanks_00.mp4", "x").startsWith("226"));
    QCOMPARE(receiver.backend.stored().last().path, text("/a/b/Name With Blanks_00.mp4"));
    QVERIFY(camera.store("STOR caf\xe9.jpg", "x").startsWith("226")); // Latin-1
    QVERIFY(camera.fetch("NLST").contains("caf\xe9.jpg\r\n"));
    QVERIFY(camera.store("STOR gr\xc3\xbcn.jpg", "x").startsWith("226")); // UTF-8
    QCOMPARE(receiver.backend.stored().last().path, text("/a/b/gr\xfcn.jpg"));
}

void FtpDialogueQuirksTest::quirk06_repliesAreShortSingleLines()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    camera.control.waitForReadyRead(20'000);
    // Each reply is one packet: the first read returns all of it.
    const auto whole = [&camera](const QByteArray &command) {
        camera.send(command + "\r\n");
        camera.control.waitForReadyRead(20'000);
        return camera.control.readAll();
    };
    QByteArray greeting = camera.control.readAll();
    QVERIFY(greeting.startsWith("220 ") && greeting.endsWith("\r\n") && greeting.count('\n') == 1);
    for (const char *command :
         {"USER cam", "PASS cam", "SYST", "PWD", "TYPE I", "PASV", "HELP", "STAT", "NOPE"}) {
        const QByteArray reply = whole(command);
        QVERIFY2(reply.endsWith("\r\n") && reply.count('\n') == 1 && reply.size() < 255 && reply.at(3) == ' ',
                 reply.constData());
    }
    QVERIFY(whole("PASV").contains('(') && whole("PASV").contains(')'));
}

void FtpDialogueQuirksTest::quirk06_repliesWithTheCodesAnEsp32Expects()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QCOMPARE(camera.line().left(4), QByteArray("220 "));
    QCOMPARE(camera.ask("USER cam").left(4), QByteArray("331 "));
    QCOMPARE(camera.ask("PASS cam").left(4), QByteArray("230 "));
    QCOMPARE(camera.ask("CWD ").left(4), QByteArray("250 "));
    QCOMPARE(camera.ask("MKD cam").left(4), QByteArray("257 "));
    QCOMPARE(camera.ask("Type I").left(4), QByteArray("200 "));
    const auto data = camera.openData();
    QCOMPARE(camera.ask("STOR a.jpg").left(4), QByteArray("150 "));
    data->write("x");
    finish(*data);
    QCOMPARE(camera.line().left(4), QByteArray("226 "));
    QCOMPARE(camera.ask("QUIT").left(4), QByteArray("221 "));
}

void FtpDialogueQuirksTest::quirk14_returnsTimesInUtcAsSet()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QVERIFY(camera.store("STOR a.jpg", "x").startsWith("226"));
    // Both days of a clock change, a stuck clock, a clock days ahead: returned as they were set.
    for (const char *time : {"20240331013000", "20241027013000", "19700101000000", "20991231235959"}) {
        QVERIFY(
            camera.ask(QByteArray("MFMT ") + time + " a.jpg").startsWith(QByteArray("213 Modify=") + time));
        QCOMPARE(camera.ask("MDTM a.jpg"), QByteArray("213 ") + time);
        QVERIFY(camera.ask("MLST a.jpg").contains(QByteArray("modify=") + time));
    }
    QVERIFY(camera.ask("MFMT 20240230000000 a.jpg").startsWith("501"));
    QVERIFY(camera.ask("MFMT 20240331013000 b.jpg").startsWith("550"));
}

void FtpDialogueQuirksTest::answersEveryVerb_data()
{
    QTest::addColumn<QByteArray>("command");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *command, const char *code) {
        QTest::addRow("%s", command) << QByteArray(command) << QByteArray(code);
    };
    row("NOOP", "200 ");
    row("TYPE E", "504 ");
    row("TYPE L 8", "200 ");
    row("MODE S", "200 ");
    row("MODE Z", "504 ");
    row("STRU F", "200 ");
    row("STRU R", "504 ");
    row("SYST", "215 UNIX");
    row("FEAT", "211-Features");
    row("OPTS UTF8 ON", "200 ");
    row("OPTS MLST type;size;", "200 MLST OPTS type;size;");
    row("OPTS X", "501 ");
    row("STAT /folder", "213-");
    row("STAT nothing", "550 ");
    row("CDUP", "250 ");
    row("MKD", "501 ");
    row("MKD /", "550 ");
    row("RMD folder", "550 not empty");
    row("RMD nothing", "550 ");
    row("CWD folder/a.jpg", "550 ");
    row("SIZE folder/a.jpg", "213 7");
    row("SIZE folder", "550 ");
    row("SIZE", "501 ");
    row("MDTM nothing", "550 ");
    row("MLST", "250-");
    row("MLST nothing", "550 ");
    row("REST x", "501 ");
    row("REST -1", "501 ");
    row("STOR", "501 ");
    row("STOR /", "553 ");
    row("STOR a.jpg", "425 ");
    row("LIST", "425 ");
    row("NLST nothing", "550 ");
    row("RETR folder/a.jpg", "550 ");
    row("RNTO x", "503 ");
    row("DELE folder", "550 ");
    row("SITE CHMOD 777 a", "200 ");
    row("SITE EXEC ls", "504 ");
    row("ACCT x", "202 ");
    row("PBSZ 0", "503 ");
    row("PROT P", "503 ");
    row("CCC", "533 ");
    row("AUTH TLS", "502 ");
    row("PORT 1,2,3", "501 ");
    row("EPRT |3|x|1|", "522 ");
    row("EPRT |2|::1|2000|", "522 ");
    row("EPSV 2", "522 ");
    row("EPSV ALL", "200 ");
    row("REIN", "220 ");
    row("USER", "501 ");
    row("PASS cam", "230 ");
    row("XYZZY", "500 ");
    row("123", "500 ");
}

void FtpDialogueQuirksTest::answersEveryVerb()
{
    QFETCH(QByteArray, command);
    QFETCH(QByteArray, code);
    Receiver receiver;
    receiver.backend.addFolder(text("/folder"));
    receiver.backend.addFile(text("/folder/a.jpg"), 7, 1'700'000'000'000);
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    const QByteArray reply = camera.ask(command);
    QVERIFY2(reply.startsWith(code), reply.constData());
    QVERIFY(camera.ask("NOOP").startsWith("200")); // one command, one reply
    if (command == "EPSV ALL")
        QVERIFY(camera.ask("PASV").startsWith("503"));
}

void FtpDialogueQuirksTest::requiresLogin()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.line().startsWith("220"));
    for (const char *command :
         {"PWD", "CWD /", "MKD a", "LIST", "STOR a", "PASV", "PORT 127,0,0,1,9,9", "SIZE a", "DELE a",
          "RNFR a", "TYPE I", "SITE HELP", "STAT /x", "RETR a", "ABOR", "MLST"})
        QVERIFY2(camera.ask(command).startsWith(strcmp(command, "STAT /x") == 0 ? "211" : "530"), command);
    QVERIFY(camera.ask("USER cam").startsWith("331"));
    QVERIFY(camera.ask("PASS wrong").startsWith("530"));
    QVERIFY(camera.ask("PASS cam").startsWith("503"));
    QVERIFY(camera.ask("USER cam").startsWith("331"));
    QVERIFY(camera.ask("PASS cam").startsWith("230"));
    QVERIFY(camera.ask("USER other").startsWith("331")); // logged out until PASS
    QVERIFY(camera.ask("PWD").startsWith("530"));
}

void FtpDialogueQuirksTest::listsFolders()
{
    Receiver receiver;
    receiver.backend.addFolder(text("/snap"));
    receiver.backend.addFile(text("/a.jpg"), 1234, 1'700'000'000'000);
    receiver.backend.addFile(text("/b.mkv"), 99, 1'700'000'000'000);
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    const QByteArray list = camera.fetch("LIST -la");
    QCOMPARE(list.count("\r\n"), 3);
    QVERIFY(list.contains("1234 Nov 14") && list.contains("drwxr-xr-x") && list.contains(" a.jpg\r\n"));
    QCOMPARE(camera.fetch("NLST"), QByteArray("a.jpg\r\nb.mkv\r\nsnap\r\n"));
    QCOMPARE(camera.fetch("NLST *.jpg"), QByteArray("a.jpg\r\n"));
    QCOMPARE(camera.fetch("NLST snap"), QByteArray());
    QCOMPARE(camera.fetch("LIST a.jpg").count("\r\n"), 1);
    QVERIFY(camera.fetch("MLSD").contains("type=file;size=1234;modify=20231114221320; a.jpg\r\n"));
    QVERIFY(camera.ask("OPTS MLST type;").startsWith("200"));
    QVERIFY(camera.fetch("MLSD").contains("type=dir; snap\r\n"));
    QVERIFY(camera.ask("STAT /").contains("a.jpg"));
}

// motionEye requests NLST for every level, creates and removes a folder as its test, and leaves without QUIT.
void FtpDialogueQuirksTest::supportsAMotionEyeSession()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QVERIFY(camera.ask("MKD Camera1").startsWith("257"));
    QVERIFY(camera.fetch("NLST /").contains("Camera1"));
    QVERIFY(camera.ask("CWD /Camera1").startsWith("250"));
    QCOMPARE(camera.fetch("NLST"), QByteArray());
    QVERIFY(camera.ask("MKD 2024-03-08").startsWith("257"));
    QVERIFY(camera.ask("CWD 2024-03-08").startsWith("250"));
    QVERIFY(camera.store("STOR 15-29-54.jpg", "x").startsWith("226"));
    QVERIFY(camera.ask("RMD /Camera1/2024-03-08").startsWith("550"));
}

void FtpDialogueQuirksTest::reportsErrorsToTheCamera()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QSignalSpy failed(receiver.server, &ftp::Server::uploadFailed);
    const auto begin = [&](ErrorKind kind, const char *why) {
        receiver.backend.failNextBegin({kind, text(why), {}});
        return camera.store("STOR a.jpg", "x");
    };
    QCOMPARE(begin(ErrorKind::Unavailable, "Receiving is paused."), QByteArray("450 Receiving is paused."));
    QCOMPARE(begin(ErrorKind::Full, "The disk is full."), QByteArray("452 The disk is full."));
    QCOMPARE(begin(ErrorKind::Denied, "No\r\nno."), QByteArray("450 No  no."));
    const auto end = [&](ErrorKind kind, const char *why) {
        receiver.backend.failNextFinish({kind, text(why), {}});
        return camera.store("STOR a.jpg", "x");
    };
    receiver.backend.answerAfter = 10;
    QCOMPARE(end(ErrorKind::Full, "The disk is full."), QByteArray("452 The disk is full."));
    QCOMPARE(end(ErrorKind::Unavailable, "The disk is gone."), QByteArray("451 The disk is gone."));
    QCOMPARE(end(ErrorKind::Internal, ""), QByteArray("451 Can't store file."));
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 6, 20'000);
    QCOMPARE(failed.first().at(0).toString(), text("cam"));
    QCOMPARE(failed.first().at(1).toString(), text("/a.jpg"));
    QVERIFY(camera.store("STOR a.jpg", "x").startsWith("226"));
}

void FtpDialogueQuirksTest::rejectsOversizedAndLateUploads()
{
    ftp::ServerOptions options;
    options.limits.fileBytes = 100'000;
    Receiver receiver(options);
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QVERIFY(camera.store("STOR a.mkv", QByteArray(100'000, 'x')).startsWith("226"));
    QVERIFY(camera.store("STOR b.mkv", QByteArray(100'001, 'x')).startsWith("552"));
    QCOMPARE(receiver.backend.stored().last().end, ftp::UploadEnd::Cut);
    QVERIFY(camera.ask("REST 90000").startsWith("350"));
    QVERIFY(camera.store("STOR b.mkv", QByteArray(20'000, 'x')).startsWith("552"));
    // No data connection is made.
    QVERIFY(portOf(camera.ask("PASV")) != 0);
    camera.send("STOR c.mkv\r\n");
    QTest::qWait(50);
    receiver.clock.add(21'000);
    QVERIFY(camera.line().startsWith("425"));
    QVERIFY(camera.store("STOR d.mkv", "x").startsWith("226"));
}

void FtpDialogueQuirksTest::storeUniqueReportsItsName()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    for (int i = 0; i < 3; ++i) {
        const auto data = camera.openData();
        const QByteArray opening = camera.ask("STOU snap.jpg");
        QVERIFY2(opening.startsWith("150 FILE: snap") && opening.endsWith(".jpg"), opening);
        finish(*data);
        QVERIFY(camera.line().startsWith("226"));
    }
    const auto stored = receiver.backend.stored();
    QVERIFY(stored[0].path != stored[1].path && stored[1].path != stored[2].path);
    QCOMPARE(stored[2].mode, ftp::StoreMode::Unique);
}

void FtpDialogueQuirksTest::reportsTheDialogueWithoutPasswords()
{
    Receiver receiver;
    QVector<ftp::Dialogue> lines;
    QObject context;
    connect(
        receiver.server, &ftp::Server::dialogue, &context,
        [&lines](const ftp::Dialogue &line) { lines.append(line); }, Qt::DirectConnection);
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QVERIFY(camera.ask("MKD a\x1b[31m").startsWith("553"));
    receiver.run([] {}); // all signals delivered
    QCOMPARE(lines.size(), 7);
    QCOMPARE(lines[1].line, text("USER cam"));
    QVERIFY(lines[1].fromCamera && !lines[2].fromCamera);
    QCOMPARE(lines[3].line, text("PASS ***"));
    QCOMPARE(lines[5].line, text("MKD a\\x1b[31m"));
    QCOMPARE(lines[5].user, text("cam"));
}

void FtpDialogueQuirksTest::closingTheServerCutsUploads()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    const auto data = camera.openData();
    QVERIFY(camera.ask("STOR a.jpg").startsWith("150"));
    data->write("half of it");
    data->waitForBytesWritten(20'000);
    QTest::qWait(100);
    receiver.run([&] { receiver.server->close(); });
    QVERIFY(camera.line().startsWith("421"));
    QVERIFY(camera.isClosed());
    QCOMPARE(receiver.backend.stored().size(), 1);
    QCOMPARE(receiver.backend.stored().first().end, ftp::UploadEnd::Cut);
    QCOMPARE(receiver.backend.stored().first().bytes, 10);
}

GATEHOUSE_TEST(FtpDialogueQuirksTest)
#include "quirks_dialogue_test.moc"
