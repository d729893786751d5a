// The day of fourteen cameras through the real receiver: every row of day.tsv is accounted for.
#include "replayed_day.h"
#include "support/program_fixture.h"
#include "support/registry.h"
#include "support/test_data.h"

#include <QFile>
#include <QHash>
#include <QProcess>
#include <QTest>
#include <QTimeZone>

using namespace gatehouse::tests;

class ReplayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accountsForEveryRow_data()
    {
        QTest::addColumn<QDate>("date");
        QTest::addColumn<QString>("speed");
        QTest::newRow("as recorded, at once") << QDate() << QStringLiteral("0");
        QTest::newRow("today, at once") << QDate::currentDate() << QStringLiteral("0");
        if (isLongRun())
            QTest::newRow("today, 600 times as fast") << QDate::currentDate() << QStringLiteral("600");
    }

    void accountsForEveryRow();
};

namespace
{

const QByteArray kPassword("cam");

void addCameras(ProgramFixture &fixture)
{
    for (const char *user : {"amcrest", "cams", "dahua", "driveway", "esp", "frontgate", "garagedoor", "hik",
                             "porch", "reolink", "vivotek", "yi"})
        QVERIFY2(fixture.addCamera(QString::fromLatin1(user), kPassword), qPrintable(fixture.lastError()));
}

QString replayTool()
{
    return sharedData(QStringLiteral("../tools/replay.py"));
}

void replay(const ProgramFixture &fixture, const QDate &date, const QString &speed)
{
    QStringList arguments{replayTool(), QStringLiteral("--port"), QString::number(fixture.port()),
                          QStringLiteral("--speed"), speed};
    if (date.isValid())
        arguments << QStringLiteral("--date") << date.toString(Qt::ISODate);
    QProcess python;
    python.setProcessChannelMode(QProcess::MergedChannels);
    python.start(QStringLiteral("python3"), arguments);
    QVERIFY(python.waitForFinished(900'000));
    QVERIFY2(python.exitCode() == 0, python.readAll().right(2000).constData());
}

QDateTime local(const QJsonObject &item)
{
    const QDateTime utc =
        QDateTime::fromString(item.value(QLatin1String("captured")).toString(), Qt::ISODateWithMs);
    return utc.toTimeZone(QTimeZone::systemTimeZone());
}

// Most names have whole seconds; the rest is unknown.
bool sameTime(const QDateTime &found, const QDateTime &expected)
{
    const QDateTime inZone(expected.date(), expected.time(), QTimeZone::systemTimeZone());
    return std::abs(found.toMSecsSinceEpoch() - inZone.toMSecsSinceEpoch()) < 1000;
}

QString problemWith(const ExpectedUpload &expected, const QVector<QJsonObject> &items)
{
    if (items.size() != expected.items)
        return QStringLiteral("%1 items instead of %2").arg(items.size()).arg(expected.items);
    for (const QJsonObject &item : items) {
        const QString state = item.value(QLatin1String("state")).toString();
        if (item.value(QLatin1String("kind")).toString() != expected.kind)
            return QStringLiteral("kind %1").arg(item.value(QLatin1String("kind")).toString());
        if (expected.isCutForGood && state != QLatin1String("incomplete"))
            return QStringLiteral("cut, but ") + state;
        if (expected.isStuckClock) {
            if (item.value(QLatin1String("captured")) != item.value(QLatin1String("received")))
                return QStringLiteral("a stuck clock does not go by arrival");
            continue;
        }
        const QDateTime found = local(item);
        if (std::none_of(expected.captured.begin(), expected.captured.end(),
                         [&](const QDateTime &time) { return sameTime(found, time); }))
            return QStringLiteral("stands at %1 instead of %2")
                .arg(found.toString(Qt::ISODateWithMs),
                     expected.captured.first().toString(Qt::ISODateWithMs));
    }
    return {};
}

} // namespace

void ReplayTest::accountsForEveryRow()
{
    GATEHOUSE_NEEDS_DATA();
    if (!QFile::exists(replayTool()))
        QSKIP("the replay tool is not on this machine");
    QFETCH(QDate, date);
    QFETCH(QString, speed);
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    addCameras(fixture);
    replay(fixture, date, speed);

    QHash<QString, QVector<QJsonObject>> byPath;
    const QVector<QJsonObject> items = fixture.items();
    for (const QJsonObject &item : items)
        byPath[item.value(QLatin1String("source_path")).toString()].append(item);
    const QVector<ExpectedUpload> expected = expectedDay(date);
    QVERIFY(expected.size() > 1000);
    QStringList wrong;
    QHash<QString, QSet<QString>> cameras; // day -> catalog
    for (const ExpectedUpload &upload : expected) {
        const QVector<QJsonObject> found = byPath.take(upload.sourcePath);
        if (const QString problem = problemWith(upload, found); !problem.isEmpty())
            wrong.append(upload.camera + upload.sourcePath + QStringLiteral(": ") + problem);
        for (const QJsonObject &item : found)
            cameras[upload.camera].insert(item.value(QLatin1String("camera")).toString());
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.mid(0, 20).join(QLatin1Char('\n'))));
    QVERIFY2(byPath.isEmpty(), "something is catalogued that the day does not know");
    QSet<QString> reported;
    for (const QSet<QString> &names : std::as_const(cameras)) {
        QCOMPARE(names.size(), 1); // a camera's stills and clips share one lane
        reported += names;
    }
    QCOMPARE(reported.size(), cameras.size()); // and no two cameras share one
    if (isLongRun())
        QVERIFY(fixture.waitExamined(3'600'000)); // decodes an hour of video in total
    fixture.cli({QStringLiteral("check")});
    QVERIFY2(fixture.exitCode() == 0, qPrintable(fixture.lastError()));
}

GATEHOUSE_TEST(ReplayTest)
#include "replay_test.moc"
