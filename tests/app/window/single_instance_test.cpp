// A second start shows the window that is there, or takes its place after an update.
#include "app/window/single_instance.h"

#include "support/registry.h"

#include <QLocalServer>
#include <QLockFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace gatehouse;
using namespace gatehouse::app;

namespace
{

constexpr int kInstancePatience = 60'000;
using Taken = SingleInstance::Taken;

// A second start is another process: it waits for the first one, which needs its event loop meanwhile.
class SecondStart
{
public:
    explicit SecondStart(const settings::Paths &paths, QString version, bool replaces = false)
        : m_thread(QThread::create([this, paths, version = std::move(version), replaces] {
              SingleInstance second(paths, version);
              taken = second.take();
              other = second.otherVersion();
              if (replaces)
                  hasReplaced = second.replace();
          }))
    {
        m_thread->start();
    }
    ~SecondStart() { m_thread->wait(); }
    Q_DISABLE_COPY_MOVE(SecondStart)

    bool waitForEnd()
    {
        return QTest::qWaitFor([this] { return m_thread->isFinished(); }, kInstancePatience);
    }

    Taken taken = Taken::Yes;
    QString other;
    bool hasReplaced = false;

private:
    std::unique_ptr<QThread> m_thread;
};

} // namespace

class SingleInstanceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void showsTheWindowOfTheSameVersion();
    void waitsForADecisionIfTheVersionsDiffer();
    void takesThePlaceOfAnotherVersion();
    void showsItselfToAnOlderVersion();
    void recognizesAnOlderWindow();

private:
    [[nodiscard]] settings::Paths paths() const
    {
        return settings::Paths::of(m_folder->filePath(QStringLiteral("data")));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void SingleInstanceTest::showsTheWindowOfTheSameVersion()
{
    SingleInstance first(paths(), QStringLiteral("1.0"));
    QSignalSpy show(&first, &SingleInstance::showRequested);
    QCOMPARE(first.take(), Taken::Yes);
    SecondStart second(paths(), QStringLiteral("1.0"));
    QVERIFY(second.waitForEnd());
    QCOMPARE(second.taken, Taken::Shown);
    QTRY_COMPARE_WITH_TIMEOUT(show.size(), 1, kInstancePatience);
}

void SingleInstanceTest::waitsForADecisionIfTheVersionsDiffer()
{
    SingleInstance first(paths(), QStringLiteral("1.0"));
    QSignalSpy show(&first, &SingleInstance::showRequested);
    QSignalSpy quit(&first, &SingleInstance::quitRequested);
    QCOMPARE(first.take(), Taken::Yes);
    SecondStart second(paths(), QStringLiteral("1.1"));
    QVERIFY(second.waitForEnd());
    QCOMPARE(second.taken, Taken::OtherVersion);
    QCOMPARE(second.other, QStringLiteral("1.0"));
    // It ended without a word.
    QTRY_COMPARE_WITH_TIMEOUT(show.size(), 1, kInstancePatience);
    QCOMPARE(quit.size(), 0);
}

void SingleInstanceTest::takesThePlaceOfAnotherVersion()
{
    auto first = std::make_unique<SingleInstance>(paths(), QStringLiteral("1.0"));
    QSignalSpy quit(first.get(), &SingleInstance::quitRequested);
    QSignalSpy show(first.get(), &SingleInstance::showRequested);
    QCOMPARE(first->take(), Taken::Yes);
    SecondStart second(paths(), QStringLiteral("1.1"), true);
    QTRY_COMPARE_WITH_TIMEOUT(quit.size(), 1, kInstancePatience);
    QCOMPARE(show.size(), 0);
    first.reset();
    QVERIFY(second.waitForEnd());
    QVERIFY(second.hasReplaced);
}

void SingleInstanceTest::showsItselfToAnOlderVersion()
{
    SingleInstance first(paths(), QStringLiteral("1.0"));
    QSignalSpy show(&first, &SingleInstance::showRequested);
    QCOMPARE(first.take(), Taken::Yes);
    QLocalSocket older;
    older.connectToServer(paths().socket + QStringLiteral("-window"));
    QVERIFY(older.waitForConnected(kInstancePatience));
    older.disconnectFromServer();
    QTRY_COMPARE_WITH_TIMEOUT(show.size(), 1, kInstancePatience);
}

void SingleInstanceTest::recognizesAnOlderWindow()
{
    SingleInstance before(paths(), QStringLiteral("1.0")); // makes the folders
    QCOMPARE(before.take(), Taken::Yes);
    QLocalServer::removeServer(paths().socket + QStringLiteral("-window"));
    QLocalServer silent;
    QVERIFY(silent.listen(paths().socket + QStringLiteral("-window")));
    SecondStart second(paths(), QStringLiteral("1.1"));
    QVERIFY(second.waitForEnd());
    QCOMPARE(second.taken, Taken::Silent);
    QCOMPARE(second.other, QString());
}

GATEHOUSE_TEST(SingleInstanceTest)
#include "single_instance_test.moc"
