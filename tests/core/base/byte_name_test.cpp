// Names in any character set keep their bytes, and different bytes are different names.
#include "base/byte_name.h"

#include "support/registry.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>

using namespace gatehouse;

class ByteNameTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheBytes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char *title, const QByteArray &bytes) { QTest::newRow(title) << bytes; };
        row("ASCII", "front/snap.jpg");
        row("UTF-8", "Einfahrt S\xc3\xbc"
                     "d/a.jpg");
        row("Windows-1252", "Einfahrt S\xfc"
                            "d \x80.jpg");
        row("codes that Windows-1252 does not assign", "\x81\x8d\x8f\x90\x9d.jpg");
        row("GBK", "\xd4\xba\xd7\xd3/\xc7\xb0\xc3\xc5.jpg");
        row("GBK that looks like UTF-8", "\xc4\xa3\xca\xbd.jpg");
        row("GBK that looks like control characters", "\xc2\x85.jpg");
        row("Shift-JIS with a backslash as second byte", "\x83\x5c\x95\x5c\x94\x5c.jpg");
        row("Big5 with a backslash as second byte", "\xa5\x5c\xb3\x5c.jpg");
        row("EUC-KR", "\xc7\xf6\xb0\xfc.jpg");
        row("KOI8-R", "\xe4\xd7\xef\xf2.jpg");
        row("a byte order mark", "\xef\xbb\xbfsnap.jpg");
        row("private characters", "\xef\x9e\x80\xef\x9d\x9c.jpg");
        row("overlong UTF-8", "\xc0\xaf.jpg");
        row("a surrogate", "\xed\xa0\x80.jpg");
        row("a cut character", "snap\xe4\xb8");
        row("emoji", "\xf0\x9f\x90\x95.jpg");
        row("folders in different sets", "\xc3\xbc/\xfc/\xd4\xba.jpg");
    }
    void keepsTheBytes()
    {
        QFETCH(const QByteArray, bytes);
        QCOMPARE(bytesOfName(nameFromBytes(bytes)), bytes);
    }

    void keepsDifferentNamesApart()
    {
        const QVector<QByteArray> names = {"\xfc.jpg",     "\xc3\xbc.jpg",     "\xc3\x83\xc2\xbc.jpg",
                                           "?.jpg",        "\x81.jpg",         "\x8d.jpg",
                                           "\x90.jpg",     "\xef\x9e\x81.jpg", "\xef\xbb\xbf?.jpg",
                                           "\x83\x5c.jpg", "\x83/.jpg",        "\xef\xbc\xbc.jpg"};
        QSet<QString> texts;
        for (const QByteArray &name : names)
            texts.insert(nameFromBytes(name));
        QCOMPARE(texts.size(), names.size());
    }

    void keepsRandomBytes()
    {
        const quint32 seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        QHash<QString, QByteArray> seen;
        for (int i = 0; i < 20'000; ++i) {
            QByteArray bytes;
            for (int length = 1 + int(random.bounded(6)); length > 0; --length)
                bytes +=
                    char(random.bounded(4) == 0 ? 0x20 + random.bounded(0x5f) : 0x80 + random.bounded(0x80));
            const QString text = nameFromBytes(bytes);
            QCOMPARE(bytesOfName(text), bytes);
            QCOMPARE(seen.value(text, bytes), bytes);
            seen.insert(text, bytes);
        }
    }

    void showsLettersOfWindows1252()
    {
        QCOMPARE(readableName(nameFromBytes("S\xfc"
                                            "d \x80.jpg")),
                 QStringLiteral("S\u00fcd \u20ac.jpg"));
        QCOMPARE(readableName(nameFromBytes("S\xc3\xbc"
                                            "d.jpg")),
                 QStringLiteral("S\u00fcd.jpg"));
        QCOMPARE(readableName(nameFromBytes("\x83\x5c.jpg")), QStringLiteral("\u0192\uff3c.jpg"));
    }

    // A character's second byte separates nothing, but the backslash after a Western word does.
    void tellsSeparatorsFromSecondBytes()
    {
        QVERIFY(!nameFromBytes("cam\x94\x5c.jpg").contains(QLatin1Char('\\')));
        QVERIFY(!nameFromBytes("\x95\x5c\x8e\xa6.jpg").contains(QLatin1Char('\\')));
        QVERIFY(nameFromBytes("Caf\xe9\\snap.jpg").contains(QLatin1Char('\\')));
        QVERIFY(nameFromBytes("gr\xf6\xdf"
                              "e\\snap.jpg")
                    .contains(QLatin1Char('\\')));
        QVERIFY(nameFromBytes("S\xc3\xbc"
                              "d\\snap.jpg")
                    .contains(QLatin1Char('\\')));
    }
};

GATEHOUSE_TEST(ByteNameTest)
#include "byte_name_test.moc"
