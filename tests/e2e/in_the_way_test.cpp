// Anything that blocks a path the engine needs is named, or does no harm: startup neither hangs nor crashes.
#include "support/durations.h"
#include "support/ftp_client.h"
#include "support/program_fixture.h"
#include "support/registry.h"

#include <QDateTime>
#include <QDir>
#include <QJsonDocument>
#include <QTest>

using namespace gatehouse::tests;

namespace
{
const QString kAside = QStringLiteral(".aside");
}

class InTheWayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<ProgramFixture>();
        QVERIFY2(m_fixture->start(), qPrintable(m_fixture->lastError()));
        QVERIFY2(m_fixture->addCamera(QStringLiteral("cam"), "secret"), qPrintable(m_fixture->lastError()));
        QVERIFY(upload("/a.jpg"));
        QCOMPARE(m_fixture->stop(), 0);
    }

    void namesAnObstacleThatPreventsStartup_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file : {"catalog.db", "catalog.db-wal", "catalog.db-shm", "engine.lock",
                                 "run/control.sock", "config/ftps-certificate.pem"})
            QTest::newRow(file) << QString::fromLatin1(file);
    }

    void namesAnObstacleThatPreventsStartup()
    {
        QFETCH(QString, file);
        const QString path = pathOf(file);
        putAFolderAt(path);
        QVERIFY(!m_fixture->start());
        QVERIFY2(log().contains(path + QLatin1String(" is a folder")) ||
                     log().contains(path + QLatin1String(": file to open is a directory")),
                 qPrintable(log()));
        QVERIFY(QDir(path).removeRecursively());
        QVERIFY(!QFile::exists(path + kAside) || QFile::rename(path + kAside, path));
        QVERIFY2(m_fixture->start(), qPrintable(log()));
        QCOMPARE(m_fixture->items().size(), 1);
        QCOMPARE(m_fixture->stop(), 0);
    }

    // The status reports it, and nothing received before is lost.
    void startsAndReportsOtherObstacles_data()
    {
        QTest::addColumn<QStringList>("files");
        QTest::addColumn<QString>("reported");
        QTest::addColumn<bool>("receives");
        const QString month = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyy-MM"));
        const QString journal = QStringLiteral("archive/journal/");
        const QStringList lines{journal + month + QStringLiteral("-1.jsonl"),
                                journal + month + QStringLiteral("-2.jsonl")};
        const QStringList states{journal + QStringLiteral("state.1.json"),
                                 journal + QStringLiteral("state.2.json")};
        QTest::newRow("the settings") << QStringList{QStringLiteral("config/settings.json")}
                                      << QStringLiteral("settings.json: file to open is a directory") << true;
        QTest::newRow("the settings that were good")
            << QStringList{QStringLiteral("config/settings.json.good")} << QString() << true;
        QTest::newRow("the archive's identity")
            << QStringList{QStringLiteral("archive/gatehouse-archive.json")}
            << QStringLiteral("gatehouse-archive.json is a folder") << false;
        QTest::newRow("the journal") << lines << QStringLiteral(".jsonl is a folder") << false;
        QTest::newRow("one copy of the state") << states.mid(0, 1) << QString() << true;
        QTest::newRow("both copies of the state")
            << states << QStringLiteral("state.1.json: Is a directory") << true;
    }

    void startsAndReportsOtherObstacles()
    {
        QFETCH(QStringList, files);
        QFETCH(QString, reported);
        QFETCH(bool, receives);
        for (const QString &file : files)
            putAFolderAt(pathOf(file));
        QVERIFY2(m_fixture->start(), qPrintable(log()));
        QCOMPARE(upload("/b.jpg"), receives);
        QByteArray status;
        const auto isReported = [&] {
            status = QJsonDocument(m_fixture->cli({QStringLiteral("status")}).value(0)).toJson();
            return status.contains(reported.toUtf8());
        };
        QTRY_VERIFY2_WITH_TIMEOUT(isReported(), status.constData(), kPatience);
        QCOMPARE(m_fixture->items().size(), receives ? 2 : 1);
        QCOMPARE(m_fixture->stop(), 0);
    }

private:
    [[nodiscard]] QString pathOf(const QString &file) const
    {
        return m_fixture->data() + QLatin1Char('/') + file;
    }
    // Not empty, because an empty folder would be removed.
    static void putAFolderAt(const QString &path)
    {
        QVERIFY(!QFile::exists(path) || QFile::rename(path, path + kAside));
        QVERIFY(QDir().mkpath(path + QStringLiteral("/x")));
    }
    [[nodiscard]] QString log() const
    {
        QFile file(m_fixture->data() + QStringLiteral(".log"));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    bool upload(const char *name)
    {
        FtpClient client;
        return client.logIn(m_fixture->port(), "cam", "secret") && client.store(name, name);
    }

    std::unique_ptr<ProgramFixture> m_fixture;
};

GATEHOUSE_TEST(InTheWayTest)
#include "in_the_way_test.moc"
