#include "base/escaped.h"
#include "base/iso_time.h"
#include "base/media_types.h"
#include "base/result.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse;

class BaseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void convertsIsoTimes()
    {
        const QTimeZone berlin("Europe/Berlin");
        QCOMPARE(toIsoUtc(1'781'272'938'480), QStringLiteral("2026-06-12T14:02:18.480Z"));
        QCOMPARE(fromIso(QStringLiteral("2026-06-12T14:02:18.480Z"), berlin), 1'781'272'938'480);
        QCOMPARE(fromIso(QStringLiteral("2026-06-12T16:02:18.480"), berlin), 1'781'272'938'480);
        QCOMPARE(fromIso(QStringLiteral("2026-06-12T14:02:18.480+00:00"), berlin), 1'781'272'938'480);
        QCOMPARE(fromIso(QStringLiteral("2026-06-12"), berlin), 1'781'215'200'000);
        QVERIFY(!fromIso(QStringLiteral("yesterday"), berlin));
        QVERIFY(!fromIso(QStringLiteral("2026-13-01"), berlin));
    }

    void escapesHostileText()
    {
        QCOMPARE(escaped(QByteArrayView("a\r\nb\x1b[2J")), QStringLiteral("a\\x0d\\x0ab\\x1b[2J"));
        QCOMPARE(escaped(QByteArrayView("\xff\xfe")), QStringLiteral("\\xff\\xfe"));
        QCOMPARE(escaped(QStringLiteral("T\u00fcr")), QStringLiteral("T\u00fcr"));
        QCOMPARE(escaped(QString(QChar(0x202e))), QStringLiteral("\\x202e"));
        QCOMPARE(escaped(QString(300, QLatin1Char('x')), 10).size(), 11);
    }

    void enumNamesRoundTrip()
    {
        for (int i = 0; i <= int(Kind::Other); ++i)
            QCOMPARE(kindFromName(nameOf(Kind(i))), Kind(i));
        for (int i = 0; i <= 4; ++i) {
            QCOMPARE(triggerFromName(nameOf(Trigger(i))), Trigger(i));
            QCOMPARE(subjectFromName(nameOf(Subject(i))), Subject(i));
        }
        QVERIFY(!kindFromName(QStringLiteral("movie")));
        QVERIFY(!kindFromName(QStringLiteral("test")));
        for (int i = 0; i <= int(ErrorKind::Internal); ++i)
            QCOMPARE(errorKindFromName(errorKindName(ErrorKind(i))), ErrorKind(i));
    }
};

GATEHOUSE_TEST(BaseTest)
#include "base_test.moc"
