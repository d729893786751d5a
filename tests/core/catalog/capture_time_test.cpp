#include "base/iso_time.h"
#include "catalog/types/capture_time.h"
#include "catalog/types/clock_learning.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::catalog;
using gatehouse::tests::kHourMs;
using gatehouse::tests::kMinuteMs;

namespace
{

qint64 utc(const char *iso)
{
    return *fromIso(QString::fromLatin1(iso), QTimeZone::utc());
}

QString captured(const char *local, const char *received, qint64 offset = 0,
                 const char *zone = "Europe/Berlin")
{
    const CaptureFacts facts{utc(local), {}, TimeSource::Name, utc(received), true};
    const CaptureTime time = captureTime(facts, QTimeZone(zone), offset);
    return toIsoUtc(time.captured) + QLatin1Char(' ') + nameOf(time.source);
}

} // namespace

class CaptureTimeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void convertsTimesAcrossDaylightSavingChanges_data()
    {
        QTest::addColumn<QString>("local");
        QTest::addColumn<QString>("received");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *local, const char *received, const char *expected) {
            QTest::newRow(name) << QString::fromLatin1(local) << QString::fromLatin1(received)
                                << QString::fromLatin1(expected);
        };
        row("winter", "2026-01-10T12:00:00", "2026-01-10T11:00:05Z", "2026-01-10T11:00:00.000Z");
        row("summer", "2026-07-10T12:00:00", "2026-07-10T10:00:05Z", "2026-07-10T10:00:00.000Z");
        row("before spring", "2026-03-29T01:59:59", "2026-03-29T01:00:05Z", "2026-03-29T00:59:59.000Z");
        row("in the skipped hour", "2026-03-29T02:30:00", "2026-03-29T01:30:05Z", "2026-03-29T01:30:00.000Z");
        row("after spring", "2026-03-29T03:00:00", "2026-03-29T01:00:05Z", "2026-03-29T01:00:00.000Z");
        row("before autumn", "2026-10-25T01:59:59", "2026-10-25T00:00:05Z", "2026-10-24T23:59:59.000Z");
        row("repeated, first", "2026-10-25T02:30:00", "2026-10-25T00:30:05Z", "2026-10-25T00:30:00.000Z");
        row("repeated, second", "2026-10-25T02:30:00", "2026-10-25T01:30:05Z", "2026-10-25T01:30:00.000Z");
        row("after autumn", "2026-10-25T03:00:00", "2026-10-25T02:00:05Z", "2026-10-25T02:00:00.000Z");
        row("midnight of spring's day", "2026-03-29T00:00:00", "2026-03-29T23:00:00Z",
            "2026-03-28T23:00:00.000Z");
    }

    void convertsTimesAcrossDaylightSavingChanges()
    {
        QFETCH(QString, local);
        QFETCH(QString, received);
        QFETCH(QString, expected);
        QCOMPARE(captured(local.toLatin1().constData(), received.toLatin1().constData()),
                 expected + QStringLiteral(" name"));
    }

    void trustsTheCameraIfThePcClockWasNeverSet()
    {
        CaptureFacts facts{utc("2026-06-12T14:00:00"), {}, TimeSource::Name, 600'000, true};
        const CaptureTime time = captureTime(facts, QTimeZone::utc(), 0);
        QCOMPARE(time.captured, utc("2026-06-12T14:00:00"));
        QCOMPARE(time.source, TimeSource::Name);
        facts.received = utc("2025-06-12T14:00:00");
        QCOMPARE(captureTime(facts, QTimeZone::utc(), 0).source, TimeSource::StuckClock);
        facts.local = utc("2017-06-12T14:00:00"); // at least not older than the PC
        facts.received = utc("2019-06-12T14:00:00");
        QCOMPARE(captureTime(facts, QTimeZone::utc(), 0).source, TimeSource::Name);
    }

    void usesArrivalTimeForAStuckClock()
    {
        const char *received = "2026-06-12T14:00:00Z";
        const QString arrival = QStringLiteral("2026-06-12T14:00:00.000Z stuckClock");
        QCOMPARE(captured("1970-01-01T00:16:03", received), arrival);
        QCOMPARE(captured("2000-01-01T01:16:03", received), arrival);
        QCOMPARE(captured("2001-01-01T00:00:00", received), arrival);
        QCOMPARE(captured("2026-06-14T12:00:00", received), arrival); // two days ahead
        // Ahead or behind by less: the name is believed.
        QCOMPARE(captured("2026-06-13T20:00:00", received), QStringLiteral("2026-06-13T18:00:00.000Z name"));
        QCOMPARE(captured("2024-03-08T00:16:04", received), QStringLiteral("2024-03-07T23:16:04.000Z name"));
        QCOMPARE(captured("2026-01-01T00:16:04", received), QStringLiteral("2025-12-31T23:16:04.000Z name"));
        // Years away.
        for (const char *written : {"2020-01-01T00:16:04", "2020-06-30T00:16:04", "2018-09-01T08:00:00",
                                    "2023-06-01T12:00:00", "2036-01-01T00:00:00", "2099-12-31T23:59:59"})
            QCOMPARE(captured(written, received), arrival);
        // A clock that lost its time starts at a New Year, in its own zone.
        for (const char *written :
             {"2025-01-01T00:00:00", "2025-01-07T12:00:00", "2024-01-02T00:00:00", "2024-12-31T23:59:59"})
            QCOMPARE(captured(written, received), arrival);
    }

    void keepsOldDatesOfImports()
    {
        CaptureFacts facts{
            utc("2003-05-01T12:00:00"), {}, TimeSource::Name, utc("2026-06-12T14:00:00"), false};
        QCOMPARE(captureTime(facts, QTimeZone::utc(), 0).captured, utc("2003-05-01T12:00:00"));
        facts.local = utc("2020-01-01T00:10:00");
        QCOMPARE(captureTime(facts, QTimeZone::utc(), 0).captured, utc("2020-01-01T00:10:00"));
        facts.local = utc("2000-01-01T00:10:00");
        QCOMPARE(captureTime(facts, QTimeZone::utc(), 0).source, TimeSource::StuckClock);
    }

    void subtractsTheClockOffset()
    {
        QCOMPARE(captured("2026-07-10T12:00:00", "2026-07-10T09:00:05Z", kHourMs),
                 QStringLiteral("2026-07-10T09:00:00.000Z name"));
        // The repeated hour is told by the camera's own wrong clock.
        QCOMPARE(captured("2026-10-25T02:30:00", "2026-10-24T22:30:05Z", 2 * kHourMs),
                 QStringLiteral("2026-10-24T22:30:00.000Z name"));
    }

    void resolvesARepeatedHourByName()
    {
        const QTimeZone berlin("Europe/Berlin");
        CaptureFacts facts{
            utc("2026-10-25T02:30:00"), {}, TimeSource::Name, utc("2026-10-26T12:00:00"), true};
        facts.isSummerTime = true;
        QCOMPARE(captureTime(facts, berlin, 0).captured, utc("2026-10-25T00:30:00"));
        facts.isSummerTime = false;
        facts.received = utc("2026-10-25T00:31:00");
        QCOMPARE(captureTime(facts, berlin, 0).captured, utc("2026-10-25T01:30:00"));
        // On any other day it says nothing new.
        facts.local = utc("2026-07-10T12:00:00");
        facts.received = utc("2026-07-10T12:00:00");
        QCOMPARE(captureTime(facts, berlin, 0).captured, utc("2026-07-10T10:00:00"));
    }

    void takesTheTimeFromArrivalOnAKnownDay()
    {
        const QTimeZone berlin("Europe/Berlin");
        CaptureFacts facts{
            utc("2026-07-10T00:00:00"), {}, TimeSource::Name, utc("2026-07-10T16:40:00"), false};
        facts.isDay = true;
        QCOMPARE(captureTime(facts, berlin, 0).captured, utc("2026-07-10T16:40:00"));
        QCOMPARE(captureTime(facts, berlin, 0).source, TimeSource::Arrival);
        facts.received = utc("2026-09-01T16:40:00");
        QCOMPARE(captureTime(facts, berlin, 0).captured, utc("2026-07-10T10:00:00"));
        QCOMPARE(captureTime(facts, berlin, 0).source, TimeSource::Name);
    }

    void treatsAZoneAsNoOffset()
    {
        const QTimeZone berlin("Europe/Berlin");
        const qint64 summer = utc("2026-07-10T12:00:00");
        const qint64 winter = utc("2026-01-10T12:00:00");
        const auto reading = [&](std::optional<int> utcOffset, qint64 learned, qint64 at) {
            const NamesReading read = namesReading(utcOffset, learned, berlin, at);
            return std::pair(read.utcOffset, read.offset);
        };
        using Read = std::pair<std::optional<int>, qint64>;
        QCOMPARE(reading({}, -2 * kHourMs - 1'500, summer), Read(0, 0)); // UTC
        QCOMPARE(reading({}, -kHourMs - 1'500, winter), Read(0, 0));     // UTC
        QCOMPARE(reading({}, -kHourMs - 1'500, summer), Read(3600, 0));  // no summer time
        QCOMPARE(reading({}, -1'500, summer), Read(std::nullopt, 0));
        QCOMPARE(reading({}, 3 * kHourMs, summer), Read(std::nullopt, 3 * kHourMs)); // a wrong clock
        QCOMPARE(reading(0, 2 * kHourMs, summer), Read(std::nullopt, 0));            // set to its zone
        QCOMPARE(reading(0, 30'000, summer), Read(0, 0));
        QCOMPARE(reading({}, -2 * kHourMs - 5 * kMinuteMs, summer), Read(0, -5 * kMinuteMs)); // and behind
        QCOMPARE(reading({}, -20 * kMinuteMs, summer), Read(std::nullopt, -20 * kMinuteMs));
        QCOMPARE(reading(0, 40 * kMinuteMs, summer), Read(std::nullopt, -80 * kMinuteMs));
    }

    void usesArrivalTimeIfThereIsNoOther()
    {
        const CaptureTime time = captureTime({{}, {}, TimeSource::Name, 12'345, true}, QTimeZone::utc(), 77);
        QCOMPARE(time.captured, 12'345);
        QCOMPARE(time.source, TimeSource::Arrival);
    }

    void countsDaysInTheZone()
    {
        const QTimeZone johns("America/St_Johns");
        QCOMPARE(localDay(utc("1970-01-02T03:29:00"), johns), 0);
        QCOMPARE(localDay(utc("1970-01-02T03:31:00"), johns), 1);
        QCOMPARE(localDay(utc("1969-12-31T23:00:00"), QTimeZone::utc()), -1);
    }

    void learnsAWrongClock()
    {
        QVector<ClockSample> samples;
        for (int i = 0; i < 6; ++i) {
            const qint64 t = utc("2026-06-12T14:00:00") + i * 4 * kMinuteMs;
            samples.append({ItemId{i + 1}, t + kHourMs, 10'000, t + 10'000 + 1'500 + i * 300});
        }
        const auto learned = learnedClock(samples);
        QVERIFY(learned);
        QCOMPARE(learned->offset, kHourMs - 1'800); // of the newest that suffice
        QCOMPARE(learned->by.size(), 6);
    }

    void learnsTheClockOfABusyCamera()
    {
        QVector<ClockSample> samples; // four uploads each minute, every other one slow
        for (int i = 0; i < 60; ++i) {
            const qint64 t = i * kMinuteMs / 4;
            samples.append({ItemId{i + 1}, t + kHourMs, 0, t + (i % 2 ? 2 * kMinuteMs : 1'000)});
        }
        const auto learned = learnedClock(samples);
        QVERIFY(learned);
        QCOMPARE(learned->offset, kHourMs - 1'000);
    }

    void adoptsACorrectedClock()
    {
        QVector<ClockSample> samples;
        for (int i = 0; i < 20; ++i) {
            const qint64 t = i * 3 * kMinuteMs;
            samples.append({ItemId{i + 1}, t + (i < 15 ? kHourMs : 0), 0, t + 1'000});
        }
        QCOMPARE(learnedClock(samples)->offset, 0);
        QCOMPARE(learnedClock(samples)->by.size(), 5);
        QVERIFY(learnedClock(samples.mid(0, 15))->offset > 0);
    }

    void learnsNoOffsetForACorrectClock()
    {
        QVector<ClockSample> samples;
        for (int i = 0; i < 6; ++i)
            samples.append({ItemId{i + 1}, i * 4 * kMinuteMs, 10'000, i * 4 * kMinuteMs + 40'000});
        QCOMPARE(learnedClock(samples)->offset, 0);
    }

    void learnsNothingFromOneNameInAnotherZone()
    {
        for (const qint64 away : {-2 * kHourMs, 5 * kHourMs}) {
            QVector<ClockSample> samples;
            for (int i = 0; i < 40; ++i) {
                const qint64 t = i * 4 * kMinuteMs;
                samples.append({ItemId{i + 1}, t + (i == 20 ? away : 0), 0, t + 1'000});
                const auto learned = learnedClock(samples);
                QVERIFY(!learned || learned->offset == 0);
            }
            QVERIFY(learnedClock(samples));
        }
    }

    void doesNotLearnFromQueuesOrReplays()
    {
        QVector<ClockSample> queue; // an outage's uploads, all sent at its end
        QVector<ClockSample> fast;  // a day replayed at 20 times its speed
        QVector<ClockSample> old;   // as fast as it happened, but years late
        QVector<ClockSample> few;
        for (int i = 0; i < 8; ++i) {
            const qint64 t = i * 5 * kMinuteMs;
            queue.append({ItemId{i + 1}, t, 0, 40 * kMinuteMs + i * 500});
            fast.append({ItemId{i + 1}, 3 * kHourMs + 20 * t, 0, t});
            old.append({ItemId{i + 1}, t, 0, t + 1'000 * kHourMs});
            if (i < 4)
                few.append({ItemId{i + 1}, t, 0, t + 3 * kHourMs});
        }
        QVERIFY(!learnedClock(queue));
        QVERIFY(!learnedClock(fast));
        QVERIFY(!learnedClock(old));
        QVERIFY(!learnedClock(few));
    }
};

GATEHOUSE_TEST(CaptureTimeTest)
#include "capture_time_test.moc"
