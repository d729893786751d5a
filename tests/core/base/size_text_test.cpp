#include "base/size_text.h"
#include "support/registry.h"

#include <QLocale>
#include <QTest>
#include <limits>

using namespace gatehouse;

class SizeTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale::c()); }
    void cleanupTestCase() { QLocale::setDefault(QLocale::c()); }

    void formatsSizesInDecimalUnits_data()
    {
        QTest::addColumn<qint64>("bytes");
        QTest::addColumn<QString>("text");
        const auto row = [](qint64 bytes, const char *text) {
            QTest::newRow(text) << bytes << QString::fromLatin1(text);
        };
        row(0, "0 B");
        row(1, "1 B");
        row(999, "999 B");
        row(1000, "1.0 kB");
        row(9'949, "9.9 kB");
        row(9'950, "10 kB");
        row(999'499, "999 kB");
        row(999'500, "1.0 MB");
        row(qint64(10) << 30, "11 GB");
        row(31 * kBytesPerGb, "31 GB");
        row(999'600'000'000, "1.0 TB");
        row(1'600 * kBytesPerGb, "1.6 TB");
        row(15'000 * kBytesPerGb, "15 TB");
        row(std::numeric_limits<qint64>::max(), "9223 PB");
    }

    void formatsSizesInDecimalUnits()
    {
        QFETCH(qint64, bytes);
        QFETCH(QString, text);
        QCOMPARE(sizeText(bytes), text);
    }

    void showsNegativeSizesAsZero()
    {
        QCOMPARE(sizeText(-1), QStringLiteral("0 B"));
        QCOMPARE(sizeText(std::numeric_limits<qint64>::min()), QStringLiteral("0 B"));
        QCOMPARE(gbText(-5 * kBytesPerGb), QStringLiteral("0"));
    }

    void gigabyteTextRoundTrips()
    {
        QCOMPARE(gbText(10 * kBytesPerGb), QStringLiteral("10"));
        QCOMPARE(gbText(qint64(10) << 30), QStringLiteral("10.737"));
        QCOMPARE(gbText(1'000'000 * kBytesPerGb), QStringLiteral("1000000"));
        QCOMPARE(gbText(0), QStringLiteral("0"));
        for (const qint64 mb : {0, 1, 500, 10'000, 10'737, 123'456'789})
            QCOMPARE(gbFrom(gbText(mb * 1'000'000)), std::optional(double(mb) * 1e6));
        for (const char *wrong : {"", "ten", "1e400", "nan", "inf", "1,000"})
            QVERIFY2(!gbFrom(QLatin1String(wrong)), wrong);
    }

    void usesTheDecimalSeparatorOfTheLocale()
    {
        QLocale::setDefault(QLocale(QLocale::German));
        QCOMPARE(sizeText(1'600'000), QStringLiteral("1,6 MB"));
        QCOMPARE(gbText(1'234'500 * qint64(1'000'000)), QStringLiteral("1234,5"));
        QCOMPARE(gbFrom(QStringLiteral("0,5")), std::optional(5e8));
    }
};

GATEHOUSE_TEST(SizeTextTest)
#include "size_text_test.moc"
