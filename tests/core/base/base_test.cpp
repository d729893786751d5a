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
        QCOMPARE(toIsoIn(berlin, 1'781'272'938'480), QStringLiteral("2026-06-12T16:02:18+02:00"));
        QCOMPARE(toIsoIn(QTimeZone::utc(), 1'781'272'938'480), QStringLiteral("2026-06-12T14:02:18+00:00"));
        QCOMPARE(toIsoIn(QTimeZone("America/St_Johns"), 1'781'272'938'480),
                 QStringLiteral("2026-06-12T11:32:18-02:30"));
        // Both instants of the repeated hour are told apart, and read back.
        const qint64 first = 1'792'888'200'000; // 2026-10-25, 02:30 in summer time
        for (const qint64 ms : {first, first + 3'600'000})
            QCOMPARE(fromIso(toIsoIn(berlin, ms), berlin), ms);
        QVERIFY(toIsoIn(berlin, first).endsWith(QLatin1String("02:30:00+02:00")));
        QVERIFY(toIsoIn(berlin, first + 3'600'000).endsWith(QLatin1String("02:30:00+01:00")));
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
