// Replies: names are complete, nothing of this PC leaks, codes follow the RFCs.
#include "receiver.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::tests;

class FtpRepliesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void repliesWithFullPaths();
    void doesNotRevealLocalPaths();
    void refusesPathsTakenByFoldersOrFiles();
    void uniqueNamesKeepTheirExtension();
    void omitsFractionsOfSeconds();
    void mlsdRejectsFiles();
    void doesNotReadAListingItCannotSend();
    void featReflectsOptions();
    void sizeWaitsForPendingWrites();

private:
    std::unique_ptr<Receiver> m_receiver;
    std::unique_ptr<CameraSocket> m_camera;
};

void FtpRepliesTest::init()
{
    m_camera.reset();
    m_receiver = std::make_unique<Receiver>();
    m_camera = std::make_unique<CameraSocket>(m_receiver->port);
    QVERIFY(m_camera->logIn());
}

void FtpRepliesTest::repliesWithFullPaths()
{
    const QByteArray part = "say \"\"" + QByteArray(240, 'x');
    const QByteArray name = "say \"" + QByteArray(240, 'x');
    QByteArray path;
    for (int i = 0; i < 4; ++i) {
        path += '/' + part;
        QCOMPARE(m_camera->ask("MKD " + name), "257 \"" + path + "\" created.");
        QVERIFY(m_camera->ask("CWD " + name).startsWith("250"));
        QCOMPARE(m_camera->ask("PWD"), "257 \"" + path + "\" is the current folder.");
    }
    const QByteArray file = QByteArray(246, 'y') + ".jpg";
    QVERIFY(m_camera->store("STOR " + file, "x").startsWith("226"));
    QVERIFY(m_camera->ask("MFMT 20240308152954 " + file).endsWith('/' + file));
    const auto data = m_camera->openData();
    const QByteArray opening = m_camera->ask("STOU " + QByteArray(240, 'z') + ".jpg");
    QCOMPARE(opening, "150 FILE: " + QByteArray(240, 'z') + ".jpg");
}

void FtpRepliesTest::doesNotRevealLocalPaths()
{
    const Error error{ErrorKind::Unavailable, QStringLiteral("/home/ann/archive: Read-only file system"), {}};
    m_receiver->backend.failNextFinish(error);
    const QByteArray atEnd = m_camera->store("STOR a.jpg", "x");
    QVERIFY2(atEnd.startsWith("451") && !atEnd.contains("ann"), atEnd);
    m_receiver->backend.failNextBegin(error);
    const QByteArray atBegin = m_camera->store("STOR a.jpg", "x");
    QVERIFY2(atBegin.startsWith("450") && !atBegin.contains("ann"), atBegin);
    m_receiver->backend.failNextBegin({ErrorKind::Unavailable, QStringLiteral("Receiving is paused"), {}});
    QCOMPARE(m_camera->store("STOR a.jpg", "x"), QByteArray("450 Receiving is paused"));
}

void FtpRepliesTest::refusesPathsTakenByFoldersOrFiles()
{
    QVERIFY(m_camera->ask("MKD snap").startsWith("257"));
    QVERIFY(m_camera->store("STOR a.jpg", "x").startsWith("226"));
    for (const char *verb : {"STOR ", "APPE "}) {
        for (const char *name : {"snap", "/snap/", "a.jpg/b.jpg", "a.jpg/b/c/d.jpg", "/"})
            QVERIFY2(m_camera->ask(QByteArray(verb) + name).startsWith("553"), name);
    }
    QVERIFY(m_camera->ask("STOU a.jpg/b.jpg").startsWith("553"));
    QVERIFY(m_camera->store("STOR new/folder/a.jpg", "x").startsWith("226"));
    QVERIFY(m_camera->store("STOR a.jpg", "y").startsWith("226"));
}

