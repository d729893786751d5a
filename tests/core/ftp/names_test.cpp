// Cameras get their own bytes back, whatever character set they write their names in.
#include "receiver.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::tests;

class FtpNamesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void repliesWithTheBytesItGot_data();
    void repliesWithTheBytesItGot();
    void keepsDifferentNamesApart();
    void acceptsNamesOf255Bytes();
    void readsUserNamesInAnyCharacterSet();
};

void FtpNamesTest::repliesWithTheBytesItGot_data()
{
    QTest::addColumn<QByteArray>("folder");
    QTest::addColumn<QByteArray>("file");
    const auto row = [](const char *title, const QByteArray &folder, const QByteArray &file) {
        QTest::newRow(title) << folder << file;
    };
    row("GBK", "\xd4\xba\xd7\xd3", "\xc7\xb0\xc3\xc5_20260312.jpg");
    row("GBK that looks like UTF-8", "\xc4\xa3\xca\xbd", "\xc4\xa3.jpg");
    row("GBK with control characters", "\xc2\x80\x81\x40", "\xc2\x9f.jpg");
    row("Windows-1252",
        "Einfahrt S\xfc"
        "d",
        "Gr\xfc\xdf"
        "e \x80.jpg");
    row("unassigned codes", "\x81\x8d", "\x8f\x90\x9d.jpg");
    row("Shift-JIS", "\x83\x5c\x83\x5c", "\x95\x5c\x8e\xa6\x94\x5c.jpg");
    row("Big5", "\xa5\x5c\xb3\x5c", "\xa4\xa4\xa4\xe5.jpg");
    row("EUC-KR", "\xc7\xf6\xb0\xfc", "\xb9\xae.jpg");
    row("KOI8-R", "\xe4\xd7\xcf\xd2", "\xf7\xc8\xcf\xc4.jpg");
    row("UTF-8", "\xe9\x99\xa2\xe5\xad\x90", "\xe5\x89\x8d\xe9\x97\xa8.jpg");
    row("a folder in UTF-8, a file in GBK", "\xe9\x99\xa2", "\xc7\xb0\xc3\xc5.jpg");
    row("a byte order mark", "\xef\xbb\xbfin",
        "\xef\xbb\xbf"
        "a.jpg");
}

void FtpNamesTest::repliesWithTheBytesItGot()
{
    QFETCH(const QByteArray, folder);
    QFETCH(const QByteArray, file);
    Receiver receiver;
    {
        CameraSocket camera(receiver.port);
        QVERIFY(camera.logIn());
        QCOMPARE(camera.ask("MKD " + folder), "257 \"/" + folder + "\" created.");
        QVERIFY(camera.ask("CWD " + folder).startsWith("250"));
        QCOMPARE(camera.ask("PWD"), "257 \"/" + folder + "\" is the current folder.");
        QVERIFY(camera.store("STOR " + file, "12345").startsWith("226"));
        QVERIFY(camera.store("STOR /" + folder + "/second " + file, "1").startsWith("226"));
    }
    // A later session has said nothing about its character set.
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    QVERIFY(camera.fetch("LIST").contains(' ' + folder + "\r\n"));
    const QByteArray names = "\r\n" + camera.fetch("NLST /" + folder);
    QCOMPARE(names.count('\n'), 3);
    QVERIFY(names.contains("\n" + file + "\r\n") && names.contains("\nsecond " + file + "\r\n"));
    QVERIFY(camera.fetch("MLSD /" + folder).contains("; " + file + "\r\n"));
    QVERIFY(camera.fetch("LIST /" + folder).contains(' ' + file + "\r\n"));
    QVERIFY(camera.fetch("LIST /" + folder + "/*.jpg").contains(' ' + file + "\r\n"));
    const QByteArray path = '/' + folder + '/' + file;
    QVERIFY(camera.ask("MLST " + path).contains("; " + path + '\n'));
    QVERIFY(camera.ask("STAT /" + folder).contains(' ' + file + '\n'));
    QCOMPARE(camera.ask("SIZE " + path), QByteArray("213 5"));
    QVERIFY(camera.ask("MDTM " + path).startsWith("213 "));
    QVERIFY(camera.ask("MFMT 20240308152954 " + path).endsWith(path));
    QVERIFY(camera.ask("OPTS UTF8 ON").startsWith("200"));
    QVERIFY(camera.fetch("NLST /" + folder).contains(file + "\r\n"));
    QVERIFY(camera.ask("OPTS UTF8 OFF").startsWith("200"));
    QVERIFY(camera.fetch("NLST /" + folder).contains(file + "\r\n"));
    QVERIFY(camera.ask("RNFR " + path).startsWith("350"));
    QVERIFY(camera.ask("RNTO " + path + ".old").startsWith("250"));
    QVERIFY(camera.ask("SIZE " + path).startsWith("550"));
    QVERIFY(camera.fetch("NLST /" + folder).contains(file + ".old\r\n"));
    QVERIFY(camera.ask("DELE " + path + ".old").startsWith("250"));
    const auto data = camera.openData();
    QCOMPARE(camera.ask("STOU " + path), "150 FILE: " + file);
    finish(*data);
    QVERIFY(camera.line().startsWith("226"));
}

void FtpNamesTest::keepsDifferentNamesApart()
{
    const QVector<QByteArray> names = {
        "\xfc.jpg", "\xc3\xbc.jpg",     "\x81.jpg",          "\x8d.jpg",     "_.jpg",
        "\x90.jpg", "\xef\x9e\x81.jpg", "\xef\xbb\xbf_.jpg", "\xd4\xba.jpg", "\xc3\x94\xc2\xba.jpg"};
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    for (qsizetype i = 0; i < names.size(); ++i)
        QVERIFY(camera.store("STOR " + names[i], QByteArray(i + 1, 'x')).startsWith("226"));
    const QByteArray listed = camera.fetch("NLST");
    QCOMPARE(listed.count('\n'), names.size());
    for (qsizetype i = 0; i < names.size(); ++i) {
        QVERIFY(listed.contains(names[i] + "\r\n"));
        QCOMPARE(camera.ask("SIZE " + names[i]), "213 " + QByteArray::number(i + 1));
    }
}

void FtpNamesTest::acceptsNamesOf255Bytes()
{
    Receiver receiver;
    CameraSocket camera(receiver.port);
    QVERIFY(camera.logIn());
    const QByteArray name = QByteArray("\xd4\xba").repeated(125) + ".jpgx";
    QCOMPARE(name.size(), 255);
    QVERIFY(camera.store("STOR " + name, "x").startsWith("226"));
    QCOMPARE(camera.fetch("NLST"), name + "\r\n");
    QVERIFY(camera.ask("MKD " + name + 'x').startsWith("553"));
}

void FtpNamesTest::readsUserNamesInAnyCharacterSet()
{
    for (const QByteArray &user : {QByteArray("Gar\xc3\xa7on"), QByteArray("Gar\xe7on")}) {
        Receiver receiver;
        receiver.backend.user = QStringLiteral("Gar\u00e7on");
        CameraSocket camera(receiver.port);
        QVERIFY(camera.line().startsWith("220"));
        QVERIFY(camera.ask("USER " + user).startsWith("331"));
        QVERIFY(camera.ask("PASS cam").startsWith("230"));
    }
}

GATEHOUSE_TEST(FtpNamesTest)
#include "names_test.moc"
