#include "base/limits.h"
#include "base/motion_profile.h"
#include "support/registry.h"

#include <QRandomGenerator>
#include <QTest>
#include <cmath>

using namespace gatehouse;

class MotionProfileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsNothingAtFirst()
    {
        const MotionProfile profile;
        QVERIFY(profile.isEmpty());
        QVERIFY(!profile.level(0, 1'000));
    }

    void keepsTheHighestLevelOfASecond()
    {
        MotionProfile profile;
        profile.add(200, 0.25);
        profile.add(900, 0.01);
        profile.add(2'000, 0);
        QCOMPARE(profile.level(0, 1'000), 127.0 / 254);
        QVERIFY(!profile.level(1'000, 2'000));
        QCOMPARE(profile.level(2'000, 2'001), 0.0);
        QCOMPARE(profile.level(0, 60'000), 127.0 / 254);
        QVERIFY(!profile.level(3'000, 60'000));
    }

    void rejectsForeignBytes()
    {
        for (const QByteArray &bytes : {QByteArray(), QByteArray(1, '\0'), QByteArray(66, '\1'),
                                        QByteArray("\x0c\x01", 2), QByteArray("\xff\x01", 2)})
            QVERIFY(MotionProfile::fromBytes(bytes).isEmpty());
        MotionProfile profile;
        profile.add(-1, 1);
        profile.add(limits::kMaxItemDuration + 1, 1);
        QVERIFY(profile.isEmpty());
    }

    // Against the greatest share of each stretch, kept one by one.
    void agreesWithAllSamples()
    {
        const quint32 seed = QRandomGenerator::system()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        for (int round = 0; round < 200; ++round) {
            const qint64 length = qint64(1) << random.bounded(8, 27);
            MotionProfile profile;
            QVector<std::pair<qint64, double>> samples;
            for (int i = random.bounded(1, 300); i > 0; --i) {
                samples.append({std::min(qint64(random.bounded(double(length))), limits::kMaxItemDuration),
                                random.bounded(1.0)});
                profile.add(samples.last().first, samples.last().second);
            }
            QVERIFY(profile.toBytes().size() <= MotionProfile::kMaxLevels + 1);
            QCOMPARE(MotionProfile::fromBytes(profile.toBytes()), profile);
            const qint64 step = qint64(1'000) << profile.toBytes().front();
            for (qint64 from = 0; from <= length; from += step) {
                std::optional<double> expected;
                for (const auto &[time, share] : std::as_const(samples)) {
                    if (time >= from && time < from + step)
                        expected = std::max(expected.value_or(0), std::sqrt(share));
                }
                const auto level = profile.level(from, from + step);
                QCOMPARE(level.has_value(), expected.has_value());
                QVERIFY(!level || std::abs(*level - *expected) < 0.5 / MotionProfile::kMaxLevel + 1e-9);
            }
        }
    }
};

GATEHOUSE_TEST(MotionProfileTest)
#include "motion_profile_test.moc"
