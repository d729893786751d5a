#include "ingest/receive/log_in_line.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse::ingest;

class LogInLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void floodDelaysOthersByOneGuessPerAddress();
    void everyLoginIsServedEventually();
    void skipsDisconnectedClients();

private:
    void add(const char *address, int times = 1)
    {
        for (int i = 0; i < times; ++i)
            m_line.add(address, [this, address] { m_served.append(address); });
    }
    void serve(int jobs)
    {
        for (int i = 0; i < jobs && !m_line.isEmpty(); ++i)
            m_line.takeNext()();
    }

    LogInLine m_line;
    QList<QByteArray> m_served;
};

void LogInLineTest::floodDelaysOthersByOneGuessPerAddress()
{
    for (const char *attacker : {"a", "b", "c", "d"})
        add(attacker, 60);
    serve(20);
    m_served.clear();
    add("camera");
    serve(5);
    QVERIFY(m_served.contains("camera"));
    serve(216);
    QVERIFY(m_line.isEmpty());
}

void LogInLineTest::everyLoginIsServedEventually()
{
    m_served.clear();
    add("a", 10);
    serve(1);
    for (int i = 0; i < 40; ++i) { // others keep coming
        add("b");
        add("c");
        serve(3);
    }
    QCOMPARE(m_served.count("a"), 10);
}

// And does not pile up behind somebody who waits long.
void LogInLineTest::skipsDisconnectedClients()
{
    m_served.clear();
    add("a");
    int gone = 0;
    for (int i = 0; i < 100'000; ++i)
        m_line.add(
            "a", [this] { m_served.append("gone"); }, [&gone] { return ++gone, false; });
    QVERIFY2(m_line.size() < 2000, qPrintable(QString::number(m_line.size())));
    bool isHere = true;
    m_line.add(
        "b", [this] { m_served.append("b"); }, [&isHere] { return isHere; });
    add("a");
    while (const auto job = m_line.takeNext())
        job();
    QCOMPARE(m_served, (QList<QByteArray>{"a", "b", "a"}));
    QCOMPARE(gone, 100'000); // each is asked once more at the most
    QVERIFY(m_line.isEmpty());
    m_line.add(
        "b", [this] { m_served.append("b"); }, [&isHere] { return isHere; });
    isHere = false;
    QVERIFY(!m_line.takeNext());
}

GATEHOUSE_TEST(LogInLineTest)
#include "log_in_line_test.moc"
