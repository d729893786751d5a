// Paths that no camera writes: the matcher must stay fast and in range, and never crash.
#include "loaded_matcher.h"
#include "support/registry.h"
#include "support/test_data.h"
#include "vendors/matcher.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>
#include <limits>

using namespace gatehouse;
using namespace gatehouse::vendors;

namespace
{

QStringList seeds()
{
    QStringList out;
    const QDir folder(QStringLiteral(GATEHOUSE_VENDOR_FILES));
    for (const QString &name : folder.entryList({QStringLiteral("*.json")})) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QJsonArray samples = QJsonDocument::fromJson(file.readAll())[u"samples"].toArray();
        for (const QJsonValue &sample : samples)
            out.append(sample[u"path"].toString());
    }
    return out;
}

QString mutated(const QStringList &all, QRandomGenerator &random)
{
    static const QString alphabet = QStringLiteral("0123456789_-./\\[]()@MHYSDE aZ%\t\n\r") + QChar(0) +
                                    QChar(0xd800) + QChar(0x202e) + QChar(0xdc00);
    QString text = all[random.bounded(all.size())];
    const int steps = 1 + random.bounded(8);
    for (int i = 0; i < steps; ++i) {
        const qsizetype at = text.isEmpty() ? 0 : random.bounded(int(text.size()));
        const QChar c = alphabet[random.bounded(alphabet.size())];
        switch (random.bounded(6)) {
        case 0:
            text.insert(at, c);
            break;
        case 1:
            if (!text.isEmpty())
                text[at] = c;
            break;
        case 2:
            text.remove(at, 1 + random.bounded(6));
            break;
        case 3:
            text.insert(at, text.mid(at, 1 + random.bounded(20)));
            break;
        case 4:
            text.insert(at, QString(random.bounded(40), c));
            break;
        default:
            text += all[random.bounded(all.size())].mid(random.bounded(10));
        }
    }
    if (random.bounded(50) == 0)
        text = text.repeated(1 + random.bounded(200));
    return text;
}

} // namespace

class VendorFuzzTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void metadataOfAnyPathIsInRange()
    {
        const QStringList all = seeds();
        QVERIFY(all.size() > 50);
        const int rounds = tests::isLongRun() ? 100'000 : 10'000;
        const quint32 seed = QRandomGenerator::global()->generate();
        QRandomGenerator random(seed);
        for (int i = 0; i < rounds; ++i) {
            const QString path = mutated(all, random);
            const qint64 reference =
                random.bounded(2) == 0 ? 0 : random.bounded(2'000'000'000) * qint64(1000);
            const PathMetadata metadata = m_matcher->match(path, reference);
            const QByteArray where = QByteArray::number(seed) + ' ' + path.toUtf8().toPercentEncoding();
            QVERIFY2(!metadata.vendor.isEmpty(), where);
            QVERIFY2(int(metadata.kind) >= 0 && int(metadata.kind) <= int(Kind::Other), where);
            QVERIFY2(metadata.duration >= 0 && metadata.duration <= 86'400'000, where);
            QVERIFY2(metadata.utc >= 0 && metadata.utc < 2'000'000'000'000, where);
            QVERIFY2(metadata.cameraKey.size() <= 120 && metadata.cameraName.size() <= 120, where);
            for (const QDate date : {metadata.local.date(), metadata.date})
                QVERIFY2(date.isNull() || (date.year() >= 1970 && date.year() <= 2099), where);
        }
    }

    void arbitraryBytesAreHarmless()
    {
        const quint32 seed = QRandomGenerator::global()->generate();
        QRandomGenerator random(seed);
        for (int i = 0; i < (tests::isLongRun() ? 100'000 : 5'000); ++i) {
            QByteArray bytes(random.bounded(200), 0);
            for (char &byte : bytes)
                byte = char(random.bounded(256));
            const PathMetadata metadata =
                m_matcher->match(i % 2 == 0 ? QString::fromUtf8(bytes) : QString::fromLatin1(bytes));
            const QByteArray where = QByteArray::number(seed) + ' ' + bytes.toPercentEncoding();
            QVERIFY2(metadata.cameraKey.size() <= 120 && metadata.duration >= 0, where);
            QVERIFY2(!metadata.pastHour || *metadata.pastHour < 3'600'000, where);
        }
    }

    // Only so much of a path is read. The limits are a hundred times what it takes, for a busy machine.
    void takesTimeInProportionToLength()
    {
        for (const char *unit : {"20240308_", "a/", "12-30-05_", "cam1 ", "00-18-ae-", "1.1.1.1/", "9"}) {
            const auto best = [&](int times) {
                const QString path = QString::fromLatin1(unit).repeated(times) + QStringLiteral(".jpg");
                qint64 least = std::numeric_limits<qint64>::max();
                for (int round = 0; round < 5; ++round) {
                    QElapsedTimer timer;
                    timer.start();
                    (void)m_matcher->match(path);
                    least = std::min(least, timer.nsecsElapsed());
                }
                return least;
            };
            const qint64 bounded = best(4096);
            QVERIFY2(bounded < 500'000'000, unit);
            QVERIFY2(best(400'000) < 500'000'000, unit);
        }
    }

    // Patterns that backtrack over every combination: the match limit bounds them, not the text.
    void givesUpOnHopelessPathsQuickly_data()
    {
        QTest::addColumn<QString>("path");
        const auto repeated = [](const char *text) { return QString::fromLatin1(text).repeated(4096); };
        QTest::newRow("empty") << QString();
        QTest::newRow("slash") << QStringLiteral("/");
        QTest::newRow("digits") << repeated("2");
        QTest::newRow("dates") << repeated("20240308");
        QTest::newRow("dates and folders") << repeated("20240308/");
        QTest::newRow("separators") << repeated("2024-03-08_");
        QTest::newRow("nearly Dahua") << repeated("2024-03-08/001/") + QStringLiteral("[M][0@0]");
        QTest::newRow("nearly Reolink") << repeated("a_01_") + QStringLiteral("20240308010203");
        QTest::newRow("nearly Hikvision") << repeated("1.1.1.1_01_") + QStringLiteral("20240308010203123");
        QTest::newRow("nearly Foscam") << repeated("snap/MDAlarm_") + QStringLiteral("20240308010203");
        QTest::newRow("slashes") << repeated("/");
        QTest::newRow("dots") << repeated("a.") + QStringLiteral("jpg");
        QTest::newRow("hyphens") << repeated("a-") + QStringLiteral("20240308-010203.jp");
        QTest::newRow("halves of characters") << QString(4096, QChar(0xd800));
        QTest::newRow("clocks") << repeated("12.00.00.");
    }

    void givesUpOnHopelessPathsQuickly()
    {
        QFETCH(QString, path);
        qint64 best = 1'000'000;
        for (int round = 0; round < 5; ++round) {
            QElapsedTimer timer;
            timer.start();
            (void)m_matcher->match(path);
            best = std::min(best, timer.nsecsElapsed() / 1000);
        }
        if (best > 5'000)
            qInfo("%lld us", best);
        QVERIFY2(best < 100'000, qPrintable(QStringLiteral("%1 us").arg(best)));
    }

private:
    const std::shared_ptr<const Matcher> m_matcher = tests::loadedMatcher();
};

GATEHOUSE_TEST(VendorFuzzTest)
#include "fuzz_test.moc"
