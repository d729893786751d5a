#include "app/engine/engine.h"

#include "app/engine/catalog_repairs.h"
#include "app/engine/receiver_feature.h"
#include "app/engine/repair_feature.h"
#include "app/engine/storage_feature.h"
#include "archive/archive.h"
#include "archive/archive_id.h"
#include "catalog/operations/archives.h"
#include "catalog/writer.h"
#include "support/registry.h"

#include <QDir>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace gatehouse;
using namespace gatehouse::app;

namespace
{

constexpr int kPatienceMs = 60'000;

// A folder of data, and engines on it.
struct EngineFolder {
    [[nodiscard]] EngineOptions options(quint16 port = 0) const
    {
        EngineOptions out;
        out.paths = settings::Paths::of(folder.filePath(QStringLiteral("data")));
        out.bind = QStringLiteral("127.0.0.1");
        out.ftpPort = port;
        return out;
    }

    QTemporaryDir folder;
};

// Empty: the catalog does not know that archive.
QString rootOf(Engine &engine, const QString &archiveId)
{
    const auto known = engine.storage().writer().submit(catalog::ReadArchives{}).result();
    if (!known)
        qFatal("%s", qPrintable(known.error().text));
    const auto found =
        std::find_if(known->begin(), known->end(), [&](const auto &one) { return one.id == archiveId; });
    return found == known->end() ? QString() : found->root;
}

// A camera's control connection.
class Session
{
public:
    explicit Session(quint16 port)
    {
        m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        m_isGreeted = QTest::qWaitFor([this] { return m_socket.canReadLine(); }, kPatienceMs);
        m_socket.readAll();
    }

    [[nodiscard]] bool isGreeted() const { return m_isGreeted; }
    [[nodiscard]] bool isConnected() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    // It still has its answer.
    bool isServed()
    {
        m_socket.write("NOOP\r\n");
        return QTest::qWaitFor([this] { return m_socket.canReadLine() || !isConnected(); }, kPatienceMs) &&
               !m_socket.readAll().isEmpty();
    }

private:
    QTcpSocket m_socket;
    bool m_isGreeted = false;
};

} // namespace

class EngineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void receivesDuringTheStartupSearch();
    void stopsEverythingWhenAFeatureFailsToStart();
    void restartsTheReceiverOnlyForItsOwnSettings();
    void rejectedSettingsChangeNothing();
    void rollsBackSettingsThatCannotBeSaved();
    void doesNotListenWhenReceivingIsOff();
    void movesToAnotherArchiveFolder();
    void refusesAnUnusableArchiveFolder();
    void takesAnArchiveFolderWhoseFirstChoiceWasRefused();
    void takesAnArchiveFolderThatOnlyHasAnIdentity();
    void opensTheNewArchiveFolderAfterACrash();
    void keepsTheRootWhileAnotherArchiveIsInTheFolder();
};

void EngineTest::receivesDuringTheStartupSearch()
{
    const EngineFolder folder;
    Engine engine(folder.options());
    QVERIFY(engine.start());
    QVERIFY(engine.repair().repairs().isStarting());
    QVERIFY(engine.receiver().port() != 0);
    QSignalSpy lookedThrough(&engine.repair().repairs(), &CatalogRepairs::lookedThrough);
    QTRY_COMPARE_WITH_TIMEOUT(lookedThrough.size(), 1, kPatienceMs);
    QVERIFY(!engine.repair().repairs().isStarting());
    QVERIFY(Session(engine.receiver().port()).isGreeted());
}

void EngineTest::stopsEverythingWhenAFeatureFailsToStart()
{
    const EngineFolder folder;
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress(QHostAddress::LocalHost)));
    Engine refused(folder.options(other.serverPort()));
    const auto started = refused.start();
    QVERIFY(!started);
    QCOMPARE(refused.receiver().port(), quint16(0));
    QVERIFY(refused.repair().work().children().isEmpty()); // no search
    // Another engine has the folder to itself, while what the first was made of is still there.
    Engine engine(folder.options());
    QVERIFY(engine.start());
    QVERIFY(Session(engine.receiver().port()).isGreeted());
}

