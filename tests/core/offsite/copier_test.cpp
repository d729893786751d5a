// The copier against a bucket that fails as told: what is durable is there, once, whatever happens.
#include "offsite/object_key.h"
#include "offsite_fixture.h"
#include "support/catalog_invariants.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QFile>
#include <QSignalSpy>

using namespace gatehouse;
using namespace gatehouse::offsite;
using namespace gatehouse::tests;

class OffsiteCopierTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bucket = std::make_unique<MemoryBucket>();
        m_fixture = std::make_unique<OffsiteFixture>();
    }
    void cleanup()
    {
        m_fixture->copier.reset();
        m_fixture->writer.reset();
        QCOMPARE(brokenInvariants(m_fixture->folder.filePath(QStringLiteral("catalog.sqlite"))),
                 QStringList());
        m_fixture.reset();
        m_bucket.reset();
    }

    void everythingIsInTheBucketOnce()
    {
        run();
        QSignalSpy durable(m_fixture->copier.get(), &OffsiteCopier::becameDurable);
        QVector<QByteArray> sent;
        for (int i = 0; i < 12; ++i) {
            sent.append(contentOf(1'000 + i, quint32(i)));
            m_fixture->add(i % 4 == 3 ? Kind::Clip : Kind::Still, sent.last(),
                           QStringLiteral("%1.jpg").arg(i));
        }
        QVERIFY(m_fixture->waitUntilAllDurable(12)); // clips without low-res copies: none can be made
        QCOMPARE(contents(), sorted(sent));
        for (const StoredBytes &object : m_bucket->objects())
            QCOMPARE(object.puts, 1);
        QTRY_COMPARE(durable.size(), 12);
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->copier->status().durable.files, 12, kPatience);
        QVERIFY(m_fixture->copier->status().allSafeUpTo > 0);
        QVERIFY(!m_fixture->copier->status().failure);
    }

    void olderItemsFollow()
    {
        m_fixture->add(Kind::Still, "old", QStringLiteral("old.jpg"), kDayMs);
        run();
        QVERIFY(m_fixture->waitUntilAllDurable(1));
    }

    void goesOnWhereARunWasKilled_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<bool>("isThere"); // in the bucket
        for (const State state : {State::Pending, State::Uploading, State::Verifying}) {
            for (const bool isThere : {false, true}) {
                if (state != State::Pending || !isThere)
                    QTest::addRow("state %d, %s", int(state), isThere ? "sent" : "not sent")
                        << int(state) << isThere;
            }
        }
    }

    void goesOnWhereARunWasKilled()
    {
        QFETCH(const int, state);
        QFETCH(const bool, isThere);
        Options options = m_fixture->options(m_bucket->options());
        QVERIFY(m_fixture->copier->apply(options)); // not started
        const ItemId item = m_fixture->add(Kind::Still, "bytes", QStringLiteral("a.jpg"));
        const PartId part{item, Part::Original};
        const QString key = QStringLiteral("home/cameras/Door/key-of-it.jpg");
        if (state >= int(State::Uploading))
            QVERIFY(*m_fixture->operate(BeginUpload{part, key, 5}));
        if (state >= int(State::Verifying))
            QVERIFY(*m_fixture->operate(MarkVerifying{part}));
        if (isThere)
            m_bucket->put(key, "bytes");
        m_fixture->restart();
        run();
        QVERIFY(m_fixture->waitUntilAllDurable(1));
        QCOMPARE(m_bucket->objects().size(), 1);
        QCOMPARE(m_bucket->objects().first().puts, 1);
        QCOMPARE(m_bucket->objects().first().bytes, QByteArray("bytes"));
    }

    void serverTroubleIsNeverWrittenDownAsDone()
    {
        std::atomic<int> refused = 0;
        m_bucket->setHook(
            [&](FaultConnection &connection, const QByteArray &method, const QString &, const QByteArray &) {
                if (method != "PUT" || ++refused > 5)
                    return false;
                connection.answerError("503 Slow Down", "SlowDown");
                return true;
            });
        run();
        for (int i = 0; i < 3; ++i)
            m_fixture->add(Kind::Still, QByteArray::number(i), QStringLiteral("%1.jpg").arg(i));
        QVERIFY(m_fixture->waitUntilAllDurable(3));
        QCOMPARE(m_bucket->objects().size(), 3);
        QVERIFY(refused > 5);
    }

    void userIsToldOnceAndNothingIsLost()
    {
        m_bucket->setHook(
            [](FaultConnection &connection, const QByteArray &method, const QString &, const QByteArray &) {
                if (method != "PUT")
                    return false;
                connection.answerError("403 Forbidden", "AccessDenied");
                return true;
            });
        QSignalSpy told(m_fixture->copier.get(), &OffsiteCopier::needsUser);
        run();
        for (int i = 0; i < 5; ++i)
            m_fixture->add(Kind::Still, QByteArray::number(i), QStringLiteral("%1.jpg").arg(i));
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), 1, kPatience);
        QVERIFY(told.first().first().toString().contains(QLatin1String("s3:PutObject")));
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->copier->status().failure.has_value(), kPatience);
        QCOMPARE(m_fixture->copier->status().failure->remedy, s3::Remedy::YourTurn);
        const int requests = m_bucket->requests();
        QTest::qWait(500);
        QVERIFY(m_bucket->requests() <= requests + kMaxAtATime); // those under way, and no more
        QCOMPARE(told.size(), 1);
        m_bucket->setHook({});
        m_fixture->copier->tryNow();
        QVERIFY(m_fixture->waitUntilAllDurable(5));
    }

    void whatNobodyCanHelpFailsAlone()
    {
        m_bucket->setHook([](FaultConnection &connection, const QByteArray &method, const QString &key,
                             const QByteArray &) {
            if (method != "PUT" || !key.contains(QLatin1String("-bad-")))
                return false;
            connection.answerError("400 Bad Request", "InvalidRequest");
            return true;
        });
        run();
        m_fixture->add(Kind::Still, "1", QStringLiteral("bad.jpg"));
        m_fixture->add(Kind::Still, "2", QStringLiteral("good.jpg"));
        QVERIFY(m_fixture->waitUntil([](const OutboxCounts &counts) {
            return counts.failed.files == 1 && counts.durable.files == 1;
        }));
        m_bucket->setHook({});
        m_fixture->copier->retryFailed();
        QVERIFY(m_fixture->waitUntilAllDurable(2));
    }

    void rottenOriginalIsNamed()
    {
        Options options = m_fixture->options(m_bucket->options());
        QVERIFY(m_fixture->copier->apply(options));
        const ItemId item = m_fixture->add(Kind::Still, "as it arrived", QStringLiteral("a.jpg"));
        QFile file(m_fixture->fileOf(item));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QCOMPARE(file.write("As"), 2);
        file.close();
        QSignalSpy damage(m_fixture->copier.get(), &OffsiteCopier::damageFound);
        m_fixture->copier->start();
        QTRY_COMPARE_WITH_TIMEOUT(damage.size(), 1, kPatience);
        QVERIFY(damage.first().last().toString().contains(m_fixture->fileOf(item)));
        QVERIFY(m_fixture->waitUntil([](const OutboxCounts &counts) { return counts.failed.files == 1; }));
        QVERIFY(m_bucket->objects().isEmpty());
    }

    void lyingServerIsCaught()
    {
        // Answers 200 and stores nothing, twice.
        std::atomic<int> lies = 0;
        m_bucket->setHook([&](FaultConnection &connection, const QByteArray &method, const QString &,
                              const QByteArray &body) {
            if (method != "PUT" || ++lies > 2)
                return false;
            connection.answer("200 OK", {}, "ETag: \"" + s3::md5Of(body).toHex() + "\"\r\n");
            return true;
        });
        run();
        m_fixture->add(Kind::Still, "1", QStringLiteral("a.jpg"));
        QVERIFY(m_fixture->waitUntilAllDurable(1));
        QCOMPARE(m_bucket->objects().size(), 1);
    }

    void nothingGoesWithoutTheArchive()
    {
        m_fixture->isArchiveThere = false;
        run();
        m_fixture->add(Kind::Still, "1", QStringLiteral("a.jpg"));
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->copier->status().isArchiveAway, kPatience);
        QTest::qWait(200);
        QCOMPARE(m_bucket->requests(), 0);
        m_fixture->isArchiveThere = true;
        m_fixture->copier->tryNow();
        QVERIFY(m_fixture->waitUntilAllDurable(1));
    }

    void nothingGoesWhilePaused()
    {
        Options options = m_fixture->options(m_bucket->options());
        options.isPaused = true;
        m_fixture->run(options);
        m_fixture->add(Kind::Still, "1", QStringLiteral("a.jpg"));
        QTest::qWait(500);
        QCOMPARE(m_bucket->requests(), 0);
        options.isPaused = false;
        QVERIFY(m_fixture->copier->apply(options));
        QVERIFY(m_fixture->waitUntilAllDurable(1));
    }

    void lowResCopyGoesToo()
    {
        m_fixture->makeLowRes = [this](ItemId item) {
            QFile file(m_fixture->folder.filePath(QStringLiteral("cache/low.mp4")));
            if (file.open(QIODevice::WriteOnly))
                file.write("low");
            return answered(Result<catalog::Derivative>(
                catalog::Derivative{item, catalog::DerivativeKind::LowRes, 3, QStringLiteral("low.mp4")}));
        };
        run();
        m_fixture->add(Kind::Still, "still", QStringLiteral("a.jpg"));
        m_fixture->add(Kind::Clip, "clip", QStringLiteral("a.mp4"));
        QVERIFY(m_fixture->waitUntilAllDurable(3));
        QCOMPARE(contents(), sorted({"still", "clip", "low"}));
    }

    void wrongOptionsChangeNothing()
    {
        run();
        Options wrong = m_fixture->options(m_bucket->options());
        wrong.site.clear();
        const auto applied = m_fixture->copier->apply(wrong);
        QVERIFY(!applied);
        QCOMPARE(applied.error().field, QStringLiteral("site"));
        m_fixture->add(Kind::Still, "1", QStringLiteral("a.jpg"));
        QVERIFY(m_fixture->waitUntilAllDurable(1));
    }

private:
    static constexpr int kMaxAtATime = 4;

    void run() { m_fixture->run(m_fixture->options(m_bucket->options())); }

    static QVector<QByteArray> sorted(QVector<QByteArray> values)
    {
        std::sort(values.begin(), values.end());
        return values;
    }

    QVector<QByteArray> contents() const
    {
        QVector<QByteArray> out;
        for (const StoredBytes &object : m_bucket->objects())
            out.append(object.bytes);
        return sorted(out);
    }

    std::unique_ptr<MemoryBucket> m_bucket;
    std::unique_ptr<OffsiteFixture> m_fixture;
};

GATEHOUSE_TEST(OffsiteCopierTest)
#include "copier_test.moc"
