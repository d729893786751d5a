// Paths from real cameras: a collection of many brands, and a day of 14 cameras.
#include "loaded_matcher.h"
#include "support/registry.h"
#include "support/test_data.h"
#include "vendors/matcher.h"

#include <QElapsedTimer>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::vendors;

namespace
{

using Row = QHash<QString, QString>;

QVector<Row> rowsOf(const QString &path)
{
    QVector<Row> out;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return out;
    const QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    const QStringList names = lines.first().split(QLatin1Char('\t'));
    for (const QString &line : lines.mid(1)) {
        const QStringList fields = line.split(QLatin1Char('\t'));
        Row row;
        for (qsizetype i = 0; i < names.size(); ++i)
            row.insert(names[i], fields.value(i));
        out.append(row);
    }
    return out;
}

QString timeText(const PathMetadata &metadata)
{
    const auto trimmed = [](QString text) {
        return text.endsWith(QLatin1String(".000")) ? text.chopped(4) : text;
    };
    if (metadata.local.isValid())
        return trimmed(metadata.local.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzz")));
    if (metadata.time.isValid())
        return QLatin1Char('T') + metadata.time.toString(Qt::ISODate);
    if (metadata.date.isValid())
        return metadata.date.toString(Qt::ISODate);
    if (metadata.utc != 0)
        return QDateTime::fromMSecsSinceEpoch(metadata.utc, Qt::UTC)
            .toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss"));
    return {};
}

// The day's timestamps have milliseconds, which most names omit.
bool agrees(const QDateTime &written, const QString &captured)
{
    const QDateTime exact = QDateTime::fromString(captured + QLatin1Char('Z'), Qt::ISODateWithMs);
    return written.isValid() && (written == exact || written == exact.addMSecs(-exact.time().msec()));
}

} // namespace

class RealPathsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parsesTheCollectedPaths_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file : {"camera-paths.tsv", "camera-paths-2.tsv"})
            QTest::newRow(file) << QString::fromLatin1(file);
    }

    // Of each column, 98 % at least.
    void parsesTheCollectedPaths()
    {
        GATEHOUSE_NEEDS_DATA();
        QFETCH(QString, file);
        const auto rows = rowsOf(tests::sharedData(file));
        QVERIFY(!rows.isEmpty());
        const QStringList columns = {QStringLiteral("kind"), QStringLiteral("trigger"),
                                     QStringLiteral("subject"), QStringLiteral("timestamp_local")};
        QVector<int> right(columns.size());
        QStringList wrong;
        for (const Row &row : rows) {
            const QString path = row[QStringLiteral("remote_path_example")];
            const PathMetadata metadata = m_matcher->match(path);
            const bool isTest = row[QStringLiteral("kind")] == QLatin1String("test");
            const QString subject = nameOf(metadata.subject);
            const QStringList got = {nameOf(metadata.kind), nameOf(metadata.trigger),
                                     subject.isEmpty() ? QStringLiteral("-") : subject, timeText(metadata)};
            for (int i = 0; i < columns.size(); ++i) {
                QString wanted = row[columns[i]];
                if (columns[i] == QLatin1String("timestamp_local")) {
                    wanted.remove(QRegularExpression(QStringLiteral("T$"))); // only the day is known
                    if (wanted == QLatin1String("-"))
                        wanted.clear();
                }
                const bool fits = isTest ? metadata.isTestName : got[i] == wanted;
                right[i] += fits ? 1 : 0;
                if (!fits)
                    wrong.append(
                        QStringLiteral("%1 (%2): %3, not %4").arg(path, metadata.vendor, got[i], wanted));
            }
        }
        for (int i = 0; i < columns.size(); ++i) {
            const double percentage = 100.0 * right[i] / double(rows.size());
            qInfo("%s: %.1f %% of %d", qPrintable(columns[i]), percentage, int(rows.size()));
            QVERIFY2(percentage >= 98, qPrintable(wrong.join(QLatin1Char('\n'))));
        }
    }

    void parsesThePathsOfADay()
    {
        GATEHOUSE_NEEDS_DATA();
        const auto rows = rowsOf(tests::sharedData(QStringLiteral("day.tsv")));
        QCOMPARE(rows.size(), 1462);
        QStringList wrong;
        int stuck = 0;
        for (const Row &row : rows) {
            const QString path = row[QStringLiteral("vendor_path")];
            const PathMetadata metadata = m_matcher->match(path);
            QString kind = row[QStringLiteral("kind")];
            if (kind == QLatin1String("probe") || kind == QLatin1String("mkdir")) {
                if (!metadata.isTestName)
                    wrong.append(path + QStringLiteral(" is a connection test"));
                continue;
            }
            if (nameOf(metadata.kind) != kind ||
                !agrees(metadata.local, row[QStringLiteral("captured_local")]))
                wrong.append(
                    QStringLiteral("%1: %2 %3").arg(path, nameOf(metadata.kind), timeText(metadata)));
            // The porch camera restarts without its clock: it writes 2000-01-01 from midnight on, in the
            // names too, until it has the time again. The matcher reports what is written; ingest detects a
            // stuck clock.
            if (metadata.local.date() == QDate(2000, 1, 1)) {
                QCOMPARE(row[QStringLiteral("camera")], QStringLiteral("porch"));
                ++stuck;
            }
            if (metadata.trigger != Trigger::Motion &&
                row[QStringLiteral("ftp_user")] != QLatin1String("reolink") &&
                !path.contains(QLatin1String("Schedule_")) && !path.contains(QLatin1String("SDalarm_")) &&
                !(kind == QLatin1String("clip") && row[QStringLiteral("camera")] == QLatin1String("pool")))
                wrong.append(path + QStringLiteral(" has no trigger"));
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
        QVERIFY(stuck > 0);
    }

    // A camera's stills and clips share one key, and two cameras of one account have different ones.
    void distinguishesTheCamerasOfADay()
    {
        GATEHOUSE_NEEDS_DATA();
        QHash<QString, QSet<QString>> keysOfCamera;
        QHash<QString, QSet<QString>> camerasOfKey;
        for (const Row &row : rowsOf(tests::sharedData(QStringLiteral("day.tsv")))) {
            const PathMetadata metadata = m_matcher->match(row[QStringLiteral("vendor_path")]);
            if (metadata.isTestName)
                continue;
            const QString camera = row[QStringLiteral("camera")];
            keysOfCamera[camera].insert(metadata.cameraKey);
            camerasOfKey[row[QStringLiteral("ftp_user")] + QLatin1Char('\n') + metadata.cameraKey].insert(
                camera);
        }
        QCOMPARE(keysOfCamera.size(), 14);
        for (auto it = keysOfCamera.cbegin(); it != keysOfCamera.cend(); ++it)
            QVERIFY2(it->size() == 1, qPrintable(it.key() + QStringLiteral(": ") + it->values().join(u' ')));
        QCOMPARE(camerasOfKey.size(), 14);
        for (auto it = camerasOfKey.cbegin(); it != camerasOfKey.cend(); ++it)
            QVERIFY2(it->size() == 1, qPrintable(it.key()));
    }

    // It runs between the last byte and the 226.
    void matchesQuickly()
    {
        GATEHOUSE_NEEDS_DATA();
        QStringList paths;
        for (const Row &row : rowsOf(tests::sharedData(QStringLiteral("day.tsv"))))
            paths.append(row[QStringLiteral("vendor_path")]);
        int understood = 0;
        double best = 1e9;
        for (int round = 0; round < 5; ++round) {
            QElapsedTimer timer;
            timer.start();
            for (const QString &path : std::as_const(paths))
                understood += m_matcher->match(path).local.isValid() ? 1 : 0;
            best = std::min(best, double(timer.nsecsElapsed()) / 1000 / double(paths.size()));
        }
        QVERIFY(understood > 0);
        qInfo("%.1f us a match", best);
        QVERIFY2(best < 500, "ten times what it should be, and that even on a busy machine");
    }

private:
    const std::shared_ptr<const Matcher> m_matcher = tests::loadedMatcher();
};

GATEHOUSE_TEST(RealPathsTest)
#include "real_paths_test.moc"
