#include "app/engine/feature.h"

#include "settings/settings.h"
#include "support/registry.h"

#include <QStringList>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::app;

namespace
{

// Writes down what it is told, and refuses what it is to.
class RecordingFeature final : public Feature
{
public:
    RecordingFeature(QString name, QStringList &calls) : m_name(std::move(name)), m_calls(calls) {}
    ~RecordingFeature() override { note("destroy"); }

    Result<void> start() override { return answer("start"); }
    void stop() override { note("stop"); }
    Result<void> prepare(const settings::Settings &) override { return answer("prepare"); }
    void apply(const settings::Settings &) override { note("apply"); }

    QString refused; // the call

private:
    void note(const char *call)
    {
        m_calls.append(QStringLiteral("%1 %2").arg(QString::fromLatin1(call), m_name));
    }
    Result<void> answer(const char *call)
    {
        note(call);
        if (refused == QLatin1String(call))
            return fail(ErrorKind::Full, QStringLiteral("%1 is full").arg(m_name));
        return {};
    }

    const QString m_name;
    QStringList &m_calls;
};

struct ListFixture {
    QString takeCalls() { return std::exchange(calls, {}).join(QStringLiteral(", ")); }

    QStringList calls;
    std::unique_ptr<FeatureList> list = std::make_unique<FeatureList>();
    RecordingFeature &a = list->add<RecordingFeature>(QStringLiteral("a"), calls);
    RecordingFeature &b = list->add<RecordingFeature>(QStringLiteral("b"), calls);
    RecordingFeature &c = list->add<RecordingFeature>(QStringLiteral("c"), calls);
};

} // namespace

class FeatureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsInOrderAndStopsInReverse()
    {
        ListFixture fixture;
        QVERIFY(fixture.list->start());
        QCOMPARE(fixture.takeCalls(), QStringLiteral("start a, start b, start c"));
        fixture.list->stop();
        QCOMPARE(fixture.takeCalls(), QStringLiteral("stop c, stop b, stop a"));
        fixture.list.reset(); // stops nothing twice
        QCOMPARE(fixture.takeCalls(), QStringLiteral("destroy c, destroy b, destroy a"));
    }

    void stopsAllBeforeDestroyingAny()
    {
        ListFixture fixture;
        QVERIFY(fixture.list->start());
        fixture.takeCalls();
        fixture.list.reset();
        QCOMPARE(fixture.takeCalls(),
                 QStringLiteral("stop c, stop b, stop a, destroy c, destroy b, destroy a"));
    }

    void stopsStartedFeaturesWhenOneFails()
    {
        ListFixture fixture;
        fixture.b.refused = QStringLiteral("start");
        const auto started = fixture.list->start();
        QVERIFY(!started);
        QCOMPARE(started.error().text, QStringLiteral("b is full"));
        // Also what the failing one had begun; the third was never started.
        QCOMPARE(fixture.takeCalls(), QStringLiteral("start a, start b, stop b, stop a"));
    }

    void stopsPreparingAtTheFirstRefusal()
    {
        ListFixture fixture;
        QVERIFY(fixture.list->start());
        fixture.b.refused = QStringLiteral("prepare");
        fixture.takeCalls();
        QVERIFY(!fixture.list->prepare({}));
        QCOMPARE(fixture.takeCalls(), QStringLiteral("prepare a, prepare b"));
        fixture.list->apply({});
        QCOMPARE(fixture.takeCalls(), QStringLiteral("apply a, apply b, apply c"));
    }
};

GATEHOUSE_TEST(FeatureTest)
#include "feature_test.moc"
