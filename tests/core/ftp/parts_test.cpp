// The receiver's parts that need no socket: lines, names, paths, globs, times, PASV's
// addresses, the certificate.
#include "base/byte_name.h"
#include "ftp/certificate.h"
#include "ftp/glob.h"
#include "ftp/line_parser.h"
#include "ftp/listing.h"
#include "ftp/passive_range.h"
#include "ftp/path.h"
#include "ftp/reply.h"
#include "ftp/tls.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ftp;
using gatehouse::tests::kDayMs;

namespace
{
constexpr qint64 kRightNow = 1'781'272'938'000; // 2026-06-12
} // namespace

class FtpPartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splitsLines();
    void stripsTelnetBytes();
    void reportsALongLineOnce();
    void normalizesPaths_data();
    void normalizesPaths();
    void rejectsOverlongPathsAndControlCharacters();
    void decodesNames();
    void matchesGlobs();
    void matchesPathologicalGlobsQuickly();
    void timesAreUtcAcrossDaylightSavingChanges();
    void formatsListingEntries();
    void keepsRepliesShortAndClean();
    void prefersTheNarrowestNetwork();
    void createsACertificateOnce();
    void reissuesACertificateDatedByAWrongClock_data();
    void reissuesACertificateDatedByAWrongClock();
};

void FtpPartsTest::splitsLines()
{
    LineParser parser(100);
    parser.buffer() += "user cam\r\n\r\n\n  PWD\nSTOR a b .jpg \r\nTYPE";
    QCOMPARE(parser.next()->verb, QByteArray("USER"));
    QCOMPARE(parser.take().argument, QByteArray("cam"));
    QVERIFY(parser.next());
    QCOMPARE(parser.take().verb, QByteArray("PWD"));
    QVERIFY(parser.next());
    QCOMPARE(parser.take().argument, QByteArray("a b .jpg "));
    QVERIFY(!parser.next());
    parser.buffer() += " I\r\nGET/ HTTP/1.1\r\n";
    QCOMPARE(parser.next()->verb, QByteArray("TYPE"));
    QCOMPARE(parser.take().argument, QByteArray("I"));
    QVERIFY(parser.next());
    QCOMPARE(parser.take().verb, QByteArray());
    QCOMPARE(parser.buffered(), 0);
}

void FtpPartsTest::stripsTelnetBytes()
{
    LineParser parser(100);
    parser.buffer() += "\xff\xf4\xff\xf2"
                       "ABOR\r\n" // IP, Synch
                       "\xf2"
                       "ABOR\r\n" // of which only the urgent byte remains
                       "\xff\xfd\x01"
                       "NOOP\r\n"                 // DO ECHO
                       "STOR caf\xff\xff.jpg\r\n" // a doubled 0xff is one
                       "STOR \xff.jpg\r\n";       // an undoubled 0xff is a letter
    for (const char *verb : {"ABOR", "ABOR", "NOOP"}) {
        QVERIFY(parser.next());
        QCOMPARE(parser.take().verb, QByteArray(verb));
    }
    QVERIFY(parser.next());
    QCOMPARE(parser.take().argument, QByteArray("caf\xff.jpg"));
    QVERIFY(parser.next());
    QCOMPARE(parser.take().argument, QByteArray("\xff.jpg"));
}

void FtpPartsTest::reportsALongLineOnce()
{
    LineParser parser(64);
    int reports = 0;
    for (int i = 0; i < 100; ++i) {
        parser.buffer() += QByteArray(50, 'x');
        while (parser.next()) {
            QVERIFY(parser.take().isTooLong);
            ++reports;
        }
        QVERIFY(parser.buffered() <= 64);
    }
    QCOMPARE(reports, 1);
    parser.buffer() += "\r\nNOOP\r\n";
    QVERIFY(parser.next());
    QCOMPARE(parser.take().verb, QByteArray("NOOP"));
}

void FtpPartsTest::normalizesPaths_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("argument");
    QTest::addColumn<QString>("path");
    const auto row = [](const char *folder, const char *argument, const char *path) {
        QTest::addRow("%s + %s", folder, argument)
            << QString::fromLatin1(folder) << QString::fromLatin1(argument) << QString::fromLatin1(path);
    };
    row("/", "a.jpg", "/a.jpg");
    row("/cam", "a.jpg", "/cam/a.jpg");
    row("/cam", "//camera_test1709", "/camera_test1709");
    row("/cam", "//a//b/", "/a/b");
    row("/cam", "", "/cam");
    row("/", "", "/");
    row("/cam", "..", "/");
    row("/cam", "../../../etc/passwd", "/etc/passwd");
    row("/cam", "./x/./y/../z", "/cam/x/z");
    row("/cam", "2024\\03\\a.jpg", "/cam/2024/03/a.jpg");
    row("/cam", "...", "/cam/...");
    row("/cam", "C:\\x", "/cam/C:/x");
}

void FtpPartsTest::normalizesPaths()
{
    QFETCH(QString, folder);
    QFETCH(QString, argument);
    QTEST(resolvePath(folder, argument).value_or(QStringLiteral("refused")), "path");
}

