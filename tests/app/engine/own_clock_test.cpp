// Whose clock is it? Cameras that were never set, and a PC that is years away from all that were.
#include "app/engine/own_clock.h"

#include "support/registry.h"

#include <QDateTime>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::app;

namespace
{

constexpr qint64 kOwnDay = 86'400'000;

qint64 at(int year, int month, int day)
{
    return QDateTime(QDate(year, month, day), QTime(12, 0), Qt::UTC).toMSecsSinceEpoch();
}

// Its names show another time than this PC.
catalog::Camera showing(qint64 time, qint64 now, qint64 since)
{
    static qint64 lastId = 0;
    catalog::Camera out;
    out.id = CameraId{++lastId};
    out.clockUnsetBy = time - now;
    out.clockUnsetSince = since;
    return out;
}

catalog::Camera agreeingSince(qint64 received)
{
    catalog::Camera out = showing(0, 0, 0);
    out.clockCredibleAt = received;
    return out;
}

} // namespace

class OwnClockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void blamesCamerasThatWereNeverSet();
    void blamesThePcIfCamerasAgree_data();
    void blamesThePcIfCamerasAgree();
    void believesACameraThatConfirmsThePc();
    void doesNotBelieveOneCameraAlone();
    void knowsThatThePcWasNeverSet();
};

void OwnClockTest::blamesCamerasThatWereNeverSet()
{
    const qint64 now = at(2026, 6, 12);
    for (const auto &[first, second] :
         {std::pair(at(1970, 1, 1), at(1970, 1, 1)), std::pair(at(2020, 1, 1), at(2020, 1, 1) + kOwnDay),
          std::pair(at(2018, 8, 8), at(2018, 8, 8)), std::pair(at(2031, 1, 2), at(2031, 1, 2))}) {
        const QVector<catalog::Camera> cameras{showing(first, now, now - kOwnDay),
                                               showing(second, now, now - kOwnDay)};
        const OwnClock own(cameras, now);
        QCOMPARE(own.trouble(), QString());
        QVERIFY(!own.excuses(cameras[0]) && !own.excuses(cameras[1]));
    }
}

void OwnClockTest::blamesThePcIfCamerasAgree_data()
{
    QTest::addColumn<qint64>("now");
    QTest::newRow("years ahead") << at(2036, 3, 4);
    QTest::newRow("a year behind") << at(2026, 3, 4);
}

void OwnClockTest::blamesThePcIfCamerasAgree()
{
    QFETCH(qint64, now);
    const qint64 actual = at(2027, 6, 12);
    const QVector<catalog::Camera> cameras{
        showing(actual, now, now - kOwnDay), showing(at(1970, 1, 1), now, now - 9 * kOwnDay),
        showing(actual + 3'600'000, now, now - 2 * kOwnDay), agreeingSince(now - 8 * kOwnDay)};
    const OwnClock own(cameras, now);
    QVERIFY2(own.trouble().contains(QStringLiteral("2 cameras agree")), qPrintable(own.trouble()));
    QCOMPARE(own.since(), now - 2 * kOwnDay);
    QVERIFY(own.excuses(cameras[0]));
    QVERIFY(!own.excuses(cameras[1])); // whatever the PC shows
    QVERIFY(own.excuses(cameras[2]));
}

void OwnClockTest::believesACameraThatConfirmsThePc()
{
    const qint64 now = at(2027, 6, 12);
    const qint64 wrong = at(2032, 5, 5);
    const OwnClock own({showing(wrong, now, now - kOwnDay), showing(wrong, now, now - kOwnDay),
                        agreeingSince(now - 3'600'000)},
                       now);
    QCOMPARE(own.trouble(), QString());
}

void OwnClockTest::doesNotBelieveOneCameraAlone()
{
    const qint64 now = at(2036, 3, 4);
    const QVector<catalog::Camera> cameras{showing(at(2027, 6, 12), now, now),
                                           showing(at(2029, 6, 12), now, now)};
    const OwnClock own(cameras, now);
    QCOMPARE(own.trouble(), QString());
    QVERIFY(!own.excuses(cameras[0]));
}

void OwnClockTest::knowsThatThePcWasNeverSet()
{
    const qint64 now = at(2021, 1, 1);
    const catalog::Camera yard = showing(at(2027, 6, 12), now, now);
    const OwnClock own({yard}, now);
    QVERIFY(own.trouble().contains(QStringLiteral("long past")));
    QVERIFY(own.excuses(yard));
}

GATEHOUSE_TEST(OwnClockTest)
#include "own_clock_test.moc"
