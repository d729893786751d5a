// What a window says about an engine of another version.
#include "control/version_advice.h"

#include "support/registry.h"

#include <QTest>

using namespace gatehouse::control;

class VersionAdviceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void advisesByTheOlderSide_data();
    void advisesByTheOlderSide();
};

void VersionAdviceTest::advisesByTheOlderSide_data()
{
    QTest::addColumn<Build>("engine");
    QTest::addColumn<bool>("isOlder");
    QTest::addColumn<QString>("versions"); // named in the text
    const auto row = [](const char *name, const Build &engine, bool isOlder, const char *versions) {
        QTest::newRow(name) << engine << isOlder << QString::fromLatin1(versions);
    };
    const char *both = " (0.9.0; this window: 0.10.0)";
    row("older engine", {5, QStringLiteral("0.9.0")}, true, both);
    row("older engine, older protocol", {4, QStringLiteral("0.9.0")}, true, both);
    row("too old to say", {1, {}}, true, "");
    row("older protocol, same version", {4, QStringLiteral("0.10.0")}, true, "");
    row("newer engine", {5, QStringLiteral("0.11.0")}, false, " (0.11.0; this window: 0.10.0)");
    row("newer protocol", {6, QStringLiteral("0.9.0")}, false, both); // the protocol decides
    row("newer protocol, unknown version", {6, {}}, false, "");
}

void VersionAdviceTest::advisesByTheOlderSide()
{
    QFETCH(Build, engine);
    QFETCH(bool, isOlder);
    QFETCH(QString, versions);
    const Build window{5, QStringLiteral("0.10.0")};
    QCOMPARE(adviceOn(window, window), VersionAdvice());
    const VersionAdvice advice = adviceOn(engine, window);
    QCOMPARE(advice.restartHelps, isOlder);
    QVERIFY(advice.text.startsWith(isOlder
                                       ? QStringLiteral("An older version of Gatehouse is still receiving")
                                       : QStringLiteral("A newer version of Gatehouse is receiving")));
    QVERIFY2(advice.text.contains(versions + QStringLiteral(". ")), qPrintable(advice.text));
    QCOMPARE(advice.text.contains(QLatin1Char('(')), !versions.isEmpty());
}

GATEHOUSE_TEST(VersionAdviceTest)
#include "version_advice_test.moc"