void FtpPartsTest::rejectsOverlongPathsAndControlCharacters()
{
    const QString root = QStringLiteral("/");
    QVERIFY(resolvePath(root, QString(255, QLatin1Char('a'))));
    QVERIFY(!resolvePath(root, QString(256, QLatin1Char('a'))));
    QVERIFY(!resolvePath(root, QString(128, QChar(0xe4)))); // 256 bytes of UTF-8
    QVERIFY(resolvePath(root, QStringLiteral("a/").repeated(64)));
    QVERIFY(!resolvePath(root, QStringLiteral("a/").repeated(65)));
    QVERIFY(!resolvePath(root, (QString(200, QLatin1Char('a')) + QLatin1Char('/')).repeated(11)));
    for (const int c : {0, 1, 9, 10, 13, 27, 0x7f, 0x85, 0x9f})
        QVERIFY2(!resolvePath(root, QStringLiteral("a") + QChar(c)), qPrintable(QString::number(c)));
}

void FtpPartsTest::decodesNames()
{
    // Every invalid UTF-8 byte is accepted: the picture matters more than its name.
    for (int c = 0x80; c < 0x100; ++c)
        QVERIFY(resolvePath(QStringLiteral("/"), nameFromBytes(QByteArray(1, char(c)) + " x")));
}

void FtpPartsTest::matchesGlobs()
{
    const auto match = [](const char *glob, const char *name) {
        return matchesGlob(QString::fromLatin1(glob), QString::fromLatin1(name));
    };
    QVERIFY(match("*.jpg", "a.jpg"));
    QVERIFY(match("*", ""));
    QVERIFY(match("a*b*c", "a-b-b-c"));
    QVERIFY(match("?.jpg", "a.jpg"));
    QVERIFY(!match("?.jpg", "ab.jpg"));
    QVERIFY(!match("*.jpg", "a.jpg_"));
    QVERIFY(!match("a*b", "a"));
    QVERIFY(!match("[a]", "a")); // no sets
}

void FtpPartsTest::matchesPathologicalGlobsQuickly()
{
    QElapsedTimer timer;
    timer.start();
    const QString glob = QStringLiteral("*a").repeated(100) + QLatin1Char('b');
    for (int i = 0; i < 100; ++i)
        QVERIFY(!matchesGlob(glob, QString(255, QLatin1Char('a'))));
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
}

void FtpPartsTest::timesAreUtcAcrossDaylightSavingChanges()
{
    for (const char *text : {"20240331005959", "20240331010000", "20241027005959", "20241027010000",
                             "19700101000000", "20000229235959"}) {
        const auto time = fromTimeValue(text);
        QVERIFY(time);
        QCOMPARE(timeValue(*time), QByteArray(text));
    }
    QCOMPARE(timeValue(fromTimeValue("20240308152954.480").value()), QByteArray("20240308152954"));
    QCOMPARE(fromTimeValue("20240331010000").value() - fromTimeValue("20240331005959").value(), 1000);
    for (const char *text : {"", "2024", "20241301000000", "20240230000000", "20240101240000",
                             "2024010100000x", "20240101000000.x"})
        QVERIFY2(!fromTimeValue(text), text);
}

void FtpPartsTest::formatsListingEntries()
{
    const Entry file{QStringLiteral("a b.jpg"), false, 51200, fromTimeValue("20240308152954").value()};
    QByteArray out;
    appendEntry(out, file, ListingStyle::Long, file.modified + 1000);
    QCOMPARE(out, QByteArray("-rw-r--r--   1 camera camera        51200 Mar  8 15:29 a b.jpg\r\n"));
    out.clear();
    appendEntry(out, {QStringLiteral("snap"), true, 0, file.modified}, ListingStyle::Long,
                file.modified + qint64(400) * 86'400'000);
    QCOMPARE(out, QByteArray("drwxr-xr-x   2 camera camera            0 Mar  8  2024 snap\r\n"));
    QCOMPARE(factLine(file, "a b.jpg", {}),
             QByteArray("type=file;size=51200;modify=20240308152954; a b.jpg"));
}

void FtpPartsTest::keepsRepliesShortAndClean()
{
    QCOMPARE(replyLine(550, "no\r\n226 forged\x07"), QByteArray("550 no  226 forged \r\n"));
    QVERIFY(replyLine(550, QByteArray(5000, 'x')).size() < 255);
    const QByteArray cut = replyLine(550, QStringLiteral("\u00fc").repeated(300).toUtf8());
    QVERIFY(QString::fromUtf8(cut).startsWith(QStringLiteral("550 \u00fc")) && !cut.contains("\xef\xbf\xbd"));
    QCOMPARE(replyCode({ErrorKind::Full, {}, {}}), 452);
    QCOMPARE(replyCode({ErrorKind::Unavailable, {}, {}}), 451);
    QCOMPARE(replyCodeAtBegin({ErrorKind::Unavailable, {}, {}}), 450);
    QCOMPARE(replyCode({ErrorKind::Invalid, {}, {}}), 550);
}

