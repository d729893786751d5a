// Real clients against the receiver: lftp, curl and Python's ftplib, if installed.
#include "receiver.h"
#include "support/registry.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::tests;

class FtpClientsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void lftpMirrorsAFolder_data();
    void lftpMirrorsAFolder();
    void curlUploads_data();
    void curlUploads();
    void pythonFtplibUploads_data();
    void pythonFtplibUploads();

private:
    QTemporaryDir m_folder;
    QString m_picture;
    ftp::TlsIdentity m_identity;
};

namespace
{
constexpr qsizetype kPictureBytes = 1'200'000;

QByteArray run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    process.waitForFinished(60'000);
    const bool good = process.state() == QProcess::NotRunning && process.exitCode() == 0;
    return (good ? QByteArray("good ") : QByteArray("failed ")) + process.readAll();
}

bool isMissing(const char *program)
{
    return QStandardPaths::findExecutable(QString::fromLatin1(program)).isEmpty();
}
} // namespace

void FtpClientsTest::initTestCase()
{
    m_picture = m_folder.filePath(QStringLiteral("Front Door_00_20240308152954.jpg"));
    QFile file(m_picture);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(picture(kPictureBytes));
    m_identity = makeTlsIdentity(m_folder);
}

void FtpClientsTest::lftpMirrorsAFolder_data()
{
    QTest::addColumn<QString>("settings");
    QTest::newRow("plain") << QStringLiteral("set ftp:ssl-allow no;");
    QTest::newRow("active") << QStringLiteral("set ftp:ssl-allow no; set ftp:passive-mode no;");
    QTest::newRow("tls") << QStringLiteral(
        "set ftp:ssl-force yes; set ftp:ssl-protect-data yes; set ssl:verify-certificate no;");
}

void FtpClientsTest::lftpMirrorsAFolder()
{
    if (isMissing("lftp"))
        QSKIP("lftp is not installed");
    QFETCH(QString, settings);
    Receiver receiver(optionsWith(m_identity));
    const QTemporaryDir source;
    QDir(source.path()).mkpath(QStringLiteral("cam/2024-03-08"));
    for (int i = 0; i < 5; ++i)
        QFile::copy(m_picture, source.filePath(QStringLiteral("cam/2024-03-08/%1 x.jpg").arg(i)));
    const QString script =
        settings +
        QStringLiteral(" set net:max-retries 1; set cmd:fail-exit yes; open -u cam,cam -p %1 127.0.0.1; "
                       "mirror -R %2/cam /lftp; cls -l /lftp/2024-03-08; mv \"/lftp/2024-03-08/0 x.jpg\" "
                       "/lftp/moved.jpg; "
                       "rm /lftp/moved.jpg; bye")
            .arg(receiver.port)
            .arg(source.path());
    const QByteArray said =
        run(QStringLiteral("lftp"), {QStringLiteral("--norc"), QStringLiteral("-c"), script});
    QVERIFY2(said.startsWith("good"), said.constData());
    QCOMPARE(receiver.backend.stored().size(), 5);
    QVERIFY(said.contains("1 x.jpg"));
    QVERIFY(receiver.backend.bytesOf(QStringLiteral("/lftp/2024-03-08/1 x.jpg")) == picture(kPictureBytes));
    QVERIFY(receiver.backend.bytesOf(QStringLiteral("/lftp/moved.jpg")).isEmpty());
}

void FtpClientsTest::curlUploads_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("EPSV") << QStringList{};
    QTest::newRow("PASV") << QStringList{QStringLiteral("--disable-epsv")};
    QTest::newRow("active") << QStringList{QStringLiteral("-P"), QStringLiteral("-")};
    QTest::newRow("tls") << QStringList{QStringLiteral("--ssl-reqd"), QStringLiteral("-k")};
    QTest::newRow("tls 1.2") << QStringList{QStringLiteral("--ssl-reqd"), QStringLiteral("-k"),
                                            QStringLiteral("--tls-max"), QStringLiteral("1.2")};
    QTest::newRow("append") << QStringList{QStringLiteral("-a")};
}

void FtpClientsTest::curlUploads()
{
    if (isMissing("curl"))
        QSKIP("curl is not installed");
    QFETCH(QStringList, arguments);
    Receiver receiver(optionsWith(m_identity));
    const QString url = QStringLiteral("ftp://127.0.0.1:%1/new/folder/a.jpg").arg(receiver.port);
    arguments += {QStringLiteral("-sS"),
                  QStringLiteral("-u"),
                  QStringLiteral("cam:cam"),
                  QStringLiteral("--ftp-create-dirs"),
                  QStringLiteral("-T"),
                  m_picture,
                  url};
    const QByteArray said = run(QStringLiteral("curl"), arguments);
    QVERIFY2(said.startsWith("good"), said.constData());
    QVERIFY(receiver.backend.bytesOf(QStringLiteral("/new/folder/a.jpg")) == picture(kPictureBytes));
    QCOMPARE(receiver.backend.stored().last().end, ftp::UploadEnd::Complete);
}

void FtpClientsTest::pythonFtplibUploads_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("secure");
    QTest::newRow("plain") << QStringLiteral("FTP()") << QString();
    QTest::newRow("tls") << QStringLiteral("FTP_TLS()") << QStringLiteral("f.prot_p()");
}

void FtpClientsTest::pythonFtplibUploads()
{
    if (isMissing("python3"))
        QSKIP("python3 is not installed");
    QFETCH(QString, kind);
    QFETCH(QString, secure);
    Receiver receiver(optionsWith(m_identity));
    const QString script = QStringLiteral("import ftplib\n"
                                          "f = ftplib.%1\n"
                                          "f.connect('127.0.0.1', %2)\n"
                                          "f.login('cam', 'cam')\n"
                                          "%3\n"
                                          "f.mkd('a'); f.cwd('a')\n"
                                          "f.storbinary('STOR b.jpg_', open('%4', 'rb'))\n"
                                          "f.rename('b.jpg_', 'b.jpg')\n"
                                          "assert f.nlst() == ['b.jpg'], f.nlst()\n"
                                          "assert f.size('b.jpg') == %5\n"
                                          "assert [n for n, facts in f.mlsd('/')] == ['a']\n"
                                          "f.quit()\n")
                               .arg(kind)
                               .arg(receiver.port)
                               .arg(secure, m_picture)
                               .arg(picture(kPictureBytes).size());
    const QByteArray said = run(QStringLiteral("python3"), {QStringLiteral("-c"), script});
    QVERIFY2(said.startsWith("good"), said.constData());
    QVERIFY(receiver.backend.bytesOf(QStringLiteral("/a/b.jpg")) == picture(kPictureBytes));
}

GATEHOUSE_TEST(FtpClientsTest)
#include "clients_test.moc"