void FtpRepliesTest::uniqueNamesKeepTheirExtension()
{
    const auto store = [this](const QByteArray &name) {
        const auto data = m_camera->openData();
        const QByteArray opening = m_camera->ask("STOU " + name);
        data->write("x");
        finish(*data);
        return m_camera->line().startsWith("226") ? opening.mid(10) : QByteArray();
    };
    QCOMPARE(store("snap.jpg"), QByteArray("snap.jpg"));
    const QByteArray second = store("snap.jpg");
    QVERIFY2(second.startsWith("snap-") && second.endsWith(".jpg") && second.size() == 17, second);
    QCOMPARE(store(".hidden"), QByteArray(".hidden"));
    QVERIFY(store(".hidden").startsWith(".hidden-"));
    QVERIFY(m_camera->ask("MKD v1.0").startsWith("257"));
    QCOMPARE(store("v1.0/snap"), QByteArray("snap"));
    QVERIFY(store("v1.0/snap").startsWith("snap-"));
    QCOMPARE(store("2026-11-30 08.15.30"), QByteArray("2026-11-30 08.15.30"));
    QVERIFY(store("2026-11-30 08.15.30").startsWith("2026-11-30 08.15.30-"));
    QVERIFY(m_camera->ask("SIZE v1.0/snap").startsWith("213"));
}

void FtpRepliesTest::omitsFractionsOfSeconds()
{
    m_receiver->backend.addFile(QStringLiteral("/a.jpg"), 5, 1'700'000'000'480);
    QCOMPARE(m_camera->ask("MDTM a.jpg"), QByteArray("213 20231114221320"));
    QVERIFY(m_camera->fetch("MLSD").contains("modify=20231114221320; a.jpg"));
    QVERIFY(m_camera->ask("MFMT 20240308152954.480 a.jpg").startsWith("213 Modify=20240308152954; "));
}

void FtpRepliesTest::mlsdRejectsFiles()
{
    m_receiver->backend.addFile(QStringLiteral("/a.jpg"), 5, 0);
    QVERIFY(m_camera->ask("MLSD a.jpg").startsWith("501"));
    QVERIFY(m_camera->ask("MLSD nothing").startsWith("550"));
    QVERIFY(m_camera->fetch("LIST a.jpg").contains("a.jpg"));
}

void FtpRepliesTest::doesNotReadAListingItCannotSend()
{
    m_receiver->backend.addFolder(QStringLiteral("/snap"));
    for (const char *command : {"LIST", "NLST snap", "MLSD /snap", "LIST *.jpg"})
        QVERIFY(m_camera->ask(command).startsWith("425 Use PASV"));
    QCOMPARE(m_receiver->backend.lists(), 0);
    QVERIFY(m_camera->fetch("NLST").contains("snap"));
    QVERIFY(m_receiver->backend.lists() > 0);
}

void FtpRepliesTest::featReflectsOptions()
{
    QVERIFY(m_camera->ask("FEAT").contains("\n MLST type*;size*;modify*;\n"));
    QVERIFY(m_camera->ask("OPTS MLST type;size;unix.mode;").startsWith("200 MLST OPTS type;size;"));
    QVERIFY(m_camera->ask("FEAT").contains("\n MLST type*;size*;modify;\n"));
    QVERIFY(m_camera->ask("OPTS MLST").startsWith("200"));
    QVERIFY(m_camera->ask("FEAT").contains("\n MLST type;size;modify;\n"));
}

void FtpRepliesTest::sizeWaitsForPendingWrites()
{
    m_receiver->backend.addFile(QStringLiteral("/a.jpg"), 5, 0);
    m_receiver->backend.answerAfter = 200;
    m_camera->send("SIZE a.jpg\r\nNOOP\r\n");
    QVERIFY(m_camera->line(50).isEmpty());
    QCOMPARE(m_camera->line(), QByteArray("213 5"));
    QVERIFY(m_camera->line().startsWith("200"));
}

GATEHOUSE_TEST(FtpRepliesTest)
#include "replies_test.moc"