void EngineTest::restartsTheReceiverOnlyForItsOwnSettings()
{
    const EngineFolder folder;
    Engine engine(folder.options());
    QVERIFY(engine.start());
    const quint16 port = engine.receiver().port();
    QSignalSpy changed(&engine.receiver(), &ReceiverFeature::changed);
    Session session(port);
    QVERIFY(session.isGreeted());

    settings::Settings settings = engine.context().settings;
    settings.retention.days = 30;
    settings.eventGapSeconds = 90;
    settings.receiver.minTls = QStringLiteral("1.2"); // rules are taken over while it listens
    settings.receiver.anonymous = true;               // and so is this
    QVERIFY(engine.apply(settings));
    QVERIFY(session.isServed());
    QCOMPARE(changed.size(), 0);
    QCOMPARE(settings::load(engine.context().options.paths.settings())->retention.days, 30);

    settings.receiver.maxFileBytes /= 2;
    QVERIFY(engine.apply(settings));
    QCOMPARE(changed.size(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(!session.isConnected(), kPatienceMs);
    QCOMPARE(engine.receiver().port(), port);
    QVERIFY(Session(port).isGreeted());
}

void EngineTest::rejectedSettingsChangeNothing()
{
    const EngineFolder folder;
    Engine engine(folder.options());
    QVERIFY(engine.start());
    Session session(engine.receiver().port());
    QVERIFY(session.isGreeted());
    settings::Settings settings = engine.context().settings;
    const int days = settings.retention.days;
    settings.retention.days = days + 1;
    settings.receiver.certificate = folder.folder.filePath(QStringLiteral("absent.pem"));
    QVERIFY(!engine.apply(settings));
    QCOMPARE(engine.context().settings.retention.days, days);
    QVERIFY(!QFile::exists(engine.context().options.paths.settings()));
    QVERIFY(session.isServed());
}

void EngineTest::rollsBackSettingsThatCannotBeSaved()
{
    const EngineFolder folder;
    const QString file = folder.options().paths.settings();
    QVERIFY(QDir().mkpath(file)); // a folder in the place of the file
    Engine engine(folder.options());
    QVERIFY(engine.start());
    const auto isReported = [&engine] {
        const auto &all = engine.context().problems.all();
        return std::any_of(all.begin(), all.end(),
                           [](const auto &problem) { return problem.key == QLatin1String("settings"); });
    };
    QVERIFY(isReported());
    QSignalSpy changed(&engine.receiver(), &ReceiverFeature::changed);
    settings::Settings settings = engine.context().settings;
    const qint64 bytes = settings.receiver.maxFileBytes;
    settings.receiver.maxFileBytes = bytes / 2;
    QVERIFY(!engine.apply(settings));
    QCOMPARE(changed.size(), 2); // it listened by the new ones, and listens by the old ones again
    QCOMPARE(engine.context().settings.receiver.maxFileBytes, bytes);
    QVERIFY(Session(engine.receiver().port()).isGreeted());
    QVERIFY(isReported());

    QVERIFY(QDir().rmdir(file));
    QVERIFY(engine.apply(settings));
    QVERIFY(!isReported());
    QCOMPARE(settings::load(file)->receiver.maxFileBytes, bytes / 2);
}

void EngineTest::doesNotListenWhenReceivingIsOff()
{
    const EngineFolder folder;
    EngineOptions options = folder.options();
    options.receive = false;
    Engine engine(options);
    QVERIFY(engine.start());
    QCOMPARE(engine.receiver().port(), quint16(0));
    settings::Settings settings = engine.context().settings;
    settings.receiver.maxFileBytes /= 2;
    QVERIFY(engine.apply(settings));
    QCOMPARE(engine.receiver().port(), quint16(0));
}

void EngineTest::movesToAnotherArchiveFolder()
{
    const EngineFolder folder;
    const QString other = folder.folder.filePath(QStringLiteral("disk/recordings"));
    QString first;
    QString second;
    {
        Engine engine(folder.options());
        QVERIFY(engine.start());
        first = engine.storage().archive().id();
        QSignalSpy restart(&engine, &Engine::restartNeeded);
        settings::Settings settings = engine.context().settings;
        settings.archiveFolder = other;
        QVERIFY(engine.apply(settings));
        QCOMPARE(restart.size(), 1);
        QCOMPARE(engine.storage().archive().id(), first); // until then
    }
    {
        Engine engine(folder.options());
        QVERIFY(engine.start());
        QCOMPARE(engine.storage().archive().root(), other);
        QVERIFY(engine.storage().archive().ready());
        second = engine.storage().archive().id();
        QVERIFY(second != first);
    }
    // Its disk is missing: nothing is written in its place.
    QVERIFY(QDir().rename(other, other + QStringLiteral(".away")));
    {
        Engine engine(folder.options());
        QVERIFY(engine.start());
        QVERIFY(engine.storage().isArchiveAway());
        QVERIFY(!QDir(other).exists());
    }
    QVERIFY(QDir().rename(other + QStringLiteral(".away"), other));
    Engine engine(folder.options());
    QVERIFY(engine.start());
    QCOMPARE(engine.storage().archive().id(), second);
    settings::Settings settings = engine.context().settings;
    settings.archiveFolder.clear(); // back to a known one
    QVERIFY(engine.apply(settings));
    QVERIFY(engine.storage().isArchiveElsewhere());
}

void EngineTest::refusesAnUnusableArchiveFolder()
{
    const EngineFolder folder;
    const EngineFolder neighbour;
    Engine theirs(neighbour.options());
    QVERIFY(theirs.start());
    Engine engine(folder.options());
    QVERIFY(engine.start());
    const QString full = folder.folder.filePath(QStringLiteral("full"));
    QVERIFY(QDir().mkpath(full + QStringLiteral("/photos")));
    for (const QString &unusable :
         {full, theirs.storage().archive().root(),
          engine.storage().archive().root() + QStringLiteral("/inside"), QStringLiteral("/proc/gatehouse")}) {
        settings::Settings settings = engine.context().settings;
        settings.archiveFolder = unusable;
        const auto applied = engine.apply(settings);
        QVERIFY2(!applied, qPrintable(unusable));
        QCOMPARE(applied.error().field, QStringLiteral("archive.folder"));
        QVERIFY(!applied.error().text.isEmpty());
        QCOMPARE(engine.context().settings.archiveFolder, QString());
        QVERIFY(!engine.storage().isArchiveElsewhere());
    }
}

void EngineTest::takesAnArchiveFolderWhoseFirstChoiceWasRefused()
{
    const EngineFolder folder;
    const QString other = folder.folder.filePath(QStringLiteral("disk"));
    {
        Engine engine(folder.options());
        QVERIFY(engine.start());
        settings::Settings settings = engine.context().settings;
        settings.archiveFolder = other;
        settings.receiver.certificate = folder.folder.filePath(QStringLiteral("absent.pem"));
        QVERIFY(!engine.apply(settings));
        QVERIFY(!engine.storage().isArchiveElsewhere());
        const auto made = archive::readArchiveId(engine.context().files, other);
        QVERIFY(made); // the refusal came later
        QCOMPARE(rootOf(engine, made->id), other);
    }
    {
        Engine engine(folder.options());
        QVERIFY(engine.start());
        QVERIFY(engine.storage().archive().root() != other);
        QVERIFY(engine.storage().archive().ready());
        settings::Settings settings = engine.context().settings;
        settings.archiveFolder = other;
        QVERIFY(engine.apply(settings));
        QVERIFY(engine.storage().isArchiveElsewhere());
    }
    Engine engine(folder.options());
    QVERIFY(engine.start());
    QCOMPARE(engine.storage().archive().root(), other);
    QVERIFY(engine.storage().archive().ready());
}

// A crash came before the catalog knew it.
void EngineTest::takesAnArchiveFolderThatOnlyHasAnIdentity()
{
    const EngineFolder folder;
    const QString other = folder.folder.filePath(QStringLiteral("disk"));
    Engine engine(folder.options());
    QVERIFY(engine.start());
    const auto made = archive::makeArchiveId(engine.context().files, engine.context().clock, other);
    QVERIFY(made);
    settings::Settings settings = engine.context().settings;
    settings.archiveFolder = other;
    QVERIFY(engine.apply(settings));
    QCOMPARE(rootOf(engine, made->id), other);
}

void EngineTest::opensTheNewArchiveFolderAfterACrash()
{
    const EngineFolder folder;
    const QString other = folder.folder.filePath(QStringLiteral("disk"));
    QString first;
    QString firstRoot;
    {
        Engine engine(folder.options());
        QVERIFY(engine.start());
        first = engine.storage().archive().id();
        firstRoot = engine.storage().archive().root();
        settings::Settings settings = engine.context().settings;
        settings.archiveFolder = other;
        QVERIFY(engine.storage().prepare(settings));
        QVERIFY(settings::save(engine.context().options.paths.settings(), settings));
        // It ends before it applies them.
    }
    Engine engine(folder.options());
    QVERIFY(engine.start());
    const QString second = engine.storage().archive().id();
    QVERIFY(second != first);
    QCOMPARE(engine.storage().archive().root(), other);
    QVERIFY(engine.storage().archive().ready());
    QCOMPARE(rootOf(engine, second), other);
    QCOMPARE(rootOf(engine, first), firstRoot);
}

void EngineTest::keepsTheRootWhileAnotherArchiveIsInTheFolder()
{
    const EngineFolder folder;
    const QString other = folder.folder.filePath(QStringLiteral("disk"));
    QString first;
    QString firstRoot;
    {
        Engine engine(folder.options());
        QVERIFY(engine.start());
        first = engine.storage().archive().id();
        firstRoot = engine.storage().archive().root();
        QVERIFY(archive::makeArchiveId(engine.context().files, engine.context().clock, other));
        settings::Settings settings = engine.context().settings;
        settings.archiveFolder = other;
        QVERIFY(settings::save(engine.context().options.paths.settings(), settings));
    }
    Engine engine(folder.options());
    QVERIFY(engine.start());
    QVERIFY(engine.storage().isArchiveAway());
    QCOMPARE(rootOf(engine, first), firstRoot);
    // The recordings are moved there.
    QVERIFY(QDir(other).removeRecursively());
    QVERIFY(QDir().rename(firstRoot, other));
    QTRY_COMPARE_WITH_TIMEOUT(rootOf(engine, first), other, kPatienceMs);
    QVERIFY(!engine.storage().isArchiveAway());
}

GATEHOUSE_TEST(EngineTest)
#include "engine_test.moc"