void FtpPartsTest::prefersTheNarrowestNetwork()
{
    const PassiveAddresses addresses({{QStringLiteral("192.168.0.0/16"), QStringLiteral("192.168.0.9")},
                                      {QStringLiteral("192.168.1.0/24"), QStringLiteral("192.168.1.9")},
                                      {QStringLiteral("nonsense"), QStringLiteral("192.168.1.8")},
                                      {QStringLiteral("10.0.0.0/8"), QStringLiteral("nonsense")}});
    const QHostAddress local(QStringLiteral("172.17.0.2"));
    const auto advertised = [&](const char *peer) {
        return addresses.addressFor(QHostAddress(QString::fromLatin1(peer)), local).toString();
    };
    QCOMPARE(advertised("192.168.1.77"), QStringLiteral("192.168.1.9"));
    QCOMPARE(advertised("192.168.2.77"), QStringLiteral("192.168.0.9"));
    QCOMPARE(advertised("10.1.1.1"), QStringLiteral("172.17.0.2"));
    QCOMPARE(advertised("8.8.8.8"), QStringLiteral("172.17.0.2"));
}

void FtpPartsTest::createsACertificateOnce()
{
    const QTemporaryDir folder;
    const QString certificate = folder.filePath(QStringLiteral("ftps.pem"));
    const QString key = folder.filePath(QStringLiteral("ftps.key"));
    QCOMPARE(loadTlsIdentity(certificate, key).error().kind, ErrorKind::NotFound);
    const qint64 now = 1'900'000'000'000;
    const auto made = loadOrMakeTlsIdentity(certificate, key, QStringLiteral("Gatehouse"), now);
    QVERIFY2(made, made ? "" : qPrintable(made.error().text));
    const auto owner = QFile::ReadOwner | QFile::WriteOwner;
    const auto permissions = QFile::permissions(key);
    QVERIFY((permissions & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther)) == 0);
    QVERIFY((permissions & owner) == owner);
    QCOMPARE(made->certificates.size(), 1);
    QCOMPARE(made->certificates.first().subjectInfo(QSslCertificate::CommonName),
             QStringList{QStringLiteral("Gatehouse")});
    QVERIFY(made->certificates.first().effectiveDate().toMSecsSinceEpoch() < now);
    QVERIFY(made->certificates.first().expiryDate().toMSecsSinceEpoch() >
            now + qint64(19) * 365 * 86'400'000);
    QCOMPARE(made->key.length(), 2048);
    const auto again = loadOrMakeTlsIdentity(certificate, key, QStringLiteral("Gatehouse"), now);
    QCOMPARE(again->certificates, made->certificates);
    QCOMPARE(makeSelfSigned(certificate, key, QStringLiteral("x"), now).error().kind, ErrorKind::Invalid);
    QFile broken(certificate);
    QVERIFY(broken.open(QIODevice::WriteOnly | QIODevice::Truncate));
    broken.write("nothing");
    broken.close();
    QCOMPARE(loadTlsIdentity(certificate, key).error().kind, ErrorKind::Invalid);
}

void FtpPartsTest::reissuesACertificateDatedByAWrongClock_data()
{
    QTest::addColumn<qint64>("madeAt");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isRenewed");
    QTest::newRow("the clock was at 1970") << qint64(0) << QStringLiteral("Gatehouse") << true;
    QTest::newRow("the clock was years ahead")
        << kRightNow + 400 * kDayMs << QStringLiteral("Gatehouse") << true;
    QTest::newRow("in its time") << kRightNow - 400 * kDayMs << QStringLiteral("Gatehouse") << false;
    QTest::newRow("somebody else's") << qint64(0) << QStringLiteral("nas.home") << false;
}

void FtpPartsTest::reissuesACertificateDatedByAWrongClock()
{
    QFETCH(qint64, madeAt);
    QFETCH(QString, name);
    QFETCH(bool, isRenewed);
    const QTemporaryDir folder;
    const QString certificate = folder.filePath(QStringLiteral("ftps.pem"));
    const QString key = folder.filePath(QStringLiteral("ftps.key"));
    QVERIFY(makeSelfSigned(certificate, key, name, madeAt));
    const auto before = loadTlsIdentity(certificate, key);
    const QString ours = QStringLiteral("Gatehouse");
    // No renewal while the clock is wrong.
    QCOMPARE(loadOrMakeTlsIdentity(certificate, key, ours, kDayMs)->certificates, before->certificates);
    QCOMPARE(needsRenewal(*before, ours, kRightNow), isRenewed);
    const auto now = loadOrMakeTlsIdentity(certificate, key, ours, kRightNow);
    QVERIFY2(now, now ? "" : qPrintable(now.error().text));
    QCOMPARE(now->certificates != before->certificates, isRenewed);
    QCOMPARE(now->key, before->key); // cameras that pinned the key still match
    QVERIFY(TlsContext::make(now->certificates, now->key));
    QVERIFY(!needsRenewal(*now, ours, kRightNow));
    QCOMPARE(loadOrMakeTlsIdentity(certificate, key, ours, kRightNow)->certificates, now->certificates);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 2);
}

GATEHOUSE_TEST(FtpPartsTest)
#include "parts_test.moc"
